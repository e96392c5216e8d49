/** Objects by number, read when asked for and kept for a while. */
import { Refusal } from '../../../shared/result.ts';
import type { ByteSource } from '../ports.ts';
import type { Note } from './cursor.ts';
import { damaged } from './cursor.ts';
import type { XrefEntry } from './document.ts';
import { decodeSteps, filterSteps } from './filters.ts';
import { readIndirect, readStreamBytes, streamExtent } from './indirect.ts';
import { limits } from './limits.ts';
import type { ObjectStream } from './object-stream.ts';
import { objectInStream, readObjectStream } from './object-stream.ts';
import type { PdfDict, PdfObject, PdfRef, PdfStream } from './objects.ts';
import { isDict, isName, isRef, isStream } from './objects.ts';
import type { XrefSection } from './xref.ts';
import { findEntry } from './xref.ts';
import { structureData } from './xref-stream.ts';

/** Undoes the file's encryption; `number` and `generation` are those of the indirect object. */
export interface Decipher {
  object(value: PdfObject, number: number, generation: number): PdfObject;
  stream(bytes: Uint8Array, dict: PdfDict, number: number, generation: number): Uint8Array;
}

export interface LoaderState {
  readonly source: ByteSource;
  /** Newest first; replaced as a whole by a repair. */
  readonly sections: readonly XrefSection[];
  readonly decipher: Decipher | null;
  /** Number of the /Encrypt dictionary, which is never encrypted itself. */
  readonly encryptNumber: number | null;
  readonly note: Note;
  /** In a repaired file an object that cannot be read is null, as viewers take it. */
  readonly lenient: boolean;
}

export interface Loader {
  entry(number: number): XrefEntry | undefined;
  /** The object, null where the file has none; throws `pdf.damaged` where it cannot be read. */
  load(reference: PdfRef): PdfObject;
  resolve(object: PdfObject | undefined): PdfObject;
  decode(stream: PdfStream, cap?: number): Uint8Array;
}

/** Makes a loader over one chain of sections. */
export function createLoader(state: LoaderState): Loader {
  const { source, sections, note } = state;
  const entries = new Map<number, XrefEntry | null>();
  const objects = new Map<number, PdfObject>();
  const loading = new Set<number>();
  const streams = new Map<number, ObjectStream>();
  let streamBytes = 0;

  function entry(number: number): XrefEntry | undefined {
    const known = entries.get(number);
    if (known !== undefined) return known ?? undefined;
    const found = findEntry(sections, number);
    entries.set(number, found ?? null);
    return found;
  }

  function load(reference: PdfRef): PdfObject {
    const { number } = reference;
    const where = entry(number);
    if (where === undefined || where.type === 'free') return null;
    // 7.3.10: a reference whose generation is not the object's is a reference to null.
    if (reference.generation !== (where.type === 'compressed' ? 0 : where.generation)) return null;
    const known = objects.get(number);
    if (known !== undefined) return known;
    if (loading.has(number)) {
      note('structure.loop', `Object ${number} needs itself to be read.`);
      return null;
    }
    loading.add(number);
    try {
      const value = where.type === 'offset' ? atOffset(number, where) : inStream(number, where);
      if (objects.size >= limits.objectCache) objects.clear();
      objects.set(number, value);
      return value;
    } catch (error) {
      if (!state.lenient || !(error instanceof Refusal) || error.failure.code !== 'pdf.damaged')
        throw error;
      note('structure.object-lost', `Object ${number}: ${error.failure.message}`);
      objects.set(number, null);
      return null;
    } finally {
      loading.delete(number);
    }
  }

  function atOffset(number: number, where: XrefEntry): PdfObject {
    if (where.at === 0) {
      note('structure.offset-zero', `Object ${number} has no place in the file.`);
      return null;
    }
    const object = readIndirect(source, where.at, note);
    if (object.number !== number || object.generation !== where.generation)
      throw damaged(`Object ${object.number} stands where object ${number} should.`, where.at);
    const secret = number === state.encryptNumber ? null : state.decipher;
    const { generation } = where;
    const { data } = object;
    if (data === null || !isDict(object.value))
      return secret === null ? object.value : secret.object(object.value, number, generation);
    const raw = object.value;
    const isXref = isName(raw.entries.get('Type'), 'XRef');
    const dict =
      secret === null || isXref ? raw : (secret.object(raw, number, generation) as PdfDict);
    const extent = () => {
      const length = resolve(dict.entries.get('Length'));
      return streamExtent(source, data, typeof length === 'number' ? length : null, note);
    };
    return {
      kind: 'stream',
      dict,
      raw: () => {
        const bytes = readStreamBytes(source, extent());
        return secret === null || isXref ? bytes : secret.stream(bytes, dict, number, generation);
      },
      place: () => {
        const { start, length } = extent();
        return { offset: start, length };
      },
    };
  }

  function inStream(number: number, where: XrefEntry): PdfObject {
    let container: number | null = where.at;
    for (let hops = 0; container !== null && hops < limits.extends; hops++) {
      const stream = objectStream(container);
      const found = objectInStream(stream, number, hops === 0 ? where.generation : -1, note);
      if (found !== undefined) return found;
      container = stream.base?.number ?? null;
    }
    throw damaged(`Object ${number} is not in object stream ${where.at}.`);
  }

  function objectStream(number: number): ObjectStream {
    const known = streams.get(number);
    if (known !== undefined) {
      // The most recently used stands last.
      streams.delete(number);
      streams.set(number, known);
      return known;
    }
    const where = entry(number);
    if (where?.type !== 'offset') throw damaged(`Object stream ${number} is missing.`);
    const stream = load({ kind: 'ref', number, generation: where.generation });
    if (!isStream(stream)) throw damaged(`Object ${number} should be an object stream.`, where.at);
    const count = resolve(stream.dict.entries.get('N'));
    const first = resolve(stream.dict.entries.get('First'));
    if (typeof count !== 'number' || typeof first !== 'number' || count < 0 || first < 0)
      throw damaged(`Object stream ${number} has no usable /N or /First.`, where.at);
    const base = stream.dict.entries.get('Extends');
    const bytes = structureData(where.at, () => decode(stream, limits.structureBytes));
    const read = readObjectStream(bytes, count, first, isRef(base) ? base : null, note);
    streams.set(number, read);
    streamBytes += bytes.length;
    for (const [oldest, old] of streams) {
      if (streamBytes <= limits.objectStreamCache || oldest === number) break;
      streams.delete(oldest);
      streamBytes -= old.bytes.length;
    }
    return read;
  }

  function resolve(object: PdfObject | undefined): PdfObject {
    let value = object ?? null;
    for (let hops = 0; isRef(value); hops++) {
      if (hops === limits.refHops) {
        note('structure.loop', 'References lead to one another without end.');
        return null;
      }
      value = load(value);
    }
    return value;
  }

  function decode(stream: PdfStream, cap: number = limits.decodedBytes): Uint8Array {
    const steps = filterSteps(stream.dict, resolve);
    try {
      return decodeSteps(stream.raw(), steps, resolve, note, cap);
    } catch (error) {
      if (error instanceof RangeError && error.message.includes('allocation'))
        throw new Refusal('pdf.limit', 'A stream is larger than this machine can hold.');
      throw error;
    }
  }

  return { entry, load, resolve, decode };
}
