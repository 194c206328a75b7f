// What an outcome rests on, what would change it, and what to find out: shown at an end, by a script of its own that is
// fetched while the visitor answers. What is true comes from explain.ts, all words from the page.
//
// It takes over types only from the scripts the page has already: an import of more would make a third file.

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
  text(key: string): string;
  verdicts(outcomes: number): Node[];
  /** The address of the page with other answers. */
  link(change: Answers): string;
}

/** Of ways with several other answers no more are shown than this, and of all ways together. */
const MOST_COMBINED = 3;
const MOST = 8;

export class Uitleg {
  private made?: Explainer;

  /** Without an outline what is told is bounded: see explain.ts. */
  constructor(private page: Page, private outline: Walk | null) {}

  /** Made on use: this script can be there before the page is ready. */
  private get explainer(): Explainer {
    return (this.made ||= new Explainer(this.outline || this.page.walk));
  }

  /** The answers without which the outcome would not be certain, as an item for the list of reasons; null where there are
   * none. The rules that are shown speak of the questions in named: where one of several answers will do, those stay. */
  decisive(answers: Answers, named: number[]): HTMLElement | null {
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
  whatIf(answers: Answers): HTMLElement | null {
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

  /** What to find out first: per question that is open what each answer would leave possible. */
  findings(answers: Answers): HTMLElement[] {
    const { page } = this;
    const possible = this.explainer.outcomes(answers);
    const open = [...answers].filter(([, v]) => v < 0).map(([q]) => ({ q, changes: this.explainer.findings(answers, q) }));
    const matter = open.filter(({ changes }) => changes.some((c) => c.outcomes !== possible));
    return (matter.length ? matter : open).map(({ q, changes }) => {
      const list = changes.map(({ steps: [[, v]], outcomes }) => {
        const link = element("a", page.label(q, v)) as HTMLAnchorElement;
        link.href = page.link(new Map([[q, v]]));
        const words = element("span", ...page.verdicts(outcomes));
        words.className = "rij";
        return element("li", link, words);
      });
      return element("section", element("h3", page.question(q)), stel(list));
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
