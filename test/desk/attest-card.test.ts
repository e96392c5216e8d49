/** A clerk's statement signed with the clerk's own card: whose it must be, and how often it is asked. */
import { X509Certificate } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { JobEvent } from '../../shared/job/event.ts';
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
import {
  contentsOf,
  makeSoftTokens,
  personCertificate,
  type Shim,
  type SoftTokens,
} from '../support/soft-tokens.ts';

const pin = '2580';
const people = {
  marit: personCertificate({ name: 'AAS MARIT SKRANKEVAKT', key: 'p-521' }),
  each: personCertificate({ name: 'Marit Skrankevakt Aas' }),
  ola: personCertificate({ name: 'OLA HANSEN' }),
};
const idOf = (who: keyof typeof people) =>
  new X509Certificate(people[who].certificate).fingerprint256.replaceAll(':', '').toLowerCase();

let tokens: SoftTokens;
let shim: Shim;
let desk: TestDesk;
let clerk: Client;
let authority: TestAuthority;

beforeAll(async () => {
  tokens = makeSoftTokens([
    { label: 'Marits kort', pin, contents: [contentsOf(people.marit)] },
    { label: 'Hver gang', pin, contents: [contentsOf(people.each, { alwaysAuthenticate: true })] },
    { label: 'Olas kort', pin, contents: [contentsOf(people.ola)] },
  ]);
  shim = tokens.shim();
  authority = await startAuthority();
  desk = startDesk({ cards: { limits: { read: 4000, sign: 4000, rest: 0, watch: 100 } } });
  clerk = desk.visit();
  await setUp(clerk, 'Marit Skrankevakt Aas');
  await clerk.call('settings.cards', {
    ...{ use: true, known: false, modules: [shim.path], keyFiles: true },
  });
});
afterEach(() => shim.forget());
afterAll(async () => {
  await desk.close();
  await authority.timestamps.close();
  tokens.close();
});

async function signedJob() {
  const made = await makeDraft(clerk, [aSigner('Kari Nordmann')]);
  await clerk.call('job.open', { job: made.job });
  const signer = made.signers[0]?.id ?? '';
  await signAtKiosk(clerk, made.job, signer);
  return { job: made.job, signer };
}

const card = (who: keyof typeof people, more: { pin?: string; lastTry?: boolean } = { pin }) =>
  ({ type: 'card', certificate: idOf(who), ...more }) as const;

async function signatureOf(job: string) {
  const { events } = await clerk.call('job.get', { job });
  const attested = events
    .map(({ event }) => event)
    .find((event): event is Extract<JobEvent, { type: 'attested' }> => event.type === 'attested');
  return attested?.signature;
}

describe('the clerk’s own card under a statement', () => {
  it('signs once with one PIN (P-521), and history and log say whose card it was', async () => {
    const at = await signedJob();
    await clerk.call('job.attest', { ...at, key: card('marit') });
    expect(await signatureOf(at.job)).toMatchObject({
      ...{ by: 'clerk', means: 'card', subject: 'AAS MARIT SKRANKEVAKT', trial: false },
    });
    expect(shim.log()).toEqual(['login', 'sign']);
  });

  it('is asked once where the authority does not answer: the statement stands without a token', async () => {
    const at = await signedJob();
    await clerk.call('settings.timestamps', { authorities: [{ url: 'http://127.0.0.1:9/' }] });
    await clerk.call('job.attest', { ...at, key: card('marit') });
    await clerk.call('settings.timestamps', { authorities: [] });
    expect(shim.log()).toEqual(['login', 'sign']);
    const cms = Buffer.from((await signatureOf(at.job))?.cms ?? '', 'base64');
    // id-aa-timeStampToken, 1.2.840.113549.1.9.16.2.14 (RFC 3161, appendix A).
    expect(cms.includes(Buffer.from('060b2a864886f70d010910020e', 'hex'))).toBe(false);
  });

  it('that asks every time gets its PIN for the one signature there is', async () => {
    const at = await signedJob();
    await clerk.call('job.attest', { ...at, key: card('each') });
    expect(shim.log()).toEqual(['login', 'login each', 'sign']);
  });

  it('in a reader with keys of its own gets no PIN from the screen', async () => {
    const at = await signedJob();
    shim.control({ pinpad: '1', padpin: pin });
    await clerk.call('job.attest', { ...at, key: card('marit', {}) });
    expect(await signatureOf(at.job)).toMatchObject({ means: 'card' });
  });

  it('of somebody else is refused before it sees a PIN, and so is one for a signing that is not', async () => {
    const at = await signedJob();
    expect(await clerk.refusal('job.attest', { ...at, key: card('ola') })).toMatchObject({
      ...{ code: 'attest.other-name', detail: { subject: 'OLA HANSEN' } },
    });
    const made = await makeDraft(clerk, [aSigner('Kari Nordmann')]);
    await clerk.call('job.open', { job: made.job });
    const unsigned = { job: made.job, signer: made.signers[0]?.id ?? '' };
    expect((await clerk.refusal('job.attest', { ...unsigned, key: card('marit') })).code).toBe(
      'job.not-signed',
    );
    expect(shim.log()).toEqual([]);
  });

  it('counts each wrong PIN once, asks before the last try, and nothing is stated meanwhile', async () => {
    const at = await signedJob();
    shim.control({ counter: '1' });
    const attest = (more: { pin: string; lastTry?: boolean }) =>
      clerk.try('job.attest', { ...at, key: card('marit', more) });
    expect(await attest({ pin: '0000' })).toMatchObject({
      error: { code: 'card.wrong-pin', detail: { tries: 'low' } },
    });
    expect(await attest({ pin: '1111' })).toMatchObject({ error: { detail: { tries: 'last' } } });
    expect(await attest({ pin })).toMatchObject({ error: { code: 'card.last-try' } });
    expect(shim.log()).toEqual(['login', 'login']);
    expect(await signatureOf(at.job)).toBeUndefined();
    expect(await attest({ pin, lastTry: true })).toMatchObject({ ok: true });
  });
});
