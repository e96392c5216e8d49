/**
 * A strict ZIP reader (APPNOTE.TXT 6.3; ISO/IEC 21320-1) for signed containers. Everything must be said
 * once and in one way: the directory and the local headers agree, entries lie side by side from the first
 * octet to the directory, and nothing stands before, between or behind them, so that no two readers can
 * see two containers in one file.
 */
import { Refusal, attempt } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import { strictUtf8 } from '../../../shared/xml/utf8.ts';
import { inflateRaw } from '../pdf/flate.ts';
import { crc32 } from './crc32.ts';
import { nameProblem, sameNameKey } from './zip-names.ts';

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly method: 'stored' | 'deflated';
  /** Octets of extra fields in its local header; the type entry of a container must have none. */
  readonly extra: number;
}

export interface ZipLimits {
  /** Octets of the file. */
  readonly file: number;
  readonly entries: number;
  /** Octets of all entries together, unpacked. */
  readonly unpacked: number;
}

export const zipLimits: ZipLimits = {
  file: 512 * 1024 * 1024,
  entries: 1000,
  unpacked: 512 * 1024 * 1024,
};

/**
 * All entries but folders, in the order of the file. Fails with `zip.not-a-zip`, `zip.malformed`,
 * `zip.unsupported` (encrypted, split, 64-bit, another method), `zip.unsafe-name`, `zip.duplicate-name`
 * or `zip.limit`; never throws on any bytes.
 */
export function readZip(
  bytes: Uint8Array,
  limits: Partial<ZipLimits> = {},
): Result<readonly ZipEntry[]> {
  return attempt(() => read(bytes, { ...zipLimits, ...limits }));
}

function malformed(what: string): Refusal {
  return new Refusal('zip.malformed', `The container is damaged: ${what}.`);
}

function unsupported(what: string): Refusal {
  return new Refusal('zip.unsupported', `The container uses ${what}, which is not accepted.`);
}

