/** What the windows see of a list that becomes jobs. */
import type { RowIssue } from '../bulk/row.ts';

export interface BulkRow {
  /** As a spreadsheet counts: the headings are row 1. */
  readonly row: number;
  /** What it is called: the title and the first name in it. */
  readonly label: string;
  /** `known`: a job was made of this very row before. `left`: stopped before its turn. */
  readonly state: 'good' | 'faulty' | 'known' | 'made' | 'left';
  readonly job: string | null;
  readonly issues: readonly RowIssue[];
}

export interface BulkColumn {
  readonly heading: string;
  /** `shared/bulk/columns.ts`. */
  readonly target: string;
  /** Of the first rows, national identity numbers masked. */
  readonly samples: readonly string[];
}

export interface BulkCounts {
  readonly good: number;
  readonly faulty: number;
  readonly known: number;
  readonly made: number;
  readonly left: number;
}

export interface BulkCheck {
  readonly columns: readonly BulkColumn[];
  readonly encoding: string | null;
  readonly separator: string | null;
  readonly counts: BulkCounts;
  /** Faulty ones first, at most 500. */
  readonly rows: readonly BulkRow[];
  /** What stands in the way of all of them: no seal, a locked one, a template that is not finished. */
  readonly trouble: string | null;
  /** What each job is made with: roles that have no column for a name. */
  readonly rolesWithoutName: readonly string[];
}

export interface BulkResult {
  readonly counts: BulkCounts;
  /** Every row; faulty ones first. */
  readonly rows: readonly BulkRow[];
  /** Why it stopped before the end: `task.cancelled`, a full disk; null where it did not. */
  readonly stopped: string | null;
  readonly seconds: number;
}
