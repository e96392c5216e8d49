/** Figures of an archive. */
import type { JobTab } from '../../shared/job/job.ts';
import type { Json } from '../../shared/result.ts';
import type { ArchiveStats } from './archive.ts';
import { type Db, schemaOf } from './database.ts';

export function archiveStats(
  db: Db,
  jobs: Readonly<Record<JobTab, number>>,
  lastBackup: Json | undefined,
  lastAnchor: string | null,
): ArchiveStats {
  const events = db.prepare<[], number>('SELECT count(*) FROM job_event').pluck().get() ?? 0;
  const documents = db.prepare<[], number>('SELECT count(*) FROM document').pluck().get() ?? 0;
  const stored = db
    .prepare<[], { revisions: number; bytes: number }>(
      'SELECT count(*) AS revisions, coalesce(sum(length - start), 0) AS bytes FROM revision',
    )
    .get() ?? { revisions: 0, bytes: 0 };
  return {
    jobs,
    events,
    documents,
    revisions: stored.revisions,
    bytes: stored.bytes,
    schema: schemaOf(db),
    lastBackup: typeof lastBackup === 'string' ? lastBackup : null,
    lastAnchor,
  };
}
