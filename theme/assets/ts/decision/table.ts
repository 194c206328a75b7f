// A table of verdicts: a decision of kind "mag", answered for every value of one question against every value of another.
// It mirrors generator/verdicts, and says the same in every cell.
//
// In: a module with the tables of that package and its section SECTION; answers to other questions, and what is assumed of
// questions that nobody answered. Out: per cell how it reads, what that rests on and what must be seen to, as numbers and
// ids for which the page has the words. Bounds come from the module: never narrower than what is possible, and at times
// wider. No cell says a bare "mag" that rests on something assumed or open.

import * as abi from "./abi";
import type { Engine } from "./engine";
import { setSize } from "./module";

/** The name of the section that says what this must know beside the tables. */
export const SECTION = "handvat.tabel";

/** Values by question; an open question is missing. */
export type Answers = Map<number, number>;

export interface Query {
  /** Two questions. */
  rows: number;
  columns: number;
  given: Answers;
  /** Of questions that are neither given nor an axis; the others are passed over. */
  assumed: Answers;
}

/** The strictest and the most permissive outcome still possible, by level, and the least and the most duty. */
export interface Bounds {
  lo: number;
  hi: number;
  dutyLo: number;
  dutyHi: number;
}

/**
 * - komt-niet-voor: ruled out, or one of the axes has no meaning there;
 * - nooit: mag-niet, whatever is assumed or open;
 * - alleen-als: what it takes stands in the cell;
 * - moet: a duty of now.dutyLo (1 is moet-tenzij) stands beside it; what it takes stands in the cell as well;
 * - mag: whatever is assumed or open, and without conditions.
 */
export type Reading = "komt-niet-voor" | "nooit" | "alleen-als" | "moet" | "mag";

/** What is quick to say of a cell. */
export interface Brief {
  reading: Reading;
  /** With what is assumed. */
  now: Bounds;
  /** With nothing assumed. */
  whatever: Bounds;
  /** What is assumed decides it: with nothing assumed the bounds are others. */
  decided: boolean;
  /** Questions of which the assumption does not count here: it cannot go with the rest. They are open, unless the rest
   * leaves them one value. */
  left: number[];
}

/** A question with some of its values. */
export interface Setting {
  question: number;
  values: number[];
  /** The values it can have beside the rest: where values has all of these, it depends on the question, and not on one answer. */
  of: number[];
  /** Or open. */
  assumed: boolean;
}

/** Each may by itself; each must, and more may be needed; at least one must, and more than that. */
export type Way = "een-ervan" | "allemaal" | "minstens-een";

export interface Cell extends Brief {
  /** With what is assumed, and open questions as in best: as permissive as they can be. */
  then: Bounds;
  best: Answers;
  /** What the verdict of then rests on: of an assumed question the values for which it is no stricter, of an open one those
   * for which it may be something else than mag-niet. */
  rests: Setting[];
  /** What is assumed and closes a cell that is not closed for ever, with the values that may open it. */
  opens: Setting[];
  way: Way;
  /** What is certain with what is assumed and what rests demands of open questions, or for nooit whatever is assumed: the
   * rules that count, by their place among those of the decision, and ids of conditions. */
  rules: number[];
  conditions: string[];
  /** The locks that say no. */
  locks: string[];
  /** Who decides, where a rule leaves it to somebody. */
  by: string[];
  /** Nothing more can count. Otherwise more rules may, and with them conditions. */
  exact: boolean;
}

/** What package verdicts gives as Page. */
interface Page {
  own: number;
  ruled: number;
  questions: Question[];
  bound: number[];
  parts: Part[];
  conditions: string[];
  locks: { id: string; rules: number[] }[];
}

export interface Question {
  /** How many, nvt not among them. */
  values: number;
  /** The value its author assumes, or -1. */
  assumed: number;
  gate: number;
  asked: number[];
}

