/** The views as they stand, for `verify`. */
import type { Db } from './database.ts';
import type { DerivedRow } from './derived-row.ts';

export interface StandingRow {
  readonly n: number;
  readonly job: string;
  readonly changed: number;
  readonly tab: string;
  readonly state: string;
  readonly deadline: string | null;
  readonly exported: number;
  readonly atKiosk: number;
  readonly pickUp: number;
  readonly audience: string;
  readonly row: string;
}

export interface ViewsReader {
  /** Rows whose last event is after `from` and not after `to`, in its order. */
  rows(from: number, to: number): readonly StandingRow[];
  row(job: string): StandingRow | null;
  /** Whether a row and all that belongs to it is what the job says; `body`: its documents' words. */
  isSame(row: StandingRow, changed: number, derived: DerivedRow, body: string): boolean;
  /** Places where numbers and left-overs do not add up with the rows; `head` is asked last. */
  strays(head: () => number): readonly string[];
  atOnce<T>(body: () => T): T;
}

export function createViewsReader(db: Db): ViewsReader {
  const selectRows = db.prepare<[number, number], StandingRow>(
    `SELECT n, job, changed, tab, state, deadline, exported, at_kiosk AS atKiosk,
       pick_up AS pickUp, audience, row
     FROM job_row WHERE changed > ? AND changed <= ? ORDER BY changed`,
  );
  const selectRow = db.prepare<[string], StandingRow>(
    `SELECT n, job, changed, tab, state, deadline, exported, at_kiosk AS atKiosk,
       pick_up AS pickUp, audience, row
     FROM job_row WHERE job = ?`,
  );
  const selectPeople = db
    .prepare<[number], string>('SELECT person FROM job_person WHERE n = ? ORDER BY person')
    .pluck();
  // Where FTS5 keeps what it has indexed: the same by way of the index takes three times as long.
  const selectWords = db.prepare<[number], { fields: string; body: string }>(
    'SELECT c0 AS fields, c1 AS body FROM search_content WHERE id = ?',
  );
  const selectStale = db.prepare<[number], string>('SELECT fields FROM stale WHERE n = ?').pluck();
  const selectRange = db.prepare<[], { first: number | null; last: number | null }>(
    'SELECT min(changed) AS first, max(changed) AS last FROM job_row',
  );
  const countPeople = db
    .prepare<[], number>(
      `SELECT count(*) FROM job_person p WHERE NOT EXISTS (SELECT 1 FROM job_row r
       WHERE r.n = p.n AND r.changed = p.changed AND r.tab = p.tab AND r.audience = p.audience)`,
    )
    .pluck();
  const countWords = db
    .prepare<[], number>(
      `SELECT (SELECT count(*) FROM search_docsize WHERE id NOT IN (SELECT n FROM job_row))
       + (SELECT count(*) FROM stale WHERE n NOT IN (SELECT n FROM job_row))`,
    )
    .pluck();
  const countTabs = db
    .prepare<[], number>(
      `WITH counted AS (
         SELECT '' AS person, audience, tab, count(*) AS jobs FROM job_row GROUP BY audience, tab
         UNION ALL
         SELECT person, audience, tab, count(*) FROM job_person GROUP BY person, audience, tab),
       told AS (SELECT person, audience, tab, jobs FROM tab_count WHERE jobs <> 0)
       SELECT (SELECT count(*) FROM (SELECT * FROM counted EXCEPT SELECT * FROM told))
         + (SELECT count(*) FROM (SELECT * FROM told EXCEPT SELECT * FROM counted))`,
    )
    .pluck();

  return {
    rows: (from, to) => selectRows.all(from, to),
    row: (job) => selectRow.get(job) ?? null,
    isSame(row, changed, derived, body) {
      if (
        row.changed !== changed ||
        row.tab !== derived.tab ||
        row.state !== derived.state ||
        row.deadline !== derived.deadline ||
        row.exported !== derived.exported ||
        row.atKiosk !== derived.atKiosk ||
        row.pickUp !== derived.pickUp ||
        row.audience !== derived.audience ||
        row.row !== derived.row
      )
        return false;
      const words = selectWords.get(row.n);
      if (words === undefined || words.body !== body) return false;
      if (words.fields !== derived.fields && selectStale.get(row.n) !== derived.fields)
        return false;
      return selectPeople.all(row.n).join('\n') === [...derived.people].sort().join('\n');
    },
    strays: (head) => [
      // In this order: whoever writes in the meantime writes the log first.
      ...(isWithin(selectRange.get(), head) ? [] : ['views.db job_row']),
      ...(countPeople.get() === 0 ? [] : ['views.db job_person']),
      ...(countWords.get() === 0 ? [] : ['views.db search']),
      ...(countTabs.get() === 0 ? [] : ['views.db tab_count']),
    ],
    atOnce: (body) => db.transaction(body).deferred(),
  };
}

function isWithin(
  range: { readonly first: number | null; readonly last: number | null } | undefined,
  head: () => number,
): boolean {
  return (range?.first ?? 1) >= 1 && (range?.last ?? 0) <= head();
}
