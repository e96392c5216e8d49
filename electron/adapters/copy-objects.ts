/**
 * Objects of a document into pdf-lib's numbering: our lenient reader finds them, pdf-lib writes them. Only
 * what is reached from what is asked for goes along, so nothing hidden survives; streams are carried as they
 * are.
 */
import {
  PDFArray,
  PDFBool,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFNull,
  PDFNumber,
  PDFRawStream,
} from 'pdf-lib';
import type { PDFContext, PDFObject, PDFRef } from 'pdf-lib';
import { Refusal } from '../../shared/result.ts';
import type { Box } from '../../shared/document.ts';
import type { PdfDocument, PdfPage } from '../core/pdf/document.ts';
import { isArray, isDict, isName, isStream, numberOf } from '../core/pdf/objects.ts';
import type { PdfDict, PdfObject } from '../core/pdf/objects.ts';

const maxDepth = 200;

export interface Copier {
  /** The number it has now; what stands there is copied by `finish`. */
  refFor(number: number): PDFRef;
  convert(object: PdfObject): PDFObject;
  dictOf(dictionary: PdfDict, leaveOut?: readonly string[]): PDFDict;
  /** Copies what was referred to, and what that refers to. */
  finish(tell?: () => void): void;
}

/**
 * `standIn`: what to write where an object is referred to that is copied in another way (a page), or not at
 * all (null); undefined for any other.
 */
export function createCopier(
  context: PDFContext,
  document: PdfDocument,
  standIn: (number: number) => PDFRef | null | undefined = () => undefined,
): Copier {
  const numbers = new Map<number, PDFRef>();
  const waiting: number[] = [];

  function refFor(number: number): PDFRef {
    const known = numbers.get(number);
    if (known !== undefined) return known;
    const fresh = context.nextRef();
    numbers.set(number, fresh);
    waiting.push(number);
    return fresh;
  }
  function referred(number: number): PDFObject {
    const instead = standIn(number);
    if (instead !== undefined) return instead ?? PDFNull;
    return document.xrefEntry(number) === undefined ? PDFNull : refFor(number);
  }
  function dictOf(dictionary: PdfDict, depth: number, leaveOut: readonly string[] = []): PDFDict {
    const copy = PDFDict.withContext(context);
    for (const [key, value] of dictionary.entries)
      if (!leaveOut.includes(key)) copy.set(nameOf(key), convert(value, depth + 1));
    return copy;
  }
  function convert(object: PdfObject, depth: number): PDFObject {
    if (depth > maxDepth) throw new Refusal('pdf.limit', 'The file nests its objects too deeply.');
    if (object === null) return PDFNull;
    if (typeof object === 'boolean') return object ? PDFBool.True : PDFBool.False;
    if (typeof object === 'number') return PDFNumber.of(object);
    if (isArray(object)) {
      const copy = PDFArray.withContext(context);
      for (const item of object) copy.push(convert(item, depth + 1));
      return copy;
    }
    switch (object.kind) {
      case 'real':
        return PDFNumber.of(object.value);
      case 'name':
        return nameOf(object.value);
      case 'string':
        return PDFHexString.of(Buffer.from(object.bytes).toString('hex'));
      case 'dict':
        return dictOf(object, depth);
      case 'stream': {
        const raw = object.raw();
        const dictionary = dictOf(object.dict, depth, ['Length', 'F', 'FFilter', 'FDecodeParms']);
        // A view keeps the whole window alive that it was read through; a copy of a large stream is for nothing.
        const isOwn = raw.byteLength === raw.buffer.byteLength;
        return PDFRawStream.of(dictionary, isOwn ? raw : raw.slice());
      }
      case 'ref':
        return referred(object.number);
      case 'hole':
        return PDFNull;
    }
  }

  return {
    refFor,
    convert: (object) => convert(object, 0),
    dictOf: (dictionary, leaveOut) => dictOf(dictionary, 0, leaveOut),
    finish(tell) {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        tell?.();
        context.assign(numbers.get(next) as PDFRef, convert(readable(document, next), 0));
      }
    },
  };
}

/** An object that cannot be read is absent (ISO 32000-2, 7.3.10: an undefined object is null). */
export function readable(document: PdfDocument, number: number): PdfObject {
  try {
    const entry = document.xrefEntry(number);
    const generation = entry?.type === 'offset' ? entry.generation : 0;
    const object = document.resolve({ kind: 'ref', number, generation });
    if (isStream(object)) object.raw();
    return object;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** pdf-lib reads `#` escapes in names itself. */
export function nameOf(value: string): PDFName {
  return PDFName.of(value.replace(/#/g, '#23'));
}

/** ISO 32000-2, 7.7.3.4: what a page inherits, as its own entries. */
export function flatPage(document: PdfDocument, page: PdfPage): PdfDict {
  const { crop, rotate } = page.geometry;
  const own = new Map(page.dict.entries);
  own.set('Type', { kind: 'name', value: 'Page' });
  own.set('MediaBox', document.arrayEntry(page.dict, 'MediaBox') ?? boxArray(crop));
  own.set('CropBox', boxArray(crop));
  own.set('Rotate', rotate);
  own.set('Resources', page.resources ?? { kind: 'dict', entries: new Map() });
  return { kind: 'dict', entries: own };
}

function boxArray({ x0, y0, x1, y1 }: Box): PdfObject {
  return [x0, y0, x1, y1].map((value) =>
    Number.isInteger(value) ? value : { kind: 'real' as const, value },
  );
}

/** Any signature, wherever it hides: its bytes would be lost. */
export function hasSignature(document: PdfDocument): boolean {
  for (const number of document.objectNumbers()) {
    const object = readable(document, number);
    if (!isDict(object) || !object.entries.has('ByteRange') || !object.entries.has('Contents'))
      continue;
    const type = document.entry(object, 'Type');
    const first = document.arrayEntry(object, 'ByteRange')?.[0];
    if (isName(type, 'Sig') || isName(type, 'DocTimeStamp') || numberOf(first) === 0) return true;
  }
  return false;
}