interface Part {
  stage: number;
  choice: boolean;
  rows: number[];
  rules: { overtaken: boolean; answersTo: number[]; conditions: number[]; by: string }[];
  outcomes: number[][];
  uses: { part: number; gate: number; rules: number[] }[];
}

/** What is certain of the answer of a part; the outcome is -1 where several are possible. */
interface Answer {
  part: Part;
  outcome: number;
  rules: number[];
  through: Answer[];
}

interface Reads extends Bounds {
  answer: Answer;
  exact: boolean;
}

/** Where an entry of the module stands in memory. */
interface Entry {
  number: number;
  /** Per stage its address in the tables, and in the output. */
  stages: number[];
  outputs: number[];
  /** By slot the stage that fills it, or the question. */
  filled: Map<number, number>;
  input: Map<number, number>;
}

/** What is given of a cell, with what follows; null where it cannot go together. */
interface Settled {
  given: Answers | null;
  whatever: Bounds;
}

/** Of no more cells what is given is kept. */
const MANY = 5000;

const without = (answers: Answers, question: number): Answers => new Map([...answers].filter(([q]) => q !== question));
const joined = (given: Answers, more: Answers): Answers => new Map([...more, ...given]);
const set = (question: number, value: number, beside: Answers): Answers => new Map(beside).set(question, value);

/** Makes the tables of one decision. */
export class Verdicts {
  /** Of the decision, in asking order. */
  readonly questions: Question[];
  private page: Page;
  private own: Entry;
  private ruled: Entry;
  private m: Uint8Array;
  private slots: number;
  private known = new Map<string, Settled>();

  constructor(private engine: Engine) {
    const section = engine.section(SECTION);
    if (!section) throw new TypeError("no " + SECTION);
    this.page = JSON.parse(new TextDecoder().decode(section));
    this.questions = this.page.questions;
    this.m = engine.memory;
    this.slots = this.u32(abi.HEADER_SLOTS);
    this.own = this.entry(this.page.own);
    this.ruled = this.entry(this.page.ruled);
  }

  /** What the authors assume. */
  assumptions(): Answers {
    return new Map(this.questions.map((q, i): [number, number] => [i, q.assumed]).filter(([, v]) => v >= 0));
  }

  /** Says of every cell, by row and column, what is quick to say. */
  table(query: Query): Brief[][] {
    const [rows, columns] = [query.rows, query.columns].map((q) => this.valuesOf(q));
    return rows.map((row) => columns.map((column) => this.brief(query, row, column)));
  }

  brief(query: Query, row: number, column: number): Brief {
    const place = this.place(query, row, column);
    return place.brief.now.lo > 2 ? this.cell(query, row, column) : place.brief;
  }

  /** Says all of one cell. It takes some hundreds of answers. */
  cell(query: Query, row: number, column: number): Cell {
    const place = this.place(query, row, column);
    const { brief } = place;
    const cell: Cell = { ...brief, then: brief.now, best: new Map(), rests: [], opens: [], way: "een-ervan", rules: [], conditions: [], locks: [], by: [], exact: false };
    if (brief.reading === "komt-niet-voor") return cell;
    let found: Reads;
    if (brief.reading === "nooit") found = this.read(place.given);
    else if (!brief.now.hi) {
      found = this.read(place.all);
      [cell.opens, cell.way] = this.opens(place);
    } else {
      this.run(this.own, place.all);
      const open = this.open(brief.now);
      const demanded = this.demanded(place, open);
      found = this.read(joined(demanded, place.all));
      cell.best = this.best(place, demanded, open);
      cell.rests = this.rests(place, cell.best, open);
    }
    const [conditions, by] = [new Set<number>(), new Set<string>()];
    gather(found.answer, conditions, by);
    if (cell.reading === "mag" && (cell.rests.length || conditions.size)) cell.reading = "alleen-als";
    cell.rules = found.answer.rules;
    cell.conditions = [...conditions].map((c) => this.page.conditions[c]);
    cell.locks = this.page.locks.filter((l) => l.rules.some((r) => cell.rules.includes(r))).map((l) => l.id);
    cell.by = [...by].sort();
    cell.exact = found.exact;
    const { lo, hi, dutyLo, dutyHi } = this.read(joined(cell.best, place.all));
    cell.then = { lo, hi, dutyLo, dutyHi };
    return cell;
  }

