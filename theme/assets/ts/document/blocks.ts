// What stands in a part of a page, as a document: headings, lines, list items and tables, with what was filled in. A file for
// a word processor and plain text are both made of it, so they say the same.
//
// What is hidden, what is there to click on and what does not belong on paper is left out; a field becomes its name and
// what is in it.

/** Words, of which some are bold. */
export type Run = string | { bold: string };

export type Block =
  | { kind: "heading"; level: number; runs: Run[] }
  | { kind: "line" | "item"; runs: Run[] }
  | Table;

/** A table; the first column numbers the rows. A cell is a list of lines. */
export interface Table {
  kind: "table";
  head: string[];
  rows: Run[][][][];
}

const LEFT_OUT = "[hidden],template,script,svg,button,details:not([open]),.niet-op-papier,.opnieuw,.gegeven dd+dd:not(.notitie),.werkblad .bron,[data-deel=datum]";
const BLOCK = "h1,h2,h3,h4,h5,h6,p,ul,ol,li,dl,dt,dd,div,section,header,form,fieldset,legend,label,table,details";

/** Gives the blocks of elements. */
export function blocks(...roots: Element[]): Block[] {
  const out: Block[] = [];
  for (const root of roots) visit(root, out);
  return out;
}

function visit(e: Element, out: Block[]): void {
  if (e.matches(LEFT_OUT)) return;
  if (e.localName === "table") {
    out.push(table(e as HTMLTableElement));
    return;
  }
  const start = out.length;
  let inline: Node[] = [];
  const flush = (): void => {
    const found = runs(inline);
    inline = [];
    const heading = /^h(\d)$/.exec(e.localName);
    if (!found.length) return;
    if (heading) out.push({ kind: "heading", level: +heading[1], runs: found });
    else out.push({ kind: "line", runs: e.matches("dt,legend") ? [{ bold: plain(found) }] : found });
  };
  if (e.matches("label.v")) {
    const name = e.querySelector(".naam")!.textContent!.trim();
    const said = e.querySelector<HTMLElement>(".in")!.dataset.tekst || "";
    if (said || !e.closest(".notitie")) out.push({ kind: "line", runs: [{ bold: name + (/[?:]$/.test(name) ? "" : ":") }, " " + said] });
  } else {
    for (const child of e.childNodes) {
      if (child instanceof Element && (child.matches(BLOCK) || child.querySelector(BLOCK))) {
        flush();
        visit(child, out);
      } else inline.push(child);
    }
    flush();
  }
  const first = out[start];
  if (e.localName === "li" && first?.kind === "line") first.kind = "item";
}

/** The words of nodes, on one line. */
function runs(nodes: Iterable<Node>): Run[] {
  const out: Run[] = [];
  const add = (words: string, bold: boolean): void => {
    const last = out[out.length - 1];
    if (bold && words.trim()) out.push({ bold: words });
    else if (typeof last === "string") out[out.length - 1] = last + words;
    else out.push(words);
  };
  const walk = (node: Node, bold: boolean): void => {
    if (node.nodeType === Node.TEXT_NODE) add(node.textContent!.replace(/\s+/g, " "), bold);
    if (!(node instanceof Element) || node.matches(LEFT_OUT)) return;
    if (node.matches("input[type=checkbox]")) add((node as HTMLInputElement).checked ? "☑ " : "☐ ", false);
    if (node.matches("small")) add(/[.?!]\s*$/.test(plain(out)) ? " " : ". ", false);
    for (const child of node.childNodes) walk(child, bold || node.matches("b,strong,.woord"));
  };
  for (const node of nodes) walk(node, false);
  const trim = (at: number, words: (s: string) => string): void => {
    if (typeof out[at] === "string") out[at] = words(out[at] as string);
  };
  trim(0, (s) => s.trimStart());
  trim(out.length - 1, (s) => s.trimEnd());
  return out.filter((run) => run !== "");
}

function table(e: HTMLTableElement): Table {
  const head = [...e.tHead!.rows[0].cells].map((cell) => plain(runs([cell])));
  const rows = [...e.tBodies[0].rows].map((row) => [...row.cells].map((cell) => blocks(cell).map((block) => (block.kind === "table" ? [] : block.runs))));
  return { kind: "table", head, rows };
}

export function plain(of: Run[]): string {
  return of.map((run) => (typeof run === "string" ? run : run.bold)).join("").replace(/ +/g, " ");
}

/** The same as plain text. */
export function asText(all: Block[]): string {
  const out: string[] = [];
  all.forEach((block, i) => {
    if (block.kind === "table") {
      for (const [number, ...cells] of block.rows) {
        out.push("", number.map(plain).join(" "));
        cells.forEach((cell, c) => out.push("  " + block.head[c + 1], ...cell.map((line) => "    " + plain(line))));
      }
      return;
    }
    const words = plain(block.runs);
    const last = all[i - 1]?.kind;
    if (block.kind === "heading") out.push("", words, (block.level === 1 ? "=" : "-").repeat(words.length));
    else if (block.kind === "item") out.push("- " + words);
    else out.push(...(last === "item" || last === "table" ? [""] : []), words);
  });
  return out.join("\r\n").trim() + "\r\n";
}
