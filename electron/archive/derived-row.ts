/** All that the views know of a job, made from the job. Pure: `verify` makes it again and compares. */
import type { Job } from '../../shared/job/job.ts';
import { keyOf, peopleOf } from '../../shared/job/visibility.ts';
import { jobRow, searchFields } from './job-row.ts';
import { foldText } from './search-words.ts';
import { audienceWords } from './views-lists.ts';

export interface DerivedRow {
  readonly tab: string;
  readonly state: string;
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
    tab: row.tab,
    state: row.state,
    deadline: row.deadline,
    exported: job.exported === null ? 0 : 1,
    atKiosk: row.note === 'at-kiosk' ? 1 : 0,
    pickUp: job.state === 'open' && job.pickUps.length > 0 ? 1 : 0,
    audience: keyOf(job.audience),
    row: JSON.stringify(row),
    people: peopleOf(job),
    fields: `${foldText(searchFields(job))}\n${audienceWords(job)}`,
  };
}
