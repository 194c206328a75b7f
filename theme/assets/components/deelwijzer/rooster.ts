// What stands in the cells: the verdict with what is assumed, what closes it or what it asks, and which other answer can open
// it. It mirrors generator/chart, on the same tables, and says the same.

import { OUTPUT_STAGES, STAGE_DUTY_HI, STAGE_DUTY_LO, STAGE_FOUND } from "../../ts/decision/abi";
import { Engine, StageResult, has } from "../../ts/decision/engine";
import { rowsOf, setSize } from "../../ts/decision/module";

/** A rule as the page has it. */
export interface Rule {
  level: number;
  gives: string[];
  via: string[];
  lock: string;
  by: string;
  /** Why, and what may instead. */
  words: HTMLElement;
}

/** The rules of one decision, by row. */
export interface Rules {
  rows: (Rule | undefined)[];
  /** Counts where no rule does. */
  none?: Rule;
  /** Where a used decision becomes nvt: a stage and a value. */
  gate: [number, number] | undefined;
}

/** What the generator tells of the decision, by the number of a question. */
export interface Data {
  entry: number;
  questions: number;
  rows: number;
  columns: number;
  /** Their titles, in the order in which they are shown. */
  locks: string[];
  date: number;
  day: number;
  excluded: { d: { v: number; w: number[] }[]; want: string }[] | null;
  /** Values that open every cell in another way: they are never tried. */
  outside: Record<number, number[]>;
}

export interface Cell {
  possible: boolean;
  lo: number;
  hi: number;
  duty: number;
  never: boolean;
  decided: boolean;
  /** Questions another answer to which can open a cell that is not open for certain. */
  rests: number[];
  /** Found when it is asked for. */
  readonly closed: { lock: string; reasons: Rule[] }[];
  conditions: string[];
  by: string[];
}

/** Answers by question: 0 is open, or 1 and the number of the value. */
export type Given = Uint8Array;

export class Rooster {
  private own = 0;

  constructor(
    private engine: Engine,
    readonly data: Data,
    /** By stage. */
    private rules: Map<number, Rules>,
    /** The stage of a used decision, by its fact. */
    private stages: Map<string, number>,
    /** How many values each question that may be assumed has. */
    readonly assumed: Map<number, number>,
  ) {}

  /** What the authors rule out and can still be, given answers to all but the axes; or why nothing can be. */
  excluded(given: Given): { active: { d: { v: number; w: number[] }[] }[]; conflict: string } {
    const { rows, columns, excluded } = this.data;
    const active = [];
    for (const e of excluded || []) {
      const axis = (d: { v: number }): boolean => d.v === rows || d.v === columns;
      if (!e.d.every((d) => axis(d) || d.w.includes(given[d.v] - 1))) continue;
      if (!e.d.some(axis)) return { active: [], conflict: e.want };
      active.push(e);
    }
    return { active, conflict: "" };
  }

  /** Answers every cell of a row and a column. */
  cell(given: Given, row: number, column: number): Cell {
    const { rows, columns } = this.data;
    let closed: Cell["closed"] | undefined;
    const locks = (): Cell["closed"] => (out.possible && !out.hi ? this.closed(this.engine.answer(this.data.entry, a)) : []);
    const out: Cell = { possible: true, lo: 0, hi: 0, duty: 0, never: false, decided: false, rests: [], get closed() { return (closed ||= locks()); }, conditions: [], by: [] };
    const a = given.slice();
    if (this.excluded(given).active.some((e) => e.d.every((d) => (d.v !== rows || d.w.includes(row)) && (d.v !== columns || d.w.includes(column))))) {
      out.possible = false;
      return out;
    }
    a[rows] = row + 1;
    a[columns] = column + 1;
    const now = this.bounds(a);
    out.lo = now & 7;
    out.hi = (now >> 3) & 7;
    out.duty = (now >> 6) & 7;
    if (out.lo && out.lo === out.hi) {
      const found = this.engine.answer(this.data.entry, a);
      this.asked(out, found, found.length - 1);
    }
    const loose = [...this.assumed.keys()].filter((q) => !this.data.outside[q]);
    const whatever = this.open(a, loose);
    out.decided = whatever !== now;
    out.never = !((whatever >> 3) & 7);
    if (!out.lo) out.rests = this.rests(a, now);
    return out;
  }

