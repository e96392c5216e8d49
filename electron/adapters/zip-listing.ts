/**
 * What a ZIP says it holds (APPNOTE.TXT 6.3), without unpacking it: enough to tell an office document from
 * another, and one that would fill the memory from both. For containers that are verified there is a strict
 * reader in the core.
 */
import { inflateRawSync } from 'node:zlib';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ByteSource } from '../core/ports.ts';

export interface ZipListing {
  has(name: string): boolean;
  /** Of a small entry; undefined where there is none. */
  text(name: string): string | undefined;
}

const mostEntries = 20_000;
/** Unpacked, all together: a spreadsheet of a million rows. */
const mostUnpacked = 1024 ** 3;
/** Of what is read here. */
const largestText = 1024 * 1024;
/** ISO/IEC 21320-1: at most a comment of 65,535 octets stands behind the directory. */
const endSearch = 22 + 65_535;

interface Entry {
  readonly method: number;
  readonly packed: number;
  readonly at: number;
}

/** `office.damaged`, `office.too-large`. */
export function zipListing(source: ByteSource): Result<ZipListing> {
  try {
    return read(source);
  } catch (error) {
    // Past the end: a number in the file is wrong.
    if (error instanceof RangeError) return damaged();
    throw error;
  }
}

function damaged(): Result<never> {
  return fail('office.damaged', 'The office document cannot be read.');
}

function read(source: ByteSource): Result<ZipListing> {
  const tail = Math.min(endSearch, source.length);
  const end = view(source, source.length - tail, tail);
  let at = tail - 22;
  while (at >= 0 && end.getUint32(at, true) !== 0x06054b50) at -= 1;
  if (at < 0) return damaged();
  const count = end.getUint16(at + 10, true);
  const length = end.getUint32(at + 12, true);
  const start = end.getUint32(at + 16, true);
  if (count > mostEntries) return tooLarge();
  const directory = view(source, start, length);
  const entries = new Map<string, Entry>();
  let unpacked = 0;
  for (let index = 0, from = 0; index < count; index++) {
    if (directory.getUint32(from, true) !== 0x02014b50) return damaged();
    const field = (offset: number) => directory.getUint16(from + offset, true);
    const bytes = new Uint8Array(directory.buffer, directory.byteOffset + from + 46, field(28));
    unpacked += directory.getUint32(from + 24, true);
    entries.set(new TextDecoder().decode(bytes), {
      method: field(10),
      packed: directory.getUint32(from + 20, true),
      at: directory.getUint32(from + 42, true),
    });
    from += 46 + field(28) + field(30) + field(32);
  }
  if (unpacked > mostUnpacked) return tooLarge();
  return ok({
    has: (name) => entries.has(name),
    text(name) {
      const entry = entries.get(name);
      return entry === undefined ? undefined : textOf(source, entry);
    },
  });
}

function tooLarge(): Result<never> {
  return fail('office.too-large', 'The office document unpacks to more than can be converted.');
}

function textOf(source: ByteSource, { method, packed, at }: Entry): string {
  if (packed > largestText) return '';
  try {
    const local = view(source, at, 30);
    const from = at + 30 + local.getUint16(26, true) + local.getUint16(28, true);
    const bytes = source.read(from, packed);
    if (method === 0) return new TextDecoder().decode(bytes);
    return new TextDecoder().decode(inflateRawSync(bytes, { maxOutputLength: largestText }));
  } catch {
    // Damaged, or larger than any such entry is: LibreOffice says so, or finds nothing in it.
    return '';
  }
}

function view(source: ByteSource, offset: number, length: number): DataView {
  const bytes = source.read(offset, length);
  return new DataView(bytes.buffer, bytes.byteOffset, length);
}
