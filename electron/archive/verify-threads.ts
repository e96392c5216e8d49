/**
 * The parts of a long log, walked at the same time: this thread takes the first, the others each open
 * the databases for themselves. The caller waits for them without giving its thread away.
 */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { WalkFindings } from './verify-log.ts';

export interface WalkOrder {
  readonly home: string;
  readonly key: Uint8Array;
  readonly from: number;
  readonly to: number;
  /** One when the findings are on the port; two when the caller has given up. */
  readonly state: Int32Array;
}

export interface Walks {
  /** The caller's own part ends here. */
  readonly own: number;
  /** Waits for the others; in the order of the log. */
  join(): readonly WalkFindings[];
  stop(): void;
}

const mostThreads = 4;
/** A thread that says nothing for so long has died. */
const longest = 30 * 60_000;

/** Null where this build has no script for it, or the machine one processor. */
export function startWalks(home: string, key: Uint8Array, total: number): Walks | null {
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const script = new URL(`./verify-worker.${ending}`, import.meta.url);
  const count = Math.min(mostThreads, availableParallelism());
  if (count < 2 || !existsSync(fileURLToPath(script))) return null;
  const edge = (part: number) => Math.floor((total * part) / count);
  const others = Array.from({ length: count - 1 }, (_, index) => {
    const { port1, port2 } = new MessageChannel();
    const state = new Int32Array(new SharedArrayBuffer(4));
    const order: WalkOrder = { home, key, from: edge(index + 1), to: edge(index + 2), state };
    const worker = new Worker(script, {
      workerData: { order, port: port2 },
      transferList: [port2],
    });
    worker.unref();
    worker.on('error', () => undefined);
    return { port: port1, state, worker };
  });
  return {
    own: edge(1),
    join: () =>
      others.map(({ port, state }) => {
        Atomics.wait(state, 0, 0, longest);
        const answer = receiveMessageOnPort(port)?.message as WalkFindings | undefined;
        if (answer === undefined) throw new Error('a thread of the verification has died');
        return answer;
      }),
    stop() {
      for (const { port, state, worker } of others) {
        Atomics.store(state, 0, 2);
        port.close();
        void worker.terminate();
      }
    },
  };
}
