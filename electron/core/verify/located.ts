/** A signature with its place in the file: byte range, envelope, revision, coverage. */
import type { PdfDocument } from '../pdf/document.ts';
import type { Crypto } from '../ports.ts';
import { reaches, readByteRange } from './byte-range.ts';
import type { SignedRange } from './byte-range.ts';
import { digestRanges } from './digests.ts';
import type { DigestRequest } from './digests.ts';
import { openEnvelope, rangeHash } from './envelope.ts';
import type { Envelope } from './envelope.ts';
import type { FoundSignature } from './signatures.ts';
import { failed } from './verdict.ts';

export interface LocatedSignature {
  readonly found: FoundSignature;
  /** Null where the byte range is malformed; the envelope then says why. */
  readonly range: SignedRange | null;
  readonly envelope: Envelope;
  /** Digest of the range by the envelope's hash; null where there is no range or no such hash. */
  readonly digest: Uint8Array | null;
  /** The revision it covers, or (`partial`) the one it stands in. */
  readonly revision: number;
  readonly coverage: 'whole' | 'revision' | 'partial';
}

/** Locates all signatures and hashes all their ranges in about one pass; oldest revision first. */
export function locateSignatures(
  document: PdfDocument,
  signatures: readonly FoundSignature[],
  crypto: Pick<Crypto, 'hash'>,
): LocatedSignature[] {
  const located = signatures.map((found) => locate(document, found));
  const requests: (DigestRequest & { readonly index: number })[] = [];
  located.forEach(({ range, envelope }, index) => {
    const algorithm = rangeHash(envelope, crypto);
    if (range !== null && algorithm !== null) requests.push({ range, algorithm, index });
  });
  const digests = digestRanges(document.source, requests, crypto);
  const byIndex = new Map(requests.map(({ index }, i) => [index, digests[i] ?? null]));
  return located
    .map((signature, index) => ({ ...signature, digest: byIndex.get(index) ?? null }))
    .sort((a, b) => a.revision - b.revision || (a.range?.end ?? 0) - (b.range?.end ?? 0));
}

function locate(document: PdfDocument, found: FoundSignature): Omit<LocatedSignature, 'digest'> {
  const result = readByteRange(document, found.holder, found.dict);
  if (!result.ok)
    return {
      found,
      range: null,
      envelope: { type: 'none', objection: failed('FORMAT_FAILURE', lower(result.problem)) },
      revision: document.revisions.length - 1,
      coverage: 'partial',
    };
  const { range, contents } = result;
  const envelope = openEnvelope(document, found, contents);
  return { found, range, envelope, ...placeOf(document, range) };
}

/** The sentence as a part of another one. */
function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
}

function placeOf(
  document: PdfDocument,
  range: SignedRange,
): Pick<LocatedSignature, 'revision' | 'coverage'> {
  const { revisions } = document;
  const last = revisions.length - 1;
  const standsIn = revisions.findIndex(({ end }) => range.gapStart < end);
  const home = standsIn === -1 ? last : standsIn;
  // It must end where the revision it stands in ends: what it left out could be anything.
  const end = revisions[home]?.end ?? 0;
  if (range.end === document.source.length || (home === last && reaches(document, range.end, end)))
    return { revision: last, coverage: home === last ? 'whole' : 'partial' };
  return { revision: home, coverage: reaches(document, range.end, end) ? 'revision' : 'partial' };
}
