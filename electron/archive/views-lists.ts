/**
 * The lists, the search and the numbers on the tabs, for one viewer. A viewer sees the jobs of some
 * audiences and some jobs by name: each list is read along its own index and they are merged, so a
 * page costs the same among 100,000 jobs that are not theirs.
 */
import type { JobTab } from '../../shared/job/job.ts';
import { keysOf, type Viewer } from '../../shared/job/visibility.ts';
import type { JobPage, JobQuery, JobRow } from './archive.ts';
import type { Statement } from 'better-sqlite3';
import type { Db } from './database.ts';
import { filterTerms, seenWords } from './search-filters.ts';
import { anyOf, quoted, searchQuery } from './search-words.ts';

export interface ViewLists {
  list(query: JobQuery): JobPage;
  counts(viewer?: Viewer): Readonly<Record<JobTab, number>>;
}

interface Row {
  readonly row: string;
  readonly place: number;
}

interface Asked {
  readonly match: string;
  readonly before: number;
  readonly tab: string | null;
  readonly keys: string | null;
  readonly person: string | null;
  readonly count: number;
}

const notTemplates = "tab NOT IN ('template', 'template-gone')";
const farthest = Number.MAX_SAFE_INTEGER;
/** A tab with fewer jobs is walked by itself. */
const smallTab = 5_000;

/**
 * One stream for each audience that is seen (`keys`; null: everything) and one by name, merged along
 * their indices. A row is read when its place is found, and not before.
 */
function windowSql(keys: number | null, tab: boolean): string {
  const where = (conditions: readonly string[]) => {
    const all = [...conditions, tab ? 'tab = @tab' : notTemplates];
    return `WHERE ${all.join(' AND ')}`;
  };
  const streams =
    keys === null
      ? [`SELECT n, changed AS place FROM job_row ${where([])}`]
      : [
          ...Array.from(
            { length: keys },
            (_, index) =>
              `SELECT n, changed AS place FROM job_row ${where([`audience = @key${index}`])}`,
          ),
          `SELECT n, changed AS place FROM job_person ${where([
            'person = @person',
            'audience NOT IN (SELECT value FROM json_each(@keys))',
          ])}`,
        ];
  return `SELECT (SELECT row FROM job_row r WHERE r.n = found.n) AS row, place
    FROM (${streams.join(' UNION ALL ')} ORDER BY place DESC LIMIT @count OFFSET @offset) found
    ORDER BY place DESC`;
}

