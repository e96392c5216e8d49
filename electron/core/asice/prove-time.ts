/**
 * What the timestamps in a container's signature prove (EN 319 102-1, 5.6.2): archive timestamps from the
 * newest back, because a later one proves when an earlier one, its certificates and its revocation data
 * stood there; then those over the signature's value.
 */
import { parseTimestampToken } from '../cms/timestamp-token.ts';
import type { Revocation, RevocationEvidence } from '../ports.ts';
import type { Certificate } from '../cms/certificate.ts';
import type { Strength } from '../trust/strength.ts';
import { evidenceIn, evidenceKey, revocationFor } from '../verify/evidence.ts';
import type { OwnEvidence } from '../verify/evidence.ts';
import { strengthFor } from '../verify/existence.ts';
import type { TimeProof } from '../verify/judged.ts';
import { provenTime } from '../verify/judged.ts';
import { checkToken } from '../verify/token-check.ts';
import type { TokenVerdict } from '../verify/token-check.ts';
import type { Checked, ContainerCase, ContainerPorts, StampedOctets } from './judge.ts';

export interface ProvenTime {
  /** One of its timestamps is over the right octets. */
  readonly stamped: boolean;
  readonly archived: boolean;
  /** The earliest time that a trusted timestamp proves. */
  readonly earliest: Date | null;
  readonly problems: readonly { readonly unsound: boolean; readonly text: string }[];
  /** For the signature itself. */
  readonly strength: Strength;
  readonly revocation: Revocation;
}

const MAX_TOKENS = 8;
/** A timestamp in a container is over all before it: there are no lengths to compare. */
const ALL = Number.MAX_SAFE_INTEGER;

export async function proveTime(
  checked: Checked,
  theCase: ContainerCase,
  ports: ContainerPorts,
): Promise<ProvenTime> {
  const proofs: TimeProof[] = [];
  const problems: ProvenTime['problems'][number][] = [];
  const times: Date[] = [];
  let [stamped, archived] = [false, false];
  for (const stamp of checked.archiveTimestamps.slice(0, MAX_TOKENS).toReversed()) {
    const covered = coveredBy(stamp, checked);
    const verdict = await judgeToken(stamp, covered.evidence, proofs, checked, theCase, ports);
    archived ||= verdict?.sound === true;
    const problem = problemOf(verdict);
    if (problem !== null) problems.push(problem);
    if (verdict?.sound === true) proofs.push(proofOf(verdict, covered, ports));
    if (verdict?.proves === true) times.push(verdict.time);
  }
  for (const stamp of checked.timestamps.slice(0, MAX_TOKENS)) {
    const verdict = await judgeToken(stamp, [], proofs, checked, theCase, ports);
    stamped ||= verdict?.sound === true;
    const problem = problemOf(verdict);
    if (problem !== null) problems.push(problem);
    if (verdict?.proves === true) times.push(verdict.time);
  }
  const provenAt = provenTime(proofs, ALL);
  const strength = strengthFor(theCase, proofs, { certificates: checked.pool, provenAt });
  const own = { evidence: checked.evidence, provenAt };
  return {
    ...{ stamped, archived, problems, strength },
    earliest: times.reduce<Date | null>(
      (first, time) => (first === null || time < first ? time : first),
      null,
    ),
    revocation: revocationOf(checked, theCase, proofs, own, strength, ports),
  };
}

interface Covered {
  readonly evidence: readonly RevocationEvidence[];
  readonly certificates: readonly Certificate[];
}

function coveredBy({ place }: StampedOctets, { kept, keyInfo }: Checked): Covered {
  const before = kept.filter((each) => each.place < place);
  return {
    evidence: before.flatMap(({ evidence }) => evidence),
    certificates: [...keyInfo, ...before.flatMap(({ certificates }) => certificates)],
  };
}

/** Null where the token cannot be read. */
async function judgeToken(
  { token: der, octets }: StampedOctets,
  covered: readonly RevocationEvidence[],
  proofs: readonly TimeProof[],
  checked: Checked,
  theCase: ContainerCase,
  ports: ContainerPorts,
): Promise<TokenVerdict | null> {
  const token = parseTimestampToken(der);
  if (!token.ok || octets === null) return null;
  const { signedData, imprint, genTime } = token.value;
  const { anchors, at, read } = theCase;
  const hash = imprint.algorithm === null ? null : ports.crypto.hash(imprint.algorithm);
  const proven = provenTime(proofs, ALL);
  const strength = strengthFor(theCase, proofs, {
    certificates: read(signedData.certificates),
    provenAt: proven,
  });
  const own = {
    evidence: evidenceIn(signedData),
    provenAt: proven,
    ...(proven === null ? { stamped: genTime, covered } : {}),
  };
  return checkToken(
    {
      token: token.value,
      digest: hash === null ? null : hash.update(octets).digest(),
      certificates: checked.pool,
      anchors,
      at: proven ?? at,
      proven: proven !== null,
      read,
      strength,
    },
    {
      crypto: ports.crypto,
      revocation: revocationOf(checked, theCase, proofs, own, strength, ports),
    },
  );
}

/** What the signature keeps stands where a file's store does: proven by what covers it. */
function revocationOf(
  { kept }: Checked,
  { at, readAnswer }: ContainerCase,
  proofs: readonly TimeProof[],
  own: OwnEvidence,
  strength: Strength,
  ports: ContainerPorts,
): Revocation {
  const evidence = kept.flatMap((each) => each.evidence);
  const validation = { present: true, certificates: [], evidence, complete: true };
  return revocationFor({ validation, at, readAnswer }, proofs, own, strength, ports);
}

function proofOf(
  { time, proves }: TokenVerdict,
  { evidence, certificates }: Covered,
  { crypto }: ContainerPorts,
): TimeProof {
  return {
    ...{ length: ALL, end: 0, time, proves, overValidationData: evidence.length > 0 },
    evidence: new Set(proves ? evidence.map((one) => evidenceKey(one, crypto)) : []),
    certificates: new Set(certificates),
  };
}

function problemOf(verdict: TokenVerdict | null): ProvenTime['problems'][number] | null {
  if (verdict === null) return { unsound: true, text: 'its timestamp cannot be read' };
  const text = verdict.objections[0]?.problem;
  return text === undefined ? null : { unsound: !verdict.sound, text };
}
