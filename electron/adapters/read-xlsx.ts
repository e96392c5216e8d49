/**
 * The first sheet of a workbook (ECMA-376, part 1: SpreadsheetML) as text: shared and inline strings,
 * what formulas had come to when the file was saved, dates as ISO. Nothing is computed.
 */
import { attempt, fail, Refusal, unwrap, type Result } from '../../shared/result.ts';
import { tableOf, type Table, type TableRow } from '../../shared/table/csv.ts';
import { readXml } from '../../shared/xml/read-xml.ts';
import {
  allElements,
  attributeOf,
  childElements,
  textOf,
  type XmlElement,
} from '../../shared/xml/tree.ts';
import { readZip, type ZipEntry } from '../core/asice/read-zip.ts';

const limits = { file: 32 * 1024 * 1024, entries: 500, unpacked: 128 * 1024 * 1024 };
/** A row of twenty cells has about fifty nodes. */
const nodes = 6_000_000;
const mostColumns = 500;

/** Fails with `table.xlsx` for what is no workbook, `table.empty`. */
export function readXlsx(bytes: Uint8Array): Result<Table> {
  const zip = readZip(bytes, limits);
  if (!zip.ok) return notOne(zip.error.code);
  const read = attempt(() => rowsOf(zip.value));
  if (!read.ok) return notOne(read.error.code);
  return tableOf(read.value);
}

function notOne(why: string) {
  return fail('table.xlsx', 'The file is no workbook that can be read.', { why });
}

function rowsOf(entries: readonly ZipEntry[]): readonly TableRow[] {
  const part = (name: string) => entries.find((entry) => entry.name === name);
  const xml = (name: string): XmlElement | null => {
    const entry = part(name);
    return entry === undefined
      ? null
      : unwrap(readXml(entry.bytes, { bytes: limits.unpacked, nodes })).root;
  };
  const workbook = xml('xl/workbook.xml');
  if (workbook === null) throw new Refusal('table.xlsx', 'There is no workbook in it.');
  const sheet = xml(firstSheet(workbook, xml('xl/_rels/workbook.xml.rels')));
  if (sheet === null) throw new Refusal('table.xlsx', 'There is no sheet in it.');
  const from1904 = [...allElements(workbook)].some(
    (each) => each.local === 'workbookPr' && /^(1|true)$/.test(attributeOf(each, 'date1904') ?? ''),
  );
  const strings = sharedStrings(xml('xl/sharedStrings.xml'));
  const dates = dateStyles(xml('xl/styles.xml'));
  const data = childElements(sheet).find(({ local }) => local === 'sheetData');
  const rows: TableRow[] = [];
  for (const row of data === undefined ? [] : childElements(data)) {
    const number = Number(attributeOf(row, 'r') ?? rows.length + 1);
    const cells: string[] = [];
    for (const cell of childElements(row)) {
      const column = columnOf(attributeOf(cell, 'r')) ?? cells.length;
      if (column >= mostColumns) continue;
      while (cells.length < column) cells.push('');
      cells[column] = valueOf(cell, strings, dates, from1904);
    }
    if (cells.some((text) => text.trim() !== '')) rows.push({ number, cells });
  }
  return rows;
}

function firstSheet(workbook: XmlElement, relations: XmlElement | null): string {
  const sheet = [...allElements(workbook)].find(({ local }) => local === 'sheet');
  const id = sheet?.attributes.find(({ local, namespace }) => local === 'id' && namespace !== '');
  const relation =
    relations === null
      ? undefined
      : childElements(relations).find((each) => attributeOf(each, 'Id') === id?.value);
  const target = relation === undefined ? null : attributeOf(relation, 'Target');
  if (target === null) return 'xl/worksheets/sheet1.xml';
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

function sharedStrings(root: XmlElement | null): readonly string[] {
  return root === null ? [] : childElements(root).map(plainText);
}

/** The text of a string item without its phonetic reading. */
function plainText(item: XmlElement): string {
  return childElements(item)
    .map((each) => (each.local === 't' ? textOf(each) : each.local === 'r' ? plainText(each) : ''))
    .join('');
}

/** Which cell formats show a date: built-in numbers, or a pattern of their own with a year or a day in it. */
function dateStyles(root: XmlElement | null): ReadonlySet<number> {
  const dates = new Set<number>();
  if (root === null) return dates;
  const own = new Map<string, string>();
  for (const each of allElements(root))
    if (each.local === 'numFmt')
      own.set(attributeOf(each, 'numFmtId') ?? '', attributeOf(each, 'formatCode') ?? '');
  const formats = childElements(root).find(({ local }) => local === 'cellXfs');
  (formats === undefined ? [] : childElements(formats)).forEach((format, index) => {
    const id = attributeOf(format, 'numFmtId') ?? '0';
    const pattern = (own.get(id) ?? '').replace(/"[^"]*"|\[[^\]]*\]|\\./g, '');
    const builtIn = (Number(id) >= 14 && Number(id) <= 17) || Number(id) === 22;
    if (builtIn || /[ydåYDÅ]/.test(pattern)) dates.add(index);
  });
  return dates;
}

/** `C7` is 2; null where it does not say. */
function columnOf(reference: string | null): number | null {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference ?? '')?.[1];
  if (letters === undefined) return null;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function valueOf(
  cell: XmlElement,
  strings: readonly string[],
  dates: ReadonlySet<number>,
  from1904: boolean,
): string {
  const type = attributeOf(cell, 't') ?? 'n';
  if (type === 'inlineStr') {
    const inline = childElements(cell).find(({ local }) => local === 'is');
    return inline === undefined ? '' : plainText(inline);
  }
  const value = childElements(cell).find(({ local }) => local === 'v');
  if (value === undefined) return '';
  const text = textOf(value);
  if (type === 's') return strings[Number(text)] ?? '';
  if (type !== 'n') return type === 'e' ? '' : text;
  const style = Number(attributeOf(cell, 's') ?? '0');
  if (dates.has(style)) return dateOf(Number(text), from1904);
  // 1.8180000100000001E9: whole numbers are written out, as a person typed them.
  const number = Number(text);
  return Number.isSafeInteger(number) ? String(number) : text;
}

/** Days since the last day of 1899 (with a 29 February 1900 that never was), or of 1903. */
function dateOf(serial: number, from1904: boolean): string {
  if (!Number.isFinite(serial)) return '';
  const days = Math.floor(serial) + (from1904 ? 1462 : 0);
  const epoch = Date.UTC(1899, 11, 30);
  return new Date(epoch + days * 86_400_000).toISOString().slice(0, 10);
}
