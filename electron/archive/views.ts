/**
 * What the lists and the search read: derived from the log, rebuilt when it is missing, damaged or of
 * another schema, never backed up. `mark` is how far along the log it is.
 */
import { inflateRawSync } from 'node:zlib';
import { officeJob } from '../../shared/office-event.ts';
import { attempt, unwrap } from '../../shared/result.ts';
import type { Archive, JobPage, JobQuery, Progress } from './archive.ts';
import { type Db, inTransaction, usualPatience } from './database.ts';
import { derivedRow } from './derived-row.ts';
import type { Events } from './events.ts';
import { guarded } from './refusals.ts';
import { textWords } from './search-words.ts';
import type { Texts } from './texts.ts';
import { createLists, type ViewLists } from './views-lists.ts';
import { createViewsReader, type ViewsReader } from './views-reader.ts';

export interface Mark {
  readonly seq: number;
  readonly hash: Buffer;
  readonly text: number;
}

export interface ViewSources {
  readonly archiveDb: Db;
  readonly events: Events;
  readonly texts: Texts;
}

export interface Views {
  /**
   * Brings the views to the end of the log. What is stored is stored: views that cannot follow now (a
   * full disk; a worker that indexes a book) do so with the next look: until then the lists are a
   * little old, which is better than a window that stands still.
   */
  follow(): void;
  /** `follow` by who has the time to wait for others. */
  followPatiently(progress?: Progress): void;
  list(query: JobQuery): JobPage;
  counts: ViewLists['counts'];
  jobsWhere: Archive['jobsWhere'];
  /** Jobs with a code that waits for its signer. */
  pickUps(): readonly string[];
  forget(job: string): void;
  isCurrent(): boolean;
  /** False where a page is damaged. */
  isSound(): boolean;
  /** True, once, where the views before these were not of this log: one or the other was changed. */
  takeReplaced(): boolean;
  /** The rows as they stand, for `verify`. */
  reader(): ViewsReader;
}

const batch = 10_000;
/** Indexing this much anew with each edit of a draft goes unnoticed. */
const smallText = 64 * 1024;
/** What a window does not notice. */
export const viewsPatience = 40;

