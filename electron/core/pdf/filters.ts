/** The filter chain of a stream (ISO 32000-2, 7.4). Image filters are not decoded here. */
import { Refusal } from '../../../shared/result.ts';
import { ascii85Decode, asciiHexDecode, runLengthDecode } from './ascii-filters.ts';
import type { Note } from './cursor.ts';
import { inflate } from './flate.ts';
import { limits } from './limits.ts';
import { lzwDecode } from './lzw.ts';
import type { PdfDict, PdfObject } from './objects.ts';
import { isArray, isDict, isName, numberOf } from './objects.ts';
import { unpredict } from './predictor.ts';

export type Resolve = (object: PdfObject | undefined) => PdfObject;

/** Short names that ISO 32000-2, table 92, allows in inline images and writers use elsewhere too. */
const longNames: Readonly<Record<string, string>> = {
  AHx: 'ASCIIHexDecode',
  A85: 'ASCII85Decode',
  LZW: 'LZWDecode',
  Fl: 'FlateDecode',
  RL: 'RunLengthDecode',
};

export interface FilterStep {
  readonly name: string;
  readonly parms: PdfDict | null;
}

/** The filters of a stream dictionary, in the order of decoding. */
export function filterSteps(dictionary: PdfDict, resolve: Resolve): readonly FilterStep[] {
  const filter = resolve(dictionary.entries.get('Filter'));
  const parms = resolve(dictionary.entries.get('DecodeParms'));
  const names = isArray(filter) ? filter.map(resolve) : filter === null ? [] : [filter];
  if (names.length > limits.filters)
    throw new Refusal('pdf.limit', 'A stream has more filters than the reader accepts.');
  const parmsList = isArray(parms) ? parms.map(resolve) : [parms];
  return names
    .filter((one) => one !== null)
    .map((one, index) => {
      if (!isName(one)) throw new Refusal('pdf.filter', 'A stream filter is no name.');
      const step = parmsList[index];
      return { name: longNames[one.value] ?? one.value, parms: isDict(step) ? step : null };
    });
}

/**
 * Decodes stream data through its filters.
 * @throws Refusal `pdf.filter` for a filter that is not decoded here (images, unknown names),
 * `pdf.limit` where more than `cap` bytes come out.
 */
export function decodeSteps(
  raw: Uint8Array,
  steps: readonly FilterStep[],
  resolve: Resolve,
  note: Note,
  cap: number = limits.decodedBytes,
): Uint8Array {
  let data = raw;
  for (const step of steps) data = decodeStep(data, step, resolve, note, cap);
  if (data.length > cap)
    throw new Refusal('pdf.limit', 'A stream is larger than the reader accepts.', { cap });
  return data;
}

function decodeStep(
  data: Uint8Array,
  step: FilterStep,
  resolve: Resolve,
  note: Note,
  cap: number,
): Uint8Array {
  switch (step.name) {
    case 'FlateDecode': {
      const { bytes, complete } = inflate(data, cap);
      if (!complete) note('structure.flate', 'Compressed data breaks off or is damaged.');
      return unpredict(bytes, predictorOf(step, resolve));
    }
    case 'LZWDecode': {
      const early = number(step, 'EarlyChange', 1, resolve) === 0 ? 0 : 1;
      return unpredict(lzwDecode(data, early, cap), predictorOf(step, resolve));
    }
    case 'ASCIIHexDecode':
      return asciiHexDecode(data);
    case 'ASCII85Decode':
      return ascii85Decode(data);
    case 'RunLengthDecode':
      return runLengthDecode(data, cap);
    case 'Crypt':
      // Undone when the bytes are read: which cipher it names decides the decryption.
      return data;
    default:
      throw new Refusal('pdf.filter', 'A stream has a filter that is not decoded here.', {
        filter: step.name.slice(0, 40),
      });
  }
}

function number(step: FilterStep, key: string, missing: number, resolve: Resolve): number {
  return numberOf(resolve(step.parms?.entries.get(key))) ?? missing;
}

function predictorOf(step: FilterStep, resolve: Resolve) {
  return {
    predictor: number(step, 'Predictor', 1, resolve),
    colors: number(step, 'Colors', 1, resolve),
    bits: number(step, 'BitsPerComponent', 8, resolve),
    columns: number(step, 'Columns', 1, resolve),
  };
}
