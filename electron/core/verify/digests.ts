/** Hashes of all signed ranges of a file in about one pass. */
import type { ByteSource, Crypto, Hash, HashAlgorithm } from '../ports.ts';
import type { SignedRange } from './byte-range.ts';

const CHUNK = 1024 * 1024;

export interface DigestRequest {
  readonly algorithm: HashAlgorithm;
  readonly range: SignedRange;
}

/**
 * The digest of each request, null where the runtime lacks the hash. For each algorithm one hash runs
 * along the file and is forked at each gap, so that N signatures of one file, each in a small
 * revision of its own, cost the file once and the tails behind their gaps.
 */
export function digestRanges(
  source: ByteSource,
  requests: readonly DigestRequest[],
  crypto: Pick<Crypto, 'hash'>,
): (Uint8Array | null)[] {
  const digests: (Uint8Array | null)[] = requests.map(() => null);
  const order = requests
    .map((request, index) => ({ ...request, index }))
    .sort((a, b) => a.range.gapStart - b.range.gapStart);
  const running = new Map<HashAlgorithm, { hash: Hash; position: number } | null>();
  for (const { algorithm, range, index } of order) {
    let state = running.get(algorithm);
    if (state === undefined) {
      const hash = crypto.hash(algorithm);
      state = hash === null ? null : { hash, position: 0 };
      running.set(algorithm, state);
    }
    if (state === null) continue;
    feed(source, state.hash, state.position, range.gapStart);
    state.position = range.gapStart;
    const fork = state.hash.copy();
    feed(source, fork, range.gapEnd, range.end);
    digests[index] = fork.digest();
  }
  return digests;
}

/** Into one buffer where the source can: a new one for each megabyte costs as much as a third of the hashing. */
function feed(source: ByteSource, hash: Hash, from: number, to: number): void {
  const buffer = to - from > CHUNK && source.readInto !== undefined ? new Uint8Array(CHUNK) : null;
  for (let at = from; at < to; at += CHUNK) {
    const length = Math.min(CHUNK, to - at);
    if (buffer === null || source.readInto === undefined) hash.update(source.read(at, length));
    else {
      const bytes = buffer.subarray(0, length);
      source.readInto(at, bytes);
      hash.update(bytes);
    }
  }
}

/** The signed bytes themselves; null where they are more than `limit`. */
export function signedBytes(
  source: ByteSource,
  range: SignedRange,
  limit: number,
): Uint8Array | null {
  const length = range.gapStart + range.end - range.gapEnd;
  if (length > limit) return null;
  const bytes = new Uint8Array(length);
  bytes.set(source.read(0, range.gapStart), 0);
  bytes.set(source.read(range.gapEnd, range.end - range.gapEnd), range.gapStart);
  return bytes;
}
