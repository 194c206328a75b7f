// Answers questions about answers: what is still possible and in how many situations, why, and what would change it. It
// mirrors generator/explain, and says the same: exactly, over every situation, however many answers are open.
//
// It reads the outline of a decision (section OUTLINE of its own file), made ready as a Walk. Where a decision is too large it
// has none; then the walk itself will do, and what is told is bounded: more may seem possible than is, so that a reason
// given is enough but may be longer than needed, and a change may turn out not to be possible.
//
// As everywhere, a question that does not apply is nvt whatever was answered, and an answer may be missing or OPEN.

import type { Answers, Node, Walk } from "./walk";

const OPEN = -1;

/** What can still come out, in how many situations. */
export interface Possible {
  /** As bits. */
  outcomes: number;
  situations: bigint;
  perOutcome: bigint[];
}

/** Other answers, a question with its value each, in the order of the questions; and the outcomes then possible, as bits. */
export interface Change {
  steps: [question: number, value: number][];
  outcomes: number;
}

/** How many answers at least must be different for one of some outcomes, as bits, to be possible, where one is not enough. */
export interface Further {
  targets: number;
  answers: number;
  /** All ways with so many other answers; none where there are more than MAX_ANSWERS. */
  changes: Change[];
  /** There are other ways, which were not looked at. */
  more: boolean;
}

export interface WhatIf {
  /** Every other answer to one question after which something else is possible. */
  single: Change[];
  /** Only of outcomes that can be, and that no single other answer makes possible. */
  further: Further[];
}

/** Past so many answers no combinations are listed; past so many combinations not all. */
export const MAX_ANSWERS = 3;
export const MAX_COMBINATIONS = 200;

const NEVER = 1 << 20;

export class Explainer {
  private nodes: Node[];
  private sizes: number[];

  constructor(outline: Walk) {
    this.nodes = outline.nodes;
    this.sizes = outline.sizes;
  }

  /** Counts the situations that fit the answers. */
  possible(answers: Answers): Possible {
    const out: Possible = { outcomes: 0, situations: 0n, perOutcome: [] };
    // How many values of each question fit; a question that is passed over may have any of them.
    const fitting = this.sizes.map((size, q) => BigInt(this.given(answers, q) < 0 ? size >> 1 : 1 + (size & 1)));
    const root = this.nodes.length - 1;
    const level = (n: number): number => (this.nodes[n].question < 0 ? this.sizes.length : this.nodes[n].question);
    const weights: bigint[] = [];
    const add = (n: number, weight: bigint, from: number): void => {
      for (const to = level(n); from < to; from++) weight *= fitting[from];
      weights[n] = (weights[n] || 0n) + weight;
    };
    add(root, 1n, 0);
    for (let n = root; n >= 0; n--) {
      const { question, next, outcome } = this.nodes[n];
      if (!weights[n]) continue;
      if (question < 0) {
        out.outcomes |= 1 << outcome;
        out.situations += weights[n];
        out.perOutcome[outcome] = (out.perOutcome[outcome] || 0n) + weights[n];
      }
      next.forEach((to, v) => to >= 0 && this.fits(answers, question, v) && add(to, weights[n], question + 1));
    }
    out.perOutcome = Array.from(out.perOutcome, (n) => n || 0n);
    return out;
  }

  /** The outcomes that are still possible, as bits; none where the answers cannot occur together. With alone, the question
   * of that number must have the answer given: it does not count that it may be nvt. */
  outcomes(answers: Answers, alone = -1): number {
    let found = 0;
    const reached = new Uint8Array(this.nodes.length);
    for (let n = (reached[reached.length - 1] = 1) && reached.length - 1; n >= 0; n--) {
      if (!reached[n]) continue;
      const { question, next, outcome } = this.nodes[n];
      if (question < 0) found |= 1 << outcome;
      for (let v = 0; v < next.length; v++)
        if (next[v] >= 0 && (question === alone ? v === answers.get(question) : this.fits(answers, question, v))) reached[next[v]] = 1;
    }
    return found;
  }

  /** Finds answers that already exclude every other outcome, none of which can be missed: the questions, in order. Those
   * in first are left out first where one of several will do, in that order, and then those that were asked last. */
  why(answers: Answers, first: number[] = []): number[] {
    const outcomes = this.outcomes(answers);
    const kept = this.answered(answers);
    const order = [...first, ...[...kept.keys()].sort((a, b) => b - a)];
    for (const question of new Set(order)) {
      const value = kept.get(question);
      if (value === undefined) continue;
      kept.delete(question);
      if (this.outcomes(kept) & ~outcomes) kept.set(question, value);
    }
    return [...kept.keys()].sort((a, b) => a - b);
  }

