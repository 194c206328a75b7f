// A zip file of texts, stored as they are (APPNOTE.TXT 6.3; the numbers of its sections are cited). Every file has the same
// day, so that the same texts give the same bytes.

const DAY = 0x21; // 1 January 1980, 4.4.6
const UTF8 = 0x800; // 4.4.4, bit 11

export function zip(texts: Record<string, string>, type: string): Blob {
  const encoder = new TextEncoder();
  const files: BlobPart[] = [];
  const directory: BlobPart[] = [];
  let [at, size, count] = [0, 0, 0];
  for (const [name, text] of Object.entries(texts)) {
    const path = encoder.encode(name);
    const data = encoder.encode(text);
    // 4.3.7 from the version on, which 4.3.12 has too: version 2.0, flags, stored, time, day, sum, sizes, lengths.
    const shared: [number, number][] = [[20, 2], [UTF8, 2], [0, 2], [0, 2], [DAY, 2], [crc32(data), 4], [data.length, 4], [data.length, 4], [path.length, 2], [0, 2]];
    const local = bytes([0x04034b50, 4], ...shared);
    const central = bytes([0x02014b50, 4], [20, 2], ...shared, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]);
    files.push(local, path, data);
    directory.push(central, path);
    at += local.length + path.length + data.length;
    size += central.length + path.length;
    count++;
  }
  const end = bytes([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [size, 4], [at, 4], [0, 2]); // 4.3.16
  return new Blob([...files, ...directory, end], { type });
}

/** Writes numbers, each in so many bytes, the lowest first. */
function bytes(...numbers: [number, number][]): Uint8Array {
  return Uint8Array.from(numbers.flatMap(([value, size]) => Array.from({ length: size }, (_, i) => (value >>> (8 * i)) & 255)));
}

/** 4.4.7 */
function crc32(data: Uint8Array): number {
  let sum = -1;
  for (const byte of data) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 && 0xedb88320);
  }
  return ~sum >>> 0;
}
