/** Lists for templates: good rows with names of many letters, and faulty ones of every kind. */
import { writeCsv } from '../../shared/table/csv.ts';
import { aSigner, makeDraft, type Client } from './desk.ts';

export const bulkHeadings = [
  ...['Leietaker', 'Fødselsnummer', 'Fødselsdato', 'E-post', 'Utleier navn'],
  ...['Tittel', 'Referanse', 'Frist'],
] as const;

/** A mistake each, in a row that is good without it. */
export const mistakes: readonly ((row: string[]) => string)[] = [
  (row) => ((row[0] = ''), 'no-name'),
  (row) => ((row[1] = '12345678901'), 'number-wrong'),
  (row) => ((row[1] = '123'), 'number-length'),
  (row) => ((row[2] = '31.02.1980'), 'no-date'),
  (row) => ((row[3] = 'ikke en adresse'), 'no-email'),
  (row) => ((row[5] = 'x'.repeat(81)), 'too-long'),
  (row) => ((row[6] = '01818000010'), 'number-in-text'),
  (row) => ((row[7] = '2020-01-01'), 'deadline-past'),
  (row) => ((row[0] = 'KÃ¥re Ã˜stby'), 'strange-letters'),
  (row) => (row.push('for mye'), 'too-many-cells'),
];

const names = ['Åse Ødegård', 'Ánte Máhtte', 'Zoë Nuñez', 'Sigurd Lie', '王小明'];

/** `count` rows, of which `faulty` spread over the list are wrong; and what is wrong with which row. */
export function bulkRows(count: number, faulty: number) {
  const expected = new Map<number, string>();
  const rows = Array.from({ length: count }, (_, index) => {
    const name = `${names[index % names.length] ?? ''} ${index + 1}`;
    const row = [name, '', '', `p${index}@example.org`, 'Ola Utleier', `Leieavtale ${index + 1}`];
    row.push(`2026/${index + 1}`, '24.12.2099');
    const every = faulty === 0 ? 0 : Math.floor(count / faulty);
    if (every > 0 && index % every === every - 1 && expected.size < faulty) {
      const mistake = mistakes[expected.size % mistakes.length];
      if (mistake !== undefined) expected.set(index + 2, mistake(row));
    }
    return row;
  });
  return { rows, expected, csv: writeCsv([[...bulkHeadings], ...rows]) };
}

/** A template of the sample with two roles and their fields. */
export async function bulkTemplate(client: Client): Promise<string> {
  const made = await makeDraft(client, [
    aSigner('Kari Nordmann', 1, { title: 'Leietaker' }),
    aSigner('Ola Nordmann', 2, { title: 'Utleier' }),
  ]);
  return (await client.call('template.save', { job: made.job })).job;
}
