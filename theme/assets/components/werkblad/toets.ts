// What the rules of a decision say of a sheet: of each row, or of the whole. It is fetched on the first choice, with the
// module and the page of the rules. What is certain comes from the module, all words from that page and this one.
//
// Bounds of the module are never narrower than the truth: where several outcomes are left, the sheet says that it cannot be
// said yet, and what is missing, and never more.

import { Engine, StageResult, has, load } from "../../ts/decision/engine";
import { fetchRules } from "../../ts/decision/rules";
import type { Sheet } from "./werkblad";

/** The classes of the outcomes, from strict to permissive. */
const CLASSES = ["niet", "eigen", "mits", "mag"];

/** Makes a sheet ready to be held against the rules in a module, whose words are on the page of the rules. */
export async function open(sheet: Sheet, module: string, rules: string): Promise<Toets> {
  const [book, response] = await Promise.all([fetchRules(rules, module), fetch(module)]);
  if (!response.ok) throw new TypeError(module);
  return new Toets(sheet, await load(await response.arrayBuffer()), book);
}

export class Toets {
  private rules: HTMLElement[];

  constructor(private sheet: Sheet, private engine: Engine, private book: Document) {
    this.rules = [...book.querySelectorAll<HTMLElement>(".regelboek>:first-child [data-rij]")]; // those of the decision itself
  }

  /** Shows what the rules say of everything that was filled in. */
  show(): void {
    const rows = this.sheet.rows();
    const closed: string[] = [];
    const news: string[] = [];
    for (const place of this.sheet.querySelectorAll<HTMLElement>("[data-uitslag]")) {
      const row = place.closest<HTMLElement>("[data-rij]");
      const inRows = new Set(rows.flatMap((r) => this.sheet.controls(r)));
      const shared = this.sheet.controls(this.sheet).filter((c) => !inRows.has(c));
      const own = row ? this.sheet.controls(row) : shared;
      const now = document.createElement("div");
      const level = this.judge(place.parentElement!, now, own, row ? [...shared, ...own] : own);
      // Words that stay as they were are left alone: a screen reader would tell them again.
      const changed = now.textContent !== place.textContent;
      if (changed) place.replaceChildren(...now.childNodes);
      else for (const link of place.querySelectorAll("a")) link.setAttribute("href", now.querySelector("a")!.getAttribute("href")!);
      if (!row) continue;
      const nr = row.querySelector("[data-nr]")!.textContent!;
      if (level === 0) closed.push(nr);
      else if (changed && place.firstChild) news.push(row.querySelector("th")!.textContent + ": " + [...place.querySelectorAll(":scope>p")].slice(0, level < 0 ? 2 : 1).map((p) => p.textContent).join(". "));
    }
    const said = closed.length > 1 ? "blad-meer-niet" : "blad-een-niet";
    this.sheet.say("samen", closed.length ? this.sheet.text(said, closed.join(", ")) : "");
    this.sheet.say("melding", news.join(". "));
  }

  /** Asks the module, and gives what the decision itself came to. */
  private ask(answers: Uint8Array): StageResult {
    const found = this.engine.answer(+this.sheet.dataset.ingang!, answers);
    return found[found.length - 1];
  }

  /** Puts in a place what the rules say of some answers, and gives the level that is certain, or -1. own are those of the box itself. */
  private judge(box: HTMLElement, place: HTMLElement, own: Element[], all: Element[]): number {
    const chosen = (c: Element): HTMLOptionElement | null => (c.localName === "select" && (c as HTMLSelectElement).value ? (c as HTMLSelectElement).selectedOptions[0] : null);
    box.className = "beoordeeld";
    if (!own.some((c) => chosen(c)?.dataset.a)) return -1;

    const facts: string[] = [];
    const answers = new Uint8Array(+this.sheet.dataset.vragen!);
    const give = (to: Uint8Array, pairs = ""): Uint8Array => {
      for (const pair of pairs.split(" ")) if (pair) to[+pair.split(".")[0]] = +pair.split(".")[1] + 1;
      return to;
    };
    give(answers, this.sheet.dataset.vast);
    for (const c of all) {
      const { a, f } = chosen(c)?.dataset || {};
      give(answers, a);
      if (f) facts.push(f);
    }
    const stage = this.ask(answers);
    const levels = CLASSES.map((_, i) => i).filter((i) => has(stage.values, i));
    const templates = this.sheet.querySelector<HTMLTemplateElement>("template[data-deel=oordelen]")!.content.children;
    const link = templates[CLASSES.length].cloneNode() as HTMLAnchorElement;
    link.setAttribute("href", link.getAttribute("href") + "#" + facts.join("&"));

    if (levels.length > 1) {
      box.classList.add("open");
      // Asked for is what could make a difference by itself; and else whatever is empty.
      const empty = all.filter((c) => c.localName === "select" && !(c as HTMLSelectElement).value) as HTMLSelectElement[];
      const differs = empty.filter((c) => [...c.options].some((o) => o.dataset.a && this.ask(give(answers.slice(), o.dataset.a)).values[0] !== stage.values[0]));
      const wanted = (differs.length ? differs : empty).map((c) => c.closest("label")!.querySelector(".naam")!.textContent!);
      link.textContent = this.sheet.text("blad-zoek-uit");
      place.append(line(bold(this.sheet.text("blad-nog-open"))), ...(wanted.length ? [line(this.sheet.text("blad-vul-in", wanted.join(", ")).replace("?.", "?"))] : [line(this.sheet.text("blad-hangt-af")), line(link)]));
      return -1;
    }
    const level = levels[0];
    box.classList.add(CLASSES[level]);
    place.append(line(templates[level].cloneNode(true)));
    const counting = this.rules.filter((r) => r.dataset.rij!.split(" ").some((row) => row && has(stage.counting, +row.split(".")[1])));
    const deciding = counting.find((r) => r.querySelector(".watwel")) || this.book.querySelector<HTMLElement>(".geengrond")!;
    if (level < 2) {
      const why = line(...copy(deciding.querySelector(".want")!));
      why.className = "want";
      place.append(why, line(...copy(deciding.querySelector(".watwel")!)));
    } else {
      const ids = counting.flatMap((r) => (r.dataset.geeft || "").split(" ")).filter((id) => id);
      const list = document.createElement("ul");
      for (const id of new Set(ids)) {
        const li = document.createElement("li");
        li.append(...copy(this.book.querySelector(`#voorwaarde-${id} .wat`)!));
        list.append(li);
      }
      if (ids.length) place.append(list);
      if (counting.some((r) => r.dataset.via)) place.append(line(this.sheet.text("blad-meer-voorwaarden")));
    }
    link.textContent = this.sheet.text("blad-waarom");
    place.append(line(link));
    return level;
  }
}

function line(...parts: (Node | string)[]): HTMLElement {
  const p = document.createElement("p");
  p.append(...parts);
  return p;
}

function bold(words: string): HTMLElement {
  const b = document.createElement("b");
  b.textContent = words;
  return b;
}

function copy(from: Element): Node[] {
  return [...from.cloneNode(true).childNodes];
}
