// Reads a module: its version, its sections, and the sizes of what its answers leave in memory.

import * as abi from "./abi";

/** How many rows the stage has whose part of the output stands at an address. */
export const rowsOf = (m: Uint8Array, at: number): number => m[at + abi.STAGE_ROW_COUNT] | (m[at + abi.STAGE_ROW_COUNT + 1] << 8);

/** How many bytes each of the three sets of so many rows takes. */
export const setSize = (rows: number): number => ((rows + 63) >> 6) << 3;

/** The version of a module differs from that of this script. */
export class VersionError extends Error {
  constructor(version: number) {
    super(`abi ${version}, not ${abi.VERSION}`);
    this.name = "VersionError";
  }
}

export function expectVersion(version: number): void {
  if (version !== abi.VERSION) throw new VersionError(version);
}

/** Gives the content of a custom section by its name, or of another section by its number. */
export function section(module: Uint8Array, wanted: string | number): Uint8Array | null {
  let at = 8; // behind the magic number and the version of WebAssembly
  while (at < module.length) {
    let found: string | number = module[at];
    let size: number;
    [size, at] = unsigned(module, at + 1);
    const end = at + size;
    if (!found) {
      [size, at] = unsigned(module, at);
      found = new TextDecoder().decode(module.subarray(at, (at += size)));
    }
    if (found === wanted) return module.subarray(at, end);
    at = end;
  }
  return null;
}

/** Gives the tables: the content of the one data segment, which is loaded at address 0. */
export function tables(module: Uint8Array): Uint8Array {
  const data = section(module, abi.DATA);
  if (!data) throw new TypeError("no tables");
  // One segment, of memory 0, at i32.const 0 end.
  return data.subarray(unsigned(data, 5)[1]);
}

/** Reads a number in LEB128; gives the number and where it ends. */
function unsigned(bytes: Uint8Array, at: number): [number, number] {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value |= (byte & 127) << shift;
    if (!(byte & 128)) return [value, at];
  }
}