function overLimit(what: keyof ZipLimits, limit: number): Refusal {
  return new Refusal('zip.limit', 'The container holds more than the reader accepts.', {
    what,
    limit,
  });
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const DESCRIPTOR = 0x08074b50;

interface Directory {
  readonly start: number;
  readonly end: number;
  readonly count: number;
}

interface Listed {
  readonly name: string;
  readonly rawName: Uint8Array;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

function read(bytes: Uint8Array, limits: ZipLimits): readonly ZipEntry[] {
  if (bytes.length > limits.file) throw overLimit('file', limits.file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const listed = readDirectory(bytes, view, findEnd(view), limits);
  refuseTwins(listed);
  const total = listed.reduce((sum, { size }) => sum + size, 0);
  if (total > limits.unpacked) throw overLimit('unpacked', limits.unpacked);
  const entries: ZipEntry[] = [];
  let at = 0;
  for (const each of [...listed].sort((a, b) => a.offset - b.offset)) {
    if (each.offset !== at) throw malformed('bytes between its entries');
    const { entry, end } = readEntry(bytes, view, each);
    at = end;
    if (each.name.endsWith('/')) {
      if (each.size > 0) throw malformed('a folder with content');
    } else entries.push(entry);
  }
  if (at !== findEnd(view).start) throw malformed('bytes before its directory');
  return entries;
}

/** The end record must be the last octets of the file, its comment included (APPNOTE, 4.3.16). */
function findEnd(view: DataView): Directory {
  const length = view.byteLength;
  for (let at = length - 22; at >= Math.max(0, length - 22 - 0xffff); at--) {
    if (view.getUint32(at, true) !== END) continue;
    if (at + 22 + view.getUint16(at + 20, true) !== length) continue;
    const [disk, startDisk] = [view.getUint16(at + 4, true), view.getUint16(at + 6, true)];
    const here = view.getUint16(at + 8, true);
    const count = view.getUint16(at + 10, true);
    const size = view.getUint32(at + 12, true);
    const start = view.getUint32(at + 16, true);
    if (count === 0xffff || start === 0xffffffff) throw unsupported('64-bit sizes');
    if (disk !== 0 || startDisk !== 0 || here !== count) throw unsupported('several volumes');
    if (start + size !== at) throw malformed('its directory is not where it says');
    return { start, end: at, count };
  }
  throw new Refusal('zip.not-a-zip', 'The file is not a ZIP container.');
}

function readDirectory(
  bytes: Uint8Array,
  view: DataView,
  { start, end, count }: Directory,
  limits: ZipLimits,
): readonly Listed[] {
  if (count > limits.entries) throw overLimit('entries', limits.entries);
  const listed: Listed[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== CENTRAL) throw malformed('its directory');
    const nameLength = view.getUint16(at + 28, true);
    const next =
      at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) throw malformed('its directory');
    const rawName = bytes.subarray(at + 46, at + 46 + nameLength);
    listed.push({
      name: checkedName(rawName),
      rawName,
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at = next;
  }
  if (at !== end) throw malformed('its directory holds more than it counts');
  return listed;
}

/** Names are read as UTF-8 whether or not the flag says so: plain ASCII is both, anything else is refused. */
function checkedName(raw: Uint8Array): string {
  const name = strictUtf8(raw);
  const problem = name === null ? 'a name that is not UTF-8' : nameProblem(name);
  if (name === null || problem !== null)
    throw new Refusal('zip.unsafe-name', `The container has ${problem ?? 'a name'}.`);
  return name;
}

function refuseTwins(listed: readonly Listed[]): void {
  const seen = new Set<string>();
  for (const { name } of listed) {
    const key = sameNameKey(name);
    if (seen.has(key))
      throw new Refusal('zip.duplicate-name', 'The container has two entries of one name.');
    seen.add(key);
  }
}

function readEntry(
  bytes: Uint8Array,
  view: DataView,
  listed: Listed,
): { readonly entry: ZipEntry; readonly end: number } {
  const { offset: at, flags, packed, size } = listed;
  if (at + 30 > bytes.length || view.getUint32(at, true) !== LOCAL)
    throw malformed('an entry is not where the directory says');
  // Bits 0, 6 and 13: encryption; bit 5: patched data.
  if ((flags & 0x2061) !== 0) throw unsupported('encryption');
  if (listed.method !== 0 && listed.method !== 8) throw unsupported('an unknown compression');
  if (packed === 0xffffffff || size === 0xffffffff) throw unsupported('64-bit sizes');
  const described = (flags & 8) !== 0;
  const nameLength = view.getUint16(at + 26, true);
  const extra = view.getUint16(at + 28, true);
  const start = at + 30 + nameLength + extra;
  if (start + packed > bytes.length) throw malformed('an entry that ends outside the file');
  const name = bytes.subarray(at + 30, at + 30 + nameLength);
  const agrees = (position: number, value: number): boolean =>
    view.getUint32(position, true) === value || (described && view.getUint32(position, true) === 0);
  if (
    !name.every((byte, i) => byte === listed.rawName[i]) ||
    nameLength !== listed.rawName.length ||
    view.getUint16(at + 6, true) !== flags ||
    view.getUint16(at + 8, true) !== listed.method ||
    !agrees(at + 14, listed.crc) ||
    !agrees(at + 18, packed) ||
    !agrees(at + 22, size)
  )
    throw malformed('an entry that differs from the directory');
  const content = unpack(bytes.subarray(start, start + packed), listed);
  if (crc32(content) !== listed.crc) throw malformed('an entry’s checksum is wrong');
  const entry: ZipEntry = {
    name: listed.name,
    bytes: content,
    method: listed.method === 0 ? 'stored' : 'deflated',
    extra,
  };
  return { entry, end: described ? descriptorEnd(view, start + packed, listed) : start + packed };
}

/** APPNOTE, 4.3.9: three numbers, with or without a mark before them. */
function descriptorEnd(view: DataView, at: number, { crc, packed, size }: Listed): number {
  const same = (from: number): boolean =>
    from + 12 <= view.byteLength &&
    view.getUint32(from, true) === crc &&
    view.getUint32(from + 4, true) === packed &&
    view.getUint32(from + 8, true) === size;
  if (at + 4 <= view.byteLength && view.getUint32(at, true) === DESCRIPTOR && same(at + 4))
    return at + 16;
  if (same(at)) return at + 12;
  throw malformed('an entry without its sizes');
}

function unpack(packed: Uint8Array, { method, size }: Listed): Uint8Array {
  if (method === 0) {
    if (packed.length !== size) throw malformed('an entry of another size than it says');
    return packed;
  }
  const wrong = malformed('an entry that does not unpack to what it says');
  try {
    const { bytes, complete, used } = inflateRaw(packed, size);
    if (!complete || bytes.length !== size || used !== packed.length) throw wrong;
    return bytes;
  } catch (error) {
    if (error instanceof Refusal) throw wrong;
    throw error;
  }
}
