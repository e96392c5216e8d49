/**
 * What a kiosk of its own knows this workstation by: an authority that can vouch for addresses of office
 * networks alone, and under it one key that stays the same as long as kiosks are paired.
 */
import { createHash, createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { ia5String, implicit, octetString, sequence } from '../core/cms/der-writing.ts';
import { makeCertificate, makeKeyPair, type KeyPair } from './trial-pki.ts';

export interface KeyAndCertificate {
  /** PKCS#8 and DER. */
  readonly key: Uint8Array;
  readonly certificate: Uint8Array;
}

const day = 24 * 3600 * 1000;
/** Tablets take no leaf that lasts longer (Apple: 825 days below an authority of one's own). */
const leafDays = 397;
const authorityDays = 3650;
const renewDays = 30;

/** Addresses of networks that are not the internet (RFC 1918, RFC 3927, RFC 6598) and of this machine. */
const officeNetworks: readonly (readonly [string, string])[] = [
  ['10.0.0.0', '255.0.0.0'],
  ['172.16.0.0', '255.240.0.0'],
  ['192.168.0.0', '255.255.0.0'],
  ['169.254.0.0', '255.255.0.0'],
  ['100.64.0.0', '255.192.0.0'],
  ['127.0.0.0', '255.0.0.0'],
];

const octets = (address: string) => Uint8Array.from(address.split('.').map(Number));
const joined = (...parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

function inNetwork(address: string, [base, mask]: readonly [string, string]): boolean {
  const [a, b, m] = [octets(address), octets(base), octets(mask)];
  return a.every((part, at) => (part & (m[at] ?? 0)) === b[at]);
}

/** The networks that an authority made for this address may vouch for; a public one adds its own /24. */
function networksFor(address: string): readonly (readonly [string, string])[] {
  if (officeNetworks.some((network) => inNetwork(address, network))) return officeNetworks;
  const [a, b, c] = octets(address);
  return [...officeNetworks, [`${String(a)}.${String(b)}.${String(c)}.0`, '255.255.255.0']];
}

/** RFC 5280, 4.2.1.10: only these addresses, and no name that anybody could have. */
function nameConstraints(address: string): Uint8Array {
  const ip = (network: readonly [string, string]) =>
    sequence(implicit(7, octetString(joined(...network.map(octets)))));
  const name = sequence(implicit(2, ia5String('skranke.invalid')));
  return sequence(implicit(0, sequence(...networksFor(address).map(ip), name)));
}

function pairOf(pkcs8: Uint8Array): KeyPair {
  const privateKey = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

const pkcs8Of = ({ privateKey }: KeyPair) =>
  new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' }));

/** To be installed on a kiosk that shall not warn. */
export function makeScreenAuthority(
  organisation: string,
  address: string,
  now: Date,
): KeyAndCertificate {
  const key = makeKeyPair('p-256');
  const { certificate } = makeCertificate({
    ...{ key, subject: `Skranke publikumsskjermer, ${organisation}`.slice(0, 64) },
    notBefore: new Date(now.getTime() - day),
    notAfter: new Date(now.getTime() + authorityDays * day),
    ca: { pathLength: 0 },
    keyUsage: ['keyCertSign'],
    extensions: [{ oid: '2.5.29.30', critical: true, value: nameConstraints(address) }],
  });
  return { key: pkcs8Of(key), certificate };
}

/** Whether the authority may vouch for an address that the workstation has now. */
export function mayVouchFor(
  { certificate }: Pick<KeyAndCertificate, 'certificate'>,
  address: string,
): boolean {
  const wanted = Buffer.from(nameConstraints(address));
  return Buffer.from(certificate).includes(wanted);
}

/** The same key for as long as there is one; a fresh certificate for the address it is reached at. */
export function issueScreenCertificate(
  authority: KeyAndCertificate,
  leafKey: Uint8Array | null,
  address: string,
  now: Date,
): KeyAndCertificate {
  const key = leafKey === null ? makeKeyPair('p-256') : pairOf(leafKey);
  const issuer = { certificate: authority.certificate, key: pairOf(authority.key), chain: [] };
  const { certificate } = makeCertificate({
    ...{ key, issuer, subject: `Skranke ${address}` },
    notBefore: new Date(now.getTime() - day),
    notAfter: new Date(now.getTime() + leafDays * day),
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: { purposes: ['1.3.6.1.5.5.7.3.1'] },
    extensions: [
      {
        oid: '2.5.29.17',
        critical: false,
        value: sequence(implicit(7, octetString(octets(address)))),
      },
    ],
  });
  return { key: pkcs8Of(key), certificate };
}

/** Still good for this address, and for a while. */
export function isCurrent(certificate: Uint8Array, address: string, now: Date): boolean {
  const read = new X509Certificate(certificate);
  const left = read.validToDate.getTime() - now.getTime();
  return read.checkIP(address) !== undefined && left > renewDays * day;
}

/** As browsers show it, in pairs. */
export function fingerprintOf(certificate: Uint8Array): string {
  return new X509Certificate(certificate).fingerprint256;
}

/** Base64 of the SHA-256 of the public key: what a browser can be started with, to know it by. */
export function keyPinOf(certificate: Uint8Array): string {
  const spki = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('base64');
}

export function pemOf(label: 'CERTIFICATE' | 'PRIVATE KEY', der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
