/** Says in a job's log what happened to it at the service. */
import type { Job } from '../../../shared/job/job.ts';
import type { RemoteEvent } from '../../../shared/job/remote-event.ts';
import type { Result } from '../../../shared/result.ts';
import type { Append } from '../../archive/archive.ts';
import { perform } from '../../desk/desk.ts';
import type { SyncPorts } from './ports.ts';

/** The job afterwards. Decided anew where somebody else was quicker; tells the windows. */
export function record(
  { archive, clock, changed }: Pick<SyncPorts, 'archive' | 'clock' | 'changed'>,
  job: string,
  event: RemoteEvent,
  more: Pick<Append, 'documents' | 'outbox'> = {},
): Result<Job> {
  const before = archive.job(job)?.version;
  const command = { type: 'record-remote', event } as const;
  const done = perform({ archive, clock }, job, 'system', [command], more);
  if (done.ok && done.value.version !== before) changed(job);
  return done;
}
