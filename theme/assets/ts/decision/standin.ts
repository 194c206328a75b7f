// Stands in for the WebAssembly module where a browser or a policy switches WebAssembly off: the same evaluator on the
// same tables, taken from the module's own bytes. What it leaves in memory is what the module leaves there.
//
// It takes over numbers only from the script that fetches it: an import of more would make a third file.

import * as abi from "./abi";

/** Stands in on tables, of whichever version they are. */
export function standIn(given: Uint8Array): abi.Exports {
  const u16 = (at: number): number => given[at] | (given[at + 1] << 8);
  const u32 = (at: number): number => u16(at) | (u16(at + 2) << 16);

  const input = u32(abi.HEADER_INPUT);
  const output = u32(abi.HEADER_OUTPUT);
  const slots = u32(abi.HEADER_SLOTS);
  const m = new Uint8Array(u32(abi.HEADER_MEMORY));
  m.set(given);

  // Of the stage that runs: bytes of a set of rows in the tables, the address of what belongs to its kind, and of the
  // rows found.
  let stride = 0;
  let sets = 0;
  let certain = 0;
  let counting = 0;

  const has = (set: number, i: number): number => (m[set + (i >> 3)] >> (i & 7)) & 1;
  const put = (set: number, i: number): void => {
    m[set + (i >> 3)] |= 1 << (i & 7);
  };

  /** Whether two sets of rows have one in common. */
  const hit = (set: number, rows: number): boolean => {
    for (let i = 0; i < stride; i++) if (m[set + i] & m[rows + i]) return true;
    return false;
  };

  /** The highest index of a set that has a row of rows; 0 if only set 0 may. */
  const top = (first: number, count: number, rows: number): number => {
    while (--count && !hit(first + count * stride, rows));
    return count;
  };

  /** Adds the certain rows of a set to those counting. */
  const count = (set: number): void => {
    for (let i = 0; i < stride; i++) m[counting + i] |= m[certain + i] & m[set + i];
  };

  // Where the sets of a permit start.
  const grounds = (): number => sets - stride;
  const limits = (): number => sets + abi.GROUND_SETS * stride;
  const duties = (): number => limits() + abi.LIMIT_SETS * stride;

  /** Does something for each guard that a row of rows is among, with its level and the address of its sets. */
  const eachGuard = (rows: number, visit: (level: number, first: number) => void): void => {
    const at = duties() + abi.DUTY_SETS * stride;
    for (let left = u16(at), first = at + 3; left--; first += abi.GUARD_SETS * stride + 1) {
      if (hit(first, rows)) visit(m[first - 1], first);
    }
  };

  /** The outcome where the grounds and exceptions in open apply, and the limits in bar. */
  const level = (open: number, bar: number): number => {
    let found = Math.min(
      top(grounds(), abi.GROUND_SETS + 1, open),
      abi.LIMIT_SETS - 1 - top(limits(), abi.LIMIT_SETS, bar),
    );
    eachGuard(bar, (ceiling, first) => {
      const exception = top(first, abi.GUARD_SETS, open);
      found = Math.min(found, exception ? exception - 1 : ceiling);
    });
    return found;
  };

  const duty = (outcome: number, ending: number, setting: number): number =>
    outcome && !hit(duties(), ending) ? top(duties(), abi.DUTY_SETS, setting) : 0;

  /** Runs a stage; gives the address behind its output. */
  const run = (stage: number, out: number): number => {
    const size = m[stage + abi.STAGE_VALUES];
    const rows = u16(stage + abi.STAGE_ROWS);
    stride = (rows + 7) >> 3;
    const words = (stride + 7) & ~7;
    certain = out + abi.STAGE_FOUND;
    const possible = certain + words;
    counting = possible + words;
    const end = counting + words;
    m.fill(0, out, end);
    m[out + abi.STAGE_ROW_COUNT] = rows;
    m[out + abi.STAGE_ROW_COUNT + 1] = rows >> 8;
    for (let r = 0; r < rows; r++) put(certain, r), put(possible, r);

    sets = stage + abi.STAGE_SIZE;
    for (let left = u16(stage + abi.STAGE_COLUMNS); left--; ) {
      const slot = slots + 8 * u16(sets);
      const values = m[sets + abi.COLUMN_VALUES];
      sets += abi.COLUMN_SETS;
      for (let i = 0; i < stride; i++) {
        let all = 255;
        let some = 0;
        for (let v = 0; v < values; v++) {
          if (has(slot, v)) {
            all &= m[sets + v * stride + i];
            some |= m[sets + v * stride + i];
          }
        }
        m[possible + i] &= ~all;
        m[certain + i] &= ~(all | some);
      }
      sets += values * stride;
    }

    if (m[stage] === abi.GATE) {
      const source = slots + 8 * u16(stage + abi.STAGE_SOURCE);
      let known = 0;
      for (let v = 0; v < size - 1; v++) known |= has(source, v);
      for (let v = 0; v < size - 1; v++) if (hit(possible, possible) && (!known || has(source, v))) put(out, v);
      if (!hit(certain, certain)) put(out, size - 1);
      count(certain);
    } else if (m[stage] === abi.CHOOSE) {
      for (let v = 0; v < size; v++) if (hit(sets + v * stride, possible)) put(out, v);
      count(certain);
    } else {
      const outcome = level(certain, certain);
      if (outcome) count(grounds() + top(grounds(), abi.GROUND_SETS + 1, certain) * stride);
      for (let i = outcome ? 0 : abi.LIMIT_SETS - 1; i < abi.LIMIT_SETS; i++) count(limits() + i * stride);
      eachGuard(certain, (ceiling, first) => {
        const exception = top(first, abi.GUARD_SETS, certain);
        if (outcome || !(exception | ceiling)) count(first + exception * stride);
      });
      const lo = level(certain, possible);
      const hi = level(possible, certain);
      for (let v = lo; v <= hi; v++) put(out, v);
      m[out + abi.STAGE_DUTY_LO] = duty(lo, possible, certain);
      m[out + abi.STAGE_DUTY_HI] = duty(hi, certain, possible);
    }
    m.copyWithin(slots + 8 * u16(stage + abi.STAGE_TARGET), out, out + 8);
    return end;
  };

  const answer = (decision: number, length: number): number => {
    decision >>>= 0; // as the module takes it
    if (decision >= u32(abi.HEADER_DECISIONS)) return abi.UNKNOWN_DECISION;
    let entry = u32(abi.HEADER_ENTRIES + 4 * decision);
    if (length !== u16(entry)) return abi.WRONG_LENGTH;
    const stages = u16(entry + abi.ENTRY_STAGE_COUNT);
    entry += abi.ENTRY_INPUTS;
    for (let i = 0; i < length; i++, entry += abi.INPUT_SIZE) {
      const values = m[entry + abi.INPUT_VALUES];
      const answered = m[input + i];
      if (answered > values) return abi.OUT_OF_RANGE | (i << abi.CODE_BITS);
      const slot = slots + 8 * u16(entry);
      m.fill(0, slot, slot + 8);
      for (let v = 0; v < values; v++) if (!answered || answered === v + 1) put(slot, v);
    }
    m.fill(0, output, output + abi.OUTPUT_STAGES);
    m[output] = stages;
    m[output + 1] = stages >> 8;
    let out = output + abi.OUTPUT_STAGES;
    for (let i = 0, stage = 0; i < stages; i++, entry += 4) out = run((stage += u32(entry)), out);
    return 0;
  };

  return {
    memory: m as { buffer: ArrayBuffer },
    abi: { value: u32(0) },
    input: { value: input },
    output: { value: output },
    answer,
  };
}
