/** All that the views know of a job, made from the job. Pure: `verify` makes it again and compares. */
import type { Job } from '../../shared/job/job.ts';
import { stampEnd } from '../../shared/job/renewal.ts';
import { keyOf, peopleOf } from '../../shared/job/visibility.ts';
import { dueDay, jobRow, searchDays, searchFields } from './job-row.ts';
import { dueWord, makerWord, signerWords } from './search-filters.ts';
import { wordsOfDay } from './search-dates.ts';
import { foldText } from './search-words.ts';
import { audienceWords } from './search-filters.ts';
import { goneTab, templateTab } from './template-tab.ts';

export interface DerivedRow {
  readonly tab: string;
  readonly state: string;
  /** ISO instant: of a sealed job the end of its newest timestamps, empty where that is not known. */
  readonly deadline: string | null;
  readonly exported: number;
  readonly atKiosk: number;
  readonly pickUp: number;
  readonly audience: string;
  readonly row: string;
  readonly people: readonly string[];
  /** The words it is found by, apart from its documents' text. */
  readonly fields: string;
}

export function derivedRow(job: Job): DerivedRow {
  const row = jobRow(job);
  return {
    tab: job.template === undefined ? row.tab : job.state === 'draft' ? templateTab : goneTab,
    state: row.state,
    deadline: deadlineOf(job),
    exported: job.exported === null ? 0 : 1,
    atKiosk: row.note === 'at-kiosk' ? 1 : 0,
    pickUp: job.state === 'open' && job.pickUps.length > 0 ? 1 : 0,
    audience: keyOf(job.audience),
    row: JSON.stringify(row),
    people: peopleOf(job),
    fields: `${foldText(searchFields(job))}\n${ownWords(job)}`,
  };
}

/** Words that nobody can type: who sees it, its days, and what the list's filters ask for. */
function ownWords(job: Job): string {
  const due = dueDay(job);
  const signers = job.signers.length === 0 ? job.spec.signers : job.signers;
  return [
    ...audienceWords(job),
    ...new Set(searchDays(job).flatMap(wordsOfDay)),
    makerWord(job.createdBy),
    ...signers.flatMap(({ name }) => signerWords(name)),
    ...(due === null ? [] : [dueWord(due)]),
  ].join(' ');
}

function deadlineOf(job: Job): string | null {
  if (job.state !== 'sealed') return job.spec.deadline;
  return job.stamp === null ? '' : stampEnd(job.stamp).until;
}