export function createViews(
  db: Db,
  { archiveDb, events, texts }: ViewSources,
  macOf: (mark: Mark) => Buffer,
): Views {
  const check = db.prepare<[], string>('PRAGMA quick_check(1)').pluck();
  // FTS5 looks only here whether another connection has changed the index; the check would hold what it
  // remembers against what stands there, and call a sound file damaged.
  const lookAnew = db.prepare<[], number>('SELECT rowid FROM search LIMIT 1').pluck();
  const selectMark = db.prepare<[], Mark>('SELECT seq, hash, text FROM mark');
  const updateMark = db.prepare<[number, Uint8Array, number, Uint8Array]>(
    'UPDATE mark SET seq = ?, hash = ?, text = ?, mac = ?',
  );
  const changedJobs = archiveDb.prepare<[number, number, string], { job: string; seq: number }>(
    `SELECT job, max(seq) AS seq FROM job_event WHERE seq > ? AND seq <= ? AND job <> ?
     GROUP BY job ORDER BY min(seq)`,
  );
  const otherDocuments = archiveDb
    .prepare<[number, number], string>(
      `SELECT DISTINCT job FROM job_event WHERE seq > ? AND seq <= ?
       AND type IN ('document-added', 'document-removed')`,
    )
    .pluck();
  const hashAt = archiveDb
    .prepare<[number], Buffer>('SELECT hash FROM job_event WHERE seq = ?')
    .pluck();
  const numberOf = db.prepare<[string], number>('SELECT n FROM job_row WHERE job = ?').pluck();
  const upsert = db
    .prepare<
      [string, number, string, string, string | null, number, number, number, string, string],
      number
    >(
      `INSERT INTO job_row (job, changed, tab, state, deadline, exported, at_kiosk,
         pick_up, audience, row) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (job) DO UPDATE SET changed = excluded.changed, tab = excluded.tab,
         state = excluded.state, deadline = excluded.deadline, exported = excluded.exported,
         at_kiosk = excluded.at_kiosk, pick_up = excluded.pick_up,
         audience = excluded.audience, row = excluded.row
       RETURNING n`,
    )
    .pluck();
  const selectWords = db.prepare<[number], { fields: string; size: number }>(
    'SELECT fields, length(body) AS size FROM search WHERE rowid = ?',
  );
  const insertWords = db.prepare<[number, string, string]>(
    'INSERT INTO search (rowid, fields, body) VALUES (?, ?, ?)',
  );
  const updateFields = db.prepare<[string, number]>('UPDATE search SET fields = ? WHERE rowid = ?');
  const updateBody = db.prepare<[string, number]>('UPDATE search SET body = ? WHERE rowid = ?');
  const markStale = db.prepare<[number, string]>(
    'INSERT INTO stale VALUES (?, ?) ON CONFLICT (n) DO UPDATE SET fields = excluded.fields',
  );
  const selectStale = db.prepare<[], { n: number; fields: string }>('SELECT n, fields FROM stale');
  const noStale = db.prepare('DELETE FROM stale');
  const deleteRow = db.prepare<[number]>('DELETE FROM job_row WHERE n = ?');
  const deleteWords = db.prepare<[number]>('DELETE FROM search WHERE rowid = ?');
  const deleteStale = db.prepare<[number]>('DELETE FROM stale WHERE n = ?');

  const wherePickUp = db
    .prepare<[], string>('SELECT job FROM job_row WHERE pick_up = 1 ORDER BY changed')
    .pluck();
  const deletePeople = db.prepare<[number]>('DELETE FROM job_person WHERE n = ?');
  const insertPerson = db.prepare<[string, number, number, string, string]>(
    'INSERT INTO job_person (person, n, changed, tab, audience) VALUES (?, ?, ?, ?, ?)',
  );
  const lists = createLists(db, refreshStale);
  const notReplaced = db.prepare('UPDATE mark SET replaced = 0');
  const selectReplaced = db.prepare<[], number>('SELECT replaced FROM mark').pluck();
  type Filter = { before: string | null; exported: number | null; kiosk: number | null };
  const whereState = db
    .prepare<[Filter & { state: string }], string>(
      `SELECT job FROM job_row WHERE state = @state AND (@before IS NULL OR deadline < @before)
       AND (@exported IS NULL OR exported = @exported)
       AND (@kiosk IS NULL OR at_kiosk = @kiosk) ORDER BY changed`,
    )
    .pluck();
  const whereAny = db
    .prepare<[Filter], string>(
      `SELECT job FROM job_row WHERE (@before IS NULL OR deadline < @before)
       AND (@exported IS NULL OR exported = @exported)
       AND (@kiosk IS NULL OR at_kiosk = @kiosk) ORDER BY changed`,
    )
    .pluck();

  function applyJob(id: string, changed: number): void {
    const job = events.job(id);
    if (job === null) {
      forgetRow(id);
      return;
    }
    const made = derivedRow(job);
    const { tab, state, deadline, exported, atKiosk, pickUp, audience, row, people } = made;
    const n = upsert.get(
      ...([id, changed, tab, state, deadline, exported, atKiosk, pickUp, audience, row] as const),
    );
    if (n === undefined) return;
    deletePeople.run(n);
    for (const person of people) insertPerson.run(person, n, changed, tab, audience);
    applyFields(n, made.fields);
  }

  function applyFields(n: number, fields: string): void {
    const known = selectWords.get(n);
    if (known === undefined) insertWords.run(n, fields, '');
    else if (known.fields === fields) deleteStale.run(n);
    else if (known.size > smallText) markStale.run(n, fields);
    else updateFields.run(fields, n);
  }

  function applyText(id: string): void {
    const n = numberOf.get(id);
    const job = events.job(id);
    if (n === undefined || job === null) return;
    const of = new Set(job.documents.map((document) => document.id));
    const body = texts.of(id).filter((one) => of.has(one.document));
    updateBody.run(body.map((one) => textWords(inflateRawSync(one.body).toString())).join('\n'), n);
  }

  function forgetRow(id: string): void {
    const n = numberOf.get(id);
    if (n === undefined) return;
    deleteRow.run(n);
    deleteWords.run(n);
    deleteStale.run(n);
  }

  function isBehind(mark: Mark): boolean {
    return mark.seq < events.head().seq || mark.text < texts.last();
  }

  /** One batch; false when there is nothing left. */
  function advance(): boolean {
    const mark = selectMark.get();
    if (mark === undefined || !isBehind(mark)) return false;
    const to = Math.min(mark.seq + batch, events.head().seq);
    for (const { job, seq } of changedJobs.all(mark.seq, to, officeJob)) applyJob(job, seq);
    // Texts come last: their jobs have rows by then.
    const lastText = texts.last();
    const atEnd = to >= events.head().seq;
    // The words of a document that is gone are found no more; of one that is back they are known already.
    const others = mark.text === 0 ? [] : otherDocuments.all(mark.seq, to);
    for (const job of new Set([...others, ...(atEnd ? texts.jobsAfter(mark.text) : [])]))
      applyText(job);
    const hash = hashAt.get(to) ?? mark.hash;
    const text = atEnd ? lastText : mark.text;
    updateMark.run(to, hash, text, macOf({ seq: to, hash, text }));
    return true;
  }

  function catchUp(progress?: Progress): void {
    for (;;) {
      const mark = selectMark.get();
      if (mark === undefined || !isBehind(mark)) return;
      if (!inTransaction(db, advance)) return;
      progress?.({ step: 'archive.views', done: mark.seq, total: events.head().seq });
    }
  }

  function refreshStale(): void {
    if (selectStale.get() === undefined) return;
    inTransaction(db, () => {
      for (const { n, fields } of selectStale.all()) updateFields.run(fields, n);
      noStale.run();
    });
  }

  function follow(progress?: Progress): void {
    const done = attempt(() => guarded(() => catchUp(progress)));
    if (!done.ok && done.error.code === 'archive.damaged') unwrap(done);
  }

  function patiently<T>(body: () => T): T {
    db.pragma(`busy_timeout = ${usualPatience}`);
    try {
      return body();
    } finally {
      db.pragma(`busy_timeout = ${viewsPatience}`);
    }
  }

  return {
    follow: () => follow(),
    followPatiently: (progress) => patiently(() => follow(progress)),
    list(query) {
      follow();
      return lists.list(query);
    },
    counts(viewer) {
      follow();
      return lists.counts(viewer);
    },
    jobsWhere({ state, deadlineBefore, notExported, atKiosk }) {
      follow();
      const filter = {
        before: deadlineBefore ?? null,
        exported: notExported === undefined ? null : notExported ? 0 : 1,
        kiosk: atKiosk === undefined ? null : atKiosk ? 1 : 0,
      };
      return state === undefined ? whereAny.all(filter) : whereState.all({ ...filter, state });
    },
    pickUps() {
      follow();
      return wherePickUp.all();
    },
    forget(job) {
      // Deleted words must be gone, not marked: what is left is merged, freed pages are overwritten.
      patiently(() => {
        inTransaction(db, () => {
          forgetRow(job);
          db.exec("INSERT INTO search (search) VALUES ('optimize')");
        });
        db.pragma('wal_checkpoint(TRUNCATE)');
      });
    },
    isCurrent() {
      follow();
      const mark = selectMark.get();
      return mark !== undefined && !isBehind(mark);
    },
    isSound() {
      lookAnew.get();
      return check.get() === 'ok';
    },
    takeReplaced() {
      if (selectReplaced.get() !== 1) return false;
      inTransaction(db, () => notReplaced.run());
      return true;
    },
    reader: () => createViewsReader(db),
  };
}
