/** Writes ZIP (APPNOTE.TXT 6.3), the same octets for the same input: no clock, no extra fields, no comments. */
import { deflateRaw } from 'pako';
import { utf8Bytes } from '../../../shared/xml/utf8.ts';
import { concat } from '../cms/der-writing.ts';
import { crc32 } from './crc32.ts';
import { nameProblem, sameNameKey } from './zip-names.ts';

export interface NewEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly method: 'stored' | 'deflated';
}

/** Midnight of 1 January 1980, the earliest date ZIP can hold. */
const DATE = 0x0021;
/** General purpose flag bit 11: the name is UTF-8. */
const UTF8 = 0x0800;

/** Throws a RangeError for names that no reader should accept: the caller chose them. */
export function writeZip(entries: readonly NewEntry[]): Uint8Array {
  const keys = new Set(entries.map(({ name }) => sameNameKey(name)));
  if (keys.size !== entries.length) throw new RangeError('two entries of one name');
  const locals: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  for (const entry of entries) {
    const problem = nameProblem(entry.name);
    if (problem !== null || entry.name.endsWith('/')) throw new RangeError(problem ?? 'a folder');
    const name = utf8Bytes(entry.name);
    const data = entry.method === 'stored' ? entry.bytes : deflateRaw(entry.bytes, { level: 9 });
    const common = numbers(
      [2, 20],
      [2, name.length === entry.name.length ? 0 : UTF8],
      [2, entry.method === 'stored' ? 0 : 8],
      [2, 0],
      [2, DATE],
      [4, crc32(entry.bytes)],
      [4, data.length],
      [4, entry.bytes.length],
      [2, name.length],
      [2, 0],
    );
    const local = concat(numbers([4, 0x04034b50]), common, name, data);
    locals.push(local);
    central.push(
      concat(
        numbers([4, 0x02014b50], [2, 20]),
        common,
        numbers([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]),
        name,
      ),
    );
    offset += local.length;
  }
  const directory = concat(...central);
  const end = numbers(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, entries.length],
    [2, entries.length],
    [4, directory.length],
    [4, offset],
    [2, 0],
  );
  return concat(...locals, directory, end);
}

/** Little-endian numbers of so many octets. */
function numbers(...fields: readonly (readonly [2 | 4, number])[]): Uint8Array {
  const bytes: number[] = [];
  for (const [size, value] of fields)
    for (let i = 0; i < size; i++) bytes.push((value >>> (8 * i)) & 0xff);
  return Uint8Array.from(bytes);
}
