/**
 * The strict profile of a CMS signature in a PDF (RFC 5652; EN 319 142-1, 6.3): one signer, who signs the
 * digest of the range, the content type and the certificate they say is theirs.
 */
import { hashName, schemeName } from '../cms/algorithms.ts';
import type { Certificate } from '../cms/certificate.ts';
import { matchesSid } from '../cms/certificate.ts';
import { equalBytes } from '../cms/der-writing.ts';
import type { ParsedSignedData } from '../cms/parsed-signed-data.ts';
import { contentTypes } from '../cms/signed-attributes.ts';
import { refersTo } from '../cms/timestamp-token.ts';
import type { Crypto } from '../ports.ts';
import type { CertificateReader } from '../trust/certificates.ts';
import { readCertificateBody } from '../cms/certificate-body.ts';
import { currentConstraints, hashEnd, schemeEnd } from '../trust/strength.ts';
import type { CryptoConstraints } from '../trust/strength.ts';
import { failed, unsure, weakness } from './verdict.ts';
import type { Objection } from './verdict.ts';

export interface CmsVerdict {
  /** Digest and signature are right: the signed bytes are the ones that stand here. */
  readonly intact: boolean;
  readonly objections: readonly Objection[];
  readonly certificate: Certificate | null;
  readonly pool: readonly Certificate[];
  readonly digestAlgorithm: string;
  readonly signatureAlgorithm: string;
}

export interface CmsInput {
  readonly signed: ParsedSignedData;
  readonly subFilter: string;
  /** Digest of the range by the signer's algorithm (adbe.pkcs7.sha1: SHA-1); null where it is unknown. */
  readonly digest: Uint8Array | null;
  /** The bytes of the range, where they are signed without attributes; null where they are too many. */
  content(): Uint8Array | null;
  /** Further certificates, from the validation data. */
  readonly certificates: readonly Certificate[];
  readonly read: CertificateReader;
  /** `currentConstraints` where absent. */
  readonly constraints?: CryptoConstraints;
}

/**
 * Checks everything but trust. Objections about algorithms say until when they do not weigh (`until`).
 * Never throws on hostile structures.
 */
export async function checkCms(input: CmsInput, crypto: Crypto): Promise<CmsVerdict> {
  const { signed, subFilter } = input;
  const { signer } = signed;
  const pool = [...input.read(signed.certificates), ...input.certificates];
  const objections: Objection[] = [];
  const named = {
    pool,
    digestAlgorithm:
      signer.digestAlgorithm === null ? signer.digestOid : hashName(signer.digestAlgorithm),
    signatureAlgorithm: signer.scheme === null ? signer.signatureOid : schemeName(signer.scheme),
  };
  const { certificate, objections: own } = findSigner(input, pool, crypto);
  objections.push(...own);
  objections.push(...profileObjections(input));
  const digestObjection = checkDigest(input, crypto);
  if (digestObjection !== null) objections.push(digestObjection);
  if (certificate === null) return { ...named, intact: false, objections, certificate };
  const signature = await checkSignature(input, certificate, crypto);
  if (signature !== null) objections.push(signature);
  if (subFilter === 'adbe.pkcs7.sha1')
    objections.push(unsure('CRYPTO_CONSTRAINTS_FAILURE', 'SHA-1 is no longer safe'));
  const intact = digestObjection === null && signature === null && !objections.some(isFormat);
  return { ...named, intact, objections, certificate };
}

function isFormat(objection: Objection): boolean {
  return objection.indication === 'TOTAL-FAILED';
}

/** RFC 5035, 4: of several certificates with one issuer and number, the signer's is the one they signed. */
function findSigner(
  { signed, subFilter, constraints = currentConstraints }: CmsInput,
  pool: readonly Certificate[],
  crypto: Crypto,
): { readonly certificate: Certificate | null; readonly objections: readonly Objection[] } {
  const candidates = pool.filter((certificate) => matchesSid(certificate, signed.signer.sid));
  const [first] = candidates;
  if (first === undefined)
    return {
      certificate: null,
      objections: [unsure('NO_SIGNING_CERTIFICATE_FOUND', 'the signer’s certificate is missing')],
    };
  const [reference] = signed.signer.signedAttributes?.signingCertificate ?? [];
  if (reference === undefined)
    return {
      certificate: first,
      objections:
        subFilter === 'ETSI.CAdES.detached'
          ? [unsure('SIG_CONSTRAINTS_FAILURE', 'it does not name its own certificate')]
          : [],
    };
  const meant = candidates.find((candidate) =>
    refersTo(reference, readCertificateBody(candidate.der), crypto),
  );
  if (meant === undefined)
    return {
      certificate: first,
      objections: [
        unsure('NO_SIGNING_CERTIFICATE_FOUND', 'it names another certificate than the one inside'),
      ],
    };
  const end = reference.hash === null ? null : hashEnd(reference.hash, constraints);
  return { certificate: meant, objections: weakness(end) };
}

