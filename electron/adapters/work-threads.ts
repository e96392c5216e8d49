/**
 * Long work in worker threads: nothing over 50 ms runs on a host's thread. Lanes, each one piece of
 * work at a time, so that a backup of many gigabytes never stands before somebody who signs, and
 * nobody waits for another one's card. A thread starts when its lane is first used.
 */
import { Worker } from 'node:worker_threads';
import { fail, type Result } from '../../shared/result.ts';
import type { Progress } from '../archive/archive.ts';
import type { HostAnswers } from './work-asks.ts';
import type { HeldSealKey } from '../desk/held-seal-key.ts';

/**
 * `card`: somebody enters a PIN, or a driver hangs; nobody else's work waits for that. `door`: somebody
 * types the PIN that opens a desk; no large import stands before them. `service`: a round with the
 * remote signing service waits for the network. `folder`: the watched folder's share may not answer.
 * `bulk`: a list of many jobs, beside which seals and backups go on.
 */
export type Lane = 'counter' | 'background' | 'card' | 'door' | 'service' | 'folder' | 'bulk';

export interface WorkOptions {
  readonly lane: Lane;
  readonly actor: string;
  /** Under this name it can be cancelled. */
  readonly task?: string;
  readonly progress?: Progress;
  /** What the work may ask for in the middle of it. */
  readonly answers?: HostAnswers;
}

export interface WorkThreads {
  run(name: string, input: unknown, options: WorkOptions): Promise<Result<unknown>>;
  /** Takes effect when the work next tells its progress; before it began it never begins. */
  cancel(task: string): void;
  /** Has the lanes open (or, with null, close) their own connection before what comes next. */
  useKey(key: Uint8Array | null): void;
  /** The seal's own key, for as long as it is unlocked. */
  useSealKey(key: HeldSealKey | null): void;
  /** Waits for what is running, drops what waits. */
  close(): Promise<void>;
}

export interface WorkPorts {
  readonly script: URL;
  readonly home: string;
  readonly zone: string;
  readonly version: string;
  /** Milliseconds the app's clock is ahead of the machine's: a test can stand in another year. */
  readonly clockOffset: () => number;
}

/** What goes to the thread. */
export type ToWorker =
  | { readonly type: 'key'; readonly key: Uint8Array | null }
  | { readonly type: 'seal-key'; readonly key: HeldSealKey | null }
  | {
      readonly type: 'run';
      readonly name: string;
      readonly input: unknown;
      readonly actor: string;
      readonly clockOffset: number;
      readonly cancelled: Int32Array<SharedArrayBuffer>;
    }
  | { readonly type: 'answer'; readonly id: number; readonly result: Result<unknown> }
  | { readonly type: 'close' };

/** What comes back. */
export type FromWorker =
  | { readonly type: 'progress'; readonly state: Parameters<Progress>[0] }
  | {
      readonly type: 'ask';
      readonly id: number;
      readonly name: string;
      readonly input: unknown;
    }
  | { readonly type: 'done'; readonly result: Result<unknown> }
  | { readonly type: 'broke'; readonly error: Error }
  | { readonly type: 'closed' };

interface Piece {
  readonly message: Extract<ToWorker, { type: 'run' }>;
  readonly options: WorkOptions;
  readonly resolve: (result: Result<unknown>) => void;
  readonly reject: (error: unknown) => void;
}

type Answering = (input: unknown) => Promise<Result<unknown>>;

const cancelledResult = fail('task.cancelled', 'The work was stopped; nothing was kept.');

