/** A signer's key from a PKCS #12 file (`.p12`, `.pfx`), however old the tool that wrote it. */
import { X509Certificate, createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { Refusal, fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { nodeSigningKey, schemesOf } from '../adapters/node-signing-key.ts';
import type { CertificateBody } from '../core/cms/certificate-body.ts';
import { readCertificateBody } from '../core/cms/certificate-body.ts';
import { readWhole } from '../core/cms/der.ts';
import { extensionOids } from '../core/cms/extension-names.ts';
import { commonName, readName } from '../core/cms/name.ts';
import { readPublicKey } from '../core/cms/public-key.ts';
import { reading } from '../core/cms/parsed-signed-data.ts';
import type { SigningKey } from '../core/ports.ts';
import { chainOf } from './certificate-chain.ts';
import { readKeyFile } from './pkcs12-contents.ts';

export interface FileKey extends SigningKey {
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** The whole subject as text, and what a person calls it. */
  readonly subject: string;
  readonly commonName: string;
  /** For people, e.g. `RSA 2048` or `EC P-256`. */
  readonly algorithm: string;
  /** The private key as PKCS #8, for whoever keeps it where the key file's passphrase is not needed again. */
  pkcs8(): Uint8Array;
}

/** The largest key files hold a dozen certificates. */
const MAX_SIZE = 4 << 20;

/**
 * Opens a key file. Fails with `key.not-a-key-file`, `key.wrong-passphrase`, `key.unsupported`,
 * `key.no-key` or `key.no-certificate` (none that belongs to the key). Validity is for
 * `checkKeyValidity`: an expired key must still be shown.
 */
export async function openKeyFile(bytes: Uint8Array, passphrase: string): Promise<Result<FileKey>> {
  if (bytes.length > MAX_SIZE)
    return fail('key.not-a-key-file', 'The file is too large for a key file.');
  try {
    const { keys, certificates } = await readKeyFile(
      // A Buffer's slices would be Buffers: what comes out is plain octets.
      Uint8Array.from(bytes),
      passphrase,
    );
    if (keys.length === 0) throw new Refusal('key.no-key', 'The file holds no private key.');
    const bodies = certificates.flatMap(readable);
    const pairs = keys.map(privateKeyOf).flatMap((key) => pairsOf(key, bodies));
    // Files of two keys hold one for logging in and one for signing.
    const chosen = pairs.find(({ leaf }) => isForSigning(leaf)) ?? pairs[0];
    if (chosen === undefined) {
      throw new Refusal('key.no-certificate', 'The file holds no certificate of its key.');
    }
    return ok(fileKey(chosen, bodies));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.failure.code === 'der.malformed'
      ? fail('key.not-a-key-file', 'The file is not a PKCS #12 key file.')
      : { ok: false, error: error.failure };
  }
}

/** Fails with `key.expired` or `key.not-yet-valid`; `detail` says since or until when. */
export function checkKeyValidity(
  key: Pick<FileKey, 'notBefore' | 'notAfter'>,
  now: Date,
): Result<void> {
  if (now < key.notBefore) {
    return fail('key.not-yet-valid', 'The certificate is not valid yet.', {
      notBefore: key.notBefore.toISOString(),
    });
  }
  if (now > key.notAfter) {
    return fail('key.expired', 'The certificate has expired.', {
      notAfter: key.notAfter.toISOString(),
    });
  }
  return ok(undefined);
}

interface Pair {
  readonly key: KeyObject;
  readonly leaf: CertificateBody;
}

function readable(der: Uint8Array): readonly CertificateBody[] {
  const body = reading(() => readCertificateBody(der));
  return body.ok ? [body.value] : [];
}

function privateKeyOf(pkcs8: Uint8Array): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  } catch {
    throw new Refusal('key.unsupported', 'The private key is of a kind that is not known.');
  }
  if (schemesOf(key).length === 0) {
    throw new Refusal('key.unsupported', 'The private key cannot sign.', {
      type: key.asymmetricKeyType ?? 'unknown',
    });
  }
  return key;
}

/** The key's own certificate is found by the key, not by names or ids that a tool may have got wrong. */
function pairsOf(key: KeyObject, bodies: readonly CertificateBody[]): readonly Pair[] {
  return bodies.filter((body) => belongs(body, key)).map((leaf) => ({ key, leaf }));
}

function belongs(body: CertificateBody, key: KeyObject): boolean {
  try {
    return new X509Certificate(body.der).checkPrivateKey(key);
  } catch {
    return false;
  }
}

/**
 * RFC 5280, 4.2.1.3: nonRepudiation (bit 1), or no restriction. Files of two keys, as Norwegian issuers
 * deliver them, tell signing from logging in by this bit alone.
 */
function isForSigning(body: CertificateBody): boolean {
  const extension = body.extensions.find((entry) => entry.oid === extensionOids.keyUsage);
  if (extension === undefined) return true;
  const bits = reading(() => readWhole(extension.value).content);
  if (!bits.ok) return false;
  return ((bits.value[1] ?? 0) & 0x40) !== 0;
}

function fileKey({ key, leaf }: Pair, bodies: readonly CertificateBody[]): FileKey {
  const name = readName(leaf.subject);
  const { type, curve, bits } = readPublicKey(leaf.spki);
  return {
    ...nodeSigningKey({
      privateKey: key,
      certificate: leaf.der,
      chain: chainOf(leaf, bodies).map((issuer) => issuer.der),
    }),
    notBefore: leaf.notBefore,
    notAfter: leaf.notAfter,
    subject: name.text,
    commonName: commonName(name),
    algorithm: `${type.toUpperCase()} ${curve ?? bits}`,
    pkcs8: () => new Uint8Array(key.export({ type: 'pkcs8', format: 'der' })),
  };
}
