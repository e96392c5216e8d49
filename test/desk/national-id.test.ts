import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idnr } from '@navikt/fnrvalidator';
import {
  agreesWithBirthDate,
  judgeNationalId,
  nationalIdsIn,
  withoutNationalIds,
  type CheckDigits,
} from '../../shared/national-id.ts';
import { toPkcs12 } from '../../electron/eid/key-file-writing.ts';
import { authority } from '../support/signing.ts';
import {
  aSigner,
  makeDraft,
  samplePath,
  setUp,
  startDesk,
  type Client,
  type TestDesk,
} from '../support/desk.ts';
import { readFileSync } from 'node:fs';

const check: CheckDigits = (digits) => {
  const said = idnr(digits);
  return said.status === 'valid' ? { reasons: [] } : said;
};

/** Computed for these tests with days of birth that are long past; whoever has one, it is by chance. */
const real = '01018000055';
const tenor = '01818000010';

describe('a national identity number', () => {
  it.each([
    [real, { kind: 'real', dNumber: false }],
    ['41018000049', { kind: 'real', dNumber: true }],
    // From 2032 the first check digit may leave 1, 2 or 3.
    ['01018000063', { kind: 'real', dNumber: false }],
    ['01018000071', { kind: 'real', dNumber: false }],
    ['01018000160', { kind: 'real', dNumber: false }],
    ['29020050088', { kind: 'real', dNumber: false }],
    ['29020450051', { kind: 'real', dNumber: false }],
    [tenor, { kind: 'synthetic', by: 'tenor' }],
    ['01818000029', { kind: 'synthetic', by: 'tenor' }],
    ['41818000004', { kind: 'synthetic', by: 'tenor' }],
    ['01418000038', { kind: 'synthetic', by: 'nav' }],
    ['41418000021', { kind: 'synthetic', by: 'nav' }],
    ['01668000084', { kind: 'synthetic', by: 'dolly' }],
    ['41668000078', { kind: 'synthetic', by: 'dolly' }],
    ['01018000056', { kind: 'wrong' }],
    ['01018000065', { kind: 'wrong' }],
    ['01018012345', { kind: 'wrong' }],
    ['30028000029', { kind: 'wrong' }],
    ['31048000048', { kind: 'wrong' }],
    ['00000000000', { kind: 'wrong' }],
    ['0101800005', { kind: 'wrong' }],
    ['010180000555', { kind: 'wrong' }],
    ['010180 00055', { kind: 'wrong' }],
    ['', { kind: 'wrong' }],
  ])('%s is %o', (digits, judged) => {
    expect(judgeNationalId(digits, check)).toEqual(judged);
  });

  it.each([
    [real, '1980-01-01', true],
    [real, '1880-01-01', false],
    [real, '1980-01-02', false],
    [tenor, '1980-01-01', true],
    ['41018000049', '1980-01-01', true],
    ['01011050081', '2010-01-01', true],
    ['01011050081', '1910-01-01', false],
    ['01016050012', '1860-01-01', true],
    ['01016090073', '1960-01-01', true],
    ['01016090073', '2060-01-01', false],
    // The series from 2032 tells no century.
    ['01018000063', '2080-01-01', true],
    ['01018000063', '1980-02-01', false],
  ])('%s and %s agree: %s', (digits, birthDate, agrees) => {
    expect(agreesWithBirthDate(digits, birthDate)).toBe(agrees);
  });

  it.each([
    ['Sak 010180 00055', 1],
    ['01.01.80-00055', 1],
    ['01 01 80 000 55', 1],
    ['01018000055, 01818000010', 2],
    ['ref:01018000055x', 1],
    ['010180\u00a0\u201100055', 1],
    ['010180\u200b00055', 1],
    ['\uff10\uff11\uff10\uff11\uff18\uff10\uff10\uff10\uff10\uff15\uff15', 1],
    ['2026 01018000055', 1],
    ['2026/1234-5', 0],
    ['01018012345', 0],
    ['12301018000055', 0],
    ['974760673', 0],
  ])('is found in "%s" %i times', (text, times) => {
    expect(nationalIdsIn(text, check)).toHaveLength(times);
  });

  it('leaves six digits in the name of a file', () => {
    expect(withoutNationalIds('Kari 010180 00055 avtale.pdf', check)).toBe(
      'Kari 010180xxxxx avtale.pdf',
    );
  });
});