function profileObjections({
  signed,
  subFilter,
  constraints = currentConstraints,
}: CmsInput): Objection[] {
  const { signer, content, contentType, anomalies } = signed;
  const objections: Objection[] = [];
  const sha1 = subFilter === 'adbe.pkcs7.sha1';
  if (!sha1 && content !== null)
    objections.push(failed('FORMAT_FAILURE', 'it carries content of its own'));
  if (!sha1 && contentType !== contentTypes.data)
    objections.push(failed('FORMAT_FAILURE', 'it signs another type of content'));
  const attributes = signer.signedAttributes;
  if (attributes !== null && attributes.contentType !== contentType)
    objections.push(failed('FORMAT_FAILURE', 'two types of content are named'));
  if (attributes === null && subFilter === 'ETSI.CAdES.detached')
    objections.push(unsure('SIG_CONSTRAINTS_FAILURE', 'it has no signed attributes'));
  if (anomalies.includes('cms.attributes-not-der'))
    objections.push(
      unsure('SIG_CONSTRAINTS_FAILURE', 'what was signed can be written in two ways'),
    );
  if (anomalies.includes('cms.digest-mismatch'))
    objections.push(unsure('SIG_CONSTRAINTS_FAILURE', 'two hash algorithms are named'));
  // RFC 5652, 5.1: a verifier may refuse a digest that is not in the set; nothing signed says which it was.
  if (anomalies.includes('cms.digest-not-listed'))
    objections.push(
      unsure('SIG_CONSTRAINTS_FAILURE', 'the hash it uses is not among those it lists'),
    );
  if (anomalies.includes('cms.version') && subFilter === 'ETSI.CAdES.detached')
    objections.push(unsure('SIG_CONSTRAINTS_FAILURE', 'its version does not fit its content'));
  const { digestAlgorithm, scheme } = signer;
  if (digestAlgorithm !== null) objections.push(...weakness(hashEnd(digestAlgorithm, constraints)));
  objections.push(...weakness(schemeEnd(scheme, constraints)));
  return objections;
}

function checkDigest({ signed, subFilter, digest }: CmsInput, crypto: Crypto): Objection | null {
  const { signedAttributes, digestAlgorithm } = signed.signer;
  if (subFilter === 'adbe.pkcs7.sha1') {
    // ISO 32000-1, 12.8.3.3.1: the SHA-1 digest of the range is the content that is signed.
    if (digest === null || signed.content === null || !equalBytes(signed.content, digest))
      return failed('HASH_FAILURE', 'the document is not the one that was signed');
    if (signedAttributes === null) return null;
    const hash = digestAlgorithm === null ? null : crypto.hash(digestAlgorithm);
    if (hash === null) return unknownHash();
    const inner = hash.update(signed.content).digest();
    return sameDigest(signedAttributes.messageDigest, inner);
  }
  // Without attributes the signature itself is over the range.
  if (signedAttributes === null) return null;
  return digest === null ? unknownHash() : sameDigest(signedAttributes.messageDigest, digest);
}

function sameDigest(claimed: Uint8Array | null, digest: Uint8Array): Objection | null {
  if (claimed === null) return failed('FORMAT_FAILURE', 'it does not name the digest it signs');
  return equalBytes(claimed, digest)
    ? null
    : failed('HASH_FAILURE', 'the document is not the one that was signed');
}

function unknownHash(): Objection {
  return unsure('GENERIC', 'its hash algorithm is not known here');
}

async function checkSignature(
  input: CmsInput,
  certificate: Certificate,
  crypto: Crypto,
): Promise<Objection | null> {
  const { signer, content } = input.signed;
  if (signer.scheme === null)
    return unsure('GENERIC', 'its signature algorithm is not accepted here');
  const message =
    signer.signedAttributes?.der ??
    (input.subFilter === 'adbe.pkcs7.sha1' ? content : input.content());
  if (message === null)
    return unsure('GENERIC', 'it signs the whole file at once, which is too large for that');
  switch (await crypto.verify(signer.scheme, certificate.spki, message, signer.signature)) {
    case 'valid':
      return null;
    case 'invalid':
      return failed('SIG_CRYPTO_FAILURE', 'the signature does not fit the certificate');
    case 'unsupported':
      return unsure('GENERIC', 'its signature algorithm cannot be checked here');
  }
}
