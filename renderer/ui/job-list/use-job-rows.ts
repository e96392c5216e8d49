/** The rows of the list, a page at a time, kept in step with the archive by its events. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { JobTab } from '../../../shared/job/job.ts';
import type { Failure } from '../../../shared/result.ts';
import type { JobPageView, JobRowView } from '../../../shared/rpc/views.ts';
import { call, useHostEvents } from '../../host/client.ts';

const pageSize = 50;
/** The most the contract answers at once. */
const most = 200;

export interface JobRows {
  readonly rows: readonly JobRowView[] | null;
  readonly counts: Readonly<Record<JobTab, number>> | null;
  readonly error: Failure | null;
  readonly more: () => void;
  readonly reload: () => void;
}

interface State {
  readonly key: string;
  readonly rows: readonly JobRowView[];
  readonly next: string | null;
}

/** `tab` null: over everything one may see (a search). */
export function useJobRows(tab: JobTab | null, search: string): JobRows {
  const key = JSON.stringify([tab, search]);
  const [state, setState] = useState<State | null>(null);
  const [counts, setCounts] = useState<JobPageView['counts'] | null>(null);
  const [error, setError] = useState<Failure | null>(null);
  const turn = useRef(0);
  // Read by `more`, which the list calls in an effect of its own: it must not see a state behind.
  const latest = useRef<State | null>(null);

  const ask = useCallback(
    async (limit: number, cursor: string | null) => {
      turn.current += 1;
      const mine = turn.current;
      const answer = await call('job.list', {
        limit,
        ...(tab === null ? {} : { tab }),
        ...(search === '' ? {} : { search }),
        ...(cursor === null ? {} : { cursor }),
      });
      if (mine !== turn.current) return;
      if (!answer.ok) {
        setError(answer.error);
        return;
      }
      setError(null);
      setCounts(answer.value.counts);
      const { rows, next } = answer.value;
      const before = latest.current;
      const after = {
        key,
        rows: cursor !== null && before?.key === key ? [...before.rows, ...rows] : rows,
        next,
      };
      latest.current = after;
      setState(after);
    },
    [key, tab, search],
  );

  const reload = useCallback(() => {
    const shown = latest.current?.key === key ? latest.current.rows.length : 0;
    void ask(Math.min(most, Math.max(pageSize, shown)), null);
  }, [ask, key]);

  useEffect(() => {
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

  const asking = useRef<string | null>(null);
  const more = useCallback(() => {
    const now = latest.current;
    if (now === null || now.key !== key || now.next === null || asking.current === now.next) return;
    asking.current = now.next;
    void ask(pageSize, now.next).finally(() => {
      asking.current = null;
    });
  }, [ask, key]);

  return { rows: state?.key === key ? state.rows : null, counts, error, more, reload };
}
