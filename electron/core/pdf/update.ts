/** The next revision as an incremental update (ISO 32000-2, 7.5.6), in the file's own style. */
import { sha256 } from '@noble/hashes/sha2.js';
import { Refusal } from '../../../shared/result.ts';
import type { Random } from '../ports.ts';
import type { PdfDocument, PdfUpdate, UpdateResult } from './document.ts';
import { encipherFor } from './encipher.ts';
import { misplacedObjects } from './misplaced-objects.ts';
import type { PdfObject, PdfRef, PdfString } from './objects.ts';
import { bytesString, isArray, isRef, isString } from './objects.ts';
import type { ByteSink } from './serialize.ts';
import { createSink, writeObject } from './serialize.ts';
import { laterVersion } from './header.ts';
import type { WrittenEntry } from './update-xref.ts';
import { writeXrefStream, writeXrefTable } from './update-xref.ts';

export interface UpdateOptions {
  /**
   * For the second /ID and the initialisation vectors of an encrypted file; both are derived from the
   * content without it.
   */
  readonly random?: Random;
}

/** Offsets of a table have ten digits. */
const TABLE_LIMIT = 9_999_999_999;

/**
 * Begins an update of `document`; nothing is written before `build`.
 * @throws Refusal `pdf.damaged` for a file that had to be repaired, or that a viewer would repair as
 * soon as it meets an object that is not in its place: the update would stand on what only that
 * repair can see.
 */
export function beginUpdate(document: PdfDocument, options: UpdateOptions = {}): PdfUpdate {
  refuseDamage(document);
  const changed = new Map<number, { ref: PdfRef; object: PdfObject }>();
  let next = document.size;

  const allocate = (): PdfRef => ({ kind: 'ref', number: next++, generation: 0 });
  const set = (target: PdfRef, object: PdfObject) => {
    if (target.number >= next) throw new Error('an object number must be allocated first');
    changed.set(target.number, { ref: target, object });
  };

  return {
    document,
    allocate,
    set,
    add(object) {
      const target = allocate();
      set(target, object);
      return target;
    },
    current(object) {
      let value = object ?? null;
      for (let hops = 0; isRef(value) && hops < 32; hops++) {
        const own = changed.get(value.number);
        if (own === undefined || own.ref.generation !== value.generation)
          return document.resolve(value);
        value = own.object;
      }
      return value;
    },
    build() {
      // The reader is lazy: damage may have shown in what was read since the update began.
      refuseDamage(document);
      return build(document, options, changed, next);
    },
  };
}

/** Damage that was read around is no ground to write on. */
function refuseDamage(document: PdfDocument): void {
  if (document.repaired)
    throw new Refusal('pdf.damaged', 'The file is damaged; nothing can be added to it as it is.', {
      causes: document.anomalies.slice(0, 10).map((one) => `${one.code}: ${one.detail}`),
    });
  const [first, ...more] = misplacedObjects(document);
  if (first !== undefined)
    throw new Refusal('pdf.damaged', 'Objects do not stand where the cross-reference says.', {
      object: first.number,
      offset: first.offset,
      more: more.length,
    });
  const loop = document.anomalies.find((one) => one.code === 'structure.page-loop');
  if (loop !== undefined) throw new Refusal('pdf.damaged', loop.detail);
  // Some viewers show no page at all without a count.
  const tree = document.dictEntry(document.catalog, 'Pages');
  if (tree === null || typeof document.entry(tree, 'Count') !== 'number')
    throw new Refusal('pdf.damaged', 'The page tree does not say how many pages it has.');
}