  /** Makes ready what a cell is about. */
  private place({ rows, columns, given: answers, assumed: wanted }: Query, row: number, column: number): Place {
    const axes = [rows, columns];
    const none: Bounds = { lo: 0, hi: 0, dutyLo: 0, dutyHi: 0 };
    const brief: Brief = { reading: "komt-niet-voor", now: none, whatever: none, decided: false, left: [] };
    const asked = set(rows, row, set(columns, column, answers));
    const { given, whatever } = this.settled(axes, asked);
    if (!given) return { axes, brief, given: asked, assumed: new Map(), all: asked };
    const assumed: Answers = new Map();
    const together = this.settle(axes, joined(given, wanted));
    this.questions.forEach((_, q) => {
      const value = wanted.get(q);
      if (value === undefined || asked.has(q)) return;
      if (given.has(q) ? given.get(q) === value : together || this.settle(axes, joined(given, set(q, value, assumed)))) {
        if (!given.has(q)) assumed.set(q, value);
      } else brief.left.push(q);
    });
    const all = joined(given, assumed);
    this.run(this.own, all);
    brief.now = this.bounds();
    brief.whatever = whatever;
    brief.decided = !same(brief.now, brief.whatever);
    const open = !brief.now.hi ? "alleen-als" : brief.now.dutyLo ? "moet" : brief.now.lo > 2 ? "mag" : "alleen-als";
    brief.reading = whatever.hi ? open : "nooit";
    return { axes, brief, given, assumed, all };
  }

  private valuesOf(question: number): number[] {
    return [...Array(this.questions[question].values).keys()];
  }

  /** What follows from answers whatever is assumed: what a page asks for again with every other assumption. */
  private settled(axes: number[], asked: Answers): Settled {
    const key = axes + ";" + [...asked];
    let found = this.known.get(key);
    if (found) return found;
    const given = this.settle(axes, asked);
    this.run(this.own, given || asked);
    found = { given, whatever: this.bounds() };
    if (this.known.size > MANY) this.known.clear();
    this.known.set(key, found);
    return found;
  }

  /** Whether answers cannot go together, or leave one of the axes without a meaning. */
  private ruledOut(axes: number[], bytes: Uint8Array): boolean {
    this.engine.run(this.ruled.number, bytes);
    return axes.some((q) => !this.applies(this.ruled, this.questions[q].gate)[1]) || !this.bounds(this.ruled).hi;
  }

  /** The values that a question can have beside answers, or the first of them. */
  private possible(axes: number[], question: number, beside: Answers, most = Infinity): number[] {
    const found: number[] = [];
    const bytes = this.bytes(beside);
    for (let v = 0; v < this.questions[question].values && found.length < most; v++) {
      bytes[question] = v + 1;
      if (!this.ruledOut(axes, bytes)) found.push(v);
    }
    return found;
  }

  /** Adds the answers that follow, since every other value is ruled out. Null where answers cannot go together. */
  private settle(axes: number[], answers: Answers): Answers | null {
    if (this.ruledOut(axes, this.bytes(answers))) return null;
    const settled = new Map(answers);
    const bound = new Set([...this.page.bound, ...axes.flatMap((q) => this.questions[q].asked)]);
    for (let again = true; again; ) {
      again = false;
      for (const q of [...bound].sort((x, y) => x - y)) {
        if (settled.has(q)) continue;
        const values = this.possible(axes, q, settled, 2);
        if (!values.length) return null;
        if (values.length > 1) continue;
        settled.set(q, values[0]);
        again = true;
      }
    }
    return settled;
  }

