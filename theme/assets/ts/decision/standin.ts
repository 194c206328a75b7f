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

  // Of the stage that runs: how many rows it has, and the addresses of the certain rows and of those counting.
  let rows = 0;
  let certain = 0;
  let counting = 0;

  const has = (set: number, i: number): number => (m[set + (i >> 3)] >> (i & 7)) & 1;
  const put = (set: number, i: number): void => {
    m[set + (i >> 3)] |= 1 << (i & 7);
  };

  /** What the rows of a set do, by a table of numbers below 32; those that do something counted are counting. */
  const acts = (table: number, set: number, counted = 0): number => {
    let all = 0;
    for (let r = 0; r < rows; r++) {
      if (!has(set, r)) continue;
      all |= 1 << m[table + r];
      if ((counted >> m[table + r]) & 1) put(counting, r);
    }
    return all;
  };

  /** Does something for each guard that has a limit among rows, with its level and the address of what the rows do for it. */
  const eachGuard = (at: number, set: number, visit: (level: number, guard: number) => void): void => {
    for (let left = u16(at), guard = at + 3; left--; guard += rows + 1) {
      if (acts(guard, set) & abi.GUARDS_LIMIT) visit(m[guard - 1], guard);
    }
  };

  /** The outcome where the grounds and exceptions in open apply, and the limits in bar. */
  const level = (gives: number, open: number, bar: number): number => {
    let found = Math.min(
      8 - (Math.clz32(acts(gives, open) & abi.ACTS_GROUNDS) >> 2),
      Math.clz32(acts(gives, bar) & abi.ACTS_LIMITS) >> 2,
    );
    eachGuard(gives + rows, bar, (ceiling, guard) => {
      const exceptions = acts(guard, open) & abi.GUARDS_EXCEPTIONS;
      found = Math.min(found, exceptions ? 31 - Math.clz32(exceptions) : ceiling);
    });
    return found;
  };

  const duty = (outcome: number, setting: number, ending: number): number =>
    !outcome || ending & abi.ACTS_END_DUTY ? 0 : setting & abi.ACTS_DUTY2 ? 2 : setting & abi.ACTS_DUTY1 ? 1 : 0;

  /** Runs a stage; gives the address behind its output. */
  const run = (stage: number, out: number): number => {
    const size = m[stage + abi.STAGE_VALUES];
    const kind = m[stage];
    rows = u16(stage + abi.STAGE_ROWS);
    const stride = (rows + 7) >> 3;
    const words = (stride + 7) & ~7;
    certain = out + abi.STAGE_FOUND;
    const possible = certain + words;
    counting = possible + words;
    const end = counting + words;
    m.fill(0, out, end);
    m[out + abi.STAGE_ROW_COUNT] = rows;
    m[out + abi.STAGE_ROW_COUNT + 1] = rows >> 8;
    for (let r = 0; r < rows; r++) put(certain, r), put(possible, r);

    const columns = u16(stage + abi.STAGE_COLUMNS);
    let column = stage + abi.STAGE_SIZE;
    let sets = column + columns * abi.COLUMN_SIZE;
    for (let left = columns; left--; column += abi.COLUMN_SIZE) {
      const slot = slots + 8 * u16(column);
      const values = m[column + abi.COLUMN_VALUES];
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
    const gives = sets;

    if (kind <= abi.CHOOSE) m.copyWithin(counting, certain, possible);
    if (kind === abi.GATE) {
      const source = slots + 8 * u16(stage + abi.STAGE_SOURCE);
      const any = (set: number): boolean => m.subarray(set, set + words).some((byte) => byte > 0);
      let known = 0;
      for (let v = 0; v < size - 1; v++) known |= has(source, v);
      for (let v = 0; v < size - 1; v++) if (any(possible) && (!known || has(source, v))) put(out, v);
      if (!any(certain)) put(out, size - 1);
    } else if (kind === abi.CHOOSE) {
      for (let r = 0; r < rows; r++) if (has(possible, r)) put(out, m[gives + r]);
    } else {
      const certainly = acts(gives, certain);
      const possibly = acts(gives, possible);
      const outcome = level(gives, certain, certain);
      const highest = abi.ACTS_REFUSE >>> (Math.clz32(certainly & abi.ACTS_GROUNDS) & 28);
      acts(gives, certain, outcome ? abi.ACTS_LIMITS | highest : abi.ACTS_REFUSE);
      eachGuard(gives + rows, certain, (ceiling, guard) => {
        const exceptions = acts(guard, certain) & abi.GUARDS_EXCEPTIONS;
        if (!outcome && (exceptions || ceiling)) return;
        acts(guard, certain, exceptions ? 1 << (31 - Math.clz32(exceptions)) : abi.GUARDS_LIMIT);
      });
      const lo = level(gives, certain, possible);
      const hi = level(gives, possible, certain);
      for (let v = lo; v <= hi; v++) put(out, v);
      m[out + abi.STAGE_DUTY_LO] = duty(lo, certainly, possibly);
      m[out + abi.STAGE_DUTY_HI] = duty(hi, possibly, certainly);
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
