/** What is answered of the archive as a whole. */
import type { JobTab } from '../job/job.ts';

export interface BackupReceipt {
  readonly at: string;
  readonly folder: string;
  readonly events: number;
  readonly documents: number;
  readonly bytes: number;
  /** The backup was opened and verified by itself after it was written. */
  readonly tested: boolean;
}

export interface RehearsalReceipt {
  readonly at: string;
  readonly backupAt: string;
  readonly events: number;
  readonly documents: number;
  readonly ok: boolean;
}

export interface ArchiveReportView {
  readonly ok: boolean;
  readonly events: number;
  readonly documents: number;
  readonly revisions: number;
  readonly bytes: number;
  readonly head: string;
  readonly problems: readonly { readonly code: string; readonly place: string }[];
}

export interface ArchiveStatsView {
  readonly jobs: Readonly<Record<JobTab, number>>;
  readonly events: number;
  readonly documents: number;
  readonly revisions: number;
  readonly bytes: number;
  readonly schema: number;
  readonly lastBackup: string | null;
  /** The newest timestamp over the log. */
  readonly lastAnchor: string | null;
}
