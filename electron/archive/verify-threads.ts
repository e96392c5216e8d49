/**
 * The parts of a long log, walked at the same time: threads, each with connections of its own, take one
 * part after another until none is left, so that all of them work to the end. The caller waits for them
 * without giving its thread away: it does not walk itself, because only a thread can be given the room
 * that spares a tenth of the time (`youngMegabytes`).
 */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { ArchiveProblem } from './archive.ts';
import type { PartFindings } from './verify-parts.ts';

/** How a log is cut into parts, and from where on threads pay: one has to be started first. */
export interface WalkPlan {
  readonly threadsFrom: number;
  readonly leastPart: number;
  readonly mostParts: number;
  readonly mostThreads: number;
}

export const usualPlan: WalkPlan = {
  ...{ threadsFrom: 50_000, leastPart: 25_000 },
  ...{ mostParts: 40, mostThreads: 4 },
};

export interface WalkOrder {
  readonly home: string;
  readonly key: Uint8Array;
  /** Where the parts begin, and the end of the last. */
  readonly edges: readonly number[];
  /** Whether this thread looks at the rows beside the log, too. */
  readonly rows: boolean;
  /** `slot`s: how far all of them are. */
  readonly shared: Int32Array;
  /** One when the findings are on the port. */
  readonly done: Int32Array;
}

export const slot = { gate: 0, nextPart: 1, events: 2 } as const;
export const gate = { shut: 0, withViews: 1, withoutViews: 2, givenUp: 3 } as const;

export interface ThreadFindings {
  readonly parts: readonly PartFindings[];
  /** Of the rows beside the log. */
  readonly problems: readonly ArchiveProblem[];
}

export interface Walks {
  /** How many walk. */
  readonly threads: number;
  readonly shared: Int32Array;
  /** The views can be read, or are left out: only now the others look at them. */
  begin(withViews: boolean): void;
  /** Waits for them; `look` is called again and again meanwhile, and may throw. */
  join(look: () => void): readonly ThreadFindings[];
  stop(): void;
}

const youngMegabytes = 96;

/** A thread that says nothing for so long has died. */
const longest = 30 * 60_000;
const lookEvery = 100;

export function edgesOf(total: number, plan: WalkPlan): readonly number[] {
  const wanted = Math.ceil(total / plan.leastPart);
  const count = Math.min(plan.mostParts, Math.max(1, wanted));
  return Array.from({ length: count + 1 }, (_, part) => Math.floor((total * part) / count));
}

/** Null where this build has no script for it, or the machine one processor. */
export function startWalks(
  home: string,
  key: Uint8Array,
  edges: readonly number[],
  plan: WalkPlan,
): Walks | null {
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const script = new URL(`./verify-worker.${ending}`, import.meta.url);
  const count = Math.min(plan.mostThreads, availableParallelism(), edges.length - 1);
  if (count < 2 || !existsSync(fileURLToPath(script))) return null;
  const shared = new Int32Array(new SharedArrayBuffer(12));
  const walkers = Array.from({ length: count }, (_, index) => {
    const { port1, port2 } = new MessageChannel();
    const done = new Int32Array(new SharedArrayBuffer(4));
    const order: WalkOrder = { home, key, edges, rows: index === 0, shared, done };
    const worker = new Worker(script, {
      workerData: { order, port: port2 },
      transferList: [port2],
      // A walk makes small things and drops them at once: with more room, few of them are ever copied.
      resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
    });
    worker.unref();
    worker.on('error', () => undefined);
    return { port: port1, done, worker };
  });
  const open = (to: number) => {
    Atomics.store(shared, slot.gate, to);
    Atomics.notify(shared, slot.gate);
  };
  return {
    threads: count,
    shared,
    begin: (withViews) => open(withViews ? gate.withViews : gate.withoutViews),
    join: (look) =>
      walkers.map(({ port, done }) => {
        for (let waited = 0; waited < longest; waited += lookEvery) {
          if (Atomics.wait(done, 0, 0, lookEvery) !== 'timed-out') break;
          look();
        }
        const answer = receiveMessageOnPort(port)?.message as ThreadFindings | undefined;
        if (answer === undefined) throw new Error('a thread of the verification has died');
        return answer;
      }),
    stop() {
      open(gate.givenUp);
      for (const { port, worker } of walkers) {
        port.close();
        void worker.terminate();
      }
    },
  };
}