  /** Finds the nearest other answers after which something else is possible. Those to the questions in fixed are never
   * other. Where the outcomes are ordered, from strict to permissive, it looks for a more permissive one and for a
   * stricter one; otherwise for each. */
  whatIf(answers: Answers, ordered: boolean, fixed: number[] = []): WhatIf {
    const before = this.outcomes(answers);
    const free = [...this.answered(answers).keys()].filter((q) => !fixed.includes(q)).sort((a, b) => a - b);
    const single: Change[] = [];
    let reached = 0;
    for (const q of free)
      for (let v = 0; v < this.own(q); v++) {
        const change = v !== answers.get(q) && this.change(answers, [[q, v]]);
        if (!change || change.outcomes === before) continue;
        reached |= change.outcomes;
        single.push(change);
      }
    const targets: number[] = [];
    const all = this.outcomes(new Map());
    const lowest = before & -before;
    if (!before) targets.push(all);
    else if (ordered) targets.push(all & ~(2 ** (32 - Math.clz32(before)) - 1), all & (lowest - 1));
    else for (let o = 0; all >> o; o++) targets.push(all & ~before & (1 << o));
    return { single, further: targets.filter((t) => t && !(t & reached)).flatMap((t) => this.further(answers, t, free)) };
  }

  /** Tells what each answer that an open question can have would leave possible. */
  findings(answers: Answers, question: number): Change[] {
    const out: Change[] = [];
    for (let v = 0; v < this.own(question); v++) {
      const change = this.change(answers, [[question, v]]);
      if (change) out.push(change);
    }
    return out;
  }

  /** How many values a question has, nvt not among them. */
  private own(question: number): number {
    return (this.sizes[question] >> 1) - (this.sizes[question] & 1);
  }

  /** The answer to a question, or OPEN; nvt is no answer. */
  private given(answers: Answers, question: number): number {
    const value = answers.get(question);
    return value === undefined || value >= this.own(question) ? OPEN : value;
  }

  private answered(answers: Answers): Answers {
    return new Map([...answers].filter(([q]) => this.given(answers, q) >= 0));
  }

  private fits(answers: Answers, question: number, value: number): boolean {
    const given = this.given(answers, question);
    return given < 0 || value === given || value === this.own(question);
  }

  /** What other answers lead to; null where they cannot be. */
  private change(answers: Answers, steps: [number, number][]): Change | null {
    const then = new Map([...answers, ...steps]);
    const outcomes = this.outcomes(then);
    return outcomes && steps.every(([q]) => this.outcomes(then, q)) ? { steps, outcomes } : null;
  }

  /** Finds the fewest answers that must be different for some outcomes to be possible, and all ways to do so. A way
   * through the graph costs 1 for every branch that is another answer than the one given; open questions are free, and so
   * is nvt. The cheapest ways are found children first, so no combinations are tried. */
  private further(answers: Answers, targets: number, free: number[]): Further[] {
    const price = (q: number, v: number): number => (this.fits(answers, q, v) ? 0 : free.includes(q) ? 1 : NEVER);
    const costs: number[] = [];
    for (const { question, next, outcome } of this.nodes)
      costs.push(
        question < 0
          ? (targets >> outcome) & 1 ? 0 : NEVER
          : Math.min(NEVER, ...next.map((to, v) => (to < 0 ? NEVER : costs[to] + price(question, v)))),
      );
    const root = this.nodes.length - 1;
    const out: Further = { targets, answers: costs[root], changes: [], more: costs[root] > MAX_ANSWERS };
    if (out.answers >= NEVER) return [];
    if (out.more) return [out];
    // Each node's cheapest ways on, the first so many in order: then the first so many of the root are exact.
    const ways: Change["steps"][][] = [];
    const visit = (n: number): Change["steps"][] => {
      if (ways[n]) return ways[n];
      const { question, next } = this.nodes[n];
      const found = new Map(question < 0 ? [["", []]] : []) as Map<string, Change["steps"]>;
      next.forEach((to, v) => {
        const paid = price(question, v);
        if (to < 0 || costs[to] + paid !== costs[n]) return;
        for (const way of visit(to)) {
          const steps: Change["steps"] = paid ? [[question, v], ...way] : way;
          found.set(steps.join(), steps);
        }
      });
      ways[n] = [...found.values()].sort(compare);
      if (ways[n].length > MAX_COMBINATIONS) out.more = !!(ways[n].length = MAX_COMBINATIONS);
      return ways[n];
    };
    for (const steps of visit(root)) out.changes.push(this.change(answers, steps)!);
    return [out];
  }
}

/** Puts steps in the order of their questions and values; one that starts another comes first. */
function compare(x: Change["steps"], y: Change["steps"]): number {
  for (let i = 0; i < x.length && i < y.length; i++) {
    const difference = x[i][0] - y[i][0] || x[i][1] - y[i][1];
    if (difference) return difference;
  }
  return x.length - y.length;
}
