/** The organisation's seal as the desk sees it: which one, whether it can sign today. */
import { fail, ok, unwrap, type Result } from '../../shared/result.ts';
import type { CertificateSummary } from '../../shared/report.ts';
import type { SealView } from '../../shared/rpc/views.ts';
import { parseCertificate } from '../core/cms/certificate.ts';
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

/** Whether it can sign now: `seal.missing`, `seal.not-yet-valid`, `seal.expired`. */
export function checkSeal(desk: Pick<Desk, 'archive' | 'clock'>): Result<null> {
  const seal = sealOf(desk);
  if (seal === null) return fail('seal.missing', 'The organisation has no seal.');
  const certificate = unwrap(parseCertificate(fromBase64(seal.certificate)));
  const now = desk.clock.now();
  if (now < certificate.notBefore)
    return fail('seal.not-yet-valid', 'The seal’s certificate is not valid yet.');
  if (now > certificate.notAfter)
    return fail('seal.expired', 'The seal’s certificate has expired.');
  return ok(null);
}

export function sealView(seal: StoredSeal, now: Date): SealView {
  const der = fromBase64(seal.certificate);
  const certificate = unwrap(parseCertificate(der));
  const left = certificate.notAfter.getTime() - now.getTime();
  return {
    certificate: summaryOf(der, seal.trial),
    algorithm: algorithmOf(certificate.key),
    expiresInDays: Math.floor(left / 86_400_000),
  };
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
