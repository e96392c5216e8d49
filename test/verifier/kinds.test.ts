/** Signatures with proofs of the signer's own: what the evidence carries of them, and what is found. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pemOf } from '../../electron/adapters/anchors.ts';
import {
  makeTrialAuthority,
  toPkcs12,
  type TrialCertificate,
} from '../../electron/adapters/trial-pki.ts';
import {
  aSigner,
  drawnMark,
  handOver,
  makeDraft,
  pin,
  readAndConfirm,
  type Client,
  type TestDesk,
} from '../support/desk.ts';
import { aProvider, sitAtKiosk, startEidDesk } from '../support/eid-desk.ts';
import { copyOf, exportJob, kontroller, sumAgain } from '../support/exported-job.ts';
import {
  changeEvidence,
  eventOf,
  forgeEvidence,
  readEvidence,
  sha256Hex,
} from '../support/forged-evidence.ts';
import {
  clientId,
  jws,
  rsa,
  secret,
  startHostileProvider,
  type HostileProvider,
} from '../support/hostile-provider.ts';

const number = '12857910093';
const issuer = makeTrialAuthority({ name: 'Prøvekort', now: new Date() });
const kari = issuer.issue('Kari Nordmann');
const ola = issuer.issue('Kari Nordmann', 'rsa-2048');
const target = mkdtempSync(join(tmpdir(), 'skranke-kinds-'));

let provider: HostileProvider;
let desk: TestDesk;
let clerk: Client;
/** Exports: by login masked and complete, by key file. */
let masked = '';
let complete = '';
let own = '';

beforeAll(async () => {
  provider = await startHostileProvider();
  desk = startEidDesk();
  clerk = desk.visit();
  const settings = aProvider({ issuer: provider.issuer, clientId, secret });
  const sitting = await sitAtKiosk(clerk, settings, { level: 4 });
  await logIn();
  await clerk.call('signing.sign', { shown: sitting.shown, mark: drawnMark });
  await back();
  masked = await exportJob(clerk, sitting.job, target);
  complete = await exportJob(clerk, sitting.job, target, { complete: true });
  own = await exportJob(clerk, await signedWithKeyFile(), target);
});
afterAll(async () => {
  await desk.close();
  await provider.close();
  rmSync(target, { recursive: true, force: true });
});

async function logIn(): Promise<void> {
  provider.is({});
  const begun = await clerk.call('signing.beginLogin', {});
  const answer = provider.logIn(begun.go ?? '');
  await desk.app.logins.answer(answer);
  desk.app.logins.returned(answer.searchParams.get('state') ?? '');
  expect((await clerk.call('signing.login', {})).state).toBe('given');
}

async function back(): Promise<void> {
  await clerk.call('session.leave', { reason: 'done' });
  await clerk.call('session.resume', { pin });
}

function keyFileOf(person: TrialCertificate) {
  const chain = [person.certificate, ...person.chain];
  return new Uint8Array(toPkcs12({ key: person.key.privateKey, chain, passphrase: 'egen' }));
}

async function signedWithKeyFile(): Promise<string> {
  await clerk.call('settings.cards', { use: false, known: false, modules: [], keyFiles: true });
  const anchors = [pemOf(issuer.root.certificate), pemOf(issuer.intermediate.certificate)];
  await clerk.call('settings.trust', { anchors });
  const made = await makeDraft(clerk, [aSigner('Kari Nordmann', 0, { kind: 'advanced' })]);
  await clerk.call('job.open', { job: made.job });
  await handOver(clerk, made.job, made.signers[0]?.id ?? '');
  const file = { bytes: keyFileOf(kari), passphrase: 'egen' };
  const { proof } = await clerk.call('signing.showKeyFile', file);
  await clerk.call('signing.acceptProof', { proof, pin });
  const shown = await readAndConfirm(clerk);
  const with_ = { type: 'key-file', ...file, bytes: keyFileOf(kari) } as const;
  await clerk.call('signing.sign', { shown, mark: { type: 'plain' }, with: with_ });
  await back();
  return made.job;
}

const codes = (items: readonly { readonly code: string }[]) => items.map(({ code }) => code);

describe('an authenticated signature', () => {
  it('is accepted with its token by hash alone, and the number nowhere in the clear', () => {
    const { wrong, notes } = kontroller(masked);
    expect(wrong).toEqual([]);
    expect(codes(notes)).toContain('proof.token-absent');
    const text = readFileSync(join(masked, 'evidence.json'), 'utf8');
    expect(text).not.toContain(number);
    const [proof] = readEvidence(masked).proofs;
    expect(proof).toMatchObject({
      ...{ means: 'login', header: { alg: 'RS256' } },
      claims: { name: 'Kari Nordmann', acr: 'høyt', pid: '128579*****' },
    });
    expect(proof.claims.sub).toBeUndefined();
    expect(proof.idToken).toBeUndefined();
  });

  it('is accepted with the whole token, whose signature holds; the log says that it went out', async () => {
    const { wrong, good } = kontroller(complete);
    expect(wrong).toEqual([]);
    expect(codes(good)).toContain('proof.good-login');
    const evidence = readEvidence(complete);
    expect(sha256Hex(evidence.proofs[0].idToken)).toBe(evidence.proofs[0].id);
    const { events } = await clerk.call('job.get', { job: evidence.job });
    const exported = events.map(({ event }) => event).filter(({ type }) => type === 'exported');
    expect(exported).toMatchObject([{ type: 'exported' }, { complete: true }]);
    expect(exported[0]).not.toHaveProperty('complete');
  });

  it('is not exported whole by whoever is no records manager', async () => {
    const created = { name: 'Bare Behandler', passphrase: 'en lang nok frase', pin: '1357' };
    await clerk.call('settings.addUser', { ...created, roles: ['handler'] });
    const other = desk.visit();
    const { users } = await other.call('session.state', {});
    const user = users.find(({ name }) => name === created.name)?.id ?? '';
    await other.call('session.signIn', { user, passphrase: created.passphrase });
    const job = readEvidence(masked).job;
    const refused = await other.refusal('export.save', {
      jobs: [job],
      folder: target,
      complete: true,
    });
    expect(refused.code).toBe('rpc.forbidden');
  });
});

