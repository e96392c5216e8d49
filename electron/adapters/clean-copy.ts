/**
 * A clean copy of a damaged (or encrypted) document, made before anyone signs: our lenient reader
 * finds the objects, pdf-lib numbers and writes them. Only what the catalog and the information
 * dictionary reach goes along, so nothing hidden survives; streams are carried as they are.
 */
import {
  PDFArray,
  PDFBool,
  PDFContext,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFNull,
  PDFNumber,
  PDFRawStream,
  PDFWriter,
} from 'pdf-lib';
import type { PDFObject, PDFRef } from 'pdf-lib';
import { Refusal, attemptAsync } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Box } from '../../shared/document.ts';
import type { PdfDocument, PdfPage } from '../core/pdf/document.ts';
import { isArray, isDict, isName, isRef, isStream, numberOf } from '../core/pdf/objects.ts';
import type { PdfDict, PdfObject } from '../core/pdf/objects.ts';

const maxDepth = 200;

/**
 * Bytes of the copy. Refuses `pdf.signed-damaged` where a signature would be destroyed (a signed file
 * can't be mended), `pdf.beyond-repair` where no page is left.
 */
export async function cleanCopy(document: PdfDocument): Promise<Result<Uint8Array>> {
  return attemptAsync(async () => {
    if (hasSignature(document))
      throw new Refusal(
        'pdf.signed-damaged',
        'The file is signed: a clean copy would destroy its signatures.',
      );
    const pageCount = pageCountOf(document);
    if (pageCount === 0) throw new Refusal('pdf.beyond-repair', 'No page of the file can be read.');
    const context = PDFContext.create();
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
    function dictOf(dictionary: PdfDict, depth: number, leaveOut: readonly string[] = []): PDFDict {
      const copy = PDFDict.withContext(context);
      for (const [key, value] of dictionary.entries)
        if (!leaveOut.includes(key)) copy.set(nameOf(key), convert(value, depth + 1));
      return copy;
    }
    function convert(object: PdfObject, depth: number): PDFObject {
      if (depth > maxDepth)
        throw new Refusal('pdf.limit', 'The file nests its objects too deeply.');
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
          return PDFRawStream.of(dictionary, raw.slice());
        }
        case 'ref':
          return document.xrefEntry(object.number) === undefined ? PDFNull : refFor(object.number);
        case 'hole':
          return PDFNull;
      }
    }

    const pagesRef = context.nextRef();
    const pages = PDFArray.withContext(context);
    const pageRefs = new Map<number, PdfDict>();
    for (let index = 0; index < pageCount; index++) {
      const page = document.page(index);
      // A flat tree: a page says of itself what it inherited, and loops and lost counts are left behind.
      const flat = flatPage(document, page);
      if (page.ref !== null && !pageRefs.has(page.ref.number)) {
        pageRefs.set(page.ref.number, flat);
        pages.push(refFor(page.ref.number));
      } else pages.push(context.register(pageOf(flat)));
    }
    function pageOf(flat: PdfDict): PDFDict {
      const copy = dictOf(flat, 0, ['Parent']);
      copy.set(PDFName.of('Parent'), pagesRef);
      return copy;
    }
    context.assign(pagesRef, context.obj({ Type: 'Pages', Count: pages.size(), Kids: pages }));
    const catalog = dictOf(document.catalog, 0, ['Pages']);
    catalog.set(PDFName.of('Pages'), pagesRef);
    context.trailerInfo.Root = context.register(catalog);
    const info = document.trailer.entries.get('Info');
    if (isRef(info) && isDict(document.resolve(info)))
      context.trailerInfo.Info = refFor(info.number);
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const target = numbers.get(next) as PDFRef;
      const page = pageRefs.get(next);
      const object = page === undefined ? convert(readable(document, next), 0) : pageOf(page);
      context.assign(target, object);
    }
    return new Uint8Array(await PDFWriter.forContext(context, 1000).serializeToBuffer());
  });
}

/** An object that cannot be read is absent (ISO 32000-2, 7.3.10: an undefined object is null). */
function readable(document: PdfDocument, number: number): PdfObject {
  try {
    const object = document.resolve({
      kind: 'ref',
      number,
      generation:
        document.xrefEntry(number)?.type === 'offset'
          ? (document.xrefEntry(number)?.generation ?? 0)
          : 0,
    });
    if (isStream(object)) object.raw();
    return object;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** pdf-lib reads `#` escapes in names itself. */
function nameOf(value: string): PDFName {
  return PDFName.of(value.replace(/#/g, '#23'));
}

/** ISO 32000-2, 7.7.3.4: what a page inherits, as its own entries. */
function flatPage(document: PdfDocument, page: PdfPage): PdfDict {
  const { crop, rotate } = page.geometry;
  const own = new Map(page.dict.entries);
  own.set('Type', { kind: 'name', value: 'Page' });
  own.set('MediaBox', ownBox(document, page.dict, 'MediaBox') ?? boxArray(crop));
  own.set('CropBox', boxArray(crop));
  own.set('Rotate', rotate);
  own.set('Resources', page.resources ?? { kind: 'dict', entries: new Map() });
  return { kind: 'dict', entries: own };
}

function ownBox(document: PdfDocument, dictionary: PdfDict, key: string): PdfObject | null {
  return document.arrayEntry(dictionary, key);
}

function boxArray({ x0, y0, x1, y1 }: Box): PdfObject {
  return [x0, y0, x1, y1].map((value) =>
    Number.isInteger(value) ? value : { kind: 'real' as const, value },
  );
}

function pageCountOf(document: PdfDocument): number {
  try {
    return document.pageCount();
  } catch (error) {
    if (error instanceof Refusal) return 0;
    throw error;
  }
}

function hasSignature(document: PdfDocument): boolean {
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
