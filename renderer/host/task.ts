/** Long calls: they name themselves, report `task.progress` and can be cancelled. */
import { useCallback, useRef, useState } from 'react';
import type { Result } from '../../shared/result.ts';
import type { InputOf, MethodName, OutputOf } from '../../shared/rpc/contract.ts';
import { call, useHostEvents } from './client.ts';

/** The methods that take a `task`. */
export type LongMethod = {
  [M in MethodName]: 'task' extends keyof InputOf<M> ? M : never;
}[MethodName];

export interface Progress {
  /** What is being done: a code under `task.step.*` in the language files. */
  readonly step: string;
  readonly done: number;
  /** 0 when nobody knows yet how much there is. */
  readonly total: number;
}

export interface Task {
  readonly running: boolean;
  readonly progress: Progress | null;
  readonly cancelling: boolean;
  readonly cancel: () => void;
  readonly run: <M extends LongMethod>(
    method: M,
    input: Omit<InputOf<M>, 'task'>,
  ) => Promise<Result<OutputOf<M>>>;
}

/** One long call at a time, with its progress. */
export function useTask(): Task {
  const current = useRef<string | null>(null);
  const [running, setRunning] = useState(false);
  const [cancelling, setCancelling] = useState(false);
  const [progress, setProgress] = useState<Progress | null>(null);
  useHostEvents((event) => {
    if (event.type === 'task.progress' && event.task === current.current) {
      setProgress({ step: event.step, done: event.done, total: event.total });
    }
  });
  const run = useCallback(
    async <M extends LongMethod>(
      method: M,
      input: Omit<InputOf<M>, 'task'>,
    ): Promise<Result<OutputOf<M>>> => {
      const task = crypto.randomUUID();
      current.current = task;
      setRunning(true);
      setCancelling(false);
      setProgress(null);
      // Omit over a generic input is opaque to the compiler; `task` is what LongMethod promises.
      const answer = await call(method, { ...input, task } as unknown as InputOf<M>);
      if (current.current === task) {
        current.current = null;
        setRunning(false);
        setProgress(null);
      }
      return answer;
    },
    [],
  );
  const cancel = useCallback(() => {
    const task = current.current;
    if (task === null) return;
    setCancelling(true);
    void call('task.cancel', { task });
  }, []);
  return { running, progress, cancelling, cancel, run };
}
