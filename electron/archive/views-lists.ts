/**
 * The lists, the search and the numbers on the tabs, for one viewer. A viewer sees the jobs of some
 * audiences and some jobs by name: each list is read along its own index and they are merged, so a
 * page costs the same among 100,000 jobs that are not theirs.
 */
import { hash } from 'node:crypto';
import type { JobTab } from '../../shared/job/job.ts';
import { keyOf, keysOf, peopleOf, type Seen, type Viewer } from '../../shared/job/visibility.ts';
import type { JobPage, JobQuery, JobRow } from './archive.ts';
import type { Db } from './database.ts';
import { searchQuery } from './search-words.ts';

export interface ViewLists {
  list(query: JobQuery): JobPage;
  counts(viewer?: Viewer): Readonly<Record<JobTab, number>>;
}

interface Row {
  readonly row: string;
  readonly place: number;
}

const farthest = Number.MAX_SAFE_INTEGER;

export function createLists(db: Db, refresh: () => void): ViewLists {
  const listAll = db.prepare<[number, number], Row>(
    'SELECT row, changed AS place FROM job_row WHERE changed < ? ORDER BY changed DESC LIMIT ?',
  );
  const listTab = db.prepare<[string, number, number], Row>(
    `SELECT row, changed AS place FROM job_row WHERE tab = ? AND changed < ?
     ORDER BY changed DESC LIMIT ?`,
  );
  const ofAudience = db.prepare<[string, number, number], Row>(
    `SELECT row, changed AS place FROM job_row WHERE audience = ? AND changed < ?
     ORDER BY changed DESC LIMIT ?`,
  );
  const ofAudienceTab = db.prepare<[string, string, number, number], Row>(
    `SELECT row, changed AS place FROM job_row WHERE audience = ? AND tab = ? AND changed < ?
     ORDER BY changed DESC LIMIT ?`,
  );
  const ofPerson = db.prepare<[string, number, number], Row>(
    `SELECT r.row, p.changed AS place FROM job_person p CROSS JOIN job_row r ON r.n = p.n
     WHERE p.person = ? AND p.changed < ? ORDER BY p.changed DESC LIMIT ?`,
  );
  const ofPersonTab = db.prepare<[string, string, number, number], Row>(
    `SELECT r.row, p.changed AS place FROM job_person p CROSS JOIN job_row r ON r.n = p.n
     WHERE p.person = ? AND p.tab = ? AND p.changed < ? ORDER BY p.changed DESC LIMIT ?`,
  );
  // The words of who sees it are in the index; that it is so is looked up once more in the row.
  const searched = db.prepare<
    [
      {
        match: string;
        before: number;
        tab: string | null;
        keys: string | null;
        person: string | null;
        count: number;
      },
    ],
    Row
  >(
    `SELECT r.row, r.n AS place FROM search s CROSS JOIN job_row r ON r.n = s.rowid
     WHERE search MATCH @match AND s.rowid < @before AND (@tab IS NULL OR r.tab = @tab)
       AND (@keys IS NULL OR r.audience IN (SELECT value FROM json_each(@keys))
         OR EXISTS (SELECT 1 FROM job_person p WHERE p.person = @person AND p.n = r.n))
     ORDER BY s.rowid DESC LIMIT @count`,
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
    for (const { tab, jobs } of rows) found[tab] = jobs;
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

  function select(query: JobQuery, before: number, count: number): readonly Row[] {
    const { tab, viewer } = query;
    const words = query.search === undefined ? null : searchQuery(query.search);
    if (words === null) return listed(query, before, count);
    refresh();
    // A word that is everywhere is looked up at every job: not for a tab that is empty.
    if (tab !== undefined && counts(viewer)[tab] === 0) return [];
    const seen = viewer === undefined ? null : seenWords(viewer).map((word) => `"${word}"`);
    return searched.all({
      match: seen === null ? words : `(${words}) AND (${seen.join(' OR ')})`,
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

/** Who sees a job, as words of the search index that nobody can type and no document can hold. */
export function audienceWords(job: Seen): string {
  return [keyOf(job.audience), ...peopleOf(job).map(personKey)].map(secretWord).join(' ');
}

function seenWords(viewer: Viewer): readonly string[] {
  return [...keysOf(viewer), personKey(viewer.user)].map(secretWord);
}

function personKey(user: string): string {
  return `user:${user}`;
}

/** Units and people are few, the jobs they see are many. */
const secretWords = new Map<string, string>();
const mostSecretWords = 1_000;

/** Begins with a private letter, which `foldText` takes out of everything else. */
function secretWord(key: string): string {
  const known = secretWords.get(key);
  if (known !== undefined) return known;
  const word = `\uE000${hash('sha256', key).slice(0, 32)}`;
  if (secretWords.size >= mostSecretWords) secretWords.clear();
  secretWords.set(key, word);
  return word;
}
