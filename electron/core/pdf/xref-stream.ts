/** Cross-reference streams (ISO 32000-2, 7.5.8). */
import { Refusal } from '../../../shared/result.ts';
import type { ByteSource } from '../ports.ts';
import type { Note } from './cursor.ts';
import { damaged } from './cursor.ts';
import { decodeSteps, filterSteps } from './filters.ts';
import { directLength, readIndirect, readStreamBytes, streamExtent } from './indirect.ts';
import { limits } from './limits.ts';
import type { PdfDict, PdfObject } from './objects.ts';
import { isArray, isDict, isName, isRef } from './objects.ts';
import type { XrefPart } from './xref.ts';
import { COMPRESSED, FREE, newPart, OFFSET } from './xref.ts';

export interface StreamSection {
  readonly parts: readonly XrefPart[];
  readonly trailer: PdfDict;
  readonly end: number;
}

/** Nothing can be resolved while the cross-reference is being read; a reference counts as missing. */
function direct(object: PdfObject | undefined): PdfObject {
  return object === undefined || isRef(object) ? null : object;
}

/**
 * Reads the xref stream whose object begins at `offset`.
 * @param shift added to each offset: where the header stands.
 */
export function readXrefStream(
  source: ByteSource,
  offset: number,
  shift: number,
  note: Note,
): StreamSection {
  const object = readIndirect(source, offset, note);
  const dictionary = object.value;
  if (
    !isDict(dictionary) ||
    object.data === null ||
    !isName(direct(dictionary.entries.get('Type')), 'XRef')
  )
    throw damaged('No cross-reference section stands where one should.', offset);
  const extent = streamExtent(source, object.data, directLength(dictionary), note);
  const raw = readStreamBytes(source, extent);
  const data = structureData(offset, () =>
    decodeSteps(raw, filterSteps(dictionary, direct), direct, note, limits.structureBytes),
  );
  return {
    parts: readParts(dictionary, data, shift, offset, note),
    trailer: dictionary,
    end: extent.end,
  };
}

/** What cannot be decoded is damage where the file's own structure is concerned. */
export function structureData(offset: number, decode: () => Uint8Array): Uint8Array {
  try {
    return decode();
  } catch (error) {
    if (error instanceof Refusal && error.failure.code === 'pdf.filter')
      throw damaged('A stream of the file structure cannot be decoded.', offset);
    throw error;
  }
}

function readParts(
  dictionary: PdfDict,
  data: Uint8Array,
  shift: number,
  offset: number,
  note: Note,
): XrefPart[] {
  const widths = numbers(dictionary.entries.get('W'));
  const [w0 = -1, w1 = -1, w2 = -1] = widths;
  const width = w0 + w1 + w2;
  if (![w0, w1, w2].every((one) => one >= 0 && one <= 8) || width === 0)
    throw damaged('A cross-reference stream has no usable /W.', offset);
  const index = numbers(dictionary.entries.get('Index'));
  const size = direct(dictionary.entries.get('Size'));
  const ranges = index.length > 0 ? index : [0, typeof size === 'number' ? size : 0];
  const parts: XrefPart[] = [];
  let at = 0;
  let claimed = 0;
  for (let i = 0; i + 1 < ranges.length; i += 2) {
    const first = ranges[i] ?? 0;
    const wanted = ranges[i + 1] ?? 0;
    claimed += wanted;
    const count = Math.min(wanted, Math.floor((data.length - at) / width));
    if (count <= 0) continue;
    if (first + count > limits.objectNumber + 1)
      throw damaged('A cross-reference stream has object numbers beyond all bounds.', offset);
    const part = newPart(first, count);
    for (let entry = 0; entry < count; entry++, at += width) {
      const type = w0 === 0 ? 1 : field(data, at, w0);
      const second = field(data, at + w0, w1);
      const third = field(data, at + w0 + w1, w2);
      // 7.5.8.3: any other type is a reference to the null object.
      part.types[entry] = type === 1 ? OFFSET : type === 2 ? COMPRESSED : FREE;
      part.at[entry] = type === 1 ? second + shift : second;
      part.generations[entry] = third;
    }
    parts.push(part);
  }
  if (claimed * width > data.length)
    throw damaged('A cross-reference stream is shorter than it says.', offset);
  if (claimed * width < data.length)
    note('structure.xref-length', 'A cross-reference stream is longer than it says.', offset);
  return parts;
}

function numbers(object: PdfObject | undefined): number[] {
  const list = direct(object);
  if (!isArray(list)) return [];
  return list.map((one) => (typeof one === 'number' && one >= 0 ? one : -1));
}

function field(data: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let i = 0; i < width; i++) value = value * 256 + (data[at + i] ?? 0);
  return value;
}
