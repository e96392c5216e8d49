/** Signing with a key at hand: all phases, one after the other. */
import type { Result } from '../../../shared/result.ts';
import { Refusal, attemptAsync, unwrap } from '../../../shared/result.ts';
import { readCertificateBody } from '../cms/certificate-body.ts';
import { encodeSignedAttributes } from '../cms/signed-attributes.ts';
import { encodeSignedData } from '../cms/signed-data.ts';
import type { Crypto, DigestAlgorithm, Hash, SigningKey } from '../ports.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { digestOf, hashSource, startHash } from './digest-of.ts';
import { embed } from './embed.ts';
import { prepareSignature } from './prepare.ts';
import { roomFor, withEnoughRoom } from './room.ts';
import { schemeWith } from './scheme.ts';
import type { SignatureRequest, SignedTail, SigningPorts } from './signature.ts';

/** Lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Hashes of the whole base, each computed once: the byte range and the file's own SHA-256 share one. */
export function baseHashes(
  document: PdfDocument,
  ports: Pick<SigningPorts, 'crypto' | 'hashed'>,
): (algorithm: DigestAlgorithm) => Hash {
  const known = new Map<DigestAlgorithm, Hash>();
  return (algorithm) => {
    const hash =
      ports.hashed?.[algorithm] ??
      known.get(algorithm) ??
      hashSource(document.source, ports.crypto, algorithm);
    known.set(algorithm, hash);
    return hash;
  };
}

/**
 * DER of the signed attributes for a digest of the byte range: exactly the bytes the key signs.
 *
 * @throws Refusal `der.malformed`, `crypto.unsupported`
 */
export function signedAttributes(
  digest: Uint8Array,
  algorithm: DigestAlgorithm,
  certificate: Uint8Array,
  crypto: Pick<Crypto, 'hash'>,
): Uint8Array {
  return encodeSignedAttributes({ digest, digestAlgorithm: algorithm, certificate, crypto });
}

/**
 * Signs: prepare, digest, key, timestamp where the ports have an authority, embed. Where its token
 * turns out larger than the room for it, all of it happens once more and the key is asked twice; with
 * `untimed` the key is asked exactly once and the signature stands without a token instead.
 *
 * Fails as `prepareSignature` does, and with `sign.digest-unsupported`, `sign.key-mismatch` where the
 * key's answer does not fit its own certificate, `sign.no-room`, and what the key and the authority
 * answer. Nothing is written anywhere: the tail is the caller's.
 */
export function sign(
  document: PdfDocument,
  request: SignatureRequest,
  key: SigningKey,
  ports: SigningPorts,
): Promise<Result<SignedTail>> {
  return attemptAsync(async () => {
    const room = roomFor(key, request.digest, ports.timestamps);
    if (ports.untimed !== undefined) return signInto(room, document, request, key, ports);
    return unwrap(
      await withEnoughRoom(room, ports.timestamps, (enough) =>
        attemptAsync(() => signInto(enough, document, request, key, ports)),
      ),
    );
  });
}

async function signInto(
  room: number,
  document: PdfDocument,
  request: SignatureRequest,
  key: SigningKey,
  ports: SigningPorts,
): Promise<SignedTail> {
  const { crypto, timestamps } = ports;
  const scheme = schemeWith(key, request.digest);
  const prepared = unwrap(prepareSignature(document, request, room, ports));
  const hashOf = baseHashes(document, ports);
  const digest = digestOf(prepared, document.source, crypto, hashOf(request.digest));
  const attributes = signedAttributes(digest, request.digest, key.certificate, crypto);
  const signature = unwrap(await key.sign(attributes, scheme));
  const { spki } = readCertificateBody(key.certificate);
  // A card with the wrong key answers, too; better to see it here than in every reader.
  if ((await crypto.verify(scheme, spki, attributes, signature)) === 'invalid')
    throw new Refusal('sign.key-mismatch', 'The key does not belong to its certificate.');
  const stamped = await timestamps?.stamp({
    algorithm: request.digest,
    digest: startHash(crypto, request.digest).update(signature).digest(),
  });
  const embedded = (token?: Uint8Array) =>
    embed(
      prepared,
      encodeSignedData({
        signedAttributes: attributes,
        signature,
        scheme,
        digestAlgorithm: request.digest,
        certificate: key.certificate,
        chain: key.chain,
        ...(token === undefined ? {} : { timestampToken: token }),
      }),
    );
  const timed = stamped?.ok === true ? embedded(stamped.value) : stamped;
  const tail = unwrap(
    timed === undefined || (!timed.ok && ports.untimed !== undefined) ? embedded() : timed,
  );
  return {
    tail,
    sha256: toHex(hashOf('sha256').copy().update(tail).digest()),
    field: prepared.field,
    timed: timed?.ok === true,
  };
}