describe('an advanced signature', () => {
  it('is accepted when it was made with the certificate that was shown', () => {
    const { wrong, good } = kontroller(own);
    expect(wrong).toEqual([]);
    expect(codes(good)).toContain('proof.good-certificate');
    expect(good.map(({ text }) => text).join()).toContain('signaturen stemmer (Kari Nordmann)');
  });
});

/** A token of the same claims, signed by somebody else. */
function resigned(token: string) {
  const { privateKey, publicKey } = rsa();
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'k1' };
  return {
    token: jws({ alg: 'RS256', kid: 'k1' }, claims, privateKey),
    keys: JSON.stringify({ keys: [jwk] }),
  };
}

describe('the verifier finds', () => {
  it.each<[string, string, () => string, (folder: string) => void]>([
    [
      'a login’s keys exchanged in the list',
      'listed.differs',
      () => complete,
      (folder) =>
        changeEvidence(folder, (e) => void (e.proofs[0].keys = resigned(e.proofs[0].idToken).keys)),
    ],
    [
      'a login’s keys exchanged, chain anew',
      'proof.keys',
      () => complete,
      (folder) =>
        forgeEvidence(
          folder,
          (e) => void (eventOf(e, 'proof-given').event.proof.keys = '{"keys":[]}'),
        ),
    ],
    [
      'a login’s keys with their hash, chain anew',
      'proof.token-signature',
      () => complete,
      (folder) =>
        forgeEvidence(folder, (e) => {
          const { proof } = eventOf(e, 'proof-given').event;
          proof.keys = resigned(e.proofs[0].idToken).keys;
          proof.keysSha256 = sha256Hex(proof.keys);
        }),
    ],
    [
      'another token',
      'proof.token',
      () => complete,
      (folder) =>
        changeEvidence(
          folder,
          (e) => void (e.proofs[0].idToken = resigned(e.proofs[0].idToken).token),
        ),
    ],
    [
      'another token with its hash, keys and chain',
      'evidence.proof',
      () => complete,
      (folder) =>
        forgeEvidence(folder, (e) => {
          const { proof } = eventOf(e, 'proof-given').event;
          const { token, keys } = resigned(e.proofs[0].idToken);
          Object.assign(proof, { id: sha256Hex(token), keys, keysSha256: sha256Hex(keys) });
          e.proofs[0].idToken = token;
        }),
    ],
    [
      'a login called one of another issuer',
      'proof.token-claims',
      () => complete,
      (folder) =>
        forgeEvidence(
          folder,
          (e) => void (eventOf(e, 'proof-given').event.proof.issuer = 'https://bankid.example'),
        ),
    ],
    [
      'the login taken out, chain anew',
      'order.no-proof',
      () => masked,
      (folder) =>
        forgeEvidence(folder, (e) => {
          const one = eventOf(e, 'proof-given');
          one.event = { type: 'handed-back', signer: one.event.signer, reason: 'done' };
          e.proofs = [];
        }),
    ],
    [
      'an authenticated signature called simple',
      'evidence.kind',
      () => masked,
      (folder) => forgeEvidence(folder, (e) => void (eventOf(e, 'signed').event.kind = 'simple')),
    ],
    [
      'another certificate than the one shown',
      'proof.certificate',
      () => own,
      (folder) =>
        forgeEvidence(folder, (e) => {
          const { proof } = eventOf(e, 'proof-given').event;
          proof.certificate = Buffer.from(ola.certificate).toString('base64');
        }),
    ],
    [
      'another certificate with its fingerprint',
      'proof.signer',
      () => own,
      (folder) =>
        forgeEvidence(folder, (e) => {
          const { proof } = eventOf(e, 'proof-given').event;
          proof.certificate = Buffer.from(ola.certificate).toString('base64');
          proof.id = sha256Hex(ola.certificate);
        }),
    ],
    [
      'that the clerk accepted it, taken out',
      'order.no-proof',
      () => own,
      (folder) =>
        forgeEvidence(folder, (e) => {
          const one = eventOf(e, 'proof-accepted');
          one.event = { type: 'extended', deadline: one.at };
        }),
    ],
  ])('%s: %s', (_, found, from, change) => {
    const folder = copyOf(from());
    change(folder);
    sumAgain(folder);
    expect(codes(kontroller(folder).wrong)).toContain(found);
    rmSync(join(folder, '..'), { recursive: true, force: true });
  });
});
