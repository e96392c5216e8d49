/** Files on their way in: sent, checked, stored; one at a time, each with progress and a way out. */
import { create } from 'zustand';
import type { Failure } from '../../../shared/result.ts';
import { call, listen } from '../../host/client.ts';
import { upload } from '../../host/upload.ts';
import { usePrepare } from './store.ts';

export interface Incoming {
  readonly id: string;
  readonly name: string;
  readonly state: 'waiting' | 'sending' | 'importing' | 'failed';
  /** Of the step under way: a code under `task.step.*`, and how far. */
  readonly step: string | null;
  readonly done: number;
  readonly total: number;
  readonly failure: Failure | null;
}

interface State {
  readonly incoming: readonly Incoming[];
  /** Of those that were added together: how many are in, or have been given up. */
  readonly batch: { readonly done: number; readonly total: number };
  add: (job: string, files: readonly File[]) => void;
  /** Tries a failed one again, with what it lacked. */
  again: (id: string, with_: { readonly password?: string; readonly repair?: boolean }) => void;
  cancel: (id: string) => void;
  /** All that have not begun, and the one under way. */
  cancelAll: () => void;
}

interface Held {
  readonly job: string;
  readonly file: File;
  upload: string | null;
  password: string | undefined;
  repair: boolean | undefined;
  readonly stop: AbortController;
  task: string | null;
}

const held = new Map<string, Held>();
let working = false;

export const useImports = create<State>((set, get) => {
  const change = (id: string, to: Partial<Incoming>) => {
    set((now) => ({
      incoming: now.incoming.map((each) => (each.id === id ? { ...each, ...to } : each)),
    }));
  };
  const forget = (id: string) => {
    held.delete(id);
    set((now) => {
      const incoming = now.incoming.filter((each) => each.id !== id);
      if (incoming.length === now.incoming.length) return now;
      if (incoming.length === 0) return { incoming, batch: { done: 0, total: 0 } };
      return { incoming, batch: { ...now.batch, done: now.batch.done + 1 } };
    });
  };

  async function bringIn(id: string, one: Held): Promise<void> {
    const failed = (failure: Failure) => {
      if (failure.code === 'task.cancelled') forget(id);
      else change(id, { state: 'failed', failure, step: null });
    };
    const fresh = one.upload === null;
    if (one.upload === null) {
      change(id, { state: 'sending', step: 'send', done: 0, total: one.file.size, failure: null });
      const sent = await upload(one.file, {
        signal: one.stop.signal,
        onProgress: (done, total) => {
          change(id, { done, total });
        },
      });
      if (!sent.ok) {
        failed(sent.error);
        return;
      }
      one.upload = sent.value.upload;
    }
    const task = crypto.randomUUID();
    one.task = task;
    change(id, { state: 'importing', step: 'check', done: 0, total: 0, failure: null });
    const silence = listen((event) => {
      if (event.type === 'task.progress' && event.task === task) {
        change(id, { step: event.step, done: event.done, total: event.total });
      }
    });
    const answer = await call('document.import', {
      job: one.job,
      upload: one.upload,
      name: one.file.name.normalize('NFC').slice(0, 255).toWellFormed(),
      ...(one.password === undefined ? {} : { password: one.password }),
      ...(one.repair === undefined ? {} : { repair: one.repair }),
      task,
    });
    silence();
    one.task = null;
    if (!answer.ok && answer.error.code === 'upload.unknown' && !fresh) {
      // The host has forgotten what was sent for the first try: send it once more.
      one.upload = null;
      await bringIn(id, one);
      return;
    }
    if (!answer.ok) {
      failed(answer.error);
      return;
    }
    forget(id);
    const { job, documents, follow, show } = usePrepare.getState();
    if (job !== one.job) return;
    const { document, version } = answer.value;
    const others = documents.filter((each) => each.id !== document.id);
    follow(version, [...others, document]);
    const { draft, editSpec, shown } = usePrepare.getState();
    if (shown.document === null || documents.length === 0) show(document.id, 0);
    // A job is most often called what its first document is called.
    if (draft.spec.title.trim() === '') editSpec({ title: document.title.slice(0, 80) });
  }

  async function work(): Promise<void> {
    if (working) return;
    working = true;
    for (;;) {
      const next = get().incoming.find((each) => each.state === 'waiting');
      const one = next === undefined ? undefined : held.get(next.id);
      if (next === undefined || one === undefined) break;
      await bringIn(next.id, one);
    }
    working = false;
  }

  return {
    incoming: [],
    batch: { done: 0, total: 0 },
    add: (job, files) => {
      const added = files.map((file): Incoming => {
        const id = crypto.randomUUID();
        held.set(id, {
          job,
          file,
          upload: null,
          password: undefined,
          repair: undefined,
          stop: new AbortController(),
          task: null,
        });
        return {
          id,
          name: file.name,
          state: 'waiting',
          step: null,
          done: 0,
          total: 0,
          failure: null,
        };
      });
      set((now) => ({
        incoming: [...now.incoming, ...added],
        batch: { ...now.batch, total: now.batch.total + added.length },
      }));
      void work();
    },
    again: (id, with_) => {
      const one = held.get(id);
      if (one === undefined) return;
      one.password = with_.password ?? one.password;
      one.repair = with_.repair ?? one.repair;
      change(id, { state: 'waiting', failure: null });
      void work();
    },
    cancelAll: () => {
      const { incoming, cancel } = get();
      for (const one of incoming.filter(({ failure }) => failure === null).toReversed())
        cancel(one.id);
    },
    cancel: (id) => {
      const one = held.get(id);
      one?.stop.abort();
      if (one !== undefined && one.task !== null) void call('task.cancel', { task: one.task });
      else forget(id);
    },
  };
});
