/** A list becomes jobs: each row by itself, once, opened; what is wrong is said in its place. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCsv } from '../../shared/table/csv.ts';
import { bulkHeadings, bulkRows, bulkTemplate } from '../support/bulk-rows.ts';
import { setUp, startDesk, type Client, type TestDesk } from '../support/desk.ts';

let desk: TestDesk;
let clerk: Client;
let template: string;

beforeAll(async () => {
  desk = startDesk();
  clerk = desk.visit();
  await setUp(clerk);
  template = await bulkTemplate(clerk);
});
afterAll(() => desk.close());

const up = (text: string) => clerk.upload(Buffer.from(text));
const run = async (text: string, more: { again?: boolean } = {}) =>
  clerk.call('bulk.run', { job: template, upload: await up(text), ...more });
const waiting = async () => (await clerk.call('job.list', { limit: 1 })).counts.waiting;

describe('a list over a template', () => {
  it('is looked through without making anything', async () => {
    const { csv, expected } = bulkRows(30, 10);
    const check = await clerk.call('bulk.check', { job: template, upload: await up(csv) });
    expect(check.counts).toEqual({ good: 20, faulty: 10, known: 0, made: 0, left: 0 });
    expect(check).toMatchObject({ trouble: null, rolesWithoutName: [], separator: ';' });
    for (const { row, issues } of check.rows.slice(0, 10))
      expect(issues.map(({ code }) => code)).toContain(expected.get(row));
    expect(await waiting()).toBe(0);
  });

  it('becomes jobs that are open, with everything the row says, and is known the second time', async () => {
    const { csv, expected } = bulkRows(30, 10);
    const first = await run(csv);
    expect(first).toMatchObject({ counts: { made: 20, faulty: 10 }, stopped: null });
    expect(first.rows.filter(({ state }) => state === 'faulty').map(({ row }) => row)).toEqual([
      ...expected.keys(),
    ]);
    expect(await waiting()).toBe(20);
    const made = first.rows.find(({ row }) => row === 2);
    const { job, events } = await clerk.call('job.get', { job: made?.job ?? '' });
    expect(job).toMatchObject({ state: 'open', spec: { title: 'Leieavtale 1' } });
    expect(job.signers.map(({ name, title }) => [name, title])).toEqual([
      ['Åse Ødegård 1', 'Leietaker'],
      ['Ola Utleier', 'Utleier'],
    ]);
    expect(job.spec.deadline).toBe('2099-12-24T22:59:59.000Z');
    expect(job.revisions[0]?.revision).toBe(1);
    expect(events.map(({ event }) => event.type)).toEqual([
      ...['created', 'document-added', 'edited', 'opened'],
    ]);
    const [document] = job.documents;
    const report = await clerk.call('verify.document', { document: document?.id ?? '' });
    expect(report.signatures.map(({ intact }) => intact)).toEqual([true]);

    const second = await run(csv);
    expect(second.counts).toMatchObject({ made: 0, known: 20, faulty: 10 });
    expect(await waiting()).toBe(20);
    const third = await run(csv, { again: true });
    expect(third.counts).toMatchObject({ made: 20, known: 0 });
    expect((await run(csv)).counts).toMatchObject({ made: 0, known: 20 });
  });

  it('makes the rows that were mended, and only those', async () => {
    const before = await waiting();
    const rows = bulkRows(6, 2).rows.map((row) => row.map((cell) => cell.replace(/^L/, 'Ny l')));
    const head = [...bulkHeadings];
    expect((await run(writeCsv([head, ...rows]))).counts).toMatchObject({ made: 4, faulty: 2 });
    const mended = rows.map((row) => (row[0] === '' ? ['Navn Mangler', ...row.slice(1)] : row));
    expect((await run(writeCsv([head, ...mended]))).counts).toMatchObject({
      ...{ made: 1, known: 4, faulty: 1 },
    });
    expect(await waiting()).toBe(before + 5);
  });

  it('makes one job of two rows that are the same, and says so', async () => {
    const row = ['Tore Tvilling', '', '', '', 'Ola', 'Tvilling', '', ''];
    const result = await run(writeCsv([[...bulkHeadings], row, row]));
    expect(result.counts).toMatchObject({ made: 1, faulty: 1 });
    expect(result.rows[0]).toMatchObject({
      row: 3,
      issues: [{ code: 'same-row', detail: { row: 2 } }],
    });
  });

  it('remembers what the clerk said a column was', async () => {
    const text = 'Hvem;Eier;Tittel\nLise Leier;Ola;Husk\n';
    const check = await clerk.call('bulk.check', { job: template, upload: await up(text) });
    expect(check.rolesWithoutName).toHaveLength(2);
    const { signers } = (await clerk.call('job.get', { job: template })).job;
    const columns = [...signers.map(({ id }) => `person:${id}:name`), 'title'];
    const input = { job: template, upload: await up(text), columns };
    expect((await clerk.call('bulk.run', input)).counts.made).toBe(1);
    const again = await clerk.call('bulk.check', { job: template, upload: await up(text) });
    expect(again.columns.map(({ target }) => target)).toEqual(columns);
    expect(again.counts.known).toBe(1);
  });

  it('takes a number that lost its zero, and shows it masked', async () => {
    const head = ['Leietaker', 'Fødselsnummer', 'Utleier'];
    const text = writeCsv([head, ['Null Først', '1818000010', 'Ola']]);
    const upload = await up(text);
    const check = await clerk.call('bulk.check', { job: template, upload });
    expect(JSON.stringify(check)).not.toMatch(/01818000010/);
    const result = await clerk.call('bulk.run', { job: template, upload });
    const { job } = await clerk.call('job.get', { job: result.rows[0]?.job ?? '' });
    expect(job.signers[0]?.nationalId).toBe('018180*****');
  });

  it.each([
    ['bulk.no-rows', 'Leietaker;Utleier\n'],
    ['table.empty', '\n\n'],
    ['table.quotes', 'Leietaker;Utleier\nKari;"Ola\n'],
    ['bulk.too-many-rows', `Navn\n${'Kari\n'.repeat(10_001)}`],
  ])('is refused whole with %s, and nothing is made', async (code, text) => {
    const before = await waiting();
    const input = { job: template, upload: await up(text) };
    expect((await clerk.refusal('bulk.check', input)).code).toBe(code);
    expect((await clerk.refusal('bulk.run', input)).code).toBe(code);
    expect(await waiting()).toBe(before);
  });

  it('stopped in the middle, says what is left and goes on the next time', async () => {
    const before = await waiting();
    const { csv } = bulkRows(200, 0);
    const text = csv.replaceAll('Leieavtale', 'Stoppes');
    const upload = await up(text);
    const task = 'a-task-of-its-own';
    const running = clerk.call('bulk.run', { job: template, upload, task });
    const stop = desk.app.events.listen(clerk.id, (event) => {
      if (event.type === 'task.progress' && event.step === 'bulk' && event.done > 0)
        void clerk.call('task.cancel', { task });
    });
    const stopped = await running;
    stop();
    expect(stopped.stopped).toBe('task.cancelled');
    expect(stopped.counts.left).toBeGreaterThan(0);
    expect(stopped.counts.made + stopped.counts.left).toBe(200);
    expect(await waiting()).toBe(before + stopped.counts.made);
    const rest = await clerk.call('bulk.run', { job: template, upload });
    expect(rest.counts).toMatchObject({ made: stopped.counts.left, known: stopped.counts.made });
    expect(await waiting()).toBe(before + 200);
  });

  it('leaves an archive that verifies, and jobs that are found by their documents’ words', async () => {
    expect((await clerk.call('archive.verify', {})).problems).toEqual([]);
    const page = await clerk.call('job.list', { limit: 200, search: 'forskuddsvis stoppes' });
    expect(page.rows).toHaveLength(200);
  });
});
