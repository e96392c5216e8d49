/** The office's log, a page at a time from its newest end. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { OfficeFilter } from '../../../shared/office-event.ts';
import type { Failure } from '../../../shared/result.ts';
import type { OfficeLogView } from '../../../shared/rpc/views-access.ts';
import { call, useHostEvents } from '../../host/client.ts';
import type { OfficeRow } from './office-words.ts';

const pageSize = 50;

export interface OfficeLog {
  /** Null until the first page is here. */
  readonly rows: readonly OfficeRow[] | null;
  readonly people: OfficeLogView['people'];
  /** There are older ones. */
  readonly older: boolean;
  readonly busy: boolean;
  readonly error: Failure | null;
  readonly more: () => void;
  readonly reload: () => void;
}

export function useOfficeLog(filter: OfficeFilter): OfficeLog {
  const { kind, person } = filter;
  const [rows, setRows] = useState<readonly OfficeRow[] | null>(null);
  const [people, setPeople] = useState<OfficeLogView['people']>([]);
  const [next, setNext] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Failure | null>(null);
  const turn = useRef(0);
  const ask = useCallback(
    async (cursor: string | null) => {
      turn.current += 1;
      const mine = turn.current;
      setBusy(true);
      const page = {
        limit: pageSize,
        ...(cursor === null ? {} : { cursor }),
        ...(kind === undefined ? {} : { kind }),
        ...(person === undefined ? {} : { person }),
      };
      const answer = await call('archive.officeLog', page);
      if (mine !== turn.current) return;
      setBusy(false);
      setError(answer.ok ? null : answer.error);
      if (!answer.ok) return;
      const { rows: got, next: after } = answer.value;
      setRows((before) => (cursor === null || before === null ? got : [...before, ...got]));
      setNext(after);
      setPeople(answer.value.people);
    },
    [kind, person],
  );
  const reload = useCallback(() => void ask(null), [ask]);
  useEffect(reload, [reload]);
  useHostEvents((event) => {
    // Whoever has gone back in time stays where they read.
    const newest = rows === null || rows.length <= pageSize;
    if (newest && (event.type === 'settings.changed' || event.type === 'archive.changed')) reload();
  });
  return {
    ...{ rows, people, busy, error, reload },
    older: next !== null,
    more: () => {
      if (next !== null && !busy) void ask(next);
    },
  };
}
