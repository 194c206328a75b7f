// What an outcome rests on, what would change it, and what to find out: shown at an end, by a script of its own that is
// fetched while the visitor answers. Which answers matter comes from explain.ts, which rules count from the module, and all
// words from the page and from that with the rules.
//
// It takes over types only from the scripts the page has already: an import of more would make a third file.

import type { Bits, StageResult } from "../../ts/decision/engine";
import { Change, Explainer } from "../../ts/decision/explain";
import type { Answers, Walk } from "../../ts/decision/walk";

/** What this needs of the page. */
export interface Page {
  walk: Walk;
  /** Whether outcomes go from strict to permissive. */
  ordered: boolean;
  /** The question that asks the date, or -1: the page speaks of it elsewhere. */
  dateFact: number;
  /** Questions that nobody can make otherwise. */
  fixed: number[];
  question(question: number): string;
  label(question: number, value: number): string;
  text(key: string, ...values: (string | number)[]): string;
  verdicts(outcomes: number): Node[];
  has(set: Bits, i: number): boolean;
  template(name: string): DocumentFragment;
  /** The address of the page with other answers. */
  link(change: Answers): string;
  /** The address at which a question is asked again. */
  ask(question: number): string;
  /** What the module finds where no answer is open. */
  found(answers: Answers): StageResult[];
}

/** The condition of every ground that is still to be checked, as in generator/model. */
const LAWYER_MUST_CONFIRM = "laat-een-jurist-bevestigen";
/** Of ways with several other answers no more are shown than this, and of all ways together. */
const MOST_COMBINED = 3;
const MOST = 8;

export class Uitleg {
  private made?: Explainer;

  /** book is the page with the rules. Without an outline what is told is bounded: see explain.ts. */
  constructor(private page: Page, private book: Document, private outline: Walk | null) {}

  /** Made on use: this script can be there before the page is ready. */
  private get explainer(): Explainer {
    return (this.made ||= new Explainer(this.outline || this.page.walk));
  }

  /** Shows what the rules that count say: first what to do, of all decisions that count, then why, decision by decision,
   * with sources. Gives the questions that these rules name. */
  rules(inside: HTMLElement, found: StageResult[], outcome: number): number[] {
    const named: number[] = [];
    inside.append(this.page.template("uitkomst"));
    inside.querySelector(".uit")!.remove();
    this.explain(inside, inside.querySelector(".waarom")!, found, this.book.querySelector<HTMLElement>(`[data-trap="${found.length - 1}"]`)!, outcome, true, named);
    for (const list of inside.querySelectorAll(".vinken")) {
      const said = [...list.children] as HTMLElement[];
      list.append(...said.sort((a, b) => this.order(a) - this.order(b)));
      if (!said.length) list.remove();
    }
    for (const section of inside.querySelectorAll("[data-p]")) if (!section.querySelector("li")) section.remove();
    return named;
  }

  /** What is to be read with the verdict: that a lawyer must confirm it, the first reason (the others follow with their sources),
   * and that a free choice is one. */
  reason(inside: HTMLElement, free: boolean): HTMLElement[] {
    const unsure = `.vinken > [data-id="${LAWYER_MUST_CONFIRM}"]`;
    const confirm = inside.querySelector('[data-p="voorwaarden"] > h2 + ' + unsure);
    const nothing = free && !inside.querySelector(unsure) && document.querySelector<HTMLTemplateElement>("template[data-deel=vrij]")?.content.firstElementChild;
    return [confirm?.querySelector("span"), inside.querySelector(".waarom > li > *"), nothing].flatMap((said) => {
      if (!said) return [];
      const line = element("p", ...[...said.cloneNode(true).childNodes].filter((n) => n.nodeName !== "SMALL"));
      line.className = "lood niet-op-papier"; // there they stand together
      return [line];
    });
  }

  /** Takes who decides out of what stands there, each once. */
  deciders(inside: HTMLElement): HTMLElement[] {
    const found = new Map<string, HTMLElement>();
    for (const who of inside.querySelectorAll<HTMLElement>(".wie")) {
      who.remove();
      const line = element("p", who);
      line.className = "lood";
      found.set(who.textContent!, line);
    }
    return [...found.values()];
  }

  /** Adds what to record and who informs, where something is said of it, behind the conditions. */
  record(inside: HTMLElement, record: HTMLElement | null): void {
    if (!record) return;
    const copy = record.cloneNode(true) as HTMLElement;
    copy.hidden = false;
    copy.removeAttribute("id");
    copy.classList.remove("zonder-script");
    const after = inside.querySelector(".vinken")?.closest("section");
    if (after) after.after(copy);
    else inside.append(copy);
  }

