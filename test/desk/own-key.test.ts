/** Advanced signatures through the desk: cards by real drivers, key files, and everything that can go wrong. */
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { toPkcs12, type TrialCertificate } from '../../electron/adapters/trial-pki.ts';
import { pemOf } from '../../electron/adapters/anchors.ts';
import type { InputOf } from '../../shared/rpc/contract.ts';
import {
  aSigner,
  handOver,
  identityCheck,
  makeDraft,
  pin as clerkPin,
  readAndConfirm,
  samplePath,
  setUp,
  startDesk,
  until,
  type Client,
  type TestDesk,
} from '../support/desk.ts';
import { ticksDuring } from '../support/cards.ts';
import { pdfsig } from '../support/other-readers.ts';
import {
  cardAuthority,
  contentsOf,
  makeSoftTokens,
  personCertificate,
  type Shim,
  type SoftTokens,
} from '../support/soft-tokens.ts';

const pin = '2580';
const name = 'Kari Nordmann';
const people = {
  'rsa-2048': personCertificate({ key: 'rsa-2048' }),
  'rsa-3072': personCertificate({ key: 'rsa-3072' }),
  'p-256': personCertificate({ key: 'p-256' }),
  each: personCertificate(),
  ola: personCertificate({ name: 'OLA HANSEN' }),
  expired: personCertificate({ notAfter: new Date(Date.now() - 3600_000) }),
};
const idOf = (der: Uint8Array) =>
  new X509Certificate(der).fingerprint256.replaceAll(':', '').toLowerCase();

let tokens: SoftTokens;
let shim: Shim;
let desk: TestDesk;
let clerk: Client;

beforeAll(async () => {
  tokens = makeSoftTokens([
    {
      label: 'Karis kort',
      pin,
      contents: (['rsa-2048', 'rsa-3072', 'p-256'] as const).map((key) => contentsOf(people[key])),
    },
    { label: 'Hver gang', pin, contents: [contentsOf(people.each, { alwaysAuthenticate: true })] },
    { label: 'Olas kort', pin, contents: [contentsOf(people.ola)] },
    { label: 'Gammelt kort', pin, contents: [contentsOf(people.expired)] },
  ]);
  shim = tokens.shim();
  desk = startDesk({ cards: { limits: { read: 4000, sign: 2000, rest: 0, watch: 100 } } });
  clerk = desk.visit();
  await setUp(clerk);
  await clerk.call('settings.cards', {
    ...{ use: true, known: false, modules: [shim.path], keyFiles: true },
  });
  await clerk.call('settings.trust', {
    anchors: [pemOf(cardAuthority.root.certificate), pemOf(cardAuthority.intermediate.certificate)],
  });
});
afterEach(() => shim.forget());
afterAll(async () => {
  await desk.close();
  tokens.close();
});

interface Opened {
  readonly job: string;
  readonly signer: string;
}

async function openJob(files = 1, who = name): Promise<Opened> {
  const bytes = readFileSync(samplePath);
  const made = await makeDraft(
    clerk,
    [aSigner(who, 0, { kind: 'advanced' })],
    Array.from({ length: files }, () => bytes),
  );
  await clerk.call('job.open', { job: made.job });
  return { job: made.job, signer: made.signers[0]?.id ?? '' };
}

/** Up to the moment before the signature: shown, accepted by the clerk, read and confirmed. */
async function atTheCard(which: keyof typeof people, files = 1) {
  const opened = await openJob(files);
  await handOver(clerk, opened.job, opened.signer);
  const certificate = idOf(people[which].certificate);
  const { proof } = await clerk.call('signing.showCard', { certificate });
  await clerk.call('signing.acceptProof', { proof, pin: clerkPin });
  const shown = await readAndConfirm(clerk);
  return { ...opened, shown, certificate };
}
const plain = { type: 'plain' } as const;

async function backAtTheDesk(): Promise<void> {
  await clerk.call('session.takeBack', { pin: clerkPin });
}