function build(
  document: PdfDocument,
  options: UpdateOptions,
  changed: ReadonlyMap<number, { ref: PdfRef; object: PdfObject }>,
  next: number,
): UpdateResult {
  const base = document.source.length;
  const sink = createSink();
  if (!endsInLineEnd(document)) sink.text('\n');
  const holes = new Map<string, { offset: number; length: number }>();
  const entries: WrittenEntry[] = [];
  const ordered = [...changed.values()].sort((a, b) => a.ref.number - b.ref.number);
  for (const { ref, object } of ordered) {
    entries.push({ number: ref.number, generation: ref.generation, offset: base + sink.length });
    sink.text(`${ref.number} ${ref.generation} obj\n`);
    writeObject(sink, object, encipherFor(document, ref, options.random), (name, at, length) => {
      if (holes.has(name)) throw new Error(`the hole ${name} is written twice`);
      holes.set(name, { offset: base + at, length });
    });
    sink.text('\nendobj\n');
  }
  const asStream = styleFor(document, base + sink.length) === 'stream';
  const previous = document.revisions.at(-1)?.xrefOffset ?? 0;
  const position = {
    at: base + sink.length,
    shift: document.headerOffset,
    previous: previous - document.headerOffset,
    size: asStream ? next + 1 : next,
  };
  const trailer = trailerFor(document, sink, options.random);
  if (asStream) writeXrefStream(sink, next, entries, trailer, position);
  else writeXrefTable(sink, entries, trailer, position);
  return { tail: sink.finish(), holes };
}

/** Table or stream: what the newest section is, unless the table's ten digits are too few. */
function styleFor(document: PdfDocument, end: number): 'table' | 'stream' {
  if (document.xrefStyle === 'stream') return 'stream';
  if (end - document.headerOffset <= TABLE_LIMIT) return 'table';
  // Cross-reference streams came with PDF 1.5; readers of it accept a stream that follows a table.
  if (laterVersion(document.version, '1.5') === document.version) return 'stream';
  throw new Refusal(
    'pdf.too-large',
    'The file is too large for the cross-reference table it uses.',
    {
      bytes: end,
      version: document.version,
    },
  );
}

function endsInLineEnd(document: PdfDocument): boolean {
  const { source } = document;
  if (source.length === 0) return true;
  const last = source.read(source.length - 1, 1)[0];
  return last === 10 || last === 13;
}

const dropped = new Set([
  'Prev',
  'XRefStm',
  'Size',
  'Type',
  'W',
  'Index',
  'Filter',
  'DecodeParms',
  'Length',
  'F',
  'FFilter',
  'FDecodeParms',
  'DL',
]);

/** The newest trailer without what belongs to its section alone, and with a new second /ID. */
function trailerFor(
  document: PdfDocument,
  written: ByteSink,
  random: Random | undefined,
): Map<string, PdfObject> {
  const entries = new Map<string, PdfObject>();
  for (const [key, value] of document.trailer.entries)
    if (!dropped.has(key)) entries.set(key, value);
  const id = newId(document, () => random?.bytes(16).slice() ?? digestOf(document, written));
  if (id !== null) entries.set('ID', id);
  return entries;
}

/** ISO 32000-2, 14.4: the first part stays, the second changes with the content. */
function newId(document: PdfDocument, unique: () => Uint8Array): PdfObject | null {
  const [first] = idsOf(document);
  // The first part is an input of the key of an encrypted file: one that has none gets none.
  if (first === undefined && document.encryption !== null) return null;
  const fresh = bytesString(unique(), true);
  return [first === undefined ? fresh : bytesString(first.bytes, true), fresh];
}

function idsOf(document: PdfDocument): readonly PdfString[] {
  const known = document.entry(document.trailer, 'ID');
  const parts = isArray(known) ? known.map((one) => document.resolve(one)) : [];
  return parts.filter((one): one is PdfString => isString(one)).slice(0, 2);
}

/** What the two parts were and all that is added. */
function digestOf(document: PdfDocument, written: ByteSink): Uint8Array {
  const hash = sha256.create();
  for (const part of idsOf(document)) hash.update(part.bytes);
  return hash.update(written.finish()).digest().slice(0, 16);
}
