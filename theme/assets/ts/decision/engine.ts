// Answers decisions in the browser: with the WebAssembly module the generator made, or, where WebAssembly is switched off,
// with the stand-in on the same bytes, a script of its own that is fetched there only. Both say the same.

import * as abi from "./abi";
import * as read from "./module";

/** A set of values or rows: number i is in it where bit i%8 of byte i/8 is set. */
export type Bits = Uint8Array;

/** Tells whether number i is in a set. */
export const has = (set: Bits, i: number): boolean => ((set[i >> 3] >> (i & 7)) & 1) === 1;

/** What one stage of a decision found; the last stage is the decision's own. */
export interface StageResult {
  /** The values still possible; of a decision of kind "mag" the levels from the lowest to the highest. */
  values: Bits;
  dutyLo: number;
  dutyHi: number;
  /** How many rows the sets below are over. */
  rows: number;
  /** Rows that apply however the open questions are answered. */
  certain: Bits;
  /** Rows that may still apply. */
  possible: Bits;
  /** Of the certain rows those that make the outcome these have together. */
  counting: Bits;
}

/** The answers cannot be those of the decision; code is one of the contract's, input the position of a wrong answer. */
export class RefusedError extends Error {
  declare code: number;
  declare input: number;
  constructor(returned: number) {
    super(`refused: ${returned}`);
    this.name = "RefusedError";
    this.code = returned & 255;
    this.input = returned >> abi.CODE_BITS;
  }
}

/** A module ready to answer. */
export interface Engine {
  /** Whether the stand-in answers, because WebAssembly is switched off here. */
  standsIn: boolean;
  /** Answers a decision; of each question 0 leaves it open and v+1 is the value with index v. */
  answer(decision: number, answers: Uint8Array): StageResult[];
  /** Does the same, and leaves what was found in memory, from output on, until the next answer. */
  run(decision: number, answers: Uint8Array): void;
  memory: Uint8Array;
  output: number;
  /** Gives what the module carries along under a name. */
  section(name: string): Uint8Array | null;
}

/** Makes a module ready to answer. */
export async function load(bytes: ArrayBuffer): Promise<Engine> {
  const module = new Uint8Array(bytes);
  let exports: abi.Exports | undefined;
  try {
    exports = (await WebAssembly.instantiate(bytes)).instance.exports as unknown as abi.Exports;
  } catch {
    // There is no WebAssembly here, or the page's policy forbids it.
  }
  const host = exports || (await import("./standin")).standIn(read.tables(module));
  read.expectVersion(host.abi.value);
  const m = new Uint8Array(host.memory.buffer);

  const input = host.input.value;
  const output = host.output.value;
  const run = (decision: number, answers: Uint8Array): void => {
    // More answers than any decision asks for are not written: their number is refused without looking at them.
    if (answers.length <= output - input) m.set(answers, input);
    const refused = host.answer(decision, answers.length);
    if (refused) throw new RefusedError(refused);
  };

  return {
    standsIn: !exports,
    memory: m,
    output,
    run,
    section: (name) => read.section(module, name),
    answer(decision, answers) {
      run(decision, answers);
      let at = output;
      const take = (size: number): Bits => m.slice(at, (at += size));
      const found: StageResult[] = [];
      let left = m[at] | (m[at + 1] << 8);
      for (at += abi.OUTPUT_STAGES; left--; ) {
        const stage = take(abi.STAGE_FOUND);
        const rows = read.rowsOf(stage, 0);
        const size = read.setSize(rows);
        found.push({
          values: stage.slice(0, 8),
          dutyLo: stage[abi.STAGE_DUTY_LO],
          dutyHi: stage[abi.STAGE_DUTY_HI],
          rows,
          certain: take(size),
          possible: take(size),
          counting: take(size),
        });
      }
      return found;
    },
  };
}
