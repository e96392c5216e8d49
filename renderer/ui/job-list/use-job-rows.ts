/**
 * The rows of a list, kept in step with the archive by its events. A whole list is read where somebody
 * looks, so its end is as near as its beginning; what a search found comes page by page.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { JobTab } from '../../../shared/job/job.ts';
import type { Failure } from '../../../shared/result.ts';
import type { InputOf } from '../../../shared/rpc/contract.ts';
import type { JobPageView, JobRowView } from '../../../shared/rpc/views.ts';
import { call, useHostEvents } from '../../host/client.ts';

const pageSize = 100;
/** Pages further away than this are let go. */
const pagesKept = 40;

export type JobFilter = NonNullable<InputOf<'job.list'>['filter']>;

export interface JobRows {
  /** Null until the first answer. */
  readonly count: number | null;
  /** Undefined while it is on its way. */
  readonly at: (index: number) => JobRowView | undefined;
  /** These are in sight. */
  readonly look: (first: number, last: number) => void;
  readonly counts: Readonly<Record<JobTab, number>> | null;
  readonly error: Failure | null;
  readonly reload: () => void;
}

interface State {
  readonly key: string;
  readonly pages: ReadonlyMap<number, readonly JobRowView[]>;
  /** Where the page after the last one begins; null: there is none. Of a search only. */
  readonly next: string | null;
}

/** `tab` null: over everything one may see. `filter`: the same object while it says the same. */
export function useJobRows(tab: JobTab | null, search: string, filter?: JobFilter): JobRows {
  const filtered = filter !== undefined && Object.keys(filter).length > 0;
  const key = JSON.stringify([tab, search, filtered ? filter : null]);
  const whole = search === '' && !filtered && tab !== null;
  const asked = useMemo(
    () => ({
      ...(tab === null ? {} : { tab }),
      ...(search === '' ? {} : { search }),
      ...(filtered ? { filter } : {}),
    }),
    [tab, search, filtered, filter],
  );
  const [state, setState] = useState<State | null>(null);
  const [counts, setCounts] = useState<JobPageView['counts'] | null>(null);
  const [error, setError] = useState<Failure | null>(null);
  /** Read by what answers later: it must not see a state behind. */
  const latest = useRef<State | null>(null);
  const turn = useRef(0);
  const asking = useRef(new Set<number>());
  const sight = useRef({ first: 0, last: 0 });

  const fetchPage = useCallback(
    async (page: number, anew: boolean) => {
      if (asking.current.has(page)) return;
      asking.current.add(page);
      const mine = turn.current;
      const before = latest.current;
      const cursor = !anew && before?.key === key && page > 0 ? before.next : null;
      const answer = await call('job.list', {
        ...asked,
        limit: pageSize,
        ...(whole ? { offset: page * pageSize } : cursor === null ? {} : { cursor }),
      });
      if (mine !== turn.current) return;
      asking.current.delete(page);
      if (!answer.ok) {
        setError(answer.error);
        return;
      }
      setError(null);
      setCounts(answer.value.counts);
      const kept = latest.current?.key === key && !(anew && !whole) ? latest.current.pages : [];
      // By what is in sight now: an answer may be late, and of a place that was scrolled past.
      const here = Math.floor(sight.current.first / pageSize);
      const pages = [...kept, [page, answer.value.rows] as const];
      const after = {
        key,
        pages: new Map(pages.filter(([at]) => !whole || Math.abs(at - here) < pagesKept)),
        next: answer.value.next,
      };
      latest.current = after;
      setState(after);
    },
    [asked, key, whole],
  );

  /** What is in sight, anew; pages elsewhere may have moved and are read when they are looked at. */
  const reload = useCallback(() => {
    turn.current += 1;
    asking.current.clear();
    const first = whole ? Math.floor(sight.current.first / pageSize) : 0;
    const last = whole ? Math.floor(sight.current.last / pageSize) : 0;
    const before = latest.current;
    if (before?.key === key && whole)
      latest.current = {
        ...before,
        pages: new Map([...before.pages].filter(([at]) => at >= first && at <= last)),
      };
    for (let page = first; page <= last; page += 1) void fetchPage(page, true);
  }, [fetchPage, key, whole]);

  useEffect(() => {
    sight.current = { first: 0, last: 0 };
    reload();
  }, [reload]);

  // Signing makes several events in a row: one refetch for the lot, of what is shown when it comes.
  const pending = useRef<ReturnType<typeof setTimeout> | null>(null);
  const newest = useRef(reload);
  useEffect(() => {
    newest.current = reload;
  });
  useHostEvents((event) => {
    if (event.type !== 'job.changed' && event.type !== 'archive.changed') return;
    pending.current ??= setTimeout(() => {
      pending.current = null;
      newest.current();
    }, 120);
  });
  useEffect(
    () => () => {
      if (pending.current !== null) clearTimeout(pending.current);
    },
    [],
  );

  const look = useCallback(
    (first: number, last: number) => {
      sight.current = { first, last };
      const now = latest.current;
      if (now === null || now.key !== key) return;
      if (!whole) {
        const loaded = now.pages.size * pageSize;
        if (now.next !== null && last >= loaded - 12) void fetchPage(now.pages.size, false);
        return;
      }
      for (let page = Math.floor(first / pageSize); page <= Math.floor(last / pageSize); page += 1)
        if (!now.pages.has(page)) void fetchPage(page, false);
    },
    [fetchPage, key, whole],
  );

  const shown = state?.key === key ? state : null;
  const at = useCallback(
    (index: number) => shown?.pages.get(Math.floor(index / pageSize))?.[index % pageSize],
    [shown],
  );
  const count =
    shown === null
      ? null
      : whole && counts !== null
        ? counts[tab]
        : [...shown.pages.values()].reduce((sum, page) => sum + page.length, 0);
  return { count, at, look, counts, error, reload };
}
