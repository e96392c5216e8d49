/**
 * Lists as text (RFC 4180, and what spreadsheets write): which separator, rows and cells, and back. A
 * mistake in the quotes is told by its row, because everything behind it would be in the wrong place.
 */
import { fail, ok, type Result } from '../result.ts';

export type Separator = ';' | ',' | '\t';

export interface TableRow {
  /** As a spreadsheet counts: the headings are row 1. */
  readonly number: number;
  readonly cells: readonly string[];
}

export interface Table {
  readonly headings: readonly string[];
  readonly rows: readonly TableRow[];
}

const separators: readonly Separator[] = [';', '\t', ','];

/** The separator that stands most often in the first line, outside of quotes. */
export function guessSeparator(text: string): Separator {
  const counts = new Map<string, number>();
  let quoted = false;
  for (const char of text.slice(0, 64 * 1024)) {
    if (char === '"') quoted = !quoted;
    else if (!quoted && (char === '\n' || char === '\r') && counts.size > 0) break;
    else if (!quoted) counts.set(char, (counts.get(char) ?? 0) + 1);
  }
  const count = (separator: Separator) => counts.get(separator) ?? 0;
  return separators.reduce((best, each) => (count(each) > count(best) ? each : best), ';');
}

/** Fails with `table.empty`, `table.quotes` (in which row). Lines without a character are no rows. */
export function readCsv(text: string, separator: Separator = guessSeparator(text)): Result<Table> {
  const rows: TableRow[] = [];
  const end = text.length;
  let at = 0;
  let number = 0;
  while (at < end) {
    number += 1;
    const read = readRow(text, at, separator);
    if (read === null)
      return fail('table.quotes', 'A quotation mark does not fit.', { row: number });
    at = read.next;
    if (read.cells.some((cell) => cell.trim() !== '')) rows.push({ number, cells: read.cells });
  }
  return tableOf(rows);
}

/** The first row that says anything holds the headings. */
export function tableOf(rows: readonly TableRow[]): Result<Table> {
  const [first, ...rest] = rows;
  if (first === undefined) return fail('table.empty', 'The list is empty.');
  const headings = first.cells.map((cell) => cell.trim());
  while (headings.at(-1) === '') headings.pop();
  return ok({ headings, rows: rest });
}

interface ReadRow {
  readonly cells: readonly string[];
  readonly next: number;
}

/** Null where a quotation mark is not closed, or something stands behind a closed one. */
function readRow(text: string, start: number, separator: Separator): ReadRow | null {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    if (text[at] === '"') {
      let cell = '';
      let from = at + 1;
      for (;;) {
        const quote = text.indexOf('"', from);
        if (quote < 0) return null;
        cell += text.slice(from, quote);
        if (text[quote + 1] !== '"') {
          at = quote + 1;
          break;
        }
        cell += '"';
        from = quote + 2;
      }
      cells.push(cell);
      const after = text[at];
      if (after !== undefined && after !== separator && after !== '\n' && after !== '\r')
        return null;
    } else {
      const from = at;
      while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r')
        at += 1;
      cells.push(text.slice(from, at));
    }
    if (text[at] !== separator) break;
    at += 1;
  }
  if (text[at] === '\r') at += 1;
  if (text[at] === '\n') at += 1;
  return { cells, next: at };
}

/**
 * With a byte order mark and semicolons, so that a spreadsheet here opens it as it is. A cell that a
 * spreadsheet would compute is kept from that by an apostrophe (formula injection).
 */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  const lines = rows.map((cells) => cells.map(cellOf).join(';'));
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

function cellOf(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^\+?[\d ]+$/.test(text) ? `'${text}` : text;
  return /[;",\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The apostrophe that `writeCsv` puts in front is no part of the text. */
export function withoutGuard(text: string): string {
  return /^'[=+\-@]/.test(text) ? text.slice(1) : text;
}