  /** The open questions that have values with which it is mag-niet for certain another one, as permissive as they can be. */
  private demanded(place: Place, open: number[]): Answers {
    const out: Answers = new Map();
    for (const q of open) {
      const of = this.possible(place.axes, q, place.all);
      if (this.may(place, q, of).length !== of.length) this.pick(place, q, out);
    }
    return out;
  }

  /** Adds to what is demanded the open questions that make sure it is not mag-niet, and no more. */
  private best(place: Place, demanded: Answers, open: number[]): Answers {
    const best = new Map(demanded);
    const closed = (): boolean => !this.read(joined(best, place.all)).lo;
    for (const q of open) if (!best.has(q) && closed()) this.pick(place, q, best);
    for (const q of [...open].reverse()) {
      const value = best.get(q);
      if (value === undefined || demanded.has(q)) continue;
      best.delete(q);
      if (closed()) best.set(q, value);
    }
    return best;
  }

  /** Gives an open question its most permissive value beside those picked already, if it can have any. */
  private pick(place: Place, question: number, picked: Answers): void {
    const beside = joined(picked, place.all);
    let then: Reads | undefined;
    for (const v of this.possible(place.axes, question, beside)) {
      const other = this.read(set(question, v, beside));
      if (then && (other.lo - then.lo || other.hi - then.hi) <= 0) continue;
      picked.set(question, v);
      then = other;
    }
  }

  /** Those values of a question for which it may be something else than mag-niet. */
  private may(place: Place, question: number, of: number[]): number[] {
    return of.filter((v) => this.read(set(question, v, place.all)).hi);
  }

  /** Finds what would have to be otherwise for a cell that is closed now. */
  private opens(place: Place): [Setting[], Way] {
    const { axes, given, assumed } = place;
    const order = [...this.questions.keys()].filter((q) => assumed.has(q));
    const find = (others: Answers): Setting[] =>
      order.flatMap((question) => {
        const value = assumed.get(question)!;
        const beside = without(joined(given, others), question);
        const of = this.possible(axes, question, beside);
        const values = of.filter((v) => v !== value && this.read(set(question, v, beside)).hi);
        return values.length && !this.read(set(question, value, beside)).hi ? [{ question, values, of, assumed: true }] : [];
      });
    let found = find(assumed);
    if (found.length) return [found, "een-ervan"];
    found = find(new Map());
    if (found.length) return [found, "allemaal"]; // without these it stays closed, whatever the rest is
    const kept = this.kept(place, given, (r) => !r.hi);
    found = order.filter((q) => kept.has(q)).map((question) => {
      const of = this.possible(axes, question, given);
      return { question, values: of.filter((v) => v !== assumed.get(question)), of, assumed: true };
    });
    return [found, "minstens-een"];
  }

  /** Finds what a verdict rests on, where the open questions that matter are as in best. */
  private rests(place: Place, best: Answers, open: number[]): Setting[] {
    const given = joined(best, place.given);
    const all = joined(given, place.assumed);
    const then = this.read(all);
    const kept = this.kept(place, given, (r) => same(r, then) && alike(r.answer, then.answer));
    const out: Setting[] = [];
    this.questions.forEach((_, question) => {
      const assumed = kept.has(question);
      if (!assumed && !open.includes(question)) return;
      const beside = assumed ? without(all, question) : place.all;
      const of = this.possible(place.axes, question, beside);
      const values = assumed
        ? of.filter((v) => {
            const other = this.read(set(question, v, beside));
            return other.lo >= then.lo && other.hi >= then.hi && other.dutyLo >= then.dutyLo;
          })
        : this.may(place, question, of);
      out.push({ question, values, of, assumed });
    });
    return out;
  }

  /** Drops what is assumed, the last question first, as long as the reading stays as wanted. */
  private kept(place: Place, given: Answers, wanted: (found: Reads) => boolean): Answers {
    const kept = new Map(place.assumed);
    for (const q of [...kept.keys()].sort((x, y) => y - x)) {
      const value = kept.get(q)!;
      kept.delete(q);
      if (!wanted(this.read(joined(given, kept)))) kept.set(q, value);
    }
    return kept;
  }

