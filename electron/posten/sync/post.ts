/** Hands a job to the sync, and asks it for errands: what a clerk does, in one transaction with its row in the outbox. */
import type { Job } from '../../../shared/job/job.ts';
import type { RemoteEvent } from '../../../shared/job/remote-event.ts';
import { fail } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { Archive } from '../../archive/archive.ts';
import type { Clock } from '../../core/ports.ts';
import { perform } from '../../desk/desk.ts';
import { postenTopic, type Errand } from './ports.ts';
import { referenceOf } from './reference.ts';

interface Ports {
  readonly archive: Archive;
  readonly clock: Clock;
}

/** A draft, or anew what got no answer and which a clerk has looked for at the service in vain. */
export function postJob(
  ports: Ports,
  id: string,
  { sender, queue }: { readonly sender: string; readonly queue: string },
  actor: string,
): Result<Job> {
  const job = ports.archive.job(id);
  if (job === null) return fail('job.unknown', 'There is no such job.');
  const flow = job.spec.place;
  if (flow === undefined || flow === 'counter')
    return fail('posten.signed-here', 'The job is to be signed at the counter.');
  const attempt = (job.remote?.attempt ?? 0) + 1;
  const reference = referenceOf(id, attempt);
  const event = { type: 'posted', flow, sender, queue, attempt, reference } as const;
  return say(ports, job, event, { do: 'send', job: id, reference }, actor);
}

/** Where nothing has left yet the job simply ends; else the service is asked. */
export function withdrawJob(ports: Ports, id: string, reason: string, actor: string): Result<Job> {
  const job = ports.archive.job(id);
  if (job === null) return fail('job.unknown', 'There is no such job.');
  const event = { type: 'withdrawal-asked', reason } as const;
  return say(ports, job, event, { do: 'withdraw', job: id }, actor);
}

/** Has the service delete what it keeps of a job that is stored here. */
export function clearJob(ports: Ports, id: string, actor: string): Result<Job> {
  const job = ports.archive.job(id);
  if (job === null) return fail('job.unknown', 'There is no such job.');
  return say(ports, job, { type: 'clearing-asked' }, { do: 'clear', job: id }, actor);
}

function say(
  { archive, clock }: Ports,
  job: Job,
  event: RemoteEvent,
  errand: Errand,
  actor: string,
): Result<Job> {
  const command = { type: 'record-remote', event } as const;
  const outbox = [{ topic: postenTopic, body: errand }];
  return perform({ archive, clock }, job.id, actor, [command], { on: job, outbox });
}
