/** What the job list and the search know of a job. Pure. */
import type { Job, JobTab } from '../../shared/job/job.ts';
import { isShielded, listTitle } from '../../shared/job/records.ts';
import type { JobRow } from './archive.ts';
import { officeDay } from './search-dates.ts';

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
    title: listTitle(job.spec),
    shielded: isShielded(job.spec),
    caseNumber: job.spec.caseNumber,
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
    fetchBefore: deletionOf(job),
  };
}

/** The service deletes what it has signed; null where nothing is lost by that any more. */
function deletionOf({ remote }: Job): string | null {
  if (remote === null || remote.receipted || remote.cleared) return null;
  return remote.fetchBefore;
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
  const { title, nonSensitiveTitle, reference, caseNumber, documentType } = job.spec;
  const { journalEntry, shieldedTitle, recordsUnit } = job.spec;
  const signers = job.signers.flatMap(({ name, codes = [] }) => [name, ...codes]);
  const documents = job.documents.map((document) => document.title);
  return [
    ...[title, nonSensitiveTitle, reference, caseNumber, documentType],
    ...[journalEntry ?? '', shieldedTitle ?? '', recordsUnit ?? ''],
    ...signers,
    ...documents,
  ].join('\n');
}

/** The days a job is found by: made, signed by each, ended, sealed, and by when. */
export function searchDays(job: Job): readonly string[] {
  const ended = !['draft', 'open', 'at-service', 'signed'].includes(job.state);
  const instants = [
    ...[job.createdAt, job.spec.deadline, deletionOf(job)],
    ...job.signers.map(({ state, since }) => (state === 'SIGNED' ? since : null)),
    job.state === 'sealed' ? job.sealedAt : ended ? job.changedAt : null,
  ];
  return [...new Set(instants.flatMap((one) => (one === null ? [] : [officeDay(one)])))];
}

/** The day by which somebody has to act; null where nobody has. */
export function dueDay(job: Job): string | null {
  const due = job.state === 'open' ? job.spec.deadline : deletionOf(job);
  return due === null ? null : officeDay(due);
}
