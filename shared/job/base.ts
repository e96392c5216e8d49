/** What a job has in every state. */
import type { Job } from './job.ts';

export type JobBase = Omit<Extract<Job, { state: 'draft' }>, 'state'>;

/** Without what only one state has. */
export function baseOf(job: Job): JobBase {
  const { id, version, createdAt, createdBy, audience, changedAt, spec, documents } = job;
  const { revisions, signers, fieldNames, seal, exported, remote } = job;
  const { formerSigners, reminders } = job;
  return {
    ...{ id, version, createdAt, createdBy, audience, changedAt, spec, documents },
    ...{ revisions, signers, fieldNames, seal, exported, remote },
    ...(formerSigners === undefined ? {} : { formerSigners }),
    ...(reminders === undefined ? {} : { reminders }),
    ...(job.template === undefined ? {} : { template: job.template }),
  };
}
