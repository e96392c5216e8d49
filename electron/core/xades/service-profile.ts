/**
 * The one profile of XAdES that the remote signing service takes: ETSI TS 103 171, level B, inclusive
 * canonicalisation 1.0, RSA with SHA-256, and SHA-1 in the certificate's digest, which the profile demands.
 */
import { Refusal } from '../../../shared/result.ts';
import type { Crypto, SigningKey } from '../ports.ts';
import { ASIC_OF_THE_SERVICE } from './namespaces.ts';
import { writeSignature } from './write-signature.ts';
import type {
  SignatureProfile,
  SignedFile,
  SigningMoment,
  WrittenSignature,
} from './write-signature.ts';

const profile: SignatureProfile = {
  root: ASIC_OF_THE_SERVICE,
  scheme: { type: 'rsa-pkcs1', hash: 'sha256' },
  digest: 'sha256',
  certificateProperty: 1,
};

/**
 * Signs `files` in their order, the manifest last. The service wants the time within five seconds.
 * @throws Refusal `xades.key-not-rsa`, `crypto.unsupported`, and what the key answers
 */
export function signForService(
  files: readonly SignedFile[],
  key: SigningKey,
  time: SigningMoment,
  crypto: Pick<Crypto, 'hash'>,
): Promise<WrittenSignature> {
  if (!key.schemes.some(({ type }) => type === 'rsa-pkcs1'))
    throw new Refusal('xades.key-not-rsa', 'The service’s profile needs an RSA key.');
  return writeSignature(files, key, time, profile, { crypto });
}
