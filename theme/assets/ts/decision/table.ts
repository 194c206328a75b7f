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

/** Answers as the module takes them: of each question 0 leaves it open and v+1 is the value with index v. */
type Bytes = Uint8Array;

/** What the cells of a table have in common, whatever is assumed. */
interface Frame {
  rows: number;
  columns: number;
  given: Bytes;
  /** Of the axes. */
  gates: number[];
  /** All that decides what is ruled out here, in asking order. */
  bound: number[];
  /** By the answers to these: the values of others of them that follow, or null where those cannot go together. */
  follows: Map<string, Bytes | null>;
  cells: Settled[];
}

/** What is asked of a cell, and given with what follows from it; null where it cannot go together. */
interface Settled {
  asked: Bytes;
  given: Bytes | null;
  whatever: Bounds;
}

/** Of no more tables cells are kept, and of each no more of what follows. */
const TABLES = 10;
const FOLLOWS = 5000;

const NONE: Bounds = { lo: 0, hi: 0, dutyLo: 0, dutyHi: 0 };

/** What stands for a value where a question is open. */
const OPEN = -1;

const joined = (given: Bytes, more: Bytes): Bytes => given.map((v, q) => v || more[q]);
const set = (question: number, value: number, beside: Bytes): Bytes => {
  const out = beside.slice();
  out[question] = value + 1;
  return out;
};

