/** RFC 3161: asking for a timestamp and checking the answer against the question. */
import { Refusal } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { Crypto, DigestAlgorithm } from '../ports.ts';
import { encodeHashAlgorithm } from './algorithms.ts';
import { childrenOf, readWhole, sequenceOf, smallIntegerOf, tags } from './der.ts';
import type { DerNode } from './der.ts';
import { boolean, equalBytes, integer, octetString, oid, sequence } from './der-writing.ts';
import { decodeUtf8 } from './name.ts';
import { reading } from './parsed-signed-data.ts';
import type { TimestampToken } from './timestamp-token.ts';
import { parseTimestampToken, verifyTimestampToken } from './timestamp-token.ts';

export interface TimestampRequest {
  readonly algorithm: DigestAlgorithm;
  readonly digest: Uint8Array;
  /** Unsigned; 8 octets or more make a replay unguessable. */
  readonly nonce: Uint8Array;
  /** OID of the authority's policy; absent lets it choose. */
  readonly policy?: string;
}

/** DER of a TimeStampReq (RFC 3161, 2.4.1) that asks for the certificate too. */
export function encodeTimestampRequest(request: TimestampRequest): Uint8Array {
  return sequence(
    integer(1),
    sequence(encodeHashAlgorithm(request.algorithm), octetString(request.digest)),
    ...(request.policy === undefined ? [] : [oid(request.policy)]),
    integer(request.nonce),
    boolean(true),
  );
}

/** PKIFailureInfo bits (RFC 3161, 2.4.2). */
const failureNames: ReadonlyMap<number, string> = new Map([
  [0, 'badAlg'],
  [2, 'badRequest'],
  [5, 'badDataFormat'],
  [14, 'timeNotAvailable'],
  [15, 'unacceptedPolicy'],
  [16, 'unacceptedExtension'],
  [17, 'addInfoNotAvailable'],
  [25, 'systemFailure'],
]);

/**
 * Reads a TimeStampResp and checks that its token answers `request` and is rightly signed by the
 * certificate it carries. Trust in that certificate is the verifier's matter.
 * Fails with `timestamp.refused` (status and reasons in `detail`), `timestamp.wrong-imprint`,
 * `timestamp.wrong-nonce` or `timestamp.invalid`.
 */
export async function readTimestampResponse(
  der: Uint8Array,
  request: TimestampRequest,
  crypto: Crypto,
): Promise<Result<TimestampToken>> {
  const token = reading(() => tokenOf(der));
  if (!token.ok) return invalid(token.error);
  const parsed = parseTimestampToken(token.value);
  if (!parsed.ok) return parsed;
  const answered = reading(() => checkAnswer(parsed.value, request));
  if (!answered.ok) return answered;
  const checked = await verifyTimestampToken(parsed.value, request.digest, crypto);
  return checked.ok ? parsed : checked;
}

function invalid(failure: { readonly code: string; readonly message: string }): Result<never> {
  if (failure.code !== 'cms.malformed') return { ok: false, error: failure };
  return { ok: false, error: { code: 'timestamp.invalid', message: failure.message } };
}

function tokenOf(der: Uint8Array): Uint8Array {
  const [status, token] = sequenceOf(readWhole(der), 'timestamp response');
  const parts = [...sequenceOf(status, 'status')];
  const number = smallIntegerOf(parts.shift(), 'status');
  // RFC 3161, 2.4.2: 0 granted, 1 granted with changes; with anything else there must be no token.
  if (number > 1) {
    const text = parts[0]?.tag === tags.sequence ? textOf(parts.shift()) : '';
    const reasons = parts[0]?.tag === tags.bitString ? failuresOf(parts[0]) : [];
    throw new Refusal('timestamp.refused', 'The timestamp authority refused.', {
      status: number,
      reasons,
      text,
    });
  }
  if (token === undefined) throw new Refusal('timestamp.invalid', 'The answer holds no timestamp.');
  return token.raw;
}

function textOf(node: DerNode | undefined): string {
  if (node === undefined) return '';
  return childrenOf(node)
    .map((line) => decodeUtf8(line.content))
    .join(' ')
    .slice(0, 200);
}

function failuresOf(node: DerNode): string[] {
  const bits = node.content.subarray(1);
  return [...failureNames]
    .filter(([bit]) => ((bits[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0)
    .map(([, name]) => name);
}

function checkAnswer(token: TimestampToken, request: TimestampRequest): void {
  const { imprint } = token;
  if (imprint.algorithm !== request.algorithm || !equalBytes(imprint.digest, request.digest)) {
    throw new Refusal('timestamp.wrong-imprint', 'The timestamp is for something else.');
  }
  if (token.nonce === null || !equalBytes(token.nonce, unpadded(request.nonce))) {
    throw new Refusal('timestamp.wrong-nonce', 'The timestamp answers another request.');
  }
  if (request.policy !== undefined && token.policy !== request.policy) {
    throw new Refusal('timestamp.invalid', 'The timestamp has another policy than asked for.');
  }
}

/** As `integer` writes it: leading zero octets do not count. */
function unpadded(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0);
  return start < 0 ? Uint8Array.of(0) : bytes.subarray(start);
}