/** Nothing signed, the job as it was. */
async function unharmed({ job }: Opened): Promise<void> {
  const { job: now, events } = await clerk.call('job.get', { job });
  expect(now.state).toBe('open');
  expect(events.filter(({ event }) => event.type === 'signed')).toEqual([]);
  expect(now.signers.map(({ state }) => state)).toEqual(['WAITING']);
  expect(now.revisions.map(({ revision }) => revision)).toEqual(now.revisions.map(() => 1));
}

const types = async (job: string) =>
  (await clerk.call('job.get', { job })).events.map(({ event }) => event.type);

describe('a card', () => {
  it.each(['rsa-2048', 'rsa-3072', 'p-256'] as const)(
    'signs with %s, from the hand-over to an export that others find valid',
    async (which) => {
      const at = await atTheCard(which, 2);
      expect((await clerk.call('signing.view', {})).markLines.at(-1)).toBe(
        'Sertifikat fra Prøvekort Issuing CA',
      );
      await clerk.call('signing.sign', {
        ...{ shown: at.shown, mark: plain },
        with: { type: 'card', certificate: at.certificate, pins: [pin] },
      });
      // One PIN for two documents of a card that asks once.
      expect(shim.log()).toEqual(['login', 'sign', 'sign']);
      await clerk.call('session.leave', { reason: 'done' });
      await clerk.call('session.resume', { pin: clerkPin });
      const { job, events } = await clerk.call('job.get', { job: at.job });
      expect(job.signers[0]?.state).toBe('SIGNED');
      const signed = events.find(({ event }) => event.type === 'signed')?.event;
      expect(signed).toMatchObject({ kind: 'advanced', key: 'card', mark: 'none' });
      expect(signed).toMatchObject({ certificateSubject: 'KARI NORDMANN' });
      const folder = mkdtempSync(join(tmpdir(), 'skranke-card-'));
      await clerk.call('export.save', { jobs: [at.job], folder });
      const pdfs = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
        /document-\d+\.pdf$/.test(file),
      );
      expect(pdfs.length).toBeGreaterThan(1);
      for (const file of pdfs) {
        const bytes = readFileSync(join(folder, file));
        const mine = pdfsig(bytes).filter(({ signer }) => signer.includes('KARI NORDMANN'));
        expect(mine.map(({ valid }) => valid)).toEqual([true]);
        const report = await clerk.call('verify.document', {
          ...{ upload: await clerk.upload(bytes), name: 'x.pdf' },
        });
        expect(report.signatures.find((one) => one.signer.includes('KARI'))).toMatchObject({
          indication: 'TOTAL-PASSED',
        });
      }
    },
  );

  it('writes down what was shown and who accepted it, and the evidence carries both', async () => {
    const at = await atTheCard('p-256');
    await backAtTheDesk();
    const { events } = await clerk.call('job.get', { job: at.job });
    expect(events.map(({ event }) => event.type).slice(-5)).toEqual([
      ...['handed-over', 'proof-given', 'proof-accepted', 'confirmed', 'handed-back'],
    ]);
    const given = events.find(({ event }) => event.type === 'proof-given');
    expect(given?.actor).toBe(`signer:${at.signer}`);
    expect(given?.event).toMatchObject({
      matches: false,
      proof: { means: 'card', name: 'KARI NORDMANN', nameMatch: 'same', revocation: 'no-source' },
    });
    const accepted = events.find(({ event }) => event.type === 'proof-accepted');
    expect(accepted?.actorName).toBe('Kari Skrankevakt');
  });

  it('asks for the PIN at each signature where its key wants it, and says so beforehand', async () => {
    const at = await atTheCard('each', 3);
    expect((await clerk.call('signing.view', {})).signatures).toBe(3);
    const sign = (pins: string[]) =>
      clerk.try('signing.sign', {
        ...{ shown: at.shown, mark: plain },
        with: { type: 'card', certificate: at.certificate, pins },
      });
    expect(await sign([pin])).toMatchObject({
      error: { code: 'card.pin-each-time', detail: { times: 3 } },
    });
    expect(await sign([pin, '0000', pin])).toMatchObject({ error: { code: 'card.wrong-pin' } });
    expect(shim.log().filter((line) => line === 'sign')).toHaveLength(1);
    expect((await sign([pin, pin, pin])).ok).toBe(true);
    await clerk.call('session.leave', { reason: 'done' });
    await clerk.call('session.resume', { pin: clerkPin });
  });

  it('gets no PIN before everything else is settled', async () => {
    const opened = await openJob();
    await handOver(clerk, opened.job, opened.signer);
    const certificate = idOf(people['rsa-2048'].certificate);
    const sign = async (shown: InputOf<'signing.sign'>['shown']) =>
      (
        await clerk.refusal('signing.sign', {
          ...{ shown, mark: plain, with: { type: 'card', certificate, pins: [pin] } },
        })
      ).code;
    const view = await clerk.call('signing.view', {});
    const shown = view.documents.map(({ document, revision, sha256 }) => ({
      ...{ document, revision, sha256 },
    }));
    expect(await sign(shown)).toBe('signing.not-confirmed');
    await readAndConfirm(clerk);
    expect(await sign(shown)).toBe('proof.none');
    const { proof } = await clerk.call('signing.showCard', { certificate });
    expect(await sign(shown)).toBe('proof.undecided');
    expect(await clerk.refusal('signing.acceptProof', { proof, pin: '0000' })).toMatchObject({
      code: 'session.wrong-pin',
    });
    await clerk.call('signing.acceptProof', { proof, pin: clerkPin });
    expect(await sign(shown.map((one) => ({ ...one, revision: 0 })))).toBe('signing.changed');
    // Another certificate than the one that was shown and accepted.
    const other = idOf(people['p-256'].certificate);
    const swapped = await clerk.refusal('signing.sign', {
      ...{ shown, mark: plain, with: { type: 'card', certificate: other, pins: [pin] } },
    });
    expect(swapped.code).toBe('proof.other-certificate');
    // The seal cannot stand in, whatever is asked for.
    expect((await clerk.refusal('signing.sign', { shown, mark: plain })).code).toBe('proof.none');
    expect(shim.log()).toEqual([]);
    await backAtTheDesk();
    await unharmed(opened);
  });

  it('of somebody else is refused and written down', async () => {
    const opened = await openJob();
    await handOver(clerk, opened.job, opened.signer);
    const certificate = idOf(people.ola.certificate);
    expect(await clerk.refusal('signing.showCard', { certificate })).toMatchObject({
      code: 'card.other-person',
    });
    await backAtTheDesk();
    const { events } = await clerk.call('job.get', { job: opened.job });
    expect(events.find(({ event }) => event.type === 'proof-refused')?.event).toMatchObject({
      ...{ means: 'card', code: 'card.other-person', signer: opened.signer },
    });
    await unharmed(opened);
  });

  it('that has expired is refused and written down; one that is not there is not', async () => {
    const opened = await openJob();
    await handOver(clerk, opened.job, opened.signer);
    const certificate = idOf(people.expired.certificate);
    expect(await clerk.refusal('signing.showCard', { certificate })).toMatchObject({
      code: 'card.certificate-expired',
    });
    shim.control({ readers: '0' });
    expect(await clerk.refusal('signing.showCard', { certificate })).toMatchObject({
      code: 'card.no-reader',
    });
    await backAtTheDesk();
    const kinds = await types(opened.job);
    expect(kinds.filter((type) => type === 'proof-refused')).toHaveLength(1);
    await unharmed(opened);
  });

  it('from an issuer that the office does not trust is no proof of anything', async () => {
    const opened = await openJob();
    await clerk.call('settings.trust', { anchors: [] });
    await handOver(clerk, opened.job, opened.signer);
    const certificate = idOf(people['p-256'].certificate);
    expect(await clerk.refusal('signing.showCard', { certificate })).toMatchObject({
      code: 'certificate.untrusted',
    });
    await backAtTheDesk();
    await clerk.call('settings.trust', {
      anchors: [
        pemOf(cardAuthority.root.certificate),
        pemOf(cardAuthority.intermediate.certificate),
      ],
    });
    await unharmed(opened);
  });
});

