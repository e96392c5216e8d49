/** DSA keys without parameters of their own (RFC 3279, 2.3.2; RFC 5280, 6.1.4 (d) to (f)). */
import { oids } from '../cms/algorithms.ts';
import type { Certificate } from '../cms/certificate.ts';
import { childrenOf, oidOf, readWhole, sequenceOf } from '../cms/der.ts';
import { sequence } from '../cms/der-writing.ts';

/**
 * The certificate's public key as one can verify with it: a DSA key that leaves its parameters out has
 * those of its issuer's key, `issuerKey`.
 */
export function workingKey(certificate: Certificate, issuerKey: Uint8Array): Uint8Array {
  if (certificate.key.type !== 'dsa') return certificate.spki;
  const [algorithm, bits] = childrenOf(readWhole(certificate.spki));
  const [identifier, parameters] = sequenceOf(algorithm, 'key algorithm');
  const [issuerAlgorithm] = childrenOf(readWhole(issuerKey));
  const [issuerIdentifier, inherited] = sequenceOf(issuerAlgorithm, 'key algorithm');
  if (
    parameters !== undefined ||
    inherited === undefined ||
    bits === undefined ||
    identifier === undefined
  )
    return certificate.spki;
  if (oidOf(issuerIdentifier, 'key algorithm') !== oids.dsa) return certificate.spki;
  return sequence(sequence(identifier.raw, inherited.raw), bits.raw);
}

/** The working key of the first of `chain`, which ends in the anchor. */
export function workingKeyOf(chain: readonly Certificate[]): Uint8Array {
  return chain.reduceRight<Uint8Array>(
    (key, certificate, index) =>
      index === chain.length - 1 ? certificate.spki : workingKey(certificate, key),
    new Uint8Array(),
  );
}
