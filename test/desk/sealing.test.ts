import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import { makeTrialAuthority } from '../../electron/adapters/trial-pki.ts';
import { startTrialRevocation } from '../../electron/adapters/trial-revocation-server.ts';
import type { RunningRevocation } from '../../electron/adapters/trial-revocation-server.ts';
import { toPkcs12 } from '../../electron/eid/key-file-writing.ts';
import {
  aSigner,
  makeDraft,
  samplePath,
  setUp,
  signAtKiosk,
  startAuthority,
  startDesk,
  until,
  type Client,
  type TestAuthority,
  type TestDesk,
} from '../support/desk.ts';
import { exportJob, kontroller } from '../support/exported-job.ts';

const authority = makeTrialAuthority({ name: 'Segl', now: systemClock.now() });
let desk: TestDesk;
let clerk: Client;
let tsa: TestAuthority;
let issuer: RunningRevocation;

beforeAll(async () => {
  tsa = await startAuthority();
  issuer = await startTrialRevocation({ issuer: authority.intermediate, clock: systemClock });
  desk = startDesk();
  clerk = desk.visit();
  await setUp(clerk);
  const seal = authority.issue('Eksempel kommune', 'p-256', { ocspUrls: [issuer.ocspUrl] });
  const bytes = toPkcs12({
    key: seal.key.privateKey,
    chain: [seal.certificate, ...seal.chain],
    passphrase: 'nøkkelfil',
  });
  await clerk.call('settings.sealFromKeyFile', {
    ...{ bytes: new Uint8Array(bytes), passphrase: 'nøkkelfil' },
  });
  const root = Buffer.from(authority.root.certificate).toString('base64');
  const pem = `-----BEGIN CERTIFICATE-----\n${root}\n-----END CERTIFICATE-----`;
  await clerk.call('settings.trust', { anchors: [tsa.root, pem] });
  await clerk.call('settings.timestamps', { authorities: [{ url: tsa.timestamps.url }] });
});
afterAll(async () => {
  await desk.close();
  await tsa.timestamps.close();
  await issuer.close();
});

async function sealed(): Promise<string> {
  const made = await makeDraft(clerk, [aSigner('Kari')], [readFileSync(samplePath)]);
  await clerk.call('job.open', { job: made.job });
  await signAtKiosk(clerk, made.job, made.signers[0]?.id ?? '');
  await until(async () => (await clerk.call('job.get', { job: made.job })).job.state === 'sealed');
  return made.documents[0]?.id ?? '';
}

it('keeps what the issuer says of the seal, between two timestamps', async () => {
  const document = await sealed();
  const report = await clerk.call('verify.document', { document });
  expect(report.indication).toBe('TOTAL-PASSED');
  expect(report.signatures.map(({ kind }) => kind)).toEqual([
    'certification',
    'signature',
    'timestamp',
    'timestamp',
  ]);
  for (const one of report.signatures.slice(0, 2))
    expect(one).toMatchObject({ level: 'B-LTA', revocation: 'good' });
});

it('is accepted by the verifier that travels with an export', async () => {
  const { rows } = await clerk.call('job.list', { tab: 'signed', limit: 1 });
  const target = mkdtempSync(join(tmpdir(), 'skranke-sealing-'));
  const { wrong, good } = kontroller(await exportJob(clerk, rows[0]?.id ?? '', target));
  expect(wrong).toEqual([]);
  const times = good.filter(({ code }) => code === 'timestamp.good');
  expect(times).toHaveLength(4);
  rmSync(target, { recursive: true, force: true });
});

it('is content with the timestamp where the issuer cannot be reached', async () => {
  await issuer.close();
  const other = authority.issue('Eksempel kommune', 'p-256', { ocspUrls: ['http://127.0.0.1:9/'] });
  const bytes = toPkcs12({
    key: other.key.privateKey,
    chain: [other.certificate, ...other.chain],
    passphrase: 'nøkkelfil',
  });
  await clerk.call('settings.sealFromKeyFile', {
    ...{ bytes: new Uint8Array(bytes), passphrase: 'nøkkelfil' },
  });
  const report = await clerk.call('verify.document', { document: await sealed() });
  expect(report.signatures).toHaveLength(3);
  expect(report.signatures[0]).toMatchObject({
    level: 'B-T',
    indication: 'INDETERMINATE',
    subIndication: 'TRY_LATER',
  });
});
