/** `PdfDocument` over sections that have been read, whole or up to one of its revisions. */
import { Refusal } from '../../../shared/result.ts';
import type { ByteSource } from '../ports.ts';
import type { Anomalies } from './anomalies.ts';
import type { CryptState } from './crypt.ts';
import { openEncryption } from './crypt.ts';
import { damaged } from './cursor.ts';
import type { OpenOptions, PdfDocument } from './document.ts';
import type { Header } from './header.ts';
import { laterVersion } from './header.ts';
import type { Loader } from './loader.ts';
import { createLoader } from './loader.ts';
import type { PdfDict, PdfObject, PdfRef } from './objects.ts';
import { isArray, isDict, isName, isRef, isStream } from './objects.ts';
import type { PageTree } from './pages.ts';
import { createPageTree } from './pages.ts';
import type { RevisionSections } from './revisions.ts';
import type { XrefSection } from './xref.ts';
import { entryNumbers, highestNumber } from './xref.ts';

export interface DocumentParts {
  readonly source: ByteSource;
  readonly header: Header;
  /** Newest first. */
  readonly sections: readonly XrefSection[];
  /** Oldest first. */
  readonly revisions: readonly RevisionSections[];
  readonly repaired: boolean;
}

/** Everything that a repair replaces at once. */
interface Core {
  readonly parts: DocumentParts;
  readonly loader: Loader;
  readonly crypt: CryptState | null;
  readonly catalog: PdfDict;
  readonly catalogRef: PdfRef;
  readonly pages: PageTree;
}

/** What the writer and the inspection need of a document beyond its public face. */
interface Internals {
  crypt(): CryptState | null;
  sections(): readonly XrefSection[];
}

const internals = new WeakMap<PdfDocument, Internals>();

function internalsOf(document: PdfDocument): Internals {
  const found = internals.get(document);
  if (found === undefined) throw new Error('this document was not opened here');
  return found;
}

/** The encryption of a document opened here; null where it has none. */
export function cryptOf(document: PdfDocument): CryptState | null {
  return internalsOf(document).crypt();
}

/** The cross-reference sections of a document opened here, newest first. */
export function sectionsOf(document: PdfDocument): readonly XrefSection[] {
  return internalsOf(document).sections();
}

/**
 * Makes the document of `parts`. Where an object does not stand where the cross-reference says and
 * `repair` is given, the structure is rebuilt once, as every viewer does, and `repaired` says so.
 */
