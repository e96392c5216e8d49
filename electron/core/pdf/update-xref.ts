/** The cross-reference section and trailer of an update (ISO 32000-2, 7.5.4, 7.5.5, 7.5.8). */
import type { PdfObject } from './objects.ts';
import { name } from './objects.ts';
import type { ByteSink } from './serialize.ts';
import { writeObject } from './serialize.ts';

export interface WrittenEntry {
  readonly number: number;
  readonly generation: number;
  /** Absolute. */
  readonly offset: number;
}

export interface XrefPosition {
  /** Absolute offset of the section. */
  readonly at: number;
  /** Where the header stands: what the file's offsets count from. */
  readonly shift: number;
  /** Offset of the section before, as the file counts. */
  readonly previous: number;
  readonly size: number;
}

const noHole = () => {
  throw new Error('a trailer has no holes');
};

/** Runs of consecutive numbers; `entries` are sorted by number. */
function runs(entries: readonly WrittenEntry[]): WrittenEntry[][] {
  const list: WrittenEntry[][] = [];
  for (const entry of entries) {
    const run = list.at(-1);
    if (run?.at(-1)?.number === entry.number - 1) run?.push(entry);
    else list.push([entry]);
  }
  return list;
}

function writeEnd(sink: ByteSink, position: XrefPosition): void {
  sink.text(`startxref\n${position.at - position.shift}\n%%EOF\n`);
}

/** Writes a table, its trailer and the end of the file. */
export function writeXrefTable(
  sink: ByteSink,
  entries: readonly WrittenEntry[],
  trailer: ReadonlyMap<string, PdfObject>,
  position: XrefPosition,
): void {
  sink.text('xref\n');
  // A table needs a subsection; an update without objects writes the one of object 0 anew.
  if (entries.length === 0) sink.text('0 1\n0000000000 65535 f \n');
  for (const run of runs(entries)) {
    sink.text(`${run[0]?.number ?? 0} ${run.length}\n`);
    for (const entry of run) {
      const offset = String(entry.offset - position.shift).padStart(10, '0');
      const generation = String(entry.generation).padStart(5, '0');
      sink.text(`${offset} ${generation} n \n`);
    }
  }
  const all = new Map(trailer);
  all.set('Size', position.size);
  all.set('Prev', position.previous);
  sink.text('trailer\n');
  writeObject(sink, { kind: 'dict', entries: all }, null, noHole);
  sink.text('\n');
  writeEnd(sink, position);
}

/** Writes a cross-reference stream as object `number` (never encrypted) and the end of the file. */
export function writeXrefStream(
  sink: ByteSink,
  number: number,
  entries: readonly WrittenEntry[],
  trailer: ReadonlyMap<string, PdfObject>,
  position: XrefPosition,
): void {
  const own: WrittenEntry = { number, generation: 0, offset: position.at };
  const all = [...entries, own];
  const offsetWidth = widthOf(position.at - position.shift);
  const generationWidth = widthOf(Math.max(...all.map((one) => one.generation)));
  const row = 1 + offsetWidth + generationWidth;
  const data = new Uint8Array(all.length * row);
  all.forEach((entry, index) => {
    data[index * row] = 1;
    put(data, index * row + 1, offsetWidth, entry.offset - position.shift);
    put(data, index * row + 1 + offsetWidth, generationWidth, entry.generation);
  });
  const dictionary = new Map<string, PdfObject>([['Type', name('XRef')]]);
  for (const [key, value] of trailer) dictionary.set(key, value);
  dictionary.set('Size', position.size);
  dictionary.set('Prev', position.previous);
  dictionary.set('W', [1, offsetWidth, generationWidth]);
  dictionary.set(
    'Index',
    runs(all).flatMap((run) => [run[0]?.number ?? 0, run.length]),
  );
  sink.text(`${number} 0 obj\n`);
  writeObject(
    sink,
    { kind: 'stream', dict: { kind: 'dict', entries: dictionary }, raw: () => data },
    null,
    noHole,
  );
  sink.text('\nendobj\n');
  writeEnd(sink, position);
}

/** Bytes that `value` needs; two for a generation, so that readers with fixed widths are content. */
function widthOf(value: number): number {
  let width = 1;
  for (let rest = Math.floor(value / 256); rest > 0; rest = Math.floor(rest / 256)) width++;
  return width;
}

function put(data: Uint8Array, at: number, width: number, value: number): void {
  let rest = value;
  for (let i = width - 1; i >= 0; i--) {
    data[at + i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}