describe('a card that fails: nothing is signed, the job is unharmed, and it can be done again', () => {
  const cases = [
    ['a wrong PIN', {}, '0000', 'card.wrong-pin'],
    ['taken out in the middle', { remove: 'sign' }, pin, 'card.removed'],
    ['a driver that crashes', { crash: 'sign' }, pin, 'card.module-crashed'],
    ['a driver that fails at the login', { crash: 'login' }, pin, 'card.module-crashed'],
    ['a PIN that is out of date', { pinexpired: '1' }, pin, 'card.pin-expired'],
  ] as const;
  it.each(cases)('%s', async (_, control, typed, code) => {
    const at = await atTheCard('rsa-2048', 2);
    shim.control(control);
    const card = { type: 'card', certificate: at.certificate } as const;
    const sign = (pins: string[]) =>
      clerk.try('signing.sign', { shown: at.shown, mark: plain, with: { ...card, pins } });
    expect(await sign([typed])).toMatchObject({ error: { code } });
    shim.forget();
    expect((await sign([pin])).ok).toBe(true);
    await clerk.call('session.leave', { reason: 'done' });
    await clerk.call('session.resume', { pin: clerkPin });
  });

  it('a wrong PIN twice leaves the third try untouched and says so', async () => {
    const at = await atTheCard('rsa-2048');
    shim.control({ counter: '1' });
    const sign = (pins: string[], lastTry = false) =>
      clerk.try('signing.sign', {
        ...{ shown: at.shown, mark: plain },
        with: { type: 'card', certificate: at.certificate, pins, lastTry },
      });
    expect(await sign(['0000'])).toMatchObject({ error: { detail: { tries: 'low' } } });
    expect(await sign(['1111'])).toMatchObject({ error: { detail: { tries: 'last' } } });
    expect(await sign([pin])).toMatchObject({ error: { code: 'card.last-try' } });
    expect(shim.log()).toEqual(['login', 'login']);
    await backAtTheDesk();
    await unharmed(at);
  });

  it('a driver that hangs for a minute: every other call is answered meanwhile', async () => {
    const at = await atTheCard('rsa-2048');
    shim.control({ hang: 'sign' });
    let over = false;
    const signing = clerk
      .try('signing.sign', {
        ...{ shown: at.shown, mark: plain },
        with: { type: 'card', certificate: at.certificate, pins: [pin] },
      })
      .finally(() => (over = true));
    await until(() => shim.log().includes('sign'));
    const colleague = desk.visit();
    const { ticks } = await ticksDuring(async () => {
      // On the lane of whoever signs by seal, which a card must not hold up.
      await colleague.call('session.signIn', {
        user: 'Kari Skrankevakt',
        passphrase: 'riktig hest batteri',
      });
      await colleague.call('job.list', { limit: 10 });
    });
    expect(over).toBe(false);
    expect(ticks).toBeGreaterThan(0);
    expect(await signing).toMatchObject({ error: { code: 'card.module-hung' } });
    shim.forget();
    await backAtTheDesk();
    await unharmed(at);
  });
});

