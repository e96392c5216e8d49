/** The organisation's seal as the desk sees it: which one, whether it can sign today. */
import { fail, ok, unwrap, type Result } from '../../shared/result.ts';
import type { CertificateSummary } from '../../shared/report.ts';
import type { SealView } from '../../shared/rpc/views.ts';
import { parseCertificate } from '../core/cms/certificate.ts';
import { nameOids, type NameAttribute } from '../core/cms/name.ts';
import type { PublicKey } from '../core/cms/public-key.ts';
import { sha256Hex, type Desk } from './desk.ts';
import { settingsOf, type StoredSeal } from './settings-store.ts';

export function sealOf(desk: Pick<Desk, 'archive'>): StoredSeal | null {
  return settingsOf(desk.archive).get('seal');
}

/** How events name it. */
export function sealName(seal: StoredSeal | null) {
  return seal === null ? null : { subject: seal.subject, trial: seal.trial };
}

export type SealKeyState = 'none' | 'ready' | 'locked' | 'missing';

/**
 * Where its key is: at hand, closed in its file until somebody gives the passphrase, or not here at
 * all (an older program kept it in the archive, and there was no store to move it to).
 */
export function sealKeyState(desk: Pick<Desk, 'archive' | 'sealKey'>): SealKeyState {
  const seal = sealOf(desk);
  if (seal === null) return 'none';
  if (seal.trial && seal.key !== undefined) return 'ready';
  if (desk.sealKey()?.certificate === sha256Hex(fromBase64(seal.certificate))) return 'ready';
  return seal.keyFile === undefined ? 'missing' : 'locked';
}

/**
 * Whether it can sign now: `seal.missing`, `seal.not-yet-valid`, `seal.expired`, `seal.locked`,
 * `seal.key-missing`.
 */
export function checkSeal(desk: Pick<Desk, 'archive' | 'clock' | 'sealKey'>): Result<null> {
  const seal = sealOf(desk);
  if (seal === null) return fail('seal.missing', 'The organisation has no seal.');
  const certificate = unwrap(parseCertificate(fromBase64(seal.certificate)));
  const now = desk.clock.now();
  if (now < certificate.notBefore)
    return fail('seal.not-yet-valid', 'The seal’s certificate is not valid yet.');
  if (now > certificate.notAfter)
    return fail('seal.expired', 'The seal’s certificate has expired.');
  switch (sealKeyState(desk)) {
    case 'locked':
      return fail('seal.locked', 'The seal is locked until its passphrase has been given.');
    case 'missing':
      return fail('seal.key-missing', 'The seal’s key file has to be given again.');
    case 'none':
    case 'ready':
      return ok(null);
  }
}

/** Null where there is none. */
export function sealView(desk: Pick<Desk, 'archive' | 'clock' | 'sealKey'>): SealView | null {
  const seal = sealOf(desk);
  if (seal === null) return null;
  const now = desk.clock.now();
  const der = fromBase64(seal.certificate);
  const certificate = unwrap(parseCertificate(der));
  const left = certificate.notAfter.getTime() - now.getTime();
  return {
    certificate: summaryOf(der, seal.trial),
    algorithm: algorithmOf(certificate.key),
    name: certificate.subject.text,
    organisationNumber: organisationNumberIn(certificate.subject.attributes),
    keyUsage: certificate.keyUsage ?? [],
    chain: seal.chain.map((one) => summaryOf(fromBase64(one))),
    key: sealKeyState(desk),
    // Nothing here could open it after the next start.
    untilRestart: !seal.trial && seal.keyFile === undefined,
    expiresInDays: Math.floor(left / 86_400_000),
  };
}

/** `NTRNO-974760673` (ETSI EN 319 412-1, 5.1.4), or nine digits in serialNumber as older ones have it. */
export function organisationNumberIn(attributes: readonly NameAttribute[]): string | null {
  const value = (oid: string) => attributes.find((one) => one.oid === oid)?.value ?? '';
  const found =
    /^NTRNO-(\d{9})$/.exec(value(nameOids.organisationIdentifier)) ??
    /^(\d{9})$/.exec(value(nameOids.serialNumber));
  return found?.[1] ?? null;
}

function algorithmOf(key: PublicKey): string {
  switch (key.type) {
    case 'ec':
      return `ECDSA ${key.curve ?? ''}`.trim();
    case 'ed25519':
      return 'Ed25519';
    case 'ed448':
      return 'Ed448';
    default:
      return `${key.type.toUpperCase()} ${key.bits}`;
  }
}

export function summaryOf(der: Uint8Array, trial?: boolean): CertificateSummary {
  const certificate = unwrap(parseCertificate(der));
  return {
    subject: certificate.commonName,
    issuer: certificate.issuer.text,
    serial: certificate.serial,
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    fingerprint: sha256Hex(der),
    trial: trial ?? certificate.trial,
  };
}

export function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