  /** Adds what one decision says, and why to a list of reasons. Conditions count where all decisions above allow. */
  private explain(inside: HTMLElement, reasons: Element, found: StageResult[], set: HTMLElement, outcome: number, may: boolean, named: number[]): void {
    const { page } = this;
    const stage = found[+set.dataset.trap!];
    const counts = (rule: HTMLElement): boolean => rule.dataset.rij!.split(" ").some((row) => row && page.has(stage.counting, +row.split(".")[1]));
    const decides = (rule: HTMLElement): boolean => rule.closest<HTMLElement>("[data-niveau]")!.dataset.niveau === String(outcome);
    // What makes the outcome comes before what only adds to it.
    const rules = [...set.querySelectorAll<HTMLElement>("[data-rij]")].filter(counts).sort((a, b) => +decides(b) - +decides(a));
    const grounds = rules.filter((r) => r.dataset.soort === "grond");
    const others = rules.filter((r) => !grounds.includes(r) || grounds.length < 2);
    if (!rules.length) others.push(...set.querySelectorAll<HTMLElement>(".geengrond"));

    may &&= set.dataset.soort === "keuze" || outcome > 0;
    if (may) this.conditions(inside, [set.querySelector<HTMLElement>(`[data-niveau="${outcome}"]`), ...others], grounds.length > 1 ? grounds : []);

    // The strictest locks decide: those whose rules give just this outcome.
    const closing = rules.filter((r) => r.dataset.slot && decides(r));
    for (const lock of new Set(closing.map((r) => r.dataset.slot!))) inside.querySelector('[data-p="sloten"] ul')!.append(element("li", lock));

    const instead = inside.querySelector('[data-p="watwel"] ul')!;
    for (const rule of rules.length ? rules : others) {
      if (rule.dataset.noemt) named.push(...rule.dataset.noemt.split(" ").map(Number));
      const other = rule.querySelector(".watwel");
      if (other) {
        // What begins with the same words says it more fully, or less.
        const begins = (one: Element, two: Element): boolean => one.textContent!.startsWith(two.textContent!.replace(/\.$/, ""));
        const said = [...instead.children];
        if (!said.some((li) => begins(li, other))) {
          for (const li of said) if (begins(other, li)) li.remove();
          instead.append(element("li", ...other.cloneNode(true).childNodes));
        }
      }
      const why = rule.querySelector(".want")!.cloneNode(true) as HTMLElement;
      if (!why.textContent) continue;
      why.className = "";
      const part = (name: string): Node[] => [...rule.querySelectorAll(name)].map((e) => e.cloneNode(true));
      const link = document.createElement("a");
      link.href = this.book.URL + "#" + rule.id;
      link.textContent = page.text("alle-regels");
      const when = part(".als"); // of a decision with a page of its own it stands there
      const whole = when.length ? element("details", element("summary", page.text("regel")), ...when, element("p", link)) : element("p", link);
      whole.className = "klein helereg niet-op-papier";
      reasons.append(element("li", why, ...part(".twijfel"), ...part(".bron"), whole));
    }

    for (const via of new Set(rules.flatMap((r) => (r.dataset.via || "").split(" ")))) {
      const used = via && this.book.querySelector<HTMLElement>(`[data-gebruikt="${via}"]`);
      if (!used || +used.dataset.trap! < 0) continue;
      // Where the used decision does not apply, it was not consulted.
      const [gate, undefined_] = (used.dataset.poort || "").split(".");
      if (gate && page.has(found[+gate].values, +undefined_)) continue;
      const level = [...Array(64).keys()].filter((v) => page.has(found[+used.dataset.trap!].values, v));
      if (level.length !== 1) continue;
      const more = page.template("uitkomst");
      const title = more.querySelector(".uit")!;
      const why = more.querySelector('[data-p="waarom"]')!;
      title.querySelector("b")!.textContent = used.dataset.titel!;
      const about = element("span", ": " + used.dataset.titel!);
      about.className = "weg";
      why.querySelector("h2")!.append(about); // who goes from heading to heading hears of which decision
      const word = used.querySelector(`[data-niveau="${level[0]}"] h3 > *`);
      if (word) title.append(word.cloneNode(true));
      inside.append(title, why);
      this.explain(inside, why.querySelector("ol")!, found, used, level[0], may, named);
    }
  }

