/** A list out of a file: CSV in whatever way it was written, or the first sheet of an XLSX. */
import { fail, ok, type Result } from '../../shared/result.ts';
import { guessSeparator, readCsv, type Separator, type Table } from '../../shared/table/csv.ts';
import { openFileSource } from './file-source.ts';
import { readXlsx } from './read-xlsx.ts';

export type TableEncoding = 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be';

export interface ReadTable extends Table {
  /** Null for a workbook. */
  readonly encoding: TableEncoding | null;
  readonly separator: Separator | null;
}

/** Octets; a list of 100,000 rows is about 10 MB. */
const largest = 32 * 1024 * 1024;

/** Fails with `table.empty`, `table.too-large`, `table.quotes`, `table.xlsx`, `table.xls`, and as files do. */
export function readTable(
  path: string,
  wanted: { readonly encoding?: TableEncoding; readonly separator?: Separator } = {},
): Result<ReadTable> {
  const file = openFileSource(path);
  if (!file.ok) return file;
  let bytes: Uint8Array;
  try {
    if (file.value.length === 0) return fail('table.empty', 'The list is empty.');
    if (file.value.length > largest)
      return fail('table.too-large', 'The list is larger than can be read.', {
        megabytes: largest / 1024 / 1024,
      });
    bytes = file.value.read(0, file.value.length).slice();
  } finally {
    file.value.close();
  }
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    const sheet = readXlsx(bytes);
    return sheet.ok ? ok({ ...sheet.value, encoding: null, separator: null }) : sheet;
  }
  // Workbooks of before 2007 begin so (MS-CFB, 2.2).
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf)
    return fail('table.xls', 'A workbook of the old format has to be saved as XLSX or CSV.');
  const encoding = wanted.encoding ?? guessEncoding(bytes);
  const text = new TextDecoder(encoding).decode(bytes);
  if (text.includes('\0')) return fail('table.not-text', 'The file is no list.');
  const separator = wanted.separator ?? guessSeparator(text);
  const table = readCsv(text, separator);
  return table.ok ? ok({ ...table.value, encoding, separator }) : table;
}

/** A byte order mark says it; else whatever is UTF-8 throughout, which other text hardly ever is. */
export function guessEncoding(bytes: Uint8Array): TableEncoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}
