/** PDFs put together object by object, in each style of cross-reference, for tests of the reader. */
import { deflateSync } from 'node:zlib';

export type XrefStyle = 'table' | 'stream' | 'hybrid';

export interface BuildOptions {
  readonly style?: XrefStyle;
  readonly version?: string;
  /** Bytes before `%PDF-`. */
  readonly before?: string;
  /** Object bodies by number; 1 is the catalog. */
  readonly objects: Readonly<Record<number, string>>;
  /** Numbers that go into an object stream (styles `stream` and `hybrid`). */
  readonly compressed?: readonly number[];
  /** Further entries of the trailer. */
  readonly trailer?: string;
  /** What stands behind `%%EOF`. */
  readonly end?: string;
}

/** Catalog, page tree and one page: the least a document has. Object 4 is the page's content. */
export const onePage: Readonly<Record<number, string>> = {
  1: '<< /Type /Catalog /Pages 2 0 R >>',
  2: '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>',
  4: streamBody('', 'q Q'),
};

/** The body of a stream object with its /Length. */
export function streamBody(entries: string, data: string): string {
  return `<< ${entries} /Length ${data.length} >>\nstream\n${data}\nendstream`;
}

export function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

const ten = (offset: number): string => String(offset).padStart(10, '0');

function flated(entries: string, data: Buffer): string {
  return streamBody(`${entries} /Filter /FlateDecode`, deflateSync(data).toString('latin1'));
}

/** An object stream of these objects. */
export function objectStreamBody(
  objects: readonly (readonly [number, string])[],
  entries = '',
): string {
  let data = '';
  const header = objects.map(([number, body]) => {
    const at = data.length;
    data += `${body}\n`;
    return `${number} ${at}`;
  });
  const head = `${header.join(' ')}\n`;
  return flated(
    `/Type /ObjStm /N ${objects.length} /First ${head.length} ${entries}`,
    Buffer.from(head + data, 'latin1'),
  );
}

interface Row {
  readonly number: number;
  readonly row: readonly [type: number, second: number, third: number];
}

function xrefStreamBody(rows: readonly Row[], entries: string): string {
  const sorted = [...rows].sort((a, b) => a.number - b.number);
  const data = Buffer.alloc(sorted.length * 7);
  sorted.forEach(({ row }, index) => {
    data.writeUInt8(row[0], index * 7);
    data.writeUInt32BE(row[1], index * 7 + 1);
    data.writeUInt16BE(row[2], index * 7 + 5);
  });
  const index = sorted.map(({ number }) => `${number} 1`).join(' ');
  return flated(`/Type /XRef /W [1 4 2] /Index [${index}] ${entries}`, data);
}

/** Builds a file; numbers need not be consecutive. */
export function buildPdf(options: BuildOptions): Uint8Array {
  const style = options.style ?? 'table';
  const before = options.before ?? '';
  let text = `${before}%PDF-${options.version ?? '1.7'}\n%\u00e2\u00e3\u00cf\u00d3\n`;
  const here = () => text.length - before.length;
  const packed = style === 'table' ? [] : (options.compressed ?? []);
  const numbers = Object.keys(options.objects).map(Number);
  const plain = numbers.filter((number) => !packed.includes(number));
  const offsets = new Map<number, number>();
  const put = (number: number, body: string) => {
    offsets.set(number, here());
    text += `${number} 0 obj\n${body}\nendobj\n`;
  };
  for (const number of plain) put(number, options.objects[number] ?? 'null');
  let next = Math.max(...numbers) + 1;
  const hidden: Row[] = [];
  if (packed.length > 0) {
    const container = next++;
    put(
      container,
      objectStreamBody(packed.map((number) => [number, options.objects[number] ?? 'null'])),
    );
    hidden.push(
      ...packed.map((number, index) => ({ number, row: [2, container, index] as const })),
    );
  }
  const used = (): Row[] => [...offsets].map(([number, at]) => ({ number, row: [1, at, 0] }));
  const common = `/Root 1 0 R ${options.trailer ?? ''}`;
  let start = here();
  if (style === 'stream') {
    const own = next++;
    const rows: Row[] = [{ number: 0, row: [0, 0, 65535] }, ...used(), ...hidden];
    rows.push({ number: own, row: [1, start, 0] });
    put(own, xrefStreamBody(rows, `/Size ${next} ${common}`));
  } else {
    let extra = '';
    if (style === 'hybrid') {
      const own = next++;
      extra = `/XRefStm ${here()}`;
      put(own, xrefStreamBody(hidden, `/Size ${next}`));
      start = here();
    }
    text += `xref\n0 1\n0000000000 65535 f \n`;
    for (const [number, offset] of offsets) text += `${number} 1\n${ten(offset)} 00000 n \n`;
    text += `trailer\n<< /Size ${next} ${common} ${extra} >>\n`;
  }
  text += `startxref\n${start}\n%%EOF${options.end ?? '\n'}`;
  return bytesOf(text);
}

/** A revision behind `base` with a classic table, written by hand. */
export function appendRevision(
  base: Uint8Array,
  objects: Readonly<Record<number, string>>,
  previous: number,
  trailer: string,
): Uint8Array {
  let text = textOf(base);
  let rows = '';
  for (const [number, body] of Object.entries(objects)) {
    rows += `${number} 1\n${ten(text.length)} 00000 n \n`;
    text += `${number} 0 obj\n${body}\nendobj\n`;
  }
  const start = text.length;
  text += `xref\n${rows}trailer\n<< /Root 1 0 R /Prev ${previous} ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return bytesOf(text);
}

/** Where the last cross-reference section stands, as the file says. */
export function startxrefOf(bytes: Uint8Array): number {
  const found = [...textOf(bytes).matchAll(/startxref\s+(\d+)/g)].at(-1);
  return Number(found?.[1] ?? -1);
}
