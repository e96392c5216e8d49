/** Lists as they come: every encoding, and workbooks. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readTable } from '../../electron/adapters/read-table.ts';
import { writeZip } from '../../electron/core/asice/write-zip.ts';
import { unwrap } from '../../shared/result.ts';

const folder = mkdtempSync(join(tmpdir(), 'skranke-table-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(bytes: Uint8Array | string): string {
  const path = join(folder, 'list');
  writeFileSync(path, bytes);
  return path;
}

const text = 'Navn;Sted\r\nKåre Ærlig;Ås\r\n';
const latin = Buffer.from(text, 'latin1');

describe('a text', () => {
  it.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\ufeff${text}`)],
    ['windows-1252', latin],
    ['utf-16le', Buffer.from(`\ufeff${text}`, 'utf16le')],
  ])('is read in %s', (encoding, bytes) => {
    const table = unwrap(readTable(file(bytes)));
    expect(table.encoding).toBe(encoding);
    expect(table.headings).toEqual(['Navn', 'Sted']);
    expect(table.rows[0]?.cells).toEqual(['Kåre Ærlig', 'Ås']);
  });

  it.each([
    ['table.empty', ''],
    ['table.not-text', Buffer.from([1, 2, 0, 3, 0])],
    ['table.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0])],
    ['table.xlsx', Buffer.from('PK\u0003\u0004 but no more')],
  ])('that is no list is refused with %s', (code, bytes) => {
    const read = readTable(file(bytes));
    expect(read.ok ? null : read.error.code).toBe(code);
  });

  it('of 100,000 rows is read whole', () => {
    const rows = Array.from({ length: 100_000 }, (_, index) => `Person ${index};${index}`);
    expect(unwrap(readTable(file(`Navn;Nr\n${rows.join('\n')}`))).rows).toHaveLength(100_000);
  });
});

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

function workbook(sheet: string): Uint8Array {
  const part = (name: string, xml: string) => ({
    ...{ name, bytes: Buffer.from(xml), method: 'deflated' as const },
  });
  return writeZip([
    part(
      'xl/workbook.xml',
      `<workbook ${main} xmlns:r="${relations}"><sheets><sheet name="Ark" r:id="rId7"/></sheets></workbook>`,
    ),
    part(
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
       <Relationship Id="rId7" Type="t" Target="worksheets/first.xml"/></Relationships>`,
    ),
    part(
      'xl/sharedStrings.xml',
      `<sst ${main}><si><t>Navn</t></si><si><r><t>Kåre </t></r><r><t>Ærlig</t></r><rPh><t>x</t></rPh></si></sst>`,
    ),
    part(
      'xl/styles.xml',
      `<styleSheet ${main}><numFmts><numFmt numFmtId="164" formatCode="dd.mm.yyyy"/></numFmts>
       <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="2"/></cellXfs></styleSheet>`,
    ),
    part(
      'xl/worksheets/first.xml',
      `<worksheet ${main}><sheetData>${sheet}</sheetData></worksheet>`,
    ),
  ]);
}

describe('a workbook', () => {
  it('gives shared and inline strings, dates, what formulas had come to, and whole numbers', () => {
    const table = unwrap(
      readTable(
        file(
          workbook(
            `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Født</t></is></c>
             <c r="D1" t="inlineStr"><is><t>Nummer</t></is></c></row>
             <row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" s="1"><v>29221</v></c>
             <c r="C3" t="str"><f>A3&amp;"!"</f><v>regnet ut</v></c><c r="D3"><v>1.81800001E9</v></c>
             <c r="E3" s="2"><v>46380</v></c><c r="F3" s="3"><v>1.5</v></c><c r="G3" t="e"><v>#N/A</v></c></row>`,
          ),
        ),
      ),
    );
    expect(table.headings).toEqual(['Navn', 'Født', '', 'Nummer']);
    expect(table.rows).toEqual([
      {
        number: 3,
        cells: ['Kåre Ærlig', '1980-01-01', 'regnet ut', '1818000010', '2026-12-24', '1.5', ''],
      },
    ]);
  });

  it('that hides something behind entities is refused', () => {
    const zip = writeZip([
      {
        ...{ name: 'xl/workbook.xml', method: 'stored' as const },
        bytes: Buffer.from('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
      },
    ]);
    const read = readTable(file(zip));
    expect(read.ok ? null : read.error).toMatchObject({
      code: 'table.xlsx',
      detail: { why: 'xml.doctype' },
    });
  });
});
