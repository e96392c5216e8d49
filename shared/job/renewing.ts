/** Renewal of what is sealed: its newest timestamps come to their end, and others are put over them. Pure. */
import { ok } from '../result.ts';
import type { JobCommand } from './command.ts';
import type { Decision } from './decision.ts';
import type { JobEvent } from './event.ts';
import type { Job, RevisionRef } from './job.ts';

export type SealedJob = Extract<Job, { state: 'sealed' }>;

export function decideRenewal(
  job: SealedJob,
  command: Extract<JobCommand, { type: 'need-renewal' | 'renew' | 'defer-renewal' }>,
): Decision {
  switch (command.type) {
    case 'need-renewal':
      return ok(job.renewal === null ? [{ type: 'renewal-due', end: command.end }] : []);
    case 'renew': {
      const { type: _, ...rest } = command;
      return ok([{ type: 'renewed', ...rest }]);
    }
    case 'defer-renewal':
      // Only what was due is put off, and the same reason again is not news.
      if (job.renewal === null || job.renewal.deferred === command.code) return ok([]);
      return ok([{ type: 'renewal-deferred', code: command.code }]);
  }
}

export function withRenewal(
  job: SealedJob,
  event: Extract<JobEvent, { type: 'renewal-due' | 'renewed' | 'renewal-deferred' }>,
): SealedJob {
  switch (event.type) {
    case 'renewal-due':
      return { ...job, renewal: { end: event.end, deferred: null } };
    case 'renewed': {
      const { stamp, time: renewedAt } = event;
      const revisions = newest(job.revisions, event.revisions);
      return { ...job, revisions, stamp, renewedAt, renewal: null };
    }
    case 'renewal-deferred':
      return { ...job, renewal: { end: job.renewal?.end ?? null, deferred: event.code } };
  }
}

/** One event may carry several revisions of a document (two places to sign): the last one counts. */
export function newest(
  before: readonly RevisionRef[],
  after: readonly RevisionRef[],
): readonly RevisionRef[] {
  return before.map((old) =>
    after.reduce(
      (best, one) => (one.document === best.document && one.revision > best.revision ? one : best),
      old,
    ),
  );
}
