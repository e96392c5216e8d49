/** The names in a compound file ([MS-CFB]): what older office programs, and locked newer files, are kept in. */
import type { ByteSource } from '../core/ports.ts';

/** A directory sector holds four to thirty-two names; nobody writes this many. */
const mostSectors = 2000;
const entrySize = 128;

/** Null for what is damaged. */
export function compoundNames(source: ByteSource): ReadonlySet<string> | null {
  try {
    return read(source);
  } catch (error) {
    // Past the end: a number in the file is wrong.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function read(source: ByteSource): ReadonlySet<string> | null {
  const header = view(source, 0, 512);
  const shift = header.getUint16(30, true);
  if (shift !== 9 && shift !== 12) return null;
  const size = 1 << shift;
  const at = (sector: number) => (sector + 1) * size;
  const perSector = size / 4;
  /** Which sector follows: the table stands in sectors that the header names, and in a chain after them. */
  const tables = Array.from({ length: 109 }, (_, index) => header.getUint32(76 + 4 * index, true));
  for (let more = header.getUint32(68, true), read = 0; isSector(more); read++) {
    if (read > mostSectors) return null;
    const table = view(source, at(more), size);
    for (let index = 0; index < perSector - 1; index++)
      tables.push(table.getUint32(4 * index, true));
    more = table.getUint32(4 * (perSector - 1), true);
  }
  const next = (sector: number): number => {
    const table = tables[Math.floor(sector / perSector)];
    if (table === undefined || !isSector(table)) throw new RangeError('no such sector');
    return view(source, at(table) + 4 * (sector % perSector), 4).getUint32(0, true);
  };
  const names = new Set<string>();
  let sector = header.getUint32(48, true);
  for (let read = 0; isSector(sector); read++, sector = next(sector)) {
    if (read > mostSectors) return null;
    const entries = view(source, at(sector), size);
    for (let start = 0; start < size; start += entrySize) {
      const length = Math.min(64, entries.getUint16(start + 64, true));
      const bytes = new Uint8Array(entries.buffer, entries.byteOffset + start, length);
      names.add(new TextDecoder('utf-16le').decode(bytes).replace(/\0$/, ''));
    }
  }
  return names;
}

function isSector(sector: number): boolean {
  return sector < 0xffff_fffa;
}

function view(source: ByteSource, offset: number, length: number): DataView {
  const bytes = source.read(offset, length);
  return new DataView(bytes.buffer, bytes.byteOffset, length);
}