it('a driver is named by its whole path: card.module-path', async () => {
  const modules = ['driver.so'];
  const asked = { use: true, known: false, modules, keyFiles: true };
  expect((await clerk.refusal('settings.cards', asked)).code).toBe('card.module-path');
});

describe('a card compared before the hand-over', () => {
  const handOverWith = async (opened: Opened, certificate: string) =>
    clerk.call('session.handOver', {
      ...{ job: opened.job, signer: opened.signer, identityCheck, certificate },
    });

  it('needs no PIN of the clerk on the signer’s screen, and the log says whose word it is', async () => {
    const opened = await openJob();
    const certificate = idOf(people['rsa-2048'].certificate);
    await handOverWith(opened, certificate);
    expect(await clerk.call('signing.showCard', { certificate })).toMatchObject({ accepted: true });
    const shown = await readAndConfirm(clerk);
    const card = { type: 'card' as const, certificate, pins: [pin] };
    await clerk.call('signing.sign', { shown, mark: plain, with: card });
    await clerk.call('session.leave', { reason: 'done' });
    await clerk.call('session.resume', { pin: clerkPin });
    const { events } = await clerk.call('job.get', { job: opened.job });
    const of = (type: string) => events.find(({ event }) => event.type === type);
    expect(of('handed-over')?.event).toMatchObject({ certificate });
    expect(of('proof-accepted')?.event).toMatchObject({ proof: certificate, atHandOver: true });
    expect(of('proof-accepted')?.actor).toBe(of('handed-over')?.actor);
  });

  it('says nothing of another card: that one is not accepted before the clerk has seen it', async () => {
    const opened = await openJob();
    await handOverWith(opened, idOf(people['rsa-2048'].certificate));
    const certificate = idOf(people['p-256'].certificate);
    const other = await clerk.call('signing.showCard', { certificate });
    expect(other.accepted).toBe(false);
    const shown = await readAndConfirm(clerk);
    const card = { type: 'card' as const, certificate, pins: [pin] };
    const refused = await clerk.refusal('signing.sign', { shown, mark: plain, with: card });
    expect(refused.code).toBe('proof.undecided');
    expect(shim.log()).toEqual([]);
    await backAtTheDesk();
    await unharmed(opened);
  });
});