describe('the desk', () => {
  let desk: TestDesk;
  let clerk: Client;
  beforeAll(async () => {
    desk = startDesk();
    clerk = desk.visit();
    await setUp(clerk);
  });
  afterAll(() => desk.close());

  async function edit(change: { signer?: object; spec?: object; titles?: Record<string, string> }) {
    const { job, signers, documents } = await makeDraft(clerk, [aSigner('Kari')]);
    const { job: view } = await clerk.call('job.get', { job });
    const signer = { ...signers[0], ...change.signer } as (typeof signers)[number];
    const answer = await clerk.try('job.edit', {
      ...{ job, version: view.version, order: documents.map(({ id }) => id) },
      titles: change.titles ?? {},
      spec: { ...view.spec, signers: [signer], ...change.spec } as never,
    });
    const { job: after } = await clerk.call('job.get', { job });
    // What is refused is nowhere.
    if (!answer.ok) expect(after.version).toBe(view.version);
    return { job, document: documents[0]?.id ?? '', code: answer.ok ? 'ok' : answer.error.code };
  }

  it('refuses a wrong number, and a birth date that is not the number’s', async () => {
    expect(await edit({ signer: { nationalId: '01018012345' } })).toMatchObject({
      code: 'signer.national-id-wrong',
    });
    expect(await edit({ signer: { nationalId: real, birthDate: '1981-01-01' } })).toMatchObject({
      code: 'signer.birth-date-differs',
    });
    expect(await edit({ signer: { nationalId: real, birthDate: '1980-01-01' } })).toMatchObject({
      code: 'ok',
    });
    const spec = { title: 'x', signers: [{ ...aSigner('Kari'), nationalId: '01018012345' }] };
    expect(await clerk.refusal('job.create', { spec: spec as never })).toMatchObject({
      code: 'signer.national-id-wrong',
    });
  });

  it.each(['title', 'nonSensitiveTitle', 'reference', 'caseNumber', 'documentType'])(
    'refuses a number in %s before anything is stored, and does not repeat it',
    async (field) => {
      const text = 'Sak 010180-00055';
      expect(await edit({ spec: { [field]: text } })).toMatchObject({
        code: 'job.national-id-in-text',
      });
      const refused = await clerk.refusal('job.create', { spec: { [field]: text } });
      expect(refused).toMatchObject({ code: 'job.national-id-in-text', detail: { field } });
      expect(JSON.stringify(refused)).not.toMatch(/010180|00055/);
    },
  );

  it('refuses one in a signer’s name and in a document’s title, and masks it in a file’s name', async () => {
    expect(await edit({ signer: { name: `Kari ${real}` } })).toMatchObject({
      code: 'job.national-id-in-text',
    });
    const { job, document } = await edit({});
    const { job: view } = await clerk.call('job.get', { job });
    expect(
      await clerk.refusal('job.edit', {
        ...{ job, version: view.version, titles: { [document]: `Avtale ${real}` } },
        ...{ spec: view.spec as never, order: [document] },
      }),
    ).toMatchObject({ code: 'job.national-id-in-text' });
    const upload = await clerk.upload(readFileSync(samplePath));
    const imported = await clerk.call('document.import', {
      job,
      upload,
      name: `${real} avtale.pdf`,
    });
    expect(imported.document).toMatchObject({ fileName: '010180xxxxx avtale.pdf' });
  });

  it('takes numbers made to test with until the office has a real seal, at opening too', async () => {
    const { job, code } = await edit({ signer: { nationalId: tenor } });
    expect(code).toBe('ok');
    const seal = authority.issue('Eksempel kommune');
    const chain = [seal.certificate, ...seal.chain];
    const key = toPkcs12({ key: seal.key.privateKey, chain, passphrase: 'x' });
    await clerk.call('settings.sealFromKeyFile', { bytes: new Uint8Array(key), passphrase: 'x' });
    expect(await clerk.refusal('job.open', { job })).toMatchObject({
      ...{ code: 'signer.national-id-synthetic', detail: { number: 1, by: 'tenor' } },
    });
    for (const nationalId of [tenor, '01418000038', '01668000084'])
      expect(await edit({ signer: { nationalId } })).toMatchObject({
        code: 'signer.national-id-synthetic',
      });
    expect(await edit({ signer: { nationalId: real } })).toMatchObject({ code: 'ok' });
  });
});