  private u16(at: number): number {
    return this.m[at] | (this.m[at + 1] << 8);
  }

  private u32(at: number): number {
    return this.u16(at) | (this.u16(at + 2) << 16);
  }

  private entry(number: number): Entry {
    let at = this.u32(abi.HEADER_ENTRIES + 4 * number);
    const out: Entry = { number, stages: [], outputs: [], filled: new Map(), input: new Map() };
    const inputs = this.u16(at);
    const stages = this.u16(at + abi.ENTRY_STAGE_COUNT);
    at += abi.ENTRY_INPUTS;
    for (let i = 0; i < inputs; i++, at += abi.INPUT_SIZE) out.input.set(this.u16(at), i);
    let output = this.engine.output + abi.OUTPUT_STAGES;
    for (let i = 0, stage = 0; i < stages; i++, at += 4) {
      stage += this.u32(at);
      out.stages.push(stage);
      out.outputs.push(output);
      out.filled.set(this.u16(stage + abi.STAGE_TARGET), i);
      output += abi.STAGE_FOUND + 3 * setSize(this.u16(stage + abi.STAGE_ROWS));
    }
    return out;
  }

  /** Answers an entry. What it found stands in memory until the next answer. */
  private run(entry: Entry, answers: Answers): void {
    this.engine.run(entry.number, this.bytes(answers));
  }

  /** Answers as the module takes them. */
  private bytes(answers: Answers): Uint8Array {
    const bytes = new Uint8Array(this.questions.length);
    for (const [q, v] of answers) bytes[q] = v + 1;
    return bytes;
  }

  /** The bounds that the last answer found, that of an entry. */
  private bounds(entry = this.own): Bounds {
    const at = entry.outputs[entry.outputs.length - 1];
    const levels = this.m[at];
    return { lo: 31 - Math.clz32(levels & -levels), hi: 31 - Math.clz32(levels), dutyLo: this.m[at + abi.STAGE_DUTY_LO], dutyHi: this.m[at + abi.STAGE_DUTY_HI] };
  }

  private read(answers: Answers): Reads {
    this.run(this.own, answers);
    const [answer, exact] = this.answer(this.page.parts[0]);
    return { ...this.bounds(), answer, exact };
  }

  /** Whether what has a gate has a meaning for certain, and whether it may have. */
  private applies(entry: Entry, gate: number): [certain: boolean, possible: boolean] {
    if (gate < 0) return [true, true];
    const values = this.values(this.u16(entry.stages[gate] + abi.STAGE_TARGET));
    const undefined_ = this.m[entry.stages[gate] + abi.STAGE_VALUES] - 1;
    return [!values.includes(undefined_), values[0] !== undefined_];
  }

  /** The values that a slot can still hold. */
  private values(slot: number): number[] {
    const out: number[] = [];
    for (let i = 0; i < 64; i += 8)
      for (let byte = this.m[this.slots + slot * 8 + i / 8], v = i; byte; byte >>= 1, v++) if (byte & 1) out.push(v);
    return out;
  }

  /** What is certain of the answer of a part, and whether that is all. */
  private answer(part: Part): [Answer, boolean] {
    const { m } = this;
    const stage = this.own.outputs[part.stage];
    const certain = stage + abi.STAGE_FOUND;
    const size = setSize(part.rows.length);
    const rules = (at: number): number[] => [...new Set(part.rows.filter((_, row) => (m[at + (row >> 3)] >> (row & 7)) & 1))].sort((x, y) => x - y);
    const possible = rules(certain + size);
    let exact = true;
    for (let i = 0; i < size; i++) exact &&= m[certain + i] === m[certain + size + i];
    const outcomes = this.values(this.u16(this.own.stages[part.stage] + abi.STAGE_TARGET));
    const out: Answer = { part, outcome: outcomes.length === 1 ? outcomes[0] : -1, rules: rules(certain + 2 * size), through: [] };
    if (!exact && !part.choice) // grounds and exceptions may be overtaken; so may what an exception can still answer to
      out.rules = out.rules.filter((r) => !part.rules[r].overtaken && !possible.some((e) => part.rules[e].answersTo.includes(r)));
    for (const use of part.uses) {
      if (!out.rules.some((r) => use.rules.includes(r))) continue;
      const [sure, may] = this.applies(this.own, use.gate);
      if (sure) {
        const [through, known] = this.answer(this.page.parts[use.part]);
        if (through.outcome >= 0) out.through.push(through);
        exact &&= known;
      }
      exact &&= sure === may;
    }
    return [out, exact];
  }