/** Over a buffer of its own, as a call carries it. */
function keyFileOf(person: TrialCertificate): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    toPkcs12({
      key: person.key.privateKey,
      chain: [person.certificate, ...person.chain],
      passphrase: 'hemmelig',
    }),
  );
}

describe('a key file', () => {
  it.each(['rsa-2048', 'p-256', 'ed25519'] as const)('signs with %s', async (type) => {
    const person = personCertificate({ key: type });
    const bytes = () => keyFileOf(person);
    const opened = await openJob();
    await handOver(clerk, opened.job, opened.signer);
    const shownFile = await clerk.call('signing.showKeyFile', {
      ...{ bytes: bytes(), passphrase: 'hemmelig' },
    });
    expect(shownFile).toMatchObject({
      nameMatch: 'same',
      certificate: { name: 'KARI NORDMANN', issuer: 'Prøvekort Issuing CA' },
    });
    await clerk.call('signing.acceptProof', { proof: shownFile.proof, pin: clerkPin });
    const shown = await readAndConfirm(clerk);
    const file = bytes();
    await clerk.call('signing.sign', {
      ...{ shown, mark: plain, with: { type: 'key-file', bytes: file, passphrase: 'hemmelig' } },
    });
    // Wiped where it was held.
    expect(file.every((byte) => byte === 0)).toBe(true);
    await clerk.call('session.leave', { reason: 'done' });
    await clerk.call('session.resume', { pin: clerkPin });
    const { events } = await clerk.call('job.get', { job: opened.job });
    expect(events.find(({ event }) => event.type === 'signed')?.event).toMatchObject({
      ...{ key: 'key-file', kind: 'advanced' },
    });
  });

  it('with a wrong passphrase, of somebody else, or where the office allows none', async () => {
    const opened = await openJob();
    await handOver(clerk, opened.job, opened.signer);
    const show = (person: TrialCertificate, passphrase = 'hemmelig') =>
      clerk.refusal('signing.showKeyFile', { bytes: keyFileOf(person), passphrase });
    expect((await show(people['p-256'], 'feil')).code).toBe('key.wrong-passphrase');
    expect((await show(people.ola)).code).toBe('key.other-person');
    expect((await show(people.expired)).code).toBe('key.expired');
    await backAtTheDesk();
    expect((await types(opened.job)).filter((type) => type === 'proof-refused')).toHaveLength(2);
    await clerk.call('settings.cards', { use: false, known: false, modules: [], keyFiles: false });
    expect(
      await clerk.refusal('session.handOver', {
        ...{ job: opened.job, signer: opened.signer, identityCheck },
      }),
    ).toMatchObject({ code: 'card.none' });
    await clerk.call('settings.cards', {
      use: true,
      known: false,
      modules: [shim.path],
      keyFiles: true,
    });
    await unharmed(opened);
  });
});
