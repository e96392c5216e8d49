/** What the job list and the search know of a job. Pure. */
import type { Job, JobTab } from '../../shared/job/job.ts';
import type { JobRow } from './archive.ts';

export function tabOf(job: Job): JobTab {
  switch (job.state) {
    case 'draft':
      return 'draft';
    case 'open':
    case 'at-service':
      return 'waiting';
    case 'rejected':
    case 'cancelled':
    case 'expired':
    case 'failed':
      return 'stopped';
    case 'signed':
    case 'returned':
      return 'signed';
    case 'sealed':
      return job.renewal === null ? 'signed' : 'renewal';
  }
}

export function jobRow(job: Job): JobRow {
  return {
    id: job.id,
    title: job.spec.title,
    reference: job.spec.reference,
    state: job.state,
    tab: tabOf(job),
    documents: job.documents.length,
    signed: job.signers.filter((signer) => signer.state === 'SIGNED').length,
    signers: job.signers.map(({ name, state }) => ({ name, state })),
    deadline: job.spec.deadline,
    changedAt: job.changedAt,
    createdAt: job.createdAt,
    createdBy: job.createdBy,
    note: noteOf(job),
    trial: job.seal?.trial === true,
  };
}

function noteOf(job: Job): JobRow['note'] {
  if (job.state === 'open' && job.atKiosk !== null) return 'at-kiosk';
  if (job.state === 'signed' && job.sealDeferred !== null) return 'seal-deferred';
  if (job.state === 'sealed' && job.renewal !== null && job.renewal.deferred !== null)
    return 'renewal-deferred';
  return null;
}

/** The words a job is found by, apart from the text of its documents. No national identity number. */
export function searchFields(job: Job): string {
  const { title, nonSensitiveTitle, reference, caseNumber } = job.spec;
  const signers = job.signers.flatMap(({ name, codes = [] }) => [name, ...codes]);
  const documents = job.documents.map((document) => document.title);
  return [title, nonSensitiveTitle, reference, caseNumber, ...signers, ...documents].join('\n');
}
