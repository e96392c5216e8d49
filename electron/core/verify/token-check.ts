/** Timestamps (RFC 3161): over a signature's value, or over a document's range. */
import type { RevocationStatus } from '../../../shared/report.ts';
import { hashName, schemeName } from '../cms/algorithms.ts';
import type { Certificate } from '../cms/certificate.ts';
import type { TimestampToken } from '../cms/timestamp-token.ts';
import { verifyTimestampToken } from '../cms/timestamp-token.ts';
import type { Crypto, Revocation } from '../ports.ts';
import type { CertificateReader } from '../trust/certificates.ts';
import { validatePath } from '../trust/path.ts';
import { hashEnd, schemeEnd } from '../trust/strength.ts';
import type { Strength } from '../trust/strength.ts';
import { revokedLater, trustObjections } from './trust-objections.ts';
import { failed, standing, unsure, weakness } from './verdict.ts';
import type { Objection } from './verdict.ts';

export interface TokenVerdict {
  /** Imprint, signature and purpose are right. */
  readonly sound: boolean;
  /** Sound, strong, and its authority is trusted: it proves its time. */
  readonly proves: boolean;
  readonly trusted: boolean;
  readonly time: Date;
  readonly objections: readonly Objection[];
  readonly certificate: Certificate | null;
  readonly chain: readonly Certificate[];
  readonly revocation: RevocationStatus;
  readonly revokedAt: Date | null;
  readonly revocationProblem: string | null;
  readonly revocationAsOf: Date | null;
  readonly digestAlgorithm: string;
  readonly signatureAlgorithm: string;
}

export interface TokenInput {
  readonly token: TimestampToken;
  /** What the imprint must be, by the token's own algorithm; null where that is unknown. */
  readonly digest: Uint8Array | null;
  readonly certificates: readonly Certificate[];
  readonly anchors: readonly Certificate[];
  /** When the authority's certificate is looked at: the next proof of time, or now. */
  readonly at: Date;
  readonly proven: boolean;
  readonly read: CertificateReader;
  readonly strength: Strength;
}

/** What the strict profile of a signature objects to, too: nothing that is signed says how it was. */
const ODD = new Set([
  'cms.version',
  'cms.digest-not-listed',
  'cms.digest-mismatch',
  'cms.attributes-not-der',
]);

/** Recomputes nothing itself: the caller hashes, this compares, verifies and asks for trust. */
export async function checkToken(
  input: TokenInput,
  ports: { readonly crypto: Crypto; readonly revocation?: Revocation },
): Promise<TokenVerdict> {
  const { token, digest, read } = input;
  const { signer, certificates } = token.signedData;
  const pool = [...read(certificates), ...input.certificates];
  const result = {
    time: token.genTime,
    digestAlgorithm:
      token.imprint.algorithm === null
        ? token.imprint.algorithmOid
        : hashName(token.imprint.algorithm),
    signatureAlgorithm: signer.scheme === null ? signer.signatureOid : schemeName(signer.scheme),
  };
  const unsound = (objection: Objection, certificate: Certificate | null): TokenVerdict => ({
    ...result,
    sound: false,
    proves: false,
    trusted: false,
    objections: [objection],
    certificate,
    chain: [],
    revocation: 'not-checked',
    revokedAt: null,
    revocationProblem: null,
    revocationAsOf: null,
  });
  const [known = null] = token.certificate === null ? [] : read([token.certificate]);
  if (digest === null)
    return unsound(unsure('GENERIC', 'its hash algorithm is not known here'), known);
  const odd = token.signedData.anomalies.find((anomaly) => ODD.has(anomaly));
  if (odd !== undefined)
    return unsound(
      unsure('SIG_CONSTRAINTS_FAILURE', `the timestamp is not written as it must be (${odd})`),
      known,
    );
  const checked = await verifyTimestampToken(
    token,
    digest,
    ports.crypto,
    pool.map(({ der }) => der),
  );
  if (!checked.ok) {
    const { code } = checked.error;
    return unsound(
      code === 'timestamp.unsupported'
        ? unsure('GENERIC', 'the timestamp’s algorithm is not known here')
        : code === 'timestamp.wrong-imprint'
          ? failed('HASH_FAILURE', 'the timestamp is of something else')
          : failed('SIG_CRYPTO_FAILURE', 'the timestamp is not rightly signed'),
      known,
    );
  }
  const [certificate] = read([checked.value.certificate]);
  if (certificate === undefined)
    return unsound(
      unsure('NO_SIGNING_CERTIFICATE_FOUND', 'the authority’s certificate cannot be read'),
      null,
    );
  const { strength, at } = input;
  const { algorithm } = token.imprint;
  const ends = [
    algorithm === null ? null : hashEnd(algorithm, strength.constraints),
    signer.digestAlgorithm === null ? null : hashEnd(signer.digestAlgorithm, strength.constraints),
    schemeEnd(signer.scheme, strength.constraints),
  ];
  const path = await validatePath(
    { certificate, pool, anchors: input.anchors, at, purpose: 'timestamp', strength },
    ports,
  );
  const objections = [...standing(ends.flatMap(weakness), at), ...trustObjections(path, input)];
  return {
    ...result,
    sound: true,
    proves: objections.length === 0,
    trusted: path.valid,
    objections,
    certificate,
    chain: path.chain,
    revocation: revokedLater(path, input) ? 'good' : path.revocation,
    revokedAt: path.revokedAt,
    revocationProblem: path.revocationProblem,
    revocationAsOf: path.revocationAsOf,
  };
}
