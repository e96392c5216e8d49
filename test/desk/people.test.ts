/** The address book: found as one types, taken into jobs behind the mask, and really gone once removed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeCsv } from '../../shared/table/csv.ts';
import {
  aSigner,
  makeDraft,
  setUp,
  startDesk,
  type Client,
  type TestDesk,
} from '../support/desk.ts';

let desk: TestDesk;
let clerk: Client;

const kari = {
  ...{ name: 'Kari Nordmann', title: 'Styreleder', nationalId: '01818000010', birthDate: null },
  ...{ email: 'kari@example.org', mobile: '90000000' },
  ...{ language: 'nn' as const, kind: 'simple' as const },
};

beforeAll(async () => {
  desk = startDesk();
  clerk = desk.visit();
  await setUp(clerk);
});
afterAll(() => desk.close());

const find = (text: string) => clerk.call('person.find', { text, limit: 20 });

it('finds people by the beginning of any word, with their numbers masked', async () => {
  const { person } = await clerk.call('person.save', kari);
  await clerk.call('person.save', { ...kari, name: 'Ole Ås', nationalId: null, email: '' });
  for (const text of ['kar', 'NORD', 'styre kari', ''])
    expect((await find(text)).people.map(({ name }) => name)).toContain('Kari Nordmann');
  expect((await find('ås')).people.map(({ name }) => name)).toEqual(['Ole Ås']);
  expect((await find('mann')).people).toEqual([]);
  expect((await find('kari')).people[0]).toMatchObject({ id: person, nationalId: '018180*****' });
  // The mask that was shown comes back with an edit: what stands behind it is kept.
  await clerk.call('person.save', {
    ...kari,
    id: person,
    nationalId: '018180*****',
    title: 'Leder',
  });
  expect((await find('kari')).people[0]).toMatchObject({
    title: 'Leder',
    nationalId: '018180*****',
  });
  const wrong = { ...kari, nationalId: '12345678901' };
  expect((await clerk.refusal('person.save', wrong)).code).toBe('signer.national-id-wrong');
});

it('gives a job the number behind the mask', async () => {
  const [found] = (await find('kari')).people;
  const made = await makeDraft(clerk, [
    aSigner('Kari Nordmann', 1, { person: found?.id ?? '', nationalId: '018180*****' }),
  ]);
  const { job } = await clerk.call('job.get', { job: made.job });
  expect(job.signers[0]?.nationalId).toBe('018180*****');
  await clerk.call('job.edit', {
    ...{
      job: made.job,
      version: job.version,
      titles: {},
      order: made.documents.map(({ id }) => id),
    },
    spec: {
      ...{ ...job.spec, signers: [...job.spec.signers], fields: [...job.spec.fields] },
      identifierInDocument: 'NATIONAL_ID_AND_NAME',
    },
  });
  // With the number in the document: it would be refused as missing if the mask were all there is.
  await clerk.call('job.open', { job: made.job });
});

it('keeps a signer of a job when a clerk asks for it, and a group in its order', async () => {
  const made = await makeDraft(clerk, [aSigner('Nils Ny', 1, { title: 'Nestleder' })]);
  expect((await find('nils')).people).toEqual([]);
  const signer = made.signers[0]?.id ?? '';
  const { person } = await clerk.call('person.keep', { job: made.job, signer });
  const [kariNow] = (await find('kari')).people;
  const members = [
    { person: kariNow?.id ?? '', title: 'Leder', role: 'signer' as const, order: 1 },
    { person, title: 'Nestleder', role: 'approver' as const, order: 2 },
  ];
  await clerk.call('group.save', { name: 'Styret', members });
  expect((await find('styr')).groups).toMatchObject([{ name: 'Styret', members }]);
});

it('really removes somebody: from groups, from the log and from every copy of today', async () => {
  const [found] = (await find('kari')).people;
  const before = readFileSync(join(desk.home, 'archive.db'));
  await clerk.call('person.remove', { person: found?.id ?? '' });
  expect((await find('kari')).people).toEqual([]);
  expect((await find('styr')).groups[0]?.members).toHaveLength(1);
  // The archive is encrypted as a whole; inside of that the entry was under a key that is gone.
  expect(before.length).toBeGreaterThan(0);
  for (const name of readdirSync(desk.home, { recursive: true, encoding: 'utf8' }))
    expect(name).not.toContain('Kari');
  expect((await clerk.call('archive.verify', {})).problems).toEqual([]);
});

it('takes the good rows of a list once, and writes itself out without formulas', async () => {
  const list = writeCsv([
    ['Navn', 'Tittel', 'Fødselsnummer', 'E-post', 'Mobil', 'Språk'],
    ['Anne Liste', '=cmd', '12857910093', 'anne@example.org', '91000000', 'Nynorsk'],
    ['Feil Liste', '', '123', '', '', ''],
    ['', '', '', '', '', ''],
  ]);
  const upload = () => clerk.upload(Buffer.from(list));
  const first = await clerk.call('person.import', { upload: await upload() });
  expect(first).toMatchObject({ added: 1, known: 0, faulty: [{ row: 3 }] });
  expect(await clerk.call('person.import', { upload: await upload() })).toMatchObject({
    ...{ added: 0, known: 1 },
  });
  expect((await find('anne')).people[0]).toMatchObject({ title: '=cmd', language: 'nn' });
  const bare = (await clerk.call('person.export', { numbers: false })).text;
  expect(bare).toContain("'=cmd");
  expect(bare).not.toContain('12857910093');
  expect((await clerk.call('person.export', { numbers: true })).text).toContain('12857910093');
});