  /** The open questions that rules which may still apply depend on, where the last answer did not fix outcome and duty. */
  private open({ lo, hi, dutyLo, dutyHi }: Bounds): number[] {
    const { m, own } = this;
    const found = new Set<number>();
    const visited = new Set<number>();
    const followSlot = (slot: number): void => {
      if (this.values(slot).length < 2) return;
      const question = own.input.get(slot);
      if (question === undefined) follow(own.filled.get(slot)!);
      else found.add(question);
    };
    const follow = (at: number): void => {
      if (visited.has(at)) return;
      visited.add(at);
      const stage = own.stages[at];
      const rows = this.u16(stage + abi.STAGE_ROWS);
      const certain = own.outputs[at] + abi.STAGE_FOUND;
      const possible = certain + setSize(rows);
      const stride = (rows + 7) >> 3;
      const columns = this.u16(stage + abi.STAGE_COLUMNS);
      let column = stage + abi.STAGE_SIZE;
      let sets = column + columns * abi.COLUMN_SIZE;
      for (let left = columns; left--; column += abi.COLUMN_SIZE) {
        const slot = this.u16(column);
        const values = this.values(slot);
        for (let i = 0; i < stride; i++) {
          const undecided = m[possible + i] & ~m[certain + i];
          let [all, some] = [undecided, 0];
          for (const v of values) {
            all &= m[sets + v * stride + i];
            some |= m[sets + v * stride + i] & undecided;
          }
          if (all === some) continue;
          followSlot(slot);
          break;
        }
        sets += m[column + abi.COLUMN_VALUES] * stride;
      }
      const source = this.u16(stage + abi.STAGE_SOURCE);
      if (m[stage] === abi.GATE && source !== this.u16(stage + abi.STAGE_TARGET)) followSlot(source);
    };
    if (lo !== hi || dutyLo !== dutyHi) follow(own.stages.length - 1);
    return [...found].sort((x, y) => x - y);
  }
}

/** One cell being made; assumed is what can go with given, and all is both. */
interface Place {
  axes: number[];
  brief: Brief;
  given: Answers;
  assumed: Answers;
  all: Answers;
}

function same(x: Bounds, y: Bounds): boolean {
  return x.lo === y.lo && x.hi === y.hi && x.dutyLo === y.dutyLo && x.dutyHi === y.dutyHi;
}

function alike(x: Answer, y: Answer): boolean {
  return "" + x.rules === "" + y.rules && "" + x.through.map((t) => t.outcome) === "" + y.through.map((t) => t.outcome);
}

/** Finds the conditions of an answer, and who decides. */
function gather({ part, outcome, rules, through }: Answer, conditions: Set<number>, by: Set<string>): void {
  const add = (list: number[]): void => list.forEach((c) => conditions.add(c));
  if (part.choice) add(part.outcomes[outcome]);
  for (const r of rules) {
    add(part.rules[r].conditions);
    if (part.rules[r].by) by.add(part.rules[r].by);
  }
  // What a used decision asks comes along where neither it nor this one refuses; who decides there always does.
  for (const t of through) gather(t, (part.choice || outcome > 0) && (t.part.choice || t.outcome > 0) ? conditions : new Set(), by);
}
