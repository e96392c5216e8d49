/** Sends a file or names a document, and has it checked. */
import { useCallback, useEffect, useRef } from 'react';
import type { Task } from '../../host/task.ts';
import { upload } from '../../host/upload.ts';
import { useVerify } from './store.ts';
import type { Subject } from './store.ts';

export interface Checker {
  readonly file: (file: File) => Promise<void>;
  /** The same again, with a password where one was missing. */
  readonly again: (subject: Subject, password?: string) => Promise<void>;
  readonly cancel: () => void;
}

function nameOf(subject: Subject): string {
  return subject.type === 'upload' ? subject.name : '';
}

export function useChecker(task: Task): Checker {
  const stop = useRef<AbortController | null>(null);
  const set = useVerify((state) => state.set);
  const { run, cancel: cancelTask } = task;
  const again = useCallback(
    async (subject: Subject, password?: string) => {
      set({ state: 'checking', subject });
      const answer = await run(
        'verify.document',
        subject.type === 'upload'
          ? {
              upload: subject.upload,
              name: subject.name,
              ...(password === undefined ? {} : { password }),
            }
          : {
              document: subject.document,
              ...(subject.revision === null ? {} : { revision: subject.revision }),
            },
      );
      if (answer.ok) set({ state: 'report', subject, report: answer.value });
      else if (answer.error.code === 'task.cancelled') set({ state: 'empty' });
      else set({ state: 'failed', name: nameOf(subject), failure: answer.error, subject });
    },
    [run, set],
  );
  const file = useCallback(
    async (chosen: File) => {
      const controller = new AbortController();
      stop.current = controller;
      set({ state: 'sending', name: chosen.name, done: 0, total: chosen.size });
      const sent = await upload(chosen, {
        signal: controller.signal,
        onProgress: (done, total) => {
          useVerify.setState({ checking: { state: 'sending', name: chosen.name, done, total } });
        },
      });
      stop.current = null;
      if (sent.ok) {
        await again({ type: 'upload', upload: sent.value.upload, name: chosen.name.slice(0, 255) });
      } else if (sent.error.code === 'task.cancelled') set({ state: 'empty' });
      else set({ state: 'failed', name: chosen.name, failure: sent.error, subject: null });
    },
    [again, set],
  );
  const cancel = useCallback(() => {
    stop.current?.abort();
    cancelTask();
  }, [cancelTask]);
  return { file, again, cancel };
}

/** Checks the document of the archive that the screen was opened for. */
export function useDocumentCheck(
  checker: Checker,
  document: string | undefined,
  revision: number | undefined,
): void {
  const { again } = checker;
  useEffect(() => {
    if (document === undefined) return;
    void again({ type: 'document', document, revision: revision ?? null });
  }, [again, document, revision]);
}
