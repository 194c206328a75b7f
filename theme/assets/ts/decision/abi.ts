// The contract of the module that answers decisions, as generator/wasm/abi.go gives it: what stands where in the module,
// in its tables and in its output. A change there is a change here, and a new version.

/** The version of the contract this script knows. */
export const VERSION = 3;

/** What a module exports; the stand-in has the same. */
export interface Exports {
  memory: { buffer: ArrayBuffer };
  abi: { value: number };
  input: { value: number };
  output: { value: number };
  answer(decision: number, length: number): number;
}

// What answer returns where it refuses; above these bits the position of the answer that is out of range.
export const UNKNOWN_DECISION = 1;
export const WRONG_LENGTH = 2;
export const OUT_OF_RANGE = 3;
export const CODE_BITS = 8;

// Offsets in the output and in a stage's part of it.
export const OUTPUT_STAGES = 8;
export const STAGE_DUTY_LO = 8;
export const STAGE_DUTY_HI = 9;
export const STAGE_ROW_COUNT = 10;
export const STAGE_FOUND = 16;

// Offsets in the header of the tables.
export const HEADER_INPUT = 4;
export const HEADER_OUTPUT = 8;
export const HEADER_SLOTS = 12;
export const HEADER_MEMORY = 16;
export const HEADER_DECISIONS = 20;
export const HEADER_ENTRIES = 24;

// Offsets in an entry, a stage and a column.
export const ENTRY_STAGE_COUNT = 2;
export const ENTRY_INPUTS = 4;
export const INPUT_VALUES = 2;
export const INPUT_SIZE = 3;
export const STAGE_VALUES = 1;
export const STAGE_TARGET = 2;
export const STAGE_SOURCE = 4;
export const STAGE_ROWS = 6;
export const STAGE_COLUMNS = 8;
export const STAGE_SIZE = 10;
export const COLUMN_VALUES = 2;
export const COLUMN_SIZE = 3;

// Kinds of stage; the third is a permit.
export const GATE = 0;
export const CHOOSE = 1;

// What the rows of a permit do, as sets of these numbers.
export const ACTS_GROUNDS = 0xfff;
export const ACTS_LIMITS = 0xffff0000;
export const ACTS_REFUSE = 0xf0000000;
export const ACTS_DUTY1 = 0x22222222;
export const ACTS_DUTY2 = 0x44444444;
export const ACTS_END_DUTY = 0x88888888;

// What the rows do for a guard, as sets of such numbers.
export const GUARDS_EXCEPTIONS = 0xf;
export const GUARDS_LIMIT = 0x10;

/** The section that holds the tables, by its number in WebAssembly. */
export const DATA = 11;
