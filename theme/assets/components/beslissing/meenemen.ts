// Takes an answer along: printed, copied, or as a file for a word processor, with the visitor's own notes where there are any.
// Fetched on use; until then the page has no more of it than the buttons.
//
// Notes stay in the page. They stand with the answers, and come back with them where these are shown again; nothing else
// keeps them.

import { Block, asText, blocks } from "../../ts/document/blocks";
import { docx } from "../../ts/document/docx";
import { download } from "../../ts/document/download";

/** What this needs of the page. */
interface Page extends HTMLElement {
  text(key: string, ...values: string[]): string;
}

/** What goes along, in this order. */
const PARTS = ["onderwerp", "oordeel", "hoofd", "antwoorden", "zeker"];

const notes = new Map<string, string>();
let noting = false;

/** Does what the button says on which the visitor clicked; the sheets that go with a decision get its answers along. */
export async function take(page: Page, event: Event): Promise<void> {
  for (const sheet of part(page, "mee").querySelectorAll<HTMLAnchorElement>("a")) sheet.hash = location.hash;
  const what = event.type === "click" ? (event.target as HTMLElement).dataset.doe : "";
  const said = (key: string): void => void (part(page, "kopie").textContent = page.text(key));
  if (what === "afdrukken") print();
  else if (what === "notities") note(page);
  else if (what === "word") {
    download(page.dataset.id + ".docx", docx(collect(page), document.title));
    said("gedownload");
  } else if (what) {
    try {
      await navigator.clipboard.writeText(what === "link" ? location.href : asText(collect(page)) + "\r\n" + location.href);
      said("gekopieerd");
    } catch {
      said("niet-gekopieerd"); // not allowed here
    }
  }
}

function part(page: Page, name: string): HTMLElement {
  return page.querySelector<HTMLElement>(`:not(template)[data-deel="${name}"]`)!;
}

function collect(page: Page): Block[] {
  return blocks(...PARTS.map((name) => part(page, name)));
}

/** Gives every answer a place for a note, now and whenever the answers are shown anew. */
function note(page: Page): void {
  const list = part(page, "antwoorden").querySelector("dl")!;
  const add = (): void => {
    for (const row of list.children) {
      const question = row.querySelector("dt")!.textContent!;
      if (row.querySelector("label")) continue;
      const label = document.createElement("label");
      label.className = "v klein";
      const name = document.createElement("span");
      name.className = "naam";
      name.textContent = page.text("notitie");
      const about = document.createElement("span");
      about.className = "weg";
      about.textContent = ": " + question;
      const field = document.createElement("textarea");
      field.className = "veld";
      field.name = "notitie";
      field.rows = 2;
      field.value = notes.get(question) || "";
      const around = document.createElement("span");
      around.className = "in";
      around.dataset.tekst = field.value;
      field.addEventListener("input", () => {
        notes.set(question, field.value);
        around.dataset.tekst = field.value;
      });
      around.append(field);
      name.append(about);
      label.append(name, around);
      const place = document.createElement("dd");
      place.className = "notitie";
      place.append(label);
      row.append(place);
    }
  };
  if (!noting) {
    noting = true;
    new MutationObserver(add).observe(list, { childList: true });
    onPaper(list);
  }
  add();
  list.querySelector("textarea")?.focus();
}

/** On paper a note is text of any length, and an empty one is not there. */
function onPaper(list: HTMLElement): void {
  addEventListener("beforeprint", () => {
    for (const place of list.querySelectorAll<HTMLElement>(".notitie")) {
      const words = place.querySelector("textarea")!.value.trim();
      place.hidden = !words;
      place.querySelector("label")!.hidden = true;
      place.append(words);
    }
  });
  addEventListener("afterprint", () => {
    for (const place of list.querySelectorAll<HTMLElement>(".notitie")) {
      place.hidden = place.querySelector("label")!.hidden = false;
      place.lastChild!.remove();
    }
  });
}
