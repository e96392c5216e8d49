/** Who may put timestamps over a job's documents just now: one process of one machine, for a while. */
import { attempt, fail, type Result } from '../../shared/result.ts';
import type { Job } from '../../shared/job/job.ts';
import { jobOr, type Desk } from './desk.ts';

const leaseTime = 120_000;

/** Keeps the lease for so long once more; false where another has taken it. */
export type KeepLease = () => boolean;

/**
 * Work under the lease: two timestamps of the same revision would fork the file. Fails with
 * `sealing.running`, and as the archive and the work do.
 */
export async function underSealLease<T>(
  desk: Desk,
  job: string,
  work: (job: Job, keep: KeepLease) => Promise<Result<T>>,
): Promise<Result<T>> {
  const lease = `seal:${job}`;
  const keep = () => desk.archive.lease(lease, leaseTime);
  if (!keep()) return fail('sealing.running', 'The job is being sealed already.');
  try {
    // Looked at under the lease: whoever held it before may just have sealed.
    const found = jobOr(desk, job);
    return found.ok ? await work(found.value, keep) : found;
  } finally {
    // A full disk has refused the work already; the lease runs out by itself.
    attempt(() => desk.archive.releaseLease(lease));
  }
}