/** Makes the tables of one decision. */
export class Verdicts {
  /** Of the decision, in asking order. */
  readonly questions: Question[];
  private page: Page;
  private own: Entry;
  private ruled: Entry;
  private m: Uint8Array;
  private slots: number;
  private frames = new Map<string, Frame>();

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
    const [frame, wanted] = [this.frame(query), this.bytes(query.assumed)];
    const [rows, columns] = [query.rows, query.columns].map((q) => this.valuesOf(q));
    return rows.map((row) => columns.map((column) => this.short(this.place(frame, wanted, row, column))));
  }

  brief(query: Query, row: number, column: number): Brief {
    return this.short(this.place(this.frame(query), this.bytes(query.assumed), row, column));
  }

  /** Says all of one cell. It takes some hundreds of answers. */
  cell(query: Query, row: number, column: number): Cell {
    return this.full(this.place(this.frame(query), this.bytes(query.assumed), row, column));
  }

  /** Only all of a cell tells whether it is a bare mag. */
  private short(place: Place): Brief {
    return place.brief.now.lo > 2 ? this.full(place) : place.brief;
  }

  private full(place: Place): Cell {
    const { brief } = place;
    const cell: Cell = { ...brief, then: brief.now, best: new Map(), rests: [], opens: [], way: "een-ervan", rules: [], conditions: [], locks: [], by: [], exact: false };
    if (brief.reading === "komt-niet-voor") return cell;
    let found: Reads;
    let best = place.all.map(() => 0);
    if (brief.reading === "nooit") found = this.read(place.given);
    else if (!brief.now.hi) {
      found = this.read(place.all);
      [cell.opens, cell.way] = this.opens(place);
    } else {
      this.run(this.own, place.all);
      const open = this.open(brief.now);
      const demanded = this.demanded(place, open);
      found = this.read(joined(demanded, place.all));
      best = this.best(place, demanded, open);
      best.forEach((v, q) => v && cell.best.set(q, v - 1));
      cell.rests = this.rests(place, best, open);
    }
    const [conditions, by] = [new Set<number>(), new Set<string>()];
    gather(found.answer, conditions, by);
    if (cell.reading === "mag" && (cell.rests.length || conditions.size)) cell.reading = "alleen-als";
    cell.rules = found.answer.rules;
    cell.conditions = [...conditions].map((c) => this.page.conditions[c]);
    cell.locks = this.page.locks.filter((l) => l.rules.some((r) => cell.rules.includes(r))).map((l) => l.id);
    cell.by = [...by].sort();
    cell.exact = found.exact;
    cell.then = this.weigh(joined(best, place.all));
    return cell;
  }

  /** Makes ready what a table is about. */
  private frame({ rows, columns, given: answers }: Query): Frame {
    const given = this.bytes(answers);
    const key = [rows, columns, given].join(";");
    let frame = this.frames.get(key);
    if (frame) return frame;
    const axes = [rows, columns].map((q) => this.questions[q]);
    const bound = new Set([...this.page.bound, ...axes.flatMap((q) => q.asked)]);
    frame = { rows, columns, given, gates: axes.map((q) => q.gate), bound: [...bound].sort((x, y) => x - y), follows: new Map(), cells: [] };
    if (this.frames.size >= TABLES) this.frames.clear();
    this.frames.set(key, frame);
    return frame;
  }

  /** Makes ready what a cell is about. */
  private place(frame: Frame, wanted: Bytes, row: number, column: number): Place {
    const { asked, given, whatever } = this.settled(frame, row, column);
    const brief: Brief = { reading: "komt-niet-voor", now: NONE, whatever, decided: false, left: [] };
    const assumed = asked.map(() => 0);
    if (!given) return { frame, brief, given: asked, assumed, all: asked };
    const together = this.follows(frame, joined(given, wanted));
    const all = given.slice();
    for (let q = 0; q < all.length; q++) {
      if (!wanted[q] || asked[q] || given[q] === wanted[q]) continue;
      if (!given[q]) all[q] = wanted[q];
      if (given[q] || !(together || this.follows(frame, all))) {
        all[q] = given[q];
        brief.left.push(q);
      } else assumed[q] = wanted[q];
    }
    brief.now = this.weigh(all);
    brief.decided = !same(brief.now, whatever);
    const open = !brief.now.hi ? "alleen-als" : brief.now.dutyLo ? "moet" : brief.now.lo > 2 ? "mag" : "alleen-als";
    brief.reading = whatever.hi ? open : "nooit";
    return { frame, brief, given, assumed, all };
  }

  private valuesOf(question: number): number[] {
    return [...Array(this.questions[question].values).keys()];
  }

  /** What is given of a cell whatever is assumed: what a page asks for again with every other assumption. */
  private settled(frame: Frame, row: number, column: number): Settled {
    const at = row * this.questions[frame.columns].values + column;
    if (frame.cells[at]) return frame.cells[at];
    const asked = set(frame.rows, row, set(frame.columns, column, frame.given));
    const follows = this.follows(frame, asked);
    const given = follows && joined(asked, follows);
    return (frame.cells[at] = { asked, given, whatever: given ? this.weigh(given) : NONE });
  }

  /** Whether answers cannot go together, or leave one of the axes without a meaning. */
  private ruledOut(frame: Frame, answers: Bytes): boolean {
    this.run(this.ruled, answers);
    return frame.gates.some((gate) => !this.applies(this.ruled, gate)[1]) || !this.bounds(this.ruled).hi;
  }

  /** The values that a question can have beside answers that can go together, or the first of them. */
  private possible(frame: Frame, question: number, beside: Bytes, most = Infinity): number[] {
    const found: number[] = [];
    if (!frame.bound.includes(question)) return this.valuesOf(question);
    const answers = beside.slice();
    for (let v = 0; v < this.questions[question].values && found.length < most; v++) {
      answers[question] = v + 1;
      if (!this.ruledOut(frame, answers)) found.push(v);
    }
    return found;
  }

  /** The values that follow from answers, since every other one is ruled out. Null where answers cannot go together. */
  private follows(frame: Frame, answers: Bytes): Bytes | null {
    let key = "";
    for (const q of frame.bound) key += String.fromCharCode(answers[q]);
    let found = frame.follows.get(key);
    if (found !== undefined) return found;
    found = this.ruledOut(frame, answers) ? null : this.following(frame, answers);
    if (frame.follows.size >= FOLLOWS) frame.follows.clear();
    frame.follows.set(key, found);
    return found;
  }

  private following(frame: Frame, answers: Bytes): Bytes | null {
    const found = answers.map(() => 0);
    for (let again = true; again; ) {
      again = false;
      for (const q of frame.bound) {
        if (answers[q] || found[q]) continue;
        const values = this.possible(frame, q, joined(answers, found), 2);
        if (!values.length) return null;
        if (values.length > 1) continue;
        found[q] = values[0] + 1;
        again = true;
      }
    }
    return found;
  }

  /** The open questions that have values with which it is mag-niet for certain another one, as permissive as they can be. */
  private demanded(place: Place, open: number[]): Bytes {
    const out = place.all.map(() => 0);
    for (const q of open) {
      const of = this.possible(place.frame, q, place.all);
      if (this.may(place, q, of).length !== of.length) this.pick(place, q, out);
    }
    return out;
  }

  /** Adds to what is demanded the open questions that make sure it is not mag-niet, and no more. */
  private best(place: Place, demanded: Bytes, open: number[]): Bytes {
    const best = demanded.slice();
    const closed = (): boolean => !this.weigh(joined(best, place.all)).lo;
    for (const q of open) if (!best[q] && closed()) this.pick(place, q, best);
    for (const q of [...open].reverse()) {
      const value = best[q];
      if (!value || demanded[q]) continue;
      best[q] = 0;
      if (closed()) best[q] = value;
    }
    return best;
  }

  /** Gives an open question its most permissive value beside those picked already, if it can have any. */
  private pick(place: Place, question: number, picked: Bytes): void {
    const beside = joined(picked, place.all);
    let then: Bounds | undefined;
    for (const v of this.possible(place.frame, question, beside)) {
      const other = this.weigh(set(question, v, beside));
      if (then && (other.lo - then.lo || other.hi - then.hi) <= 0) continue;
      picked[question] = v + 1;
      then = other;
    }
  }

  /** Those values of a question for which it may be something else than mag-niet. */
  private may(place: Place, question: number, of: number[]): number[] {
    return of.filter((v) => this.weigh(set(question, v, place.all)).hi);
  }

  /** Finds what would have to be otherwise for a cell that is closed now. */
  private opens(place: Place): [Setting[], Way] {
    const { frame, given, assumed } = place;
    const order = [...assumed.keys()].filter((q) => assumed[q]);
    const find = (others: Bytes): Setting[] =>
      order.flatMap((question) => {
        const value = assumed[question] - 1;
        const beside = set(question, OPEN, joined(given, others));
        const of = this.possible(frame, question, beside);
        const values = of.filter((v) => v !== value && this.weigh(set(question, v, beside)).hi);
        return values.length && !this.weigh(set(question, value, beside)).hi ? [{ question, values, of, assumed: true }] : [];
      });
    let found = find(assumed);
    if (found.length) return [found, "een-ervan"];
    found = find(given);
    if (found.length) return [found, "allemaal"]; // without these it stays closed, whatever the rest is
    const kept = this.kept(place, given, (rest) => !this.weigh(rest).hi);
    found = order.filter((q) => kept[q]).map((question) => {
      const of = this.possible(frame, question, given);
      return { question, values: of.filter((v) => v + 1 !== assumed[question]), of, assumed: true };
    });
    return [found, "minstens-een"];
  }

  /** Finds what a verdict rests on, where the open questions that matter are as in best. */
  private rests(place: Place, best: Bytes, open: number[]): Setting[] {
    const given = joined(best, place.given);
    const all = joined(given, place.assumed);
    const then = this.read(all);
    const kept = this.kept(place, given, (rest) => same(this.weigh(rest), then) && alike(this.read(rest).answer, then.answer));
    const out: Setting[] = [];
    this.questions.forEach((_, question) => {
      const assumed = kept[question] > 0;
      if (!assumed && !open.includes(question)) return;
      const beside = assumed ? set(question, OPEN, all) : place.all;
      const of = this.possible(place.frame, question, beside);
      const values = assumed
        ? of.filter((v) => {
            const other = this.weigh(set(question, v, beside));
            return other.lo >= then.lo && other.hi >= then.hi && other.dutyLo >= then.dutyLo;
          })
        : this.may(place, question, of);
      out.push({ question, values, of, assumed });
    });
    return out;
  }

  /** Drops what is assumed, the last question first, as long as the reading stays as wanted. */
  private kept(place: Place, given: Bytes, wanted: (answers: Bytes) => boolean): Bytes {
    const kept = place.assumed.slice();
    for (let q = kept.length; q--; ) {
      if (!kept[q]) continue;
      kept[q] = 0;
      if (!wanted(joined(given, kept))) kept[q] = place.assumed[q];
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
  private run(entry: Entry, answers: Bytes): void {
    this.engine.run(entry.number, answers);
  }

  private bytes(answers: Answers): Bytes {
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

  private weigh(answers: Bytes): Bounds {
    this.run(this.own, answers);
    return this.bounds();
  }

  private read(answers: Bytes): Reads {
    const bounds = this.weigh(answers);
    const [answer, exact] = this.answer(this.page.parts[0]);
    return { ...bounds, answer, exact };
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
  frame: Frame;
  brief: Brief;
  given: Bytes;
  assumed: Bytes;
  all: Bytes;
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
