/** Opens `views.db`, and makes it anew where it is missing, damaged, or not of this log or program. */
import { attempt, Refusal, unwrap } from '../../shared/result.ts';
import { type Db, inTransaction, openDatabase, removeDatabase, schemaOf } from './database.ts';
import { attemptGuarded, refusalOf } from './refusals.ts';
import { viewsSchema, viewsSql } from './views-schema.ts';
import { hmacOf } from './row-macs.ts';
import { createViews, type Mark, type Views, type ViewSources, viewsPatience } from './views.ts';

export interface OpenViews extends Views {
  /** Made anew out of the log: after a damaged page was found. */
  remake(): void;
  close(): void;
}

export function openViews(
  file: string,
  key: Uint8Array,
  sources: ViewSources & { readonly markKey: Uint8Array },
): OpenViews {
  const { archiveDb } = sources;
  const hmac = hmacOf(sources.markKey);
  const macOf = ({ seq, hash, text }: Mark) =>
    hmac(Buffer.from(`${seq} ${Buffer.from(hash).toString('hex')} ${text}`));
  const start = () => {
    const db = openSound(file, key, archiveDb, macOf);
    // Preparing the statements reads the schema and the search index's own tables.
    const views = unlessDamaged(() => createViews(db, sources, macOf));
    if (views !== null) return { db, views };
    db.close();
    removeDatabase(file);
    const fresh = openSound(file, key, archiveDb, macOf);
    return { db: fresh, views: createViews(fresh, sources, macOf) };
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
      remake();
      return body(current.views);
    }
  }

  function remake(): void {
    current.db.close();
    removeDatabase(file);
    current = start();
  }

  return {
    remake,
    // After a commit nothing may fail any more: what could not follow is said at the next look.
    follow: () => void attempt(() => mending((views) => views.follow())),
    followPatiently: (progress) =>
      void attempt(() => mending((views) => views.followPatiently(progress))),
    list: (query) => mending((views) => views.list(query)),
    counts: (viewer) => mending((views) => views.counts(viewer)),
    jobsWhere: (filter) => mending((views) => views.jobsWhere(filter)),
    pickUps: () => mending((views) => views.pickUps()),
    forget: (job) => mending((views) => views.forget(job)),
    isCurrent: () => current.views.isCurrent(),
    isSound: () => current.views.isSound(),
    takeReplaced: () => current.views.takeReplaced(),
    reader: () => current.views.reader(),
    close: () => void current.db.close(),
  };
}

function openSound(
  file: string,
  key: Uint8Array,
  archiveDb: Db,
  macOf: (mark: Mark) => Buffer,
): Db {
  const open = () => openDatabase(file, key, { synchronous: 'NORMAL', secureDelete: true });
  let replaced = 0;
  const isUsable = (db: Db) => {
    if (schemaOf(db) !== viewsSchema) return schemaOf(db) === 0;
    const matches = matchesLog(db, archiveDb, macOf);
    if (!matches) replaced = 1;
    return matches;
  };
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
    const start = { seq: 0, hash: Buffer.alloc(32), text: 0 };
    db.prepare<[Buffer, Buffer, number]>(
      'INSERT INTO mark (id, seq, hash, text, mac, replaced) VALUES (1, 0, ?, 0, ?, ?)',
    ).run(start.hash, macOf(start), replaced);
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

/** True where the views were made from this very log, and nobody but us has said how far they are. */
function matchesLog(db: Db, archiveDb: Db, macOf: (mark: Mark) => Buffer): boolean {
  const mark = db
    .prepare<[], Mark & { mac: Buffer }>('SELECT seq, hash, text, mac FROM mark')
    .get();
  if (mark === undefined || !macOf(mark).equals(mark.mac)) return false;
  if (mark.seq === 0) return true;
  const hash = archiveDb
    .prepare<[number], Buffer>('SELECT hash FROM job_event WHERE seq = ?')
    .pluck()
    .get(mark.seq);
  return hash?.equals(mark.hash) === true;
}
