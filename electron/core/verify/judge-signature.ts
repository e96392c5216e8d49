/** Judges one signature by itself: format, cryptography, trust and time. */
import { validatePath } from '../trust/path.ts';
import { equalBytes } from '../cms/der-writing.ts';
import type { Certificate } from '../cms/certificate.ts';
import type { RevocationEvidence } from '../ports.ts';
import type { SignerInfo } from '../cms/parsed-signed-data.ts';
import { parseTimestampToken } from '../cms/timestamp-token.ts';
import { readClaim } from './claim.ts';
import { checkCms } from './cms-check.ts';
import type { CmsVerdict } from './cms-check.ts';
import { signedBytes } from './digests.ts';
import type { Case, Judged, Ports, TimeProof } from './judged.ts';
import { provenTime, unjudged } from './judged.ts';
import { evidenceIn, revocationFor } from './evidence.ts';
import { strengthFor } from './existence.ts';
import { levelOf } from './level.ts';
import type { LocatedSignature } from './located.ts';
import { anchorsAt, qualified } from './trust-case.ts';
import { checkToken } from './token-check.ts';
import type { TokenVerdict } from './token-check.ts';
import { revokedLater, trustObjections } from './trust-objections.ts';
import type { TrustTime } from './trust-objections.ts';
import { failed, standing, unsure } from './verdict.ts';
import type { Objection } from './verdict.ts';

/** Signatures without attributes are over the whole file at once: up to this many bytes of it. */
const MAX_WHOLE = 256 * 1024 * 1024;
/** Timestamps of one signature that are looked at. */
const MAX_TOKENS = 8;

/** `proofs`: the document timestamps of the file. */
export async function judgeSignature(
  theCase: Case,
  located: LocatedSignature,
  proofs: readonly TimeProof[],
  ports: Ports,
): Promise<Judged> {
  const { envelope, range } = located;
  if (envelope.type === 'none') return unjudged(envelope.objection);
  if (envelope.type === 'token' || range === null) throw new Error('a signature without its CMS');
  const { validation, at } = theCase;
  const cms =
    envelope.type === 'cms'
      ? await checkCms(
          {
            signed: envelope.signed,
            subFilter: located.found.subFilter,
            digest: located.digest,
            content: () => signedBytes(theCase.document.source, range, MAX_WHOLE),
            certificates: validation.certificates,
            read: theCase.read,
            constraints: theCase.constraints,
          },
          ports.crypto,
        )
      : await checkBare(theCase, located, envelope, ports);
  const later = provenTime(proofs, range.end);
  const signer = envelope.type === 'cms' ? envelope.signed.signer : null;
  const evidence = envelope.type === 'cms' ? evidenceIn(envelope.signed) : [];
  const certificates = envelope.type === 'cms' ? theCase.read(envelope.signed.certificates) : [];
  const strength = strengthFor(theCase, proofs, { certificates, provenAt: later });
  const withEvidence = (provenAt: Date | null): Ports => ({
    crypto: ports.crypto,
    revocation: revocationFor(theCase, proofs, { evidence, provenAt }, strength, ports),
  });
  const tokens =
    signer === null
      ? []
      : await checkTokens(theCase, { signer, proofs, later, evidence }, cms.pool, ports);
  const proving = tokens.filter(({ proves }) => proves).map(({ time }) => time);
  const bestTime = cms.intact ? earliest([...proving, ...(later === null ? [] : [later])]) : null;
  const objections: Objection[] = [...standing(cms.objections, bestTime ?? at)];
  const broken = tokens.find(({ sound }) => !sound);
  // A token that is of something else was put there by somebody: that is not a missing proof of time.
  if (broken !== undefined)
    objections.push(unsure('SIG_CONSTRAINTS_FAILURE', broken.problem ?? 'its timestamp is wrong'));
  const path =
    cms.certificate === null
      ? null
      : await validatePath(
          {
            certificate: cms.certificate,
            pool: cms.pool,
            anchors: anchorsAt(theCase, 'signature', bestTime ?? at),
            at: bestTime ?? at,
            purpose: 'signature',
            strength,
          },
          withEvidence(bestTime),
        );
  const time: TrustTime = {
    at: bestTime ?? at,
    proven: bestTime !== null,
    madeAfter: madeAfter(proofs, range.gapStart),
  };
  if (path !== null) objections.push(...trustObjections(path, time));
  const survived = path !== null && revokedLater(path, time);
  const trusted = path?.valid === true && (path.revocation !== 'revoked' || survived);
  const believed = cms.intact && trusted && isSeal(theCase, cms.certificate);
  const named = signer?.signedAttributes?.signingCertificate ?? null;
  return {
    objections,
    intact: cms.intact,
    trusted,
    certificate: cms.certificate,
    revocation: survived ? 'good' : (path?.revocation ?? 'not-checked'),
    revokedAt: path?.revokedAt ?? null,
    revocationProblem: path?.revocationProblem ?? null,
    revocationAsOf: null,
    bestTime,
    timestampProblem: tokens.find(({ proves }) => !proves)?.problem ?? null,
    claim: believed ? readClaim(theCase.document, located.found.dict) : null,
    qualification: qualified(theCase, 'signature', path, bestTime ?? at),
    digestAlgorithm: cms.digestAlgorithm,
    signatureAlgorithm: cms.signatureAlgorithm,
    level: levelOf({
      baseline: located.found.subFilter === 'ETSI.CAdES.detached' && named !== null,
      timestamped: tokens.some(({ sound }) => sound),
      covering: proofs.filter(({ length }) => length >= range.end),
      chain: path?.chain ?? [],
      pool: cms.pool,
      validation,
    }),
  };
}

