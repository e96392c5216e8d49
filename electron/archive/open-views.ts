/** Opens `views.db`, and makes it anew where it is missing, damaged, or not of this log or program. */
import { attempt, Refusal, unwrap } from '../../shared/result.ts';
import { type Db, inTransaction, openDatabase, removeDatabase, schemaOf } from './database.ts';
import type { Events } from './events.ts';
import { attemptGuarded, refusalOf } from './refusals.ts';
import type { Texts } from './texts.ts';
import { viewsSchema, viewsSql } from './views-schema.ts';
import { createViews, type Views, viewsPatience } from './views.ts';

export interface ViewSources {
  readonly archiveDb: Db;
  readonly events: Events;
  readonly texts: Texts;
}

export interface OpenViews extends Views {
  close(): void;
}

export function openViews(file: string, key: Uint8Array, sources: ViewSources): OpenViews {
  const { archiveDb, events, texts } = sources;
  const start = () => {
    const db = openSound(file, key, archiveDb);
    // Preparing the statements reads the schema and the search index's own tables.
    const views = unlessDamaged(() => createViews(db, archiveDb, events, texts));
    if (views !== null) return { db, views };
    db.close();
    removeDatabase(file);
    const fresh = openSound(file, key, archiveDb);
    return { db: fresh, views: createViews(fresh, archiveDb, events, texts) };
  };
  let current = start();

  /** A damaged page may show long after opening: nothing in here is worth an error. */
  function mending<T>(body: (views: Views) => T): T {
    try {
      return body(current.views);
    } catch (error) {
      const refusal = refusalOf(error);
      const damaged = refusal instanceof Refusal && refusal.failure.code === 'archive.damaged';
      // It may be the log that is damaged; making views of it again would not help.
      if (!damaged || unlessDamaged(() => current.views.isSound()) === true) throw error;
      current.db.close();
      removeDatabase(file);
      current = start();
      return body(current.views);
    }
  }

  return {
    // After a commit nothing may fail any more: what could not follow is said at the next look.
    follow: () => void attempt(() => mending((views) => views.follow())),
    followPatiently: (progress) =>
      void attempt(() => mending((views) => views.followPatiently(progress))),
    list: (query) => mending((views) => views.list(query)),
    counts: (viewer) => mending((views) => views.counts(viewer)),
    jobsWhere: (filter) => mending((views) => views.jobsWhere(filter)),
    forget: (job) => mending((views) => views.forget(job)),
    isCurrent: () => current.views.isCurrent(),
    isSound: () => current.views.isSound(),
    count: () => current.views.count(),
    row: (job) => current.views.row(job),
    rows: () => current.views.rows(),
    close: () => void current.db.close(),
  };
}

function openSound(file: string, key: Uint8Array, archiveDb: Db): Db {
  const open = () => openDatabase(file, key, { synchronous: 'NORMAL', secureDelete: true });
  const isUsable = (db: Db) =>
    schemaOf(db) === 0 || (schemaOf(db) === viewsSchema && matchesLog(db, archiveDb));
  const found = unlessDamaged(open);
  const sound = found !== null && unlessDamaged(() => isUsable(found)) === true;
  if (!sound) {
    found?.close();
    removeDatabase(file);
  }
  const db = sound ? found : open();
  inTransaction(db, () => {
    if (schemaOf(db) === viewsSchema) return;
    db.exec(viewsSql);
    db.pragma(`user_version = ${viewsSchema}`);
  });
  db.pragma(`busy_timeout = ${viewsPatience}`);
  return db;
}

/** Null where the file is damaged; a full disk or a busy database is no reason to throw it away. */
function unlessDamaged<T>(body: () => T): T | null {
  const result = attemptGuarded(body);
  if (result.ok) return result.value;
  if (result.error.code === 'archive.damaged') return null;
  return unwrap(result);
}

/** True where the views were made from this very log. */
function matchesLog(db: Db, archiveDb: Db): boolean {
  const mark = db.prepare<[], { seq: number; hash: Buffer }>('SELECT seq, hash FROM mark').get();
  if (mark === undefined) return false;
  if (mark.seq === 0) return true;
  const hash = archiveDb
    .prepare<[number], Buffer>('SELECT hash FROM job_event WHERE seq = ?')
    .pluck()
    .get(mark.seq);
  return hash?.equals(mark.hash) === true;
}