  /** Adds conditions that do not stand there yet: of rules that all count, and of grounds of which one is enough. */
  private conditions(inside: HTMLElement, all: (HTMLElement | null)[], grounds: HTMLElement[]): void {
    const section = inside.querySelector('[data-p="voorwaarden"]')!;
    const list = section.querySelector(".vinken")!;
    const give = (to: Element, from: (HTMLElement | null)[]): Element => {
      for (const id of from.flatMap((r) => (r?.dataset.geeft || "").split(" ")))
        if (id && ![list, to].some((there) => there.querySelector(`[data-id="${id}"]`))) to.append(this.condition(id));
      return to;
    };
    give(list, all);
    for (const g of grounds) {
      const own = give(list.cloneNode() as Element, [g]);
      if (!own.firstChild) continue;
      const why = this.page.template("steunt").firstElementChild!;
      why.append(...g.querySelector(".want")!.cloneNode(true).childNodes);
      section.append(why, own);
    }
  }

  private written(id: string): HTMLElement {
    return this.book.getElementById("voorwaarde-" + id)!;
  }

  /** Where a condition stands among others: that a lawyer must confirm makes the others wait, then comes what must be done
   * before the rest. */
  private order({ dataset: { id } }: HTMLElement): number {
    return id === LAWYER_MUST_CONFIRM ? 0 : "eerst" in this.written(id!).dataset ? 1 : 2;
  }

  /** A condition as a line to tick off. */
  private condition(id: string): HTMLElement {
    const written = this.written(id);
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    const words = document.createElement("span");
    words.append(...written.querySelector(".wat")!.cloneNode(true).childNodes);
    const how = written.querySelector(".hoe");
    if (how) {
      const small = document.createElement("small");
      small.append(...how.cloneNode(true).childNodes);
      words.append(small);
    }
    label.append(box, words);
    const li = element("li", label, ...[...written.querySelectorAll(".bron")].map((e) => e.cloneNode(true)));
    li.dataset.id = id;
    return li;
  }

  /** Says which answers decided, after the reasons, and what would change the outcome. */
  answers(inside: HTMLElement, answers: Answers, named: number[]): void {
    const decisive = this.decisive(answers, named);
    if (decisive) inside.querySelector(".waarom")?.append(decisive);
    const whatIf = this.whatIf(answers);
    if (whatIf) inside.append(whatIf);
  }

  /** The answers without which the outcome would not be certain, as an item for the list of reasons; null where there are
   * none. The rules that are shown speak of the questions in named: where one of several answers will do, those stay. */
  private decisive(answers: Answers, named: number[]): HTMLElement | null {
    const { page } = this;
    const others = [...answers.keys()].filter((q) => !named.includes(q)).sort((a, b) => b - a);
    const needed = this.explainer.why(answers, [page.dateFact, ...others]).filter((q) => q !== page.dateFact);
    if (!needed.length) return null;
    const li = element("li", element("h3", page.text("doorslag")));
    for (const q of needed) li.append(element("p", ...this.answer(q, [answers.get(q)!])));
    return li;
  }

  /** What would change the outcome, or open another one: one answer, or else the fewest together. Those with the same
   * effect stand together, and those that allow more first. Null where there is nothing. */
  private whatIf(answers: Answers): HTMLElement | null {
    const { page } = this;
    const possible = this.explainer.outcomes(answers);
    const found = this.explainer.whatIf(answers, page.ordered, [page.dateFact, ...page.fixed]);
    const more: HTMLElement[] = [];
    const others: HTMLElement[] = [];
    const add = (changes: Change[]): void => {
      for (const { steps, outcomes } of together(changes)) {
        const opened = outcomes & ~possible;
        if (!opened) continue;
        const words = element("span");
        steps.forEach(([q, values], i) => words.append(...(i ? [" " + page.text("en") + " "] : []), ...this.answer(q, values)));
        const certain = opened === outcomes && !(opened & (opened - 1));
        const effect = element("span", ...(certain ? [] : [page.text("misschien")]), ...page.verdicts(opened));
        effect.className = "rij";
        (page.ordered && opened > possible ? more : others).push(element("li", words, effect));
      }
    };
    add(found.single);
    for (const { changes } of found.further) add(changes.slice(0, MOST_COMBINED));
    const list = [...more, ...others].slice(0, MOST);
    if (!list.length) return null;
    const section = element("section", element("h2", page.text("verandert")), stel(list));
    section.className = "verandert niet-op-papier";
    return section;
  }