/** The latest time at which a timestamp that the signature covers was made: it is younger than that. */
function madeAfter(proofs: readonly TimeProof[], start: number): Date | null {
  return proofs
    .filter(({ proves, end }) => proves && end <= start)
    .reduce<Date | null>((last, { time }) => (last === null || time > last ? time : last), null);
}

function earliest(times: readonly Date[]): Date | null {
  return times.reduce<Date | null>(
    (first, time) => (first === null || time < first ? time : first),
    null,
  );
}

/** A claim counts under the organisation's seal; where none was named, under any trusted certificate. */
function isSeal({ seals }: Case, certificate: Certificate | null): boolean {
  if (certificate === null) return false;
  return seals === null || seals.some((der) => equalBytes(der, certificate.der));
}

interface CheckedToken extends Pick<TokenVerdict, 'sound' | 'proves' | 'time'> {
  readonly problem: string | null;
}

/** The timestamps of one signature: over its value (RFC 3161, appendix A). */
async function checkTokens(
  theCase: Case,
  {
    signer,
    proofs,
    later,
    evidence,
  }: {
    readonly signer: SignerInfo;
    readonly proofs: readonly TimeProof[];
    readonly later: Date | null;
    readonly evidence: readonly RevocationEvidence[];
  },
  pool: readonly Certificate[],
  ports: Ports,
): Promise<CheckedToken[]> {
  const { validation, at, read } = theCase;
  const checked: CheckedToken[] = [];
  for (const der of signer.timestamps.slice(0, MAX_TOKENS)) {
    const token = parseTimestampToken(der);
    if (!token.ok) {
      checked.push({
        sound: false,
        proves: false,
        time: at,
        problem: 'its timestamp cannot be read',
      });
      continue;
    }
    const { algorithm } = token.value.imprint;
    const hash = algorithm === null ? null : ports.crypto.hash(algorithm);
    const strength = strengthFor(theCase, proofs, {
      certificates: read(token.value.signedData.certificates),
      provenAt: later,
    });
    const revocation = revocationFor(
      theCase,
      proofs,
      { evidence, provenAt: later, ...(later === null ? { stamped: token.value.genTime } : {}) },
      strength,
      ports,
    );
    const verdict = await checkToken(
      {
        token: token.value,
        digest: hash === null ? null : hash.update(signer.signature).digest(),
        certificates: [...pool, ...validation.certificates],
        anchors: anchorsAt(theCase, 'timestamp', later ?? at),
        at: later ?? at,
        proven: later !== null,
        read,
        strength,
      },
      { crypto: ports.crypto, revocation },
    );
    checked.push({ ...verdict, problem: verdict.objections[0]?.problem ?? null });
  }
  return checked;
}

/** adbe.x509.rsa_sha1 (ISO 32000-1, 12.8.3.2): read so that it can be named, never passed. */
async function checkBare(
  { document, validation, read }: Case,
  { range }: LocatedSignature,
  envelope: { readonly signature: Uint8Array; readonly certificates: readonly Uint8Array[] },
  { crypto }: Ports,
): Promise<CmsVerdict> {
  const own = read(envelope.certificates);
  const [certificate] = own;
  const verdict = {
    certificate: certificate ?? null,
    pool: [...own, ...validation.certificates],
    digestAlgorithm: 'SHA-1',
    signatureAlgorithm: 'RSA with SHA-1',
  };
  const weak = unsure('CRYPTO_CONSTRAINTS_FAILURE', 'SHA-1 is no longer safe');
  if (certificate === undefined) {
    const missing = unsure('NO_SIGNING_CERTIFICATE_FOUND', 'the signer’s certificate is missing');
    return { ...verdict, intact: false, objections: [missing] };
  }
  const message = range === null ? null : signedBytes(document.source, range, MAX_WHOLE);
  if (message === null)
    return {
      ...verdict,
      intact: false,
      objections: [unsure('GENERIC', 'the file is too large for it')],
    };
  const scheme = { type: 'rsa-pkcs1', hash: 'sha1' } as const;
  const answer = await crypto.verify(scheme, certificate.spki, message, envelope.signature);
  return answer === 'valid'
    ? { ...verdict, intact: true, objections: [weak] }
    : {
        ...verdict,
        intact: false,
        objections: [
          answer === 'invalid'
            ? failed('SIG_CRYPTO_FAILURE', 'the signature does not fit the document')
            : unsure('GENERIC', 'its signature algorithm cannot be checked here'),
        ],
      };
}
