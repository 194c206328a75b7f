// Takes a sheet along: as a file for a word processor, as text, or copied. Fetched on use.

import { Block, asText, blocks } from "../../ts/document/blocks";
import { docx } from "../../ts/document/docx";
import { download } from "../../ts/document/download";
import type { Sheet } from "./werkblad";

export async function take(sheet: Sheet, what: string): Promise<void> {
  const made: Block[] = blocks(sheet);
  const name = sheet.dataset.id!;
  const landscape = !!sheet.querySelector("[data-rij]");
  let said = "blad-gedownload";
  if (what === "word") download(name + ".docx", docx(made, document.title, landscape));
  else if (what === "bestand") download(name + ".txt", new Blob([asText(made)], { type: "text/plain;charset=utf-8" }));
  else
    try {
      await navigator.clipboard.writeText(asText(made));
      said = "js-gekopieerd";
    } catch {
      said = "js-niet-gekopieerd"; // not allowed here
    }
  sheet.say("gezegd", sheet.text(said));
}
