/**
 * Rebuilding the cross-reference of a damaged file as viewers do: the last object of each number
 * counts. What comes out can be read and copied, never signed as it is.
 */
import { Refusal } from '../../../shared/result.ts';
import type { ByteSource } from '../ports.ts';
import { openEncryption } from './crypt.ts';
import type { Note } from './cursor.ts';
import { damaged } from './cursor.ts';
import type { OpenOptions } from './document.ts';
import type { DocumentParts } from './document-view.ts';
import type { Header } from './header.ts';
import { limits } from './limits.ts';
import { createLoader } from './loader.ts';
import { readObjectStream } from './object-stream.ts';
import type { PdfDict, PdfObject } from './objects.ts';
import { isDict, isRef, isStream } from './objects.ts';
import type { Found } from './repair-scan.ts';
import { scanFile } from './repair-scan.ts';
import { revisionOf } from './revisions.ts';
import type { XrefSection } from './xref.ts';
import { COMPRESSED, finder, newPart, OFFSET } from './xref.ts';

interface Place {
  readonly type: typeof OFFSET | typeof COMPRESSED;
  readonly at: number;
  readonly generation: number;
  /** Offset that decides which of two definitions is the later one. */
  readonly order: number;
}

/**
 * Scans the whole file and makes one section of what it finds.
 * @param cause what was wrong; thrown again where nothing can be rebuilt.
 */
export function repairParts(
  source: ByteSource,
  header: Header,
  options: OpenOptions,
  cause: Refusal,
  note: Note,
): DocumentParts {
  const found = scanFile(source, header.offset);
  const places = new Map<number, Place>();
  for (const [number, { offset, generation }] of found.objects)
    places.set(number, { type: OFFSET, at: offset, generation, order: offset });
  const trailers = candidates(found);
  if (places.size === 0 || trailers.length === 0) throw cause;
  let locked: Refusal | null = null;
  for (const trailer of trailers) {
    let section: XrefSection;
    try {
      const all = withStreams(source, trailer, places, found, options, note);
      section = sectionOf(all, trailer, source.length);
      if (!leadsToPages(source, section, options, note)) continue;
    } catch (error) {
      // Two files in one: the other may be open where this one is not.
      if (!(error instanceof Refusal)) throw error;
      locked ??= error;
      continue;
    }
    const end = { end: source.length, markerEnd: source.length };
    return {
      source,
      header,
      sections: [section],
      revisions: [{ own: [section], revision: revisionOf(0, [section], end) }],
      repaired: true,
    };
  }
  throw locked ?? cause;
}

/** Trailers that name a catalog, newest first; a made one where the file has none. */
function candidates(found: Found): PdfDict[] {
  const list = found.trailers.filter((one) => isRef(one.entries.get('Root'))).reverse();
  // Encryption of any trailer counts for all: a file cannot be half encrypted.
  const encrypted = found.trailers.findLast((one) => one.entries.has('Encrypt'));
  for (const number of found.catalogs.toReversed()) {
    const generation = found.objects.get(number)?.generation ?? 0;
    const entries = new Map<string, PdfObject>([['Root', { kind: 'ref', number, generation }]]);
    for (const key of ['Encrypt', 'ID', 'Info']) {
      const value = encrypted?.entries.get(key);
      if (value !== undefined) entries.set(key, value);
    }
    list.push({ kind: 'dict', entries });
  }
  return list.slice(0, 16);
}

/** Adds what stands in object streams, unless a plain object of that number comes later in the file. */
function withStreams(
  source: ByteSource,
  trailer: PdfDict,
  plain: ReadonlyMap<number, Place>,
  found: Found,
  options: OpenOptions,
  note: Note,
): ReadonlyMap<number, Place> {
  if (found.objectStreams.length === 0) return plain;
  const loader = loaderFor(source, sectionOf(plain, trailer, source.length), options, note);
  const places = new Map(plain);
  for (const container of found.objectStreams) {
    const place = plain.get(container);
    if (place === undefined) continue;
    try {
      const stream = loader.resolve({
        kind: 'ref',
        number: container,
        generation: place.generation,
      });
      if (!isStream(stream)) continue;
      const count = loader.resolve(stream.dict.entries.get('N'));
      const first = loader.resolve(stream.dict.entries.get('First'));
      if (typeof count !== 'number' || typeof first !== 'number') continue;
      const read = readObjectStream(loader.decode(stream), count, first, null, note);
      read.numbers.forEach((number, index) => {
        const other = places.get(number);
        if (number > limits.objectNumber || (other !== undefined && other.order > place.order))
          return;
        places.set(number, {
          type: COMPRESSED,
          at: container,
          generation: index,
          order: place.order,
        });
      });
    } catch (error) {
      if (!(error instanceof Refusal) || error.failure.code === 'pdf.password') throw error;
      note('structure.object-lost', `Object stream ${container} cannot be read.`, place.at);
    }
  }
  return places;
}

function loaderFor(source: ByteSource, section: XrefSection, options: OpenOptions, note: Note) {
  const state = { source, sections: [section], note, lenient: true };
  const encrypt = section.trailer.entries.get('Encrypt') ?? null;
  const encryptNumber = isRef(encrypt) ? encrypt.number : null;
  const bare = createLoader({ ...state, decipher: null, encryptNumber });
  if (encrypt === null) return bare;
  const dictionary = bare.resolve(encrypt);
  if (!isDict(dictionary)) throw damaged('The encryption dictionary cannot be read.');
  const password = options.password ?? null;
  const { decipher } = openEncryption(dictionary, section.trailer, password, bare.resolve);
  return createLoader({ ...state, decipher, encryptNumber });
}

function leadsToPages(
  source: ByteSource,
  section: XrefSection,
  options: OpenOptions,
  note: Note,
): boolean {
  const loader = loaderFor(source, section, options, note);
  const catalog = loader.resolve(section.trailer.entries.get('Root'));
  return isDict(catalog) && isDict(loader.resolve(catalog.entries.get('Pages')));
}

function sectionOf(places: ReadonlyMap<number, Place>, trailer: PdfDict, end: number): XrefSection {
  const numbers = [...places.keys()].sort((a, b) => a - b);
  const parts = [];
  for (let from = 0; from < numbers.length;) {
    const first = numbers[from] ?? 0;
    let count = 1;
    while (numbers[from + count] === first + count) count++;
    const part = newPart(first, count);
    for (let i = 0; i < count; i++) {
      const place = places.get(first + i);
      if (place === undefined) continue;
      part.types[i] = place.type;
      part.at[i] = place.at;
      part.generations[i] = place.generation;
    }
    parts.push(part);
    from += count;
  }
  return {
    offset: 0,
    start: 0,
    kind: 'table',
    trailer,
    parts,
    hybrid: null,
    end,
    find: finder(parts),
  };
}
