/**
 * News from a queue: of a job we know, of one we did not know to be there, of one that is not ours. It is
 * confirmed when all it says, and at the end every file, is durable; news that cannot be placed never is.
 */
import type { Job } from '../../../shared/job/job.ts';
import type { RemoteParty } from '../../../shared/job/remote.ts';
import type { SyncPorts } from './ports.ts';
import { bringBack } from './fetch-results.ts';
import { record } from './record.ts';
import { readReference } from './reference.ts';
import { sayingOf, type Update } from './update.ts';

/**
 * `confirm`: all it says is durable. `errand`: so is the end, and the outbox has it that the service be told.
 * `keep`: it must come again.
 */
export type Heard = 'confirm' | 'errand' | 'keep';

export async function hear(ports: SyncPorts, update: Update): Promise<Heard> {
  const own = readReference(update.reference);
  const job = own === null ? null : ports.archive.job(own.job);
  if (own === null || job === null) {
    ports.stranger(update);
    return 'keep';
  }
  const known = recognised(ports, job, own.attempt, update);
  if (known === null) return 'keep';
  const said = record(ports, job.id, {
    type: 'service-said',
    ...sayingOf(known.spec.signers, update),
  });
  if (!said.ok) return 'keep';
  // Told once more though it is stored: the service did not hear that it is.
  if (update.status === 'IN_PROGRESS' || said.value.state !== 'at-service') return 'confirm';
  return (await bringBack(ports, said.value, update)).ok ? 'errand' : 'keep';
}

/** The job, known to be this one of the service's; null where it is another. */
function recognised(ports: SyncPorts, job: Job, attempt: number, update: Update): Job | null {
  const { flow, jobId, reference } = update;
  if (job.remote?.jobId === jobId) return job;
  const party: RemoteParty = {
    ...{ flow, attempt, reference: reference ?? '' },
    ...{ sender: ports.sender, queue: ports.queue },
  };
  const found = record(ports, job.id, { type: 'found', jobId, ...party });
  if (found.ok) return found.value;
  if (job.remote === null) ports.stranger(update);
  else record(ports, job.id, { type: 'stray-seen', reference: reference ?? '', jobId });
  return null;
}
