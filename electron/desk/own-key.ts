/**
 * A key of the signer's own, on a card or in a file (DOMAIN, kinds of signature: advanced). What is kept
 * of it is its certificate; a key file and its passphrase are gone when they have been used.
 */
import { signaturePlaces } from '../../shared/job/field.ts';
import type { Job, SignerStatus } from '../../shared/job/job.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { OwnKeyView } from '../../shared/rpc/views.ts';
import { parseCertificate, type Certificate } from '../core/cms/certificate.ts';
import type { SignatureScheme, SigningKey } from '../core/ports.ts';
import { algorithmOf, certificateProblem, issuerName } from '../eid/card/certificates.ts';
import { hasCardSupport } from '../eid/card/support.ts';
import { fingerprint } from '../eid/card/fingerprint.ts';
import { checkKeyValidity, openKeyFile } from '../eid/key-file.ts';
import type { Act, Desk } from './desk.ts';
import { settingsOf } from './settings-store.ts';

/** As it goes to the worker. A card stays with the host, which is asked for each signature. */
export type OwnKey =
  | {
      readonly type: 'card';
      readonly certificate: Uint8Array;
      readonly chain: readonly Uint8Array[];
      readonly schemes: readonly SignatureScheme[];
    }
  | KeyFileInput;

export interface KeyFileInput {
  readonly type: 'key-file';
  readonly bytes: Uint8Array;
  readonly passphrase: string;
}

export interface ReadKeyFile {
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  readonly view: OwnKeyView;
}

/** Opens it to show whose it is; the bytes are wiped here and the key is not kept. */
export async function readKeyFile(
  desk: Desk,
  input: Omit<KeyFileInput, 'type'>,
  _act: Act,
): Promise<Result<ReadKeyFile>> {
  const opened = await openKeyFile(input.bytes, input.passphrase);
  input.bytes.fill(0);
  if (!opened.ok) return opened;
  const { certificate, chain } = opened.value;
  const valid = checkKeyValidity(opened.value, desk.clock.now());
  if (!valid.ok) return valid;
  const parsed = parseCertificate(certificate);
  if (!parsed.ok) return parsed;
  const wrong = certificateProblem(parsed.value, desk.clock.now());
  if (wrong !== null) return fail(wrong, 'The certificate may not sign documents.');
  return ok({ certificate, chain, view: ownKeyView(parsed.value, chain) });
}

export function ownKeyView(certificate: Certificate, chain: readonly Uint8Array[]): OwnKeyView {
  return {
    id: fingerprint(certificate.der),
    name: certificate.commonName,
    issuer: issuerName(certificate),
    algorithm: algorithmOf(certificate),
    notAfter: certificate.notAfter.toISOString(),
    chain: chain.flatMap((der) => {
      const parsed = parseCertificate(der);
      return parsed.ok ? [parsed.value.commonName] : [];
    }),
  };
}

/** The key to sign with; it must be the one that the signer showed and the clerk accepted. */
export async function ownSigningKey(
  desk: Desk,
  job: Job,
  own: OwnKey,
  act: Act,
): Promise<Result<{ readonly key: SigningKey; readonly certificate: Certificate }>> {
  if (own.type === 'key-file' && !settingsOf(desk.archive).get('cards').keyFiles)
    return fail('key.not-allowed', 'Key files are not allowed here.');
  const key = await openOwnKey(desk, own, act);
  if (!key.ok) return key;
  const given = job.state === 'open' ? job.atKiosk?.proof?.given : undefined;
  if (given?.id !== fingerprint(key.value.certificate))
    return fail('proof.other-certificate', 'The certificate is another one than was shown.');
  const certificate = parseCertificate(key.value.certificate);
  return certificate.ok ? ok({ key: key.value, certificate: certificate.value }) : certificate;
}

/** To sign with, once: a card through the host, a key file opened here and wiped. */
export async function openOwnKey(desk: Desk, own: OwnKey, act: Act): Promise<Result<SigningKey>> {
  return own.type === 'card' ? cardKey(own, act) : fileKey(desk, own);
}

function cardKey(own: Extract<OwnKey, { type: 'card' }>, act: Act): Result<SigningKey> {
  const { certificate, chain, schemes } = own;
  return ok({
    ...{ certificate, chain, schemes },
    sign: async (data, scheme) =>
      (await act.ask?.('key.sign', { data, scheme })) ??
      fail('card.stopped', 'Nobody holds the card any more.'),
  });
}

async function fileKey(desk: Desk, own: KeyFileInput): Promise<Result<SigningKey>> {
  const opened = await openKeyFile(own.bytes, own.passphrase);
  own.bytes.fill(0);
  if (!opened.ok) return opened;
  const valid = checkKeyValidity(opened.value, desk.clock.now());
  return valid.ok ? opened : valid;
}

/** How many signatures this signer makes: as many times a card may want its PIN. */
export function signaturesOf(job: Job, signer: Pick<SignerStatus, 'id'>): number {
  return job.documents.reduce((sum, document) => {
    const places = signaturePlaces(job.spec, signer.id, document.id);
    return sum + Math.max(1, places.length);
  }, 0);
}

/** With what somebody can sign here: a card that this installation cannot speak to is not offered. */
export function ownKeysOf(desk: Pick<Desk, 'archive'>) {
  const { use, keyFiles } = settingsOf(desk.archive).get('cards');
  return { cards: use && hasCardSupport(), keyFiles };
}

/** Whether anybody can sign with a key of their own here: asked before the screen is handed over. */
export function checkOwnKeys(desk: Pick<Desk, 'archive'>, cards: boolean): Result<null> {
  const { keyFiles, use } = settingsOf(desk.archive).get('cards');
  if (keyFiles || (use && cards)) return ok(null);
  return use
    ? fail('card.no-support', 'This installation cannot speak to cards.')
    : fail('card.none', 'Nobody can sign with a key of their own here.');
}
