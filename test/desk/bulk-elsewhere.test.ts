/** Lists whose jobs are signed at the service, and lists that write into fields. */
import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import type { FieldSpec, Job } from '../../shared/job/job.ts';
import { writeCsv } from '../../shared/table/csv.ts';
import { aSigner, makeDraft, setUp, startDesk, type Client } from '../support/desk.ts';
import { postenDraft, postenSigner, usePosten } from '../support/posten/desk.ts';
import { startStandIn } from '../support/posten/stand-in.ts';
import { numbers } from '../support/posten/sync-scene.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function start(): Promise<Client> {
  const desk = startDesk();
  closing.push(() => desk.close());
  const clerk = desk.visit();
  await setUp(clerk);
  return clerk;
}

const upload = (clerk: Client, rows: readonly (readonly string[])[]) =>
  clerk.upload(Buffer.from(writeCsv(rows.map((row) => [...row]))));

async function until(clerk: Client, job: string, is: (job: Job) => boolean): Promise<Job> {
  for (let tries = 0; tries < 120; tries++) {
    const { job: now } = await clerk.call('job.get', { job });
    if (is(now)) return now;
    await clerk.call('posten.listen', {});
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('it did not happen');
}

it('goes to the service row by row, each job once, and what the service would refuse stays here', async () => {
  const service = await startStandIn({ pollWait: 0, publicSenders: ['123456785'] });
  closing.push(() => service.close());
  const clerk = await start();
  await usePosten(clerk, service);
  const draft = await postenDraft(clerk, 'portal', [
    postenSigner('Kari', 0, { title: 'Leietaker' }),
  ]);
  const { job: template } = await clerk.call('template.save', { job: draft });
  const head = ['Leietaker', 'Fødselsnummer', 'E-post', 'Tittel'];
  const rows = [
    head,
    ['Kari Nordmann', numbers[0] ?? '', 'kari@example.org', 'Leieavtale 1'],
    ['Ola Nordmann', '', 'ola@example.org', 'Leieavtale 2'],
    ['Per Nordmann', numbers[1] ?? '', 'per@example.org', 'Leieavtale 3'],
  ];
  const check = await clerk.call('bulk.check', {
    job: template,
    upload: await upload(clerk, rows),
  });
  expect(check).toMatchObject({ trouble: null, counts: { good: 2, faulty: 1 } });
  expect(check.rows.find(({ row }) => row === 3)?.issues).toMatchObject([{ code: 'lacks' }]);

  const first = await clerk.call('bulk.run', { job: template, upload: await upload(clerk, rows) });
  expect(first).toMatchObject({ counts: { made: 2, faulty: 1 }, stopped: null });
  const made = first.rows.flatMap(({ job, state }) =>
    state === 'made' && job !== null ? [job] : [],
  );
  for (const job of made) {
    const away = await until(clerk, job, ({ remote }) => remote?.phase === 'made');
    expect(away).toMatchObject({ state: 'at-service', spec: { place: 'portal' } });
  }
  expect(service.jobs).toHaveLength(2);

  const second = await clerk.call('bulk.run', { job: template, upload: await upload(clerk, rows) });
  expect(second.counts).toMatchObject({ made: 0, known: 2, faulty: 1 });
  await clerk.call('posten.listen', {});
  expect(service.jobs).toHaveLength(2);
}, 120_000);

it('writes what the list says into text fields and boxes, and says where it does not fit', async () => {
  const clerk = await start();
  const made = await makeDraft(clerk, [aSigner('Kari Nordmann', 1, { title: 'Leietaker' })]);
  const { job } = await clerk.call('job.get', { job: made.job });
  const [place] = job.spec.fields;
  const field = (more: Partial<FieldSpec>, y: number): FieldSpec => ({
    ...{ id: randomUUID(), document: made.documents[0]?.id ?? '' },
    ...{ signer: place?.signer ?? '' },
    placement: { page: 1, x: 60, y, width: 200, height: 24 },
    ...more,
  });
  const account = field({ kind: 'text', label: 'Kontonummer', maxLength: 14 }, 100);
  const rules = field({ kind: 'check', label: 'Husordensregler' }, 140);
  await clerk.call('job.edit', {
    ...{ job: made.job, version: job.version, titles: {} },
    order: made.documents.map(({ id }) => id),
    spec: { ...job.spec, fields: [...job.spec.fields, account, rules] } as never,
  });
  const { job: template } = await clerk.call('template.save', { job: made.job });
  const rows = [
    ['Leietaker', 'Kontonummer', 'Husordensregler'],
    ['Kari Nordmann', '1234 56 78903', 'Ja'],
    ['Ola Nordmann', '', 'nei'],
    ['Per Nordmann', '1234 56 78903 og mer', 'x'],
    ['Pål Nordmann', '1234 56 78903', 'kanskje'],
  ];
  const check = await clerk.call('bulk.check', {
    job: template,
    upload: await upload(clerk, rows),
  });
  expect(check.columns.map(({ target }) => target.split(':')[0])).toEqual([
    ...['person', 'field', 'field'],
  ]);
  const wrong = (row: number) => check.rows.find((one) => one.row === row)?.issues;
  expect(wrong(4)).toEqual([{ code: 'too-long', column: 'Kontonummer', detail: { most: 14 } }]);
  expect(wrong(5)).toEqual([
    { code: 'no-tick', column: 'Husordensregler', detail: { text: 'kanskje' } },
  ]);

  const run = await clerk.call('bulk.run', { job: template, upload: await upload(clerk, rows) });
  expect(run.counts).toMatchObject({ made: 2, faulty: 2 });
  const valuesOf = async (row: number) => {
    const id = run.rows.find((one) => one.row === row)?.job ?? '';
    const { spec } = (await clerk.call('job.get', { job: id })).job;
    const of = (label: string) => spec.fields.find((one) => one.label === label)?.value;
    return [of('Kontonummer') ?? '', of('Husordensregler') ?? ''];
  };
  expect(await valuesOf(2)).toEqual(['1234 56 78903', 'yes']);
  expect(await valuesOf(3)).toEqual(['', '']);
});
