/** Whose signature stands under a clerk's statement, and that it is there and holds. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { JobEvent } from '../../shared/job/event.ts';
import type { Json } from '../../shared/result.ts';
import { toPkcs12 } from '../../electron/eid/key-file-writing.ts';
import type { TrialKeyType } from '../../electron/adapters/trial-pki.ts';
import { openssl } from '../support/openssl.ts';
import {
  aSigner,
  makeDraft,
  setUp,
  signAtKiosk,
  startAuthority,
  startDesk,
  type Client,
  type TestAuthority,
  type TestDesk,
} from '../support/desk.ts';

let desk: TestDesk;
let authority: TestAuthority;
let clerk: Client;

beforeAll(async () => {
  authority = await startAuthority();
  desk = startDesk();
  clerk = desk.visit();
  await setUp(clerk, 'Marit Skrankevakt Aas');
});
afterAll(async () => {
  await desk.close();
  await authority.timestamps.close();
});

async function signedJob() {
  const made = await makeDraft(clerk, [aSigner('Kari Nordmann')]);
  await clerk.call('job.open', { job: made.job });
  const signer = made.signers[0]?.id ?? '';
  await signAtKiosk(clerk, made.job, signer);
  return { job: made.job, signer };
}

function keyFile(name: string, type?: TrialKeyType) {
  const own = authority.authority.issue(name, type);
  const chain = [own.certificate, ...own.chain];
  const bytes = new Uint8Array(toPkcs12({ key: own.key.privateKey, chain, passphrase: 'egen' }));
  return { type: 'key-file', bytes, passphrase: 'egen' } as const;
}

type Attested = Extract<JobEvent, { type: 'attested' }>;

async function statementOf(job: string) {
  const { events } = await clerk.call('job.get', { job });
  const signed = events.find(({ event }) => event.type === 'signed');
  const attested = events.map(({ event }) => event).find((one) => one.type === 'attested');
  const signature = (attested as Attested | undefined)?.signature;
  if (signature === undefined || signed?.event.type !== 'signed') throw new Error('not attested');
  return { signature, signed: signed.event, record: JSON.parse(signature.record) as Json };
}

/** As somebody without our program would. */
function opensslSays(signature: NonNullable<Attested['signature']>, record = signature.record) {
  const files = { 'a.cms': Buffer.from(signature.cms, 'base64'), record };
  const args = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', 'a.cms'];
  const more = ['-content', 'record', '-noverify', '-out', 'out'];
  return openssl([...args, ...more], files, ({ accepted }) => accepted);
}

describe('a clerk’s statement', () => {
  it('is signed with the seal, says so, and binds the signing it speaks of', async () => {
    const { job, signer } = await signedJob();
    await clerk.call('job.attest', { job, signer });
    const { signature, signed, record } = await statementOf(job);
    expect(signature).toMatchObject({ by: 'seal', trial: true });
    expect(signature.record).toBe(canonicalJson(record));
    expect(record).toMatchObject({
      ...{ format: 'skranke-attestation-1', job, evidenceHash: signed.evidenceHash },
      clerk: { name: 'Marit Skrankevakt Aas' },
      signer: { id: signer, name: 'Kari Nordmann' },
    });
    expect(JSON.stringify(record)).toMatch(/"identityCheckHash":"[0-9a-f]{64}"/);
    expect(opensslSays(signature)).toBe(true);
    expect(opensslSays(signature, signature.record.replace('Kari', 'Kåre'))).toBe(false);
  });

  it.each<TrialKeyType>(['p-256', 'rsa-2048'])(
    'is signed with the clerk’s own key (%s) where one is given, which the program does not keep',
    async (type) => {
      const { job, signer } = await signedJob();
      await clerk.call('job.attest', { job, signer, key: keyFile('Marit Aas', type) });
      const { signature } = await statementOf(job);
      expect(signature).toMatchObject({ by: 'clerk', subject: 'Marit Aas', trial: false });
      expect(opensslSays(signature)).toBe(true);
    },
  );

  it('is not signed with somebody else’s key, nor with one that does not open', async () => {
    const { job, signer } = await signedJob();
    const theirs = { job, signer, key: keyFile('Ola Aas') };
    expect(await clerk.refusal('job.attest', theirs)).toMatchObject({
      ...{ code: 'attest.other-name', detail: { subject: 'Ola Aas' } },
    });
    const wrong = { ...keyFile('Marit Aas'), passphrase: 'feil' };
    const refused = await clerk.refusal('job.attest', { job, signer, key: wrong });
    expect(refused.code).toBe('key.wrong-passphrase');
    const { events } = await clerk.call('job.get', { job });
    expect(events.some(({ event }) => event.type === 'attested')).toBe(false);
  });

  it('carries a timestamp where an authority answers', async () => {
    const { url } = authority.timestamps;
    await clerk.call('settings.timestamps', { authorities: [{ url }] });
    const { job, signer } = await signedJob();
    await clerk.call('job.attest', { job, signer });
    const { signature } = await statementOf(job);
    // id-aa-timeStampToken, 1.2.840.113549.1.9.16.2.14 (RFC 3161, appendix A).
    const oid = Buffer.from('060b2a864886f70d010910020e', 'hex');
    expect(Buffer.from(signature.cms, 'base64').includes(oid)).toBe(true);
    expect(opensslSays(signature)).toBe(true);
  });

  it('is about a signing: without one there is nothing to state', async () => {
    const made = await makeDraft(clerk, [aSigner('Ola Nordmann')]);
    await clerk.call('job.open', { job: made.job });
    const signer = made.signers[0]?.id ?? '';
    const refused = await clerk.refusal('job.attest', { job: made.job, signer });
    expect(refused.code).toBe('job.not-signed');
  });
});
