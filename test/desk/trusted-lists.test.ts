/** The office's trusted lists: added from file, checked, replaced by newer ones, and used. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pemOf } from '../../electron/adapters/anchors.ts';
import { makeTrialAuthority } from '../../electron/adapters/trial-pki.ts';
import { setUp, startDesk, type Client, type TestDesk } from '../support/desk.ts';
import { authority, signedWith } from '../support/signing.ts';
import { plainPdf } from '../support/plain-pdf.ts';
import { makeTrustedList } from '../support/trusted-lists.ts';
import type { ListRequest } from '../support/trusted-lists.ts';

const operator = makeTrialAuthority({ name: 'Operator', now: new Date() }).issue('Op', 'rsa-2048');
const services = [
  {
    certificate: authority.intermediate.certificate,
    states: [{ type: 'CA/QC', status: 'granted', from: '2020-01-01T00:00:00Z' }],
  },
];
let desk: TestDesk;
let admin: Client;
let signed: Uint8Array;

beforeAll(async () => {
  desk = startDesk();
  admin = desk.visit();
  await setUp(admin);
  signed = await signedWith(plainPdf());
});
afterAll(() => desk.close());

const list = (more: Partial<ListRequest> = {}): Uint8Array =>
  makeTrustedList({ services, ...more }, operator);
const add = async (bytes: Uint8Array) =>
  admin.try('settings.addTrustedList', { upload: await admin.upload(bytes) });
const verdict = async () =>
  admin.call('verify.document', { upload: await admin.upload(signed), name: 'a.pdf' });
const lists = async () => (await admin.call('settings.get', {})).trustedLists;

it('is trusted from the moment it is added, and tells what is qualified', async () => {
  expect((await verdict()).indication).toBe('INDETERMINATE');
  expect(await add(list())).toMatchObject({ ok: true, value: { territory: 'NO', services: 1 } });
  const report = await verdict();
  expect(report.indication).toBe('TOTAL-PASSED');
  expect(report.signatures[0]?.qualification).toMatchObject({ level: 'not-qualified' });
  expect(await admin.call('settings.checkTrustedLists', {})).toEqual([
    { sha256: (await lists())[0]?.sha256, code: null },
  ]);
});

it('is refused where it was changed, and where a list of lists names others', async () => {
  const text = Buffer.from(list()).toString('utf8').replace('granted', 'withdrawn');
  expect(await add(Buffer.from(text))).toMatchObject({
    error: { code: 'trusted-list.signature' },
  });
  const other = makeTrialAuthority({ name: 'Other', now: new Date() }).issue('O', 'rsa-2048');
  const pointers = [{ territory: 'NO', signers: [other.certificate] }];
  expect(await add(list({ territory: 'EU', services: [], pointers }))).toMatchObject({
    error: { code: 'trusted-list.other-signer' },
  });
  expect(await lists()).toHaveLength(1);
});

it('says when it is out of date, and when its file is gone', async () => {
  await add(list({ nextUpdate: '2021-01-01T00:00:00Z' }));
  const [stored] = await lists();
  expect(await admin.call('settings.checkTrustedLists', {})).toEqual([
    { sha256: stored?.sha256, code: 'trusted-list.outdated' },
  ]);
  const path = join(desk.home, 'trusted-lists', `${stored?.sha256 ?? ''}.xml`);
  expect(readFileSync(path).length).toBeGreaterThan(100);
  rmSync(path);
  expect(await admin.call('settings.checkTrustedLists', {})).toEqual([
    { sha256: stored?.sha256, code: 'trusted-list.missing' },
  ]);
  await admin.call('settings.removeTrustedList', { sha256: stored?.sha256 ?? '' });
  expect((await verdict()).indication).toBe('INDETERMINATE');
});

it('knows the Norwegian issuers by name, and trusts them only when they are turned on', async () => {
  const before = await admin.call('settings.get', {});
  expect(before.norwegianIssuers.on).toBe(false);
  expect(before.norwegianIssuers.issuers.map(({ name }) => name)).toContain(
    'Buypass Class 3 Root CA G2 ST',
  );
  await admin.call('settings.norwegianIssuers', { on: true });
  expect((await admin.call('settings.get', {})).norwegianIssuers.on).toBe(true);
  // The office's own anchors stay what they were.
  await admin.call('settings.trust', { anchors: [pemOf(authority.root.certificate)] });
  expect((await verdict()).indication).toBe('TOTAL-PASSED');
});