export function viewDocument(
  parts: DocumentParts,
  options: OpenOptions,
  anomalies: Anomalies,
  repair: ((cause: Refusal) => DocumentParts) | null,
): PdfDocument {
  let core = openCore(parts, options, anomalies);
  let mend = repair;

  /** Runs a reading; damage leads to one repair and a second try. */
  function reading<T>(body: () => T): T {
    for (;;) {
      try {
        return body();
      } catch (error) {
        if (!(error instanceof Refusal) || error.failure.code !== 'pdf.damaged') throw error;
        if (mend === null) throw error;
        const once = mend;
        mend = null;
        core = openCore(once(error), options, anomalies);
      }
    }
  }

  const resolve = (object: PdfObject | undefined): PdfObject =>
    isRef(object) ? reading(() => core.loader.resolve(object)) : (object ?? null);
  const entry = (dictionary: PdfDict, key: string) => resolve(dictionary.entries.get(key));

  const view: PdfDocument = {
    source: parts.source,
    headerOffset: parts.header.offset,
    get version() {
      const own = entry(core.catalog, 'Version');
      return isName(own) && /^\d\.\d+$/.test(own.value)
        ? laterVersion(parts.header.version, own.value)
        : parts.header.version;
    },
    get trailer() {
      return newestTrailer(core.parts);
    },
    get catalog() {
      return core.catalog;
    },
    get catalogRef() {
      return core.catalogRef;
    },
    get xrefStyle() {
      const [newest] = core.parts.sections;
      if (newest === undefined || newest.kind === 'stream') return 'stream';
      return core.parts.sections.some((one) => one.hybrid !== null) ? 'hybrid' : 'table';
    },
    get revisions() {
      return core.parts.revisions.map((one) => one.revision);
    },
    get repaired() {
      return core.parts.repaired;
    },
    anomalies: anomalies.list,
    get encryption() {
      return core.crypt?.info ?? null;
    },
    get size() {
      return sizeOf(core.parts);
    },
    resolve,
    entry,
    dictEntry(dictionary, key) {
      const value = entry(dictionary, key);
      return isDict(value) ? value : isStream(value) ? value.dict : null;
    },
    arrayEntry(dictionary, key) {
      const value = entry(dictionary, key);
      return isArray(value) ? value : null;
    },
    xrefEntry: (number) => core.loader.entry(number),
    objectNumbers: () => entryNumbers(core.parts.sections),
    decode: (stream, cap) => reading(() => core.loader.decode(stream, cap)),
    pageCount: () => reading(() => core.pages.count()),
    page: (index) => reading(() => core.pages.page(index)),
    at(revision) {
      const { revisions } = core.parts;
      const wanted = revisions[revision];
      if (wanted === undefined) throw new RangeError(`no revision ${revision}`);
      if (revision === revisions.length - 1) return view;
      const kept = revisions.slice(0, revision + 1);
      return viewDocument(
        {
          source: prefixOf(parts.source, wanted.revision.end),
          header: parts.header,
          sections: kept.toReversed().flatMap((one) => one.own),
          revisions: kept,
          repaired: false,
        },
        options,
        anomalies,
        null,
      );
    },
  };
  internals.set(view, { crypt: () => core.crypt, sections: () => core.parts.sections });
  return view;
}

function prefixOf(source: ByteSource, length: number): ByteSource {
  return {
    length,
    read(offset, count) {
      if (offset < 0 || offset + count > length) throw new RangeError('read past the end');
      return source.read(offset, count);
    },
  };
}

function newestTrailer(parts: DocumentParts): PdfDict {
  const [newest] = parts.sections;
  if (newest === undefined) throw new Error('a document without cross-reference sections');
  return newest.trailer;
}

/** One past the highest number with an entry, or /Size where that is a little higher still. */
function sizeOf(parts: DocumentParts): number {
  const highest = highestNumber(parts.sections) + 1;
  const size = newestTrailer(parts).entries.get('Size');
  // References to numbers that /Size reserves but nothing defines must not come to life by our objects.
  return typeof size === 'number' && size > highest && size <= highest + 65_536 ? size : highest;
}

function openCore(parts: DocumentParts, options: OpenOptions, anomalies: Anomalies): Core {
  const { source, sections } = parts;
  const { note } = anomalies;
  const trailer = newestTrailer(parts);
  const encrypt = trailer.entries.get('Encrypt');
  const encryptNumber = isRef(encrypt) ? encrypt.number : null;
  const state = { source, sections, encryptNumber, note, lenient: parts.repaired };
  const bare = createLoader({ ...state, decipher: null });
  let crypt: CryptState | null = null;
  let loader = bare;
  if (encrypt !== undefined && encrypt !== null) {
    const dictionary = bare.resolve(encrypt);
    if (!isDict(dictionary)) throw damaged('The encryption dictionary cannot be read.');
    crypt = openEncryption(dictionary, trailer, options.password ?? null, bare.resolve);
    loader = createLoader({ ...state, decipher: crypt.decipher });
  }
  const catalogRef = trailer.entries.get('Root');
  if (!isRef(catalogRef)) throw damaged('The trailer names no document catalog.');
  const catalog = loader.resolve(catalogRef);
  if (!isDict(catalog)) throw damaged('The document catalog cannot be read.');
  if (!isDict(loader.resolve(catalog.entries.get('Pages'))))
    throw damaged('The document catalog has no page tree.');
  const pages = createPageTree(catalog, loader.resolve, note);
  return { parts, loader, crypt, catalog, catalogRef, pages };
}
