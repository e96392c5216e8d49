/** From a checked signature of a container to its report: trust, time, level and words. */
import type { Level, SignatureReport } from '../../../shared/report.ts';
import { hashName } from '../cms/algorithms.ts';
import { hex } from '../cms/certificate.ts';
import type { Certificate } from '../cms/certificate.ts';
import type { Crypto, HashAlgorithm, Revocation, RevocationEvidence } from '../ports.ts';
import type { CertificateReader } from '../trust/certificates.ts';
import { validatePath } from '../trust/path.ts';
import type { AnswerReader } from '../trust/revocation-evidence.ts';
import type { CryptoConstraints } from '../trust/strength.ts';
import { signatureSentence } from '../verify/sentences.ts';
import { trustObjections } from '../verify/trust-objections.ts';
import { failed, gravest, standing, unsure } from '../verify/verdict.ts';
import type { Objection } from '../verify/verdict.ts';
import { proveTime } from './prove-time.ts';
import type { ProvenTime } from './prove-time.ts';

export interface ContainerPorts {
  readonly crypto: Crypto;
  readonly revocation?: Revocation;
}

export interface ContainerCase {
  readonly anchors: readonly Certificate[];
  readonly at: Date;
  readonly read: CertificateReader;
  readonly readAnswer: AnswerReader;
  readonly constraints: CryptoConstraints;
  /** Names of the files that a signature must cover. */
  readonly files: readonly string[];
  /** Octets of all of them. */
  readonly length: number;
  /** What weighs against every signature of the container. */
  readonly objections: readonly Objection[];
}

/** A token in a signature, with what it must be over. */
export interface StampedOctets {
  readonly token: Uint8Array;
  readonly octets: Uint8Array | null;
  /** Among the unsigned properties: it is over what is kept before it. */
  readonly place: number;
}

/** What a signature keeps for validators, in the order of its unsigned properties. */
export interface Kept {
  readonly place: number;
  readonly certificates: readonly Certificate[];
  readonly evidence: readonly RevocationEvidence[];
}

export interface Checked {
  /** Name of the entry it stands in, with its number where there are several. */
  readonly field: string;
  readonly intact: boolean;
  readonly objections: readonly Objection[];
  readonly certificate: Certificate | null;
  readonly pool: readonly Certificate[];
  readonly covered: ReadonlySet<string>;
  readonly claimedTime: Date | null;
  readonly timestamps: readonly StampedOctets[];
  readonly archiveTimestamps: readonly StampedOctets[];
  /** The baseline form of its kind: what B-B asks for. */
  readonly baseline: boolean;
  readonly kept: readonly Kept[];
  /** The certificates beside the signature's value: every archive timestamp is over them. */
  readonly keyInfo: readonly Certificate[];
  /** Revocation data inside the signature's own structure. */
  readonly evidence: readonly RevocationEvidence[];
  readonly digest: HashAlgorithm | null;
  readonly signatureAlgorithm: string;
}

export async function judgeChecked(
  checked: Checked,
  theCase: ContainerCase,
  ports: ContainerPorts,
): Promise<SignatureReport> {
  const proven = await proveTime(checked, theCase, ports);
  const best = checked.intact ? proven.earliest : null;
  const objections: Objection[] = [
    ...theCase.objections,
    ...standing(checked.objections, best ?? theCase.at),
  ];
  const missing = theCase.files.filter((name) => !checked.covered.has(name));
  if (missing.length > 0)
    objections.push(failed('FORMAT_FAILURE', 'the container has files that it does not sign'));
  for (const { unsound, text } of proven.problems)
    if (unsound) objections.push(unsure('SIG_CONSTRAINTS_FAILURE', text));
  const { certificate } = checked;
  const at = best ?? theCase.at;
  const { strength, revocation: asked } = proven;
  const { pool } = checked;
  const path =
    certificate === null
      ? null
      : await validatePath(
          { certificate, pool, anchors: theCase.anchors, at, purpose: 'signature', strength },
          { crypto: ports.crypto, revocation: asked },
        );
  if (path !== null) objections.push(...trustObjections(path, { at, proven: best !== null }));
  const objection = gravest(objections);
  const trusted = path?.valid === true && path.revocation !== 'revoked';
  const claimedTime = checked.claimedTime?.toISOString() ?? null;
  const bestTime = best?.toISOString() ?? null;
  const revocation = path?.revocation ?? 'not-checked';
  return {
    field: checked.field,
    kind: 'signature',
    signer: certificate?.commonName ?? '',
    indication: objection?.indication ?? 'TOTAL-PASSED',
    subIndication: objection?.subIndication ?? null,
    level: levelOf(checked, proven),
    claimedTime,
    bestTime,
    intact: checked.intact,
    trusted,
    revocation,
    coverage: missing.length === 0 ? 'whole' : 'partial',
    changes: 'none',
    changeList: [],
    claim: null,
    sentence: signatureSentence({
      kind: 'signature',
      name: certificate?.commonName ?? '',
      objection,
      intact: checked.intact,
      trusted,
      trial: certificate?.trial === true,
      revocation,
      changes: 'none',
      gravestChange: null,
      claimedTime,
      bestTime,
      timestampProblem: proven.problems.at(-1)?.text ?? null,
    }),
    revision: 0,
    signedLength: theCase.length,
    page: null,
    certificate:
      certificate === null
        ? null
        : {
            subject: certificate.subject.text,
            issuer: certificate.issuer.text,
            serial: certificate.serial,
            notBefore: certificate.notBefore.toISOString(),
            notAfter: certificate.notAfter.toISOString(),
            fingerprint: hex(
              ports.crypto.hash('sha256')?.update(certificate.der).digest() ?? new Uint8Array(),
            ),
            trial: certificate.trial,
          },
    digestAlgorithm: checked.digest === null ? 'unknown' : hashName(checked.digest),
    signatureAlgorithm: checked.signatureAlgorithm,
  };
}

function levelOf({ baseline, kept, evidence }: Checked, { stamped, archived }: ProvenTime): Level {
  if (!baseline) return 'CMS';
  if (!stamped && !archived) return 'B-B';
  if (evidence.length === 0 && kept.every((each) => each.evidence.length === 0)) return 'B-T';
  return archived ? 'B-LTA' : 'B-LT';
}
