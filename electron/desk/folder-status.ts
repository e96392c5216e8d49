/**
 * What another system hears of its job: a status file that is replaced whole whenever the job changes.
 * Signers by their number in the job file: no names, no national identity numbers.
 */
import type { Job } from '../../shared/job/job.ts';
import type { Json } from '../../shared/result.ts';
import type { JobFolder } from './export-folder.ts';

export interface Told {
  readonly name: string;
  readonly job: Job;
  /** Why it is not further than it is; null where nothing is in the way. */
  readonly problem: string | null;
  readonly exported: JobFolder | null;
}

export function statusFile({ name, job, problem, exported }: Told): string {
  const status: Json = {
    format: 'skranke-folder-status-1',
    name,
    job: job.id,
    reference: job.spec.reference,
    state: job.state,
    changedAt: job.changedAt,
    signers: job.signers.map(({ state, since }, index) => ({ number: index + 1, state, since })),
    problem: problem === null ? null : { code: problem },
    export:
      exported === null
        ? null
        : {
            folder: exported.name,
            files: exported.files.map(({ name: file, sha256 }) => ({ name: file, sha256 })),
          },
  };
  return `${JSON.stringify(status, null, 2)}\n`;
}

/** Nothing more will happen that is told here. */
export function isOver({ state }: Job): boolean {
  switch (state) {
    case 'draft':
    case 'open':
    case 'signed':
    case 'at-service':
      return false;
    case 'sealed':
    case 'returned':
    case 'rejected':
    case 'cancelled':
    case 'expired':
    case 'failed':
      return true;
  }
}