  /** The outcome and the duty, from the strictest to the most permissive, as one number. */
  bounds(a: Given): number {
    const { memory: m, output } = this.engine;
    this.engine.run(this.data.entry, a);
    if (!this.own) {
      // The decision's own stage is the last one. It stands at the same place after every answer.
      this.own = output + OUTPUT_STAGES;
      for (let left = m[output] | (m[output + 1] << 8); --left; ) this.own += STAGE_FOUND + 3 * setSize(rowsOf(m, this.own));
    }
    const levels = m[this.own];
    return (31 - Math.clz32(levels & -levels)) | ((31 - Math.clz32(levels)) << 3) | (m[this.own + STAGE_DUTY_LO] << 6) | (m[this.own + STAGE_DUTY_HI] << 9);
  }

  private open(a: Given, questions: number[]): number {
    const b = a.slice();
    for (const q of questions) b[q] = 0;
    return this.bounds(b);
  }

  /** The questions another answer to which can give another verdict. */
  rests(a: Given, now: number): number[] {
    const out: number[] = [];
    const tried: number[] = [];
    for (const [q, size] of this.assumed) {
      const outside = this.data.outside[q];
      if (a[q] && !outside) tried.push(q);
      else {
        const b = a.slice();
        for (let v = 0; v < size; v++) {
          b[q] = v + 1;
          if (a[q] === v + 1 || outside?.includes(v) || this.bounds(b) === now) continue;
          out.push(q);
          break;
        }
      }
    }
    // Where several open questions together change nothing, none of them does.
    const find = (list: number[]): void => {
      if (!list.length || this.open(a, list) === now) return;
      if (list.length < 2) out.push(list[0]);
      else {
        find(list.slice(0, list.length >> 1));
        find(list.slice(list.length >> 1));
      }
    };
    find(tried);
    return out.sort((x, y) => x - y);
  }

  private counting(found: StageResult[], stage: number): Rule[] {
    const out = new Set<Rule>();
    this.rules.get(stage)!.rows.forEach((rule, row) => rule && has(found[stage].counting, row) && out.add(rule));
    return [...out];
  }

  /** The stage of a used decision and its level, -1 where that is not certain or it may not apply. */
  private used(found: StageResult[], fact: string): [number, number] {
    const stage = this.stages.get(fact)!;
    const gate = this.rules.get(stage)?.gate;
    const levels = found[stage]?.values[0];
    if (!levels || (levels & (levels - 1)) !== 0 || (gate && has(found[gate[0]].values, gate[1]))) return [stage, -1];
    return [stage, 31 - Math.clz32(levels)];
  }

  private asked(out: Cell, found: StageResult[], stage: number): void {
    for (const rule of this.counting(found, stage)) {
      for (const c of rule.gives) if (!out.conditions.includes(c)) out.conditions.push(c);
      if (rule.by && rule.level === 1 && !out.by.includes(rule.by)) out.by.push(rule.by);
    }
    this.through(found, stage, (used, level) => level > 0 && this.asked(out, found, used));
  }

  private through(found: StageResult[], stage: number, visit: (used: number, level: number) => void): void {
    const facts = new Set(this.counting(found, stage).flatMap((rule) => rule.via));
    for (const fact of [...facts].sort()) visit(...this.used(found, fact));
  }

  private closed(found: StageResult[]): Cell["closed"] {
    const last = found.length - 1;
    const out: Cell["closed"] = [];
    for (const rule of this.counting(found, last)) {
      if (!rule.lock) continue;
      let at = out.find((c) => c.lock === rule.lock);
      const reasons: Rule[] = [];
      if (!rule.via.length) reasons.push(rule);
      for (const fact of rule.via) {
        const [used, level] = this.used(found, fact);
        if (!level) reasons.push(...this.reasons(found, used));
      }
      if (!at) out.push((at = { lock: rule.lock, reasons: [] }));
      for (const r of reasons) if (!at.reasons.includes(r)) at.reasons.push(r);
    }
    const { locks } = this.data;
    out.sort((x, y) => locks.indexOf(x.lock) - locks.indexOf(y.lock));
    return out.length ? out : [{ lock: "", reasons: this.reasons(found, last) }];
  }

  private reasons(found: StageResult[], stage: number): Rule[] {
    const { none } = this.rules.get(stage)!;
    const counting = this.counting(found, stage);
    const out = counting.filter((r) => r.words.textContent);
    this.through(found, stage, (used, level) => !level && out.push(...this.reasons(found, used)));
    if (!counting.length && none) out.push(none);
    return out;
  }
}
