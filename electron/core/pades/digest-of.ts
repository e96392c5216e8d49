import { Refusal } from '../../../shared/result.ts';
import type { ByteSource, Crypto, Hash, HashAlgorithm } from '../ports.ts';
import type { Prepared } from './signature.ts';

/** Bytes read at a time. */
const window = 1 << 20;

/** A new hash; refuses `crypto.unsupported` where the runtime has none of the kind. */
export function startHash(crypto: Pick<Crypto, 'hash'>, algorithm: HashAlgorithm): Hash {
  const hash = crypto.hash(algorithm);
  if (hash === null) throw new Refusal('crypto.unsupported', `No ${algorithm} in this runtime.`);
  return hash;
}

/** A hash fed with a whole source, a megabyte at a time. */
export function hashSource(
  source: ByteSource,
  crypto: Pick<Crypto, 'hash'>,
  algorithm: HashAlgorithm,
): Hash {
  const hash = startHash(crypto, algorithm);
  for (let at = 0; at < source.length; at += window)
    hash.update(source.read(at, Math.min(window, source.length - at)));
  return hash;
}

/**
 * Digest over the byte range of base + tail: everything but the /Contents string
 * (ISO 32000-2, 12.8.1).
 *
 * @param running a hash of the prepared algorithm already fed with the whole base, so that whoever
 *   copies the file hashes it on the way; it is forked, not used up
 * @throws Refusal `sign.base-changed` where `base` is not the file that was prepared (by its length),
 *   `crypto.unsupported`
 */
export function digestOf(
  prepared: Prepared,
  base: ByteSource,
  crypto: Pick<Crypto, 'hash'>,
  running?: Hash,
): Uint8Array {
  if (base.length !== prepared.base)
    throw new Refusal('sign.base-changed', 'The file is not the one that was prepared.', {
      expected: prepared.base,
      found: base.length,
    });
  const hash = running?.copy() ?? hashSource(base, crypto, prepared.digest);
  const gap = prepared.contents.offset - prepared.base;
  return hash
    .update(prepared.tail.subarray(0, gap))
    .update(prepared.tail.subarray(gap + prepared.contents.length))
    .digest();
}