export function createWorkThreads(ports: WorkPorts): WorkThreads {
  let key: Uint8Array | null = null;
  let sealKey: HeldSealKey | null = null;
  const keys = (): readonly ToWorker[] => [
    { type: 'key', key },
    { type: 'seal-key', key: sealKey },
  ];
  const lanes: Record<Lane, ReturnType<typeof createLane>> = {
    counter: createLane(ports, keys),
    background: createLane(ports, keys),
    card: createLane(ports, keys),
    door: createLane(ports, keys),
    service: createLane(ports, keys),
    folder: createLane(ports, keys),
    bulk: createLane(ports, keys),
  };
  const every = Object.values(lanes);
  return {
    run: (name, input, options) =>
      new Promise((resolve, reject) => {
        const message = {
          type: 'run',
          name,
          input,
          actor: options.actor,
          clockOffset: ports.clockOffset(),
          cancelled: new Int32Array(new SharedArrayBuffer(4)),
        } as const;
        lanes[options.lane].add({ message, options, resolve, reject });
      }),
    cancel(task) {
      for (const lane of every) lane.cancel(task);
    },
    useKey(next) {
      key = next;
      for (const lane of every) lane.send({ type: 'key', key });
    },
    useSealKey(next) {
      sealKey = next;
      for (const lane of every) lane.send({ type: 'seal-key', key: next });
    },
    async close() {
      await Promise.all(every.map((lane) => lane.close()));
    },
  };
}

function createLane(ports: WorkPorts, keys: () => readonly ToWorker[]) {
  const { script, home, zone, version } = ports;
  const waiting: Piece[] = [];
  let current: Piece | null = null;
  let worker: Worker | null = null;
  let idle: (() => void) | null = null;

  function start(): Worker {
    const fresh = new Worker(script, { workerData: { home, zone, version }, name: 'skranke' });
    fresh.on('message', (message: FromWorker) => {
      if (worker !== fresh) return;
      if (message.type === 'ask') void answer(fresh, message);
      else hear(message);
    });
    fresh.on('error', (error) => {
      if (worker !== fresh) return;
      worker = null;
      finish((piece) => piece.reject(error));
    });
    fresh.on('exit', (code) => {
      if (worker !== fresh) return;
      worker = null;
      finish((piece) => piece.reject(new Error(`the worker ended with ${code}`)));
    });
    // A thread that has nothing to do must not keep the program alive.
    fresh.unref();
    for (const message of keys()) fresh.postMessage(message);
    return fresh;
  }
  async function answer(asker: Worker, ask: Extract<FromWorker, { type: 'ask' }>): Promise<void> {
    const answers = (current?.options.answers ?? {}) as Record<string, Answering | undefined>;
    const answering = Object.hasOwn(answers, ask.name) ? answers[ask.name] : undefined;
    const result =
      (await answering?.(ask.input)) ?? fail('internal', 'Nobody is here to answer that.');
    if (worker === asker) asker.postMessage({ type: 'answer', id: ask.id, result } as ToWorker);
  }
  function hear(message: Exclude<FromWorker, { type: 'ask' }>): void {
    switch (message.type) {
      case 'progress':
        current?.options.progress?.(message.state);
        return;
      case 'done':
        return finish((piece) => piece.resolve(message.result));
      case 'broke':
        return finish((piece) => piece.reject(message.error));
      case 'closed':
        return;
    }
  }
  function finish(tell: (piece: Piece) => void): void {
    const piece = current;
    current = null;
    if (piece !== null) tell(piece);
    next();
  }
  function next(): void {
    if (current !== null) return;
    current = waiting.shift() ?? null;
    if (current === null) {
      worker?.unref();
      idle?.();
      return;
    }
    worker ??= start();
    worker.ref();
    worker.postMessage(current.message);
  }
  return {
    add(piece: Piece) {
      waiting.push(piece);
      next();
    },
    cancel(task: string) {
      if (current?.options.task === task) Atomics.store(current.message.cancelled, 0, 1);
      for (const piece of waiting.filter((one) => one.options.task === task)) {
        waiting.splice(waiting.indexOf(piece), 1);
        piece.resolve(cancelledResult);
      }
    },
    send(message: ToWorker) {
      worker?.postMessage(message);
    },
    async close() {
      for (const piece of waiting.splice(0)) piece.resolve(cancelledResult);
      if (current !== null) await new Promise<void>((resolve) => (idle = resolve));
      const last = worker;
      if (last === null) return;
      worker = null;
      await new Promise<void>((resolve) => {
        last.once('exit', () => resolve());
        last.ref();
        last.postMessage({ type: 'close' } satisfies ToWorker);
      });
    },
  };
}