  /** Tells who left answers open what to do meanwhile, by the outcome to keep to, and what to find out first: per open
   * question what each answer would leave possible. */
  open(meanwhile: Element, findings: Element, answers: Answers, advice: number): void {
    const possible = this.explainer.outcomes(answers);
    const open = [...answers].filter(([, v]) => v < 0).map(([q]) => ({ q, changes: this.explainer.findings(answers, q) }));
    const matter = open.filter(({ changes }) => changes.some((c) => c.outcomes !== possible));
    const first = matter.length ? matter : open;
    findings.append(...this.findings(first));
    if (!first.length) return;
    const { q, changes } = first[0];
    const same = changes.filter((c) => c.outcomes === 1 << advice).length;
    if (same * 2 > changes.length) meanwhile.append(element("p", this.page.text("meestal", same, changes.length, this.page.question(q))));
    this.todo(meanwhile, changes.map(({ steps }) => new Map([...answers, ...steps])), advice);
  }

  /** Adds what to do, and what is possible instead, where answers that leave some open end at an outcome. */
  private todo(inside: Element, all: Answers[], outcome: number): void {
    const parts = this.page.template("uitkomst");
    for (const answers of all) {
      const found = this.complete(answers, outcome);
      if (!found) continue;
      const one = document.createElement("div");
      this.rules(one, found, outcome);
      for (const name of ["voorwaarden", "watwel"]) {
        const list = parts.querySelector(`[data-p=${name}] ul`)!;
        for (const li of one.querySelectorAll(`[data-p=${name}] li`))
          if (list.children.length < MOST && ![...list.children].some((there) => there.textContent === li.textContent)) list.append(li);
      }
    }
    for (const section of parts.querySelectorAll("[data-p]")) if (section.querySelector("li")) inside.append(section);
  }

  /** Answers what is open, so that it ends at an outcome; null where that cannot be found. */
  private complete(answers: Answers, outcome: number): StageResult[] | null {
    const then = new Map(answers);
    for (;;) {
      const open = [...then].find(([, v]) => v < 0);
      const question = open ? open[0] : this.page.walk.follow(then).question;
      if (question < 0) break;
      const change = this.explainer.findings(then, question).find((c) => (c.outcomes >> outcome) & 1);
      if (change) then.set(...change.steps[0]);
      else if (open) then.delete(question); // it does not apply any more
      else return null;
    }
    const found = this.page.found(then);
    return this.page.has(found[found.length - 1].values, outcome) ? found : null;
  }

  private findings(open: { q: number; changes: Change[] }[]): HTMLElement[] {
    const { page } = this;
    return open.map(({ q, changes }) => {
      const list = changes.map(({ steps: [[, v]], outcomes }) => {
        const link = element("a", page.label(q, v)) as HTMLAnchorElement;
        link.href = page.link(new Map([[q, v]]));
        const words = element("span", ...page.verdicts(outcomes));
        words.className = "rij";
        return element("li", link, words);
      });
      const again = element("a", page.text("naar-vraag")) as HTMLAnchorElement;
      again.href = page.ask(q);
      again.className = "knop stil klein";
      return element("section", element("h3", page.question(q)), stel(list), element("p", again));
    });
  }

  /** A question with one or more of its answers. */
  private answer(question: number, values: number[]): (string | Node)[] {
    return [this.page.question(question) + " ", element("b", values.map((v) => this.page.label(question, v)).join(" / "))];
  }
}

/** Joins changes that differ in their last answer only and lead to the same. */
function together(changes: Change[]): { steps: [number, number[]][]; outcomes: number }[] {
  const groups = new Map<string, { steps: [number, number[]][]; outcomes: number }>();
  for (const { steps, outcomes } of changes) {
    const [question, value] = steps[steps.length - 1];
    const key = [steps.slice(0, -1), question, outcomes].join(";");
    const group = groups.get(key);
    if (group) group.steps[steps.length - 1][1].push(value);
    else groups.set(key, { steps: steps.map(([q, v]) => [q, [v]]), outcomes });
  }
  return [...groups.values()];
}

function element(name: string, ...parts: (string | Node)[]): HTMLElement {
  const made = document.createElement(name);
  made.append(...parts);
  return made;
}

function stel(items: HTMLElement[]): HTMLElement {
  const list = element("ul", ...items);
  list.className = "stel";
  return list;
}
