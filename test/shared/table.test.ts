import { describe, expect, it } from 'vitest';
import { guessColumns } from '../../shared/bulk/columns.ts';
import { dayOf } from '../../shared/bulk/row.ts';
import { emptySpec, type SignerSpec } from '../../shared/job/job.ts';
import { guessSeparator, readCsv, withoutGuard, writeCsv } from '../../shared/table/csv.ts';
import { unwrap } from '../../shared/result.ts';

const role = (id: string, title: string): SignerSpec => ({
  ...{ id, title, name: '', order: 1, kind: 'simple', role: 'signer', onBehalfOf: 'SELF' },
  language: 'nb',
});

describe('a list as text', () => {
  it.each([
    ['a;b;c\n1,5;2;3', ';'],
    ['a,b,c\n1;2,2,3', ','],
    ['a\tb\tc\n1;2', '\t'],
    ['"a;b;c;d",x,y\n1,2,3', ','],
    ['navn\nKari', ';'],
  ] as const)('has its separator told by its headings: %j', (text, separator) => {
    expect(guessSeparator(text)).toBe(separator);
  });

  it('keeps quotes, line ends inside of them, and the number each row has in a spreadsheet', () => {
    const table = unwrap(readCsv('a;b\r\n"x ""y""";"1\n2"\r\n\r\n;\r\nz;w'));
    expect(table.headings).toEqual(['a', 'b']);
    expect(table.rows).toEqual([
      { number: 2, cells: ['x "y"', '1\n2'] },
      { number: 5, cells: ['z', 'w'] },
    ]);
  });

  it.each([
    ['a;b\n1;2\n"x;3\n4;5', 3],
    ['a;b\n"x"y;3', 2],
  ])('names the row in which a quotation mark does not fit', (text, row) => {
    const read = readCsv(text);
    expect(read.ok ? null : read.error).toMatchObject({ code: 'table.quotes', detail: { row } });
  });

  it.each(['', '\n\n', ';;;\n'])('is empty and says so: %j', (text) => {
    const read = readCsv(text);
    expect(read.ok ? null : read.error.code).toBe('table.empty');
  });

  it('never hands a spreadsheet a formula, and gives the text back', () => {
    const cells = ['=cmd|"/c calc"!A0', '@SUM(1)', '-2+3', '+47 900 00 000', 'plain;text'];
    const text = writeCsv([['a', 'b', 'c', 'd', 'e'], cells]);
    const [row] = unwrap(readCsv(text.slice(1))).rows;
    expect(row?.cells.slice(0, 3).every((cell) => cell.startsWith("'"))).toBe(true);
    expect(row?.cells.map(withoutGuard)).toEqual(cells);
  });
});

describe('headings', () => {
  const spec = { ...emptySpec, signers: [role('s1', 'Leietaker'), role('s2', 'Utleier')] };

  it.each([
    [
      [
        'Leietaker',
        'Fødselsnummer',
        'Utleier navn',
        'Utleier e-post',
        'Tittel',
        'Saksnr.',
        'Frist',
      ],
      [
        ...['person:s1:name', 'person:s1:nationalId', 'person:s2:name', 'person:s2:email'],
        ...['title', 'caseNumber', 'deadline'],
      ],
    ],
    [
      ['Namn', 'Fødselsdato', 'Målform', 'Tlf.', 'Noko anna'],
      [
        'person:s1:name',
        'person:s1:birthDate',
        'person:s1:language',
        'person:s1:mobile',
        'nothing',
      ],
    ],
    [
      ['Name', 'National ID', 'E-mail', 'Name', 'Reference', ''],
      [
        'person:s1:name',
        'person:s1:nationalId',
        'person:s1:email',
        'person:s2:name',
        'reference',
        'nothing',
      ],
    ],
  ])('are understood in all three languages: %j', (headings, targets) => {
    expect(guessColumns(headings, spec)).toEqual(targets);
  });
});

it.each([
  ['24.12.2026', '2026-12-24'],
  ['1/2-80', '1980-02-01'],
  ['2026-12-24 00:00', '2026-12-24'],
  ['29.02.2024', '2024-02-29'],
  ['29.02.2023', null],
  ['24. desember', null],
  ['13.13.2026', null],
])('a day as people write it: %s', (text, day) => {
  expect(dayOf(text)).toBe(day);
});
