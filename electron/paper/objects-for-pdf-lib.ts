/** Objects as our own reader and font embedder make them, as pdf-lib writes them. */
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
import { isArray, isDict, isName, isStream, numberOf } from '../core/pdf/objects.ts';
import type { PdfDict, PdfObject, PdfRef } from '../core/pdf/objects.ts';

/**
 * An `add` for `TextSetter.embed`: registers with the context and answers references of our own kind,
 * whose numbers are the context's.
 */
export function adder(context: PDFContext): {
  readonly add: (object: PdfObject) => PdfRef;
  readonly refOf: (ref: PdfRef) => PDFRef;
} {
  const refs = new Map<number, PDFRef>();
  const refOf = (ref: PdfRef): PDFRef => {
    const known = refs.get(ref.number);
    if (known === undefined) throw new Error(`object ${ref.number} was not added here`);
    return known;
  };
  function dictOf(dictionary: PdfDict): PDFDict {
    const copy = PDFDict.withContext(context);
    for (const [key, value] of dictionary.entries) copy.set(PDFName.of(key), convert(value));
    return copy;
  }
  function convert(object: PdfObject): PDFObject {
    const number = numberOf(object);
    if (number !== null) return PDFNumber.of(number);
    if (object === null) return PDFNull;
    if (typeof object === 'boolean') return object ? PDFBool.True : PDFBool.False;
    if (isArray(object)) {
      const copy = PDFArray.withContext(context);
      for (const item of object) copy.push(convert(item));
      return copy;
    }
    if (isDict(object)) return dictOf(object);
    if (isStream(object)) return PDFRawStream.of(dictOf(object.dict), object.raw());
    if (isName(object)) return PDFName.of(object.value);
    if (typeof object === 'object' && object.kind === 'ref') return refOf(object);
    if (typeof object === 'object' && object.kind === 'string')
      return PDFHexString.of(Buffer.from(object.bytes).toString('hex'));
    throw new Error('an object that a font does not have');
  }
  return {
    refOf,
    add(object) {
      const ref = context.register(convert(object));
      refs.set(ref.objectNumber, ref);
      return { kind: 'ref', number: ref.objectNumber, generation: 0 };
    },
  };
}
