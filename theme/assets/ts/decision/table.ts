// A table of verdicts: a decision of kind "mag", answered for every value of one question against every value of another.
//
// In: the engine, and answers to the other questions, some of which are assumed: nobody gave them. Out: per cell what
// holds, as a code for which the page has the words, with bounds on outcome and duty and the rules that close it.
//
// A cell says no more than is certain without the assumptions. The bounds come from the module. They are never narrower
// than the truth, and can be wider: then a cell says "alleen-als" where one outcome is certain. Combinations that cannot
// occur are answered as if they could.

import { OUTPUT_STAGES, STAGE_DUTY_HI, STAGE_DUTY_LO, STAGE_FOUND, rowsOf, setSize } from "./abi";
import type { Bits, Engine } from "./engine";

/**
 * What is certain, whatever becomes of open and assumed answers:
 * - nooit: the strictest outcome;
 * - moet, moet-tenzij: there is a duty, that one at least;
 * - uitkomst: one outcome, not the strictest;
 * - alleen-als: none of these; it depends on what is open or assumed.
 */
export type Code = "nooit" | "moet" | "moet-tenzij" | "uitkomst" | "alleen-als";

/** The strictest and the most permissive outcome still possible, by level, and the least and the most duty. */
export interface Bounds {
  lo: number;
  hi: number;
  dutyLo: number;
  dutyHi: number;
}

export interface Cell {
  code: Code;
  /** Without the assumptions; the code speaks of these. */
  sure: Bounds;
  /** With the assumptions. */
  taken: Bounds;
  /** An assumption decides it: without the assumptions the bounds differ. */
  assumed: boolean;
  /** Where the code is "nooit": the rows that forbid it. None forbids where no ground can apply. */
  closed: Bits;
  /** Without the assumptions: rows that may apply, and may not. */
  open: Bits;
}

/** A question with the values to list. */
export interface Axis {
  question: number;
  values: number[];
}

export interface Wanted {
  /** The number of the decision in the module. */
  decision: number;
  rows: Axis;
  columns: Axis;
  /** As the engine takes them, one per question; those to the axes do not count. */
  answers: Uint8Array;
  /** The questions whose answers are assumed. */
  assumed: number[];
}

/** Answers every cell, by row and column. */
export function table(engine: Engine, { decision, rows, columns, answers, assumed }: Wanted): Cell[][] {
  const { memory: m } = engine;
  const taken = answers.slice();
  const sure = answers.slice();
  for (const question of assumed) sure[question] = 0;
  const differ = sure.some((answer, question) => answer !== taken[question] && question !== rows.question && question !== columns.question);

  // The decision's own stage is the last one. It stands at the same place after every answer.
  let own = 0;
  const ask = (given: Uint8Array, row: number, column: number): Bounds => {
    given[rows.question] = row + 1;
    given[columns.question] = column + 1;
    engine.run(decision, given);
    if (!own) {
      own = engine.output + OUTPUT_STAGES;
      for (let left = m[engine.output] | (m[engine.output + 1] << 8); --left; ) own += STAGE_FOUND + 3 * setSize(rowsOf(m, own));
    }
    const levels = m[own];
    return { lo: 31 - Math.clz32(levels & -levels), hi: 31 - Math.clz32(levels), dutyLo: m[own + STAGE_DUTY_LO], dutyHi: m[own + STAGE_DUTY_HI] };
  };

  return rows.values.map((row) =>
    columns.values.map((column) => {
      const with_ = differ && ask(taken, row, column);
      const without = ask(sure, row, column);
      const code = codeOf(without);
      const size = setSize(rowsOf(m, own));
      const certain = own + STAGE_FOUND;
      const closed = m.slice(certain + 2 * size, certain + (code === "nooit" ? 3 : 2) * size);
      const open = m.slice(certain + size, certain + 2 * size);
      for (let i = 0; i < size; i++) open[i] &= ~m[certain + i];
      return { code, sure: without, taken: with_ || without, assumed: !!with_ && !same(with_, without), closed, open };
    }),
  );
}

function codeOf({ lo, hi, dutyLo }: Bounds): Code {
  if (!hi) return "nooit";
  if (dutyLo) return dutyLo > 1 ? "moet" : "moet-tenzij";
  return lo === hi ? "uitkomst" : "alleen-als";
}

function same(x: Bounds, y: Bounds): boolean {
  return x.lo === y.lo && x.hi === y.hi && x.dutyLo === y.dutyLo && x.dutyHi === y.dutyHi;
}