export function createLists(db: Db, refresh: () => void): ViewLists {
  // Without a tab: jobs, and no templates.
  const listAll = db.prepare<[number, number], Row>(
    `SELECT row, changed AS place FROM job_row WHERE changed < ?
       AND tab NOT IN ('template', 'template-gone') ORDER BY changed DESC LIMIT ?`,
  );
  const listTab = db.prepare<[string, number, number], Row>(
    `SELECT row, changed AS place FROM job_row WHERE tab = ? AND changed < ?
     ORDER BY changed DESC LIMIT ?`,
  );
  const ofAudience = db.prepare<[string, number, number], Row>(
    `SELECT row, changed AS place FROM job_row WHERE audience = ? AND changed < ?
       AND tab NOT IN ('template', 'template-gone') ORDER BY changed DESC LIMIT ?`,
  );
  const ofAudienceTab = db.prepare<[string, string, number, number], Row>(
    `SELECT row, changed AS place FROM job_row WHERE audience = ? AND tab = ? AND changed < ?
     ORDER BY changed DESC LIMIT ?`,
  );
  const ofPerson = db.prepare<[string, number, number], Row>(
    `SELECT r.row, p.changed AS place FROM job_person p CROSS JOIN job_row r ON r.n = p.n
     WHERE p.person = ? AND p.changed < ? AND p.tab NOT IN ('template', 'template-gone')
     ORDER BY p.changed DESC LIMIT ?`,
  );
  const ofPersonTab = db.prepare<[string, string, number, number], Row>(
    `SELECT r.row, p.changed AS place FROM job_person p CROSS JOIN job_row r ON r.n = p.n
     WHERE p.person = ? AND p.tab = ? AND p.changed < ? ORDER BY p.changed DESC LIMIT ?`,
  );
  // The words of who sees it are in the index; that it is so is looked up once more in the row.
  const searched = db.prepare<[Asked], Row>(
    `SELECT r.row, r.n AS place FROM search s CROSS JOIN job_row r ON r.n = s.rowid
     WHERE search MATCH @match AND s.rowid < @before
       AND (r.tab = @tab OR @tab IS NULL AND r.tab NOT IN ('template', 'template-gone'))
       AND (@keys IS NULL OR r.audience IN (SELECT value FROM json_each(@keys))
         OR EXISTS (SELECT 1 FROM job_person p WHERE p.person = @person AND p.n = r.n)) ORDER BY s.rowid DESC LIMIT @count`,
  );
  const searchedTab = db.prepare<[Asked], Row>(
    `SELECT r.row, r.n AS place FROM job_row r WHERE r.tab = @tab AND r.n < @before
       AND r.n IN (SELECT rowid FROM search WHERE search MATCH @match) AND (@keys IS NULL OR r.audience IN (SELECT value FROM json_each(@keys))
         OR EXISTS (SELECT 1 FROM job_person p WHERE p.person = @person AND p.n = r.n))
     ORDER BY r.n DESC LIMIT @count`,
  );
  const countAll = db.prepare<[], { tab: JobTab; jobs: number }>(
    "SELECT tab, sum(jobs) AS jobs FROM tab_count WHERE person = '' GROUP BY tab",
  );
  const countSeen = db.prepare<[{ keys: string; person: string }], { tab: JobTab; jobs: number }>(
    `SELECT tab, sum(jobs) AS jobs FROM tab_count
     WHERE person = '' AND audience IN (SELECT value FROM json_each(@keys))
       OR person = @person AND audience NOT IN (SELECT value FROM json_each(@keys))
     GROUP BY tab`,
  );

  function counts(viewer?: Viewer): Readonly<Record<JobTab, number>> {
    const found = { draft: 0, waiting: 0, stopped: 0, signed: 0, renewal: 0 };
    const rows =
      viewer === undefined
        ? countAll.all()
        : countSeen.all({ keys: JSON.stringify(keysOf(viewer)), person: viewer.user });
    for (const { tab, jobs } of rows) if (Object.hasOwn(found, tab)) found[tab] = jobs;
    return found;
  }

  function listed({ tab, viewer }: JobQuery, before: number, count: number): readonly Row[] {
    if (viewer === undefined)
      return tab === undefined ? listAll.all(before, count) : listTab.all(tab, before, count);
    const streams =
      tab === undefined
        ? [
            ...keysOf(viewer).map((key) => ofAudience.all(key, before, count)),
            ofPerson.all(viewer.user, before, count),
          ]
        : [
            ...keysOf(viewer).map((key) => ofAudienceTab.all(key, tab, before, count)),
            ofPersonTab.all(viewer.user, tab, before, count),
          ];
    // A job has its own place in the log: it is the same one wherever it was found.
    const rows = new Map(streams.flat().map((row) => [row.place, row]));
    return [...rows.values()].sort((one, other) => other.place - one.place).slice(0, count);
  }

  /** Rows at a place of the whole list, for a window that is scrolled to anywhere. */
  function windowed({ tab, viewer }: JobQuery, offset: number, count: number): readonly Row[] {
    const keys = viewer === undefined ? [] : keysOf(viewer);
    const given = {
      ...Object.fromEntries(keys.map((key, index) => [`key${index}`, key])),
      ...(tab === undefined ? {} : { tab }),
      ...(viewer === undefined ? {} : { person: viewer.user, keys: JSON.stringify(keys) }),
    };
    return windowOf(viewer === undefined ? null : keys.length, tab !== undefined).all({
      ...{ ...given, offset, count },
    });
  }

  const windows = new Map<string, Statement<[Readonly<Record<string, unknown>>], Row>>();
  function windowOf(keys: number | null, tab: boolean) {
    const name = `${keys} ${tab}`;
    const known = windows.get(name);
    if (known !== undefined) return known;
    const statement = db.prepare<[Readonly<Record<string, unknown>>], Row>(windowSql(keys, tab));
    windows.set(name, statement);
    return statement;
  }

  function select(query: JobQuery, before: number, count: number): readonly Row[] {
    const { tab, viewer, filter = {}, today = '' } = query;
    const words = query.search === undefined ? null : searchQuery(query.search, today);
    const terms = [...(words === null ? [] : [words]), ...filterTerms(filter, today)];
    if (terms.length === 0) return listed(query, before, count);
    refresh();
    // A word that is everywhere is looked up at every job: not for a tab that is empty or small.
    const inTab = tab === undefined || tab === 'template' ? farthest : counts(viewer)[tab];
    if (inTab === 0) return [];
    const seen = viewer === undefined ? [] : [anyOf(seenWords(viewer).map(quoted))];
    return (inTab < smallTab ? searchedTab : searched).all({
      match: [...terms, ...seen].join(' AND '),
      keys: viewer === undefined ? null : JSON.stringify(keysOf(viewer)),
      person: viewer?.user ?? null,
      tab: tab ?? null,
      ...{ before, count },
    });
  }

  return {
    counts,
    list(query) {
      const limit = Math.min(Math.max(1, Math.trunc(query.limit)), 500);
      if (query.offset !== undefined) {
        const rows = windowed(query, query.offset, limit);
        return { rows: rows.map(({ row }) => JSON.parse(row) as JobRow), next: null };
      }
      const before = query.cursor === undefined ? farthest : Number(query.cursor);
      const found = select(query, Number.isSafeInteger(before) ? before : farthest, limit + 1);
      const page = found.slice(0, limit);
      const end = page.at(-1);
      return {
        rows: page.map(({ row }) => JSON.parse(row) as JobRow),
        next: found.length > limit && end !== undefined ? String(end.place) : null,
      };
    },
  };
}
