/** From a checked signature of a container to its report: trust, time, level and words. */
import type { Level, SignatureReport } from '../../../shared/report.ts';
import { hashName } from '../cms/algorithms.ts';
import { hex } from '../cms/certificate.ts';
import type { Certificate } from '../cms/certificate.ts';
import { parseTimestampToken } from '../cms/timestamp-token.ts';
import type { Crypto, HashAlgorithm, Revocation } from '../ports.ts';
import type { CertificateReader } from '../trust/certificates.ts';
import { validatePath } from '../trust/path.ts';
import { currentConstraints, strengthAt } from '../trust/strength.ts';
import { signatureSentence } from '../verify/sentences.ts';
import { checkToken } from '../verify/token-check.ts';
import { trustObjections } from '../verify/trust-objections.ts';
import { failed, gravest, standing, unsure } from '../verify/verdict.ts';
import type { Objection } from '../verify/verdict.ts';

export interface ContainerPorts {
  readonly crypto: Crypto;
  readonly revocation?: Revocation;
}

export interface ContainerCase {
  readonly anchors: readonly Certificate[];
  readonly at: Date;
  readonly read: CertificateReader;
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
  readonly validationData: boolean;
  readonly digest: HashAlgorithm | null;
  readonly signatureAlgorithm: string;
}

const MAX_TOKENS = 8;

export async function judgeChecked(
  checked: Checked,
  theCase: ContainerCase,
  ports: ContainerPorts,
): Promise<SignatureReport> {
  const archive = await provenBy(checked.archiveTimestamps, null, checked, theCase, ports);
  const own = await provenBy(checked.timestamps, archive.earliest, checked, theCase, ports);
  const best = checked.intact ? earliest([own.earliest, archive.earliest]) : null;
  const objections: Objection[] = [
    ...theCase.objections,
    ...standing(checked.objections, best ?? theCase.at),
  ];
  const missing = theCase.files.filter((name) => !checked.covered.has(name));
  if (missing.length > 0)
    objections.push(failed('FORMAT_FAILURE', 'the container has files that it does not sign'));
  for (const { problem } of [own, archive])
    if (problem !== null && problem.unsound)
      objections.push(unsure('SIG_CONSTRAINTS_FAILURE', problem.text));
  const { certificate } = checked;
  const at = best ?? theCase.at;
  const path =
    certificate === null
      ? null
      : await validatePath(
          { certificate, pool: checked.pool, anchors: theCase.anchors, at, purpose: 'signature' },
          ports,
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
    level: levelOf(checked, own.sound, archive.sound),
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
      timestampProblem: own.problem?.text ?? null,
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

function levelOf(
  { baseline, validationData }: Checked,
  stamped: boolean,
  archived: boolean,
): Level {
  if (!baseline) return 'CMS';
  if (!stamped && !archived) return 'B-B';
  if (!validationData) return 'B-T';
  return archived ? 'B-LTA' : 'B-LT';
}

function earliest(times: readonly (Date | null)[]): Date | null {
  return times.reduce((first, time) => {
    if (time === null) return first;
    return first === null || time < first ? time : first;
  }, null);
}

interface Proof {
  readonly sound: boolean;
  /** The earliest time that a trusted token proves. */
  readonly earliest: Date | null;
  readonly problem: { readonly unsound: boolean; readonly text: string } | null;
}

/** `later`: a time already proven by a later timestamp, at which these authorities are looked at. */
async function provenBy(
  stamps: readonly StampedOctets[],
  later: Date | null,
  { pool }: Checked,
  { anchors, at, read }: ContainerCase,
  ports: ContainerPorts,
): Promise<Proof> {
  let proof: Proof = { sound: false, earliest: null, problem: null };
  for (const { token: der, octets } of stamps.slice(0, MAX_TOKENS)) {
    const token = parseTimestampToken(der);
    if (!token.ok || octets === null) {
      proof = { ...proof, problem: { unsound: true, text: 'its timestamp cannot be read' } };
      continue;
    }
    const { algorithm } = token.value.imprint;
    const hash = algorithm === null ? null : ports.crypto.hash(algorithm);
    const digest = hash === null ? null : hash.update(octets).digest();
    const verdict = await checkToken(
      {
        token: token.value,
        digest,
        certificates: pool,
        anchors,
        at: later ?? at,
        proven: later !== null,
        read,
        strength: strengthAt(later ?? at, currentConstraints),
      },
      ports,
    );
    const text = verdict.objections[0]?.problem ?? null;
    proof = {
      sound: proof.sound || verdict.sound,
      earliest: verdict.proves ? earliest([proof.earliest, verdict.time]) : proof.earliest,
      problem: text === null ? proof.problem : { unsound: !verdict.sound, text },
    };
  }
  return proof;
}
