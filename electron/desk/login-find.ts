/** What waits for whoever logged in at a resting kiosk. In the worker: every open job is looked at. */
import type { Job, SignerStatus } from '../../shared/job/job.ts';
import type { LoginProof, NameMatch } from '../../shared/job/proof.ts';
import { isTheirTurn } from '../../shared/job/signer-turns.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { bornBy, type LoginPerson } from '../eid/login/person.ts';
import type { Desk } from './desk.ts';
import { matchLogin } from './login-match.ts';

export interface FindInput {
  readonly person: LoginPerson;
  /** Of the login. */
  readonly level: LoginProof['level'];
}

export interface FoundJob {
  readonly job: string;
  readonly signer: string;
  readonly matchedBy: 'national-id' | 'name-and-birth-date';
  readonly nameMatch: NameMatch;
}

interface Candidate {
  readonly job: Extract<Job, { state: 'open' }>;
  readonly signer: SignerStatus;
  readonly nameMatch: NameMatch;
}

/**
 * The jobs whose signer it is beyond doubt: by the national identity number, or by name and birth date
 * where nobody else who waits could be meant. Refuses, of nobody else and without a word of what it is:
 * `waiting.nothing`; `waiting.unclear` where a clerk has to compare; `waiting.needs-clerk` where a clerk
 * has to check a document; `eid.level-too-low` as a signature would. The most urgent first.
 */
export function findWaiting(desk: Desk, input: FindInput): Result<readonly FoundJob[]> {
  const { sure, named, rivals, doubts } = sorted(desk, input.person);
  const one = named.length === 1 && rivals === 0 ? named : [];
  const now = desk.clock.now().toISOString();
  const theirs = [
    ...sure.map((each) => ({ ...each, matchedBy: 'national-id' as const })),
    ...one.map((each) => ({ ...each, matchedBy: 'name-and-birth-date' as const })),
  ].filter((each) => isReady(each, now));
  // A simple signature rests on a check that a clerk has made (DOMAIN, kinds of signature).
  const found = theirs.filter(({ signer }) => signer.kind !== 'simple');
  if (found.length === 0) {
    if (theirs.length > 0)
      return fail('waiting.needs-clerk', 'A clerk has to check who the signer is.');
    return doubts || named.length > one.length
      ? fail('waiting.unclear', 'The login does not tell whose it is.')
      : fail('waiting.nothing', 'Nothing waits for this person.');
  }
  const wanted = Math.max(...found.map(({ signer }) => signer.level ?? 3));
  if (input.level < wanted)
    return fail('eid.level-too-low', 'The login is of a lower level than the job demands.', {
      ...{ given: input.level, wanted },
    });
  const until = ({ job }: Candidate) => job.spec.deadline ?? '9999';
  return ok(
    found
      .toSorted((a, b) => (until(a) < until(b) ? -1 : until(a) > until(b) ? 1 : 0))
      .map(({ job, signer, matchedBy, nameMatch }) => ({
        ...{ job: job.id, signer: signer.id, matchedBy, nameMatch },
      })),
  );
}

/** Everybody who has not signed, by how sure it is that they are this person. */
function sorted(desk: Pick<Desk, 'archive'>, person: LoginPerson) {
  const sure: Candidate[] = [];
  const named: Candidate[] = [];
  let rivals = 0;
  let doubts = false;
  for (const id of desk.archive.jobsWhere({ state: 'open' })) {
    const job = desk.archive.job(id);
    if (job?.state !== 'open') continue;
    for (const signer of job.signers) {
      if (signer.state !== 'WAITING') continue;
      const matched = matchLogin(signer, person);
      if (!matched.ok) {
        if (isNamesake(signer, person)) rivals += 1;
        continue;
      }
      const { matches, matchedBy, nameMatch } = matched.value;
      if (!matches) doubts ||= nameMatch !== 'different';
      else (matchedBy === 'national-id' ? sure : named).push({ job, signer, nameMatch });
    }
  }
  return { sure, named, rivals, doubts };
}

/** Another number, but the same name and birth date: then these two do not tell people apart. */
function isNamesake(signer: SignerStatus, person: LoginPerson): boolean {
  const { nationalId, ...named } = signer;
  const born = nationalId === undefined ? undefined : bornBy(nationalId);
  if (born === undefined || born === null) return false;
  const matched = matchLogin({ ...named, birthDate: born }, { ...person, nationalId: null });
  return matched.ok && matched.value.matches;
}

function isReady({ job, signer }: Candidate, now: string): boolean {
  const { deadline } = job.spec;
  return (
    job.atKiosk === null && isTheirTurn(job, signer.id) && !(deadline !== null && deadline <= now)
  );
}
