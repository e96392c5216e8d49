/** What must be so before a clerk's statement is signed, asked before a card gets to see a PIN. */
import type { Job, SignerStatus } from '../../shared/job/job.ts';
import { nameMatch } from '../../shared/job/name-match.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { User } from '../archive/archive.ts';
import { jobOr, type Desk } from './desk.ts';

export interface Attesting {
  readonly job: Job;
  readonly signer: SignerStatus;
  readonly clerk: User;
}

/** Who states that who signed; there must be a signing to speak of. */
export function attestingOf(
  desk: Desk,
  input: { readonly job: string; readonly signer: string },
  actor: string,
): Result<Attesting> {
  const job = jobOr(desk, input.job);
  if (!job.ok) return job;
  const signer = job.value.signers.find((one) => one.id === input.signer);
  const clerk = desk.archive.users().find((user) => user.id === actor);
  if (signer === undefined || clerk === undefined)
    return fail('signer.unknown', 'The job has no such signer.');
  if (signer.state !== 'SIGNED') return fail('job.not-signed', 'The signer has not signed.');
  const handed = desk.archive
    .events(input.job)
    .flatMap(({ event }) =>
      event.type === 'handed-over' && event.signer === signer.id ? [event] : [],
    );
  // The statement says that the clerk was there (`attestation.ts`): with a code or a login nobody was.
  if (handed.at(-1)?.alone !== undefined)
    return fail('attest.nobody-there', 'The signer began alone, and nobody was there.');
  return ok({ job: job.value, signer, clerk });
}

/** Somebody else's key would put somebody else's name under the clerk's words. */
export function checkClerkName({ clerk }: Attesting, subject: string): Result<null> {
  return nameMatch(clerk.name, subject) === 'different'
    ? fail('attest.other-name', 'The certificate is another person’s.', { subject })
    : ok(null);
}
