/** What a signature's /Contents holds, by its /SubFilter (ISO 32000-2, 12.8.3; EN 319 142-1, 6.3). */
import type { Crypto, HashAlgorithm } from '../ports.ts';
import { readWhole, octetsOf } from '../cms/der.ts';
import type { ParsedSignedData } from '../cms/parsed-signed-data.ts';
import { parseSignedData, reading } from '../cms/parsed-signed-data.ts';
import { parseTimestampToken } from '../cms/timestamp-token.ts';
import type { TimestampToken } from '../cms/timestamp-token.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { isString } from '../pdf/objects.ts';
import type { FoundSignature } from './signatures.ts';
import { failed, unsure } from './verdict.ts';
import type { Objection } from './verdict.ts';

export type Envelope =
  | {
      readonly type: 'cms';
      readonly signed: ParsedSignedData;
      readonly digest: HashAlgorithm | null;
    }
  | {
      readonly type: 'token';
      readonly token: TimestampToken;
      readonly digest: HashAlgorithm | null;
    }
  /** x509.rsa_sha1: a bare RSA signature with its certificates in /Cert. */
  | {
      readonly type: 'rsa';
      readonly signature: Uint8Array;
      readonly certificates: readonly Uint8Array[];
    }
  | { readonly type: 'none'; readonly objection: Objection };

/** The sub-filters that carry a detached CMS. */
export const DETACHED = new Set(['ETSI.CAdES.detached', 'adbe.pkcs7.detached']);

/** Opens `contents` as the signature says it is to be read. Never throws on any bytes. */
export function openEnvelope(
  document: PdfDocument,
  found: FoundSignature,
  contents: Uint8Array,
): Envelope {
  const { subFilter, kind } = found;
  if (kind === 'timestamp') return openToken(contents);
  if (subFilter === 'adbe.x509.rsa_sha1') return openBare(document, found, contents);
  if (!DETACHED.has(subFilter) && subFilter !== 'adbe.pkcs7.sha1')
    return none(unsure('GENERIC', `its format (${subFilter || 'none named'}) is not known here`));
  const parsed = parseSignedData(contents);
  if (!parsed.ok)
    return none(failed('FORMAT_FAILURE', `the signature cannot be read (${parsed.error.code})`));
  const padding = paddingProblem(parsed.value.trailing);
  if (padding !== null) return none(padding);
  const digest = subFilter === 'adbe.pkcs7.sha1' ? 'sha1' : parsed.value.signer.digestAlgorithm;
  return { type: 'cms', signed: parsed.value, digest };
}

function none(objection: Objection): Envelope {
  return { type: 'none', objection };
}

function openToken(contents: Uint8Array): Envelope {
  const token = parseTimestampToken(contents);
  if (!token.ok)
    return none(failed('FORMAT_FAILURE', `the timestamp cannot be read (${token.error.code})`));
  const padding = paddingProblem(token.value.signedData.trailing);
  if (padding !== null) return none(padding);
  return { type: 'token', token: token.value, digest: token.value.imprint.algorithm };
}

function openBare(document: PdfDocument, found: FoundSignature, contents: Uint8Array): Envelope {
  // ISO 32000-1, 12.8.3.2: a DER-encoded OCTET STRING; trailing zeros fill the reserved room.
  let end = contents.length;
  while (end > 0 && contents[end - 1] === 0) end--;
  const signature = reading(() => octetsOf(readWhole(contents.subarray(0, end)), 'signature'));
  if (!signature.ok) return none(failed('FORMAT_FAILURE', 'the signature cannot be read'));
  const cert = document.entry(found.dict, 'Cert');
  const items = Array.isArray(cert) ? cert : [cert];
  const certificates = items.flatMap((item) => {
    const value = document.resolve(item);
    return isString(value) ? [value.bytes] : [];
  });
  return { type: 'rsa', signature: signature.value, certificates };
}

/** ISO 32000-2, 12.8.1: what is left of the reserved room is zeros, so nothing can hide there. */
function paddingProblem(trailing: Uint8Array): Objection | null {
  return trailing.every((byte) => byte === 0)
    ? null
    : failed('FORMAT_FAILURE', 'bytes are hidden behind the signature');
}

/** The hash to run over the signed range; null where it is not known, or not in this runtime. */
export function rangeHash(envelope: Envelope, crypto: Pick<Crypto, 'hash'>): HashAlgorithm | null {
  const algorithm =
    envelope.type === 'rsa' ? 'sha1' : envelope.type === 'none' ? null : envelope.digest;
  return algorithm !== null && crypto.hash(algorithm) !== null ? algorithm : null;
}
