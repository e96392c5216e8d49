/**
 * The worker thread: its own connection to the archive and the long functions by name. It holds the
 * archive's key as long as the host does, and nothing of who may do what: that was decided before.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { fail, Refusal, type Result } from '../shared/result.ts';
import { interFonts } from './adapters/fonts.ts';
import { nodeCrypto } from './adapters/node-crypto.ts';
import { nodeRandom } from './adapters/node-random.ts';
import type { AskHost } from './adapters/work-asks.ts';
import type { FromWorker, ToWorker } from './adapters/work-threads.ts';
import { openArchive } from './archive/open-archive.ts';
import type { Archive } from './archive/archive.ts';
import type { Act, Desk } from './desk/desk.ts';
import { wipe, type HeldSealKey } from './desk/held-seal-key.ts';
import { keyWork, longWork } from './desk/long-work.ts';

const port = parentPort;
if (port === null) throw new Error('worker.ts runs in a worker thread');
const { home, zone, version } = workerData as { home: string; zone: string; version: string };

let key: Uint8Array | null = null;
/** A key that came while something ran: closing the archive under it would break it. */
let nextKey: Uint8Array | null | undefined;
let sealKey: HeldSealKey | null = null;
let running = false;
let archive: Archive | null = null;
let offset = 0;
const clock = { now: () => new Date(Date.now() + offset) };
const send = (message: FromWorker) => port.postMessage(message);

const asked = new Map<number, (result: Result<never>) => void>();
let lastAsk = 0;
const ask: AskHost = (name, input) =>
  new Promise((resolve) => {
    lastAsk += 1;
    // The table in work-asks.ts types what the host answers.
    asked.set(lastAsk, resolve);
    send({ type: 'ask', id: lastAsk, name, input });
  });

function opened(): Result<Archive> {
  if (archive !== null) return { ok: true, value: archive };
  if (key === null) return fail('archive.locked', 'Nobody has signed in.');
  const result = openArchive({ home, key, clock, random: nodeRandom });
  if (result.ok) archive = result.value;
  return result;
}

function closeArchive(): void {
  archive?.close();
  archive = null;
}

/** A report at most every 50 ms: a window draws no faster, and a message costs more than a hash. */
const reportEvery = 50;

function actOf(actor: string, cancelled: Int32Array): Act {
  let last = 0;
  let step = '';
  return {
    actor,
    ask,
    progress(state) {
      if (Atomics.load(cancelled, 0) === 1)
        throw new Refusal('task.cancelled', 'The work was stopped; nothing was kept.');
      const now = performance.now();
      if (state.step === step && now - last < reportEvery && state.done < state.total) return;
      last = now;
      step = state.step;
      send({ type: 'progress', state });
    },
  };
}

async function run(message: Extract<ToWorker, { type: 'run' }>): Promise<Result<unknown>> {
  const { name, input, actor, cancelled } = message;
  offset = message.clockOffset;
  const act = actOf(actor, cancelled);
  try {
    if (Object.hasOwn(keyWork, name)) {
      const work = keyWork[name as keyof typeof keyWork] as (
        ports: unknown,
        input: unknown,
        act: Act,
      ) => Promise<Result<unknown>>;
      return await work({ home, clock, random: nodeRandom, crypto: nodeCrypto }, input, act);
    }
    if (!Object.hasOwn(longWork, name)) throw new Error(`no such work: ${name}`);
    const open = opened();
    if (!open.ok) return open;
    const desk: Desk = {
      archive: open.value,
      clock,
      random: nodeRandom,
      crypto: nodeCrypto,
      fonts: interFonts,
      sealKey: () => sealKey,
      zone,
      version,
    };
    const work = longWork[name as keyof typeof longWork] as (
      desk: Desk,
      input: unknown,
      act: Act,
    ) => Promise<Result<unknown>> | Result<unknown>;
    return await work(desk, input, act);
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.failure };
    throw error;
  }
}

function useKey(next: Uint8Array | null): void {
  key = next;
  nextKey = undefined;
  closeArchive();
}

// One piece at a time: the host sends the next when it has heard of this one.
port.on('message', (message: ToWorker) => {
  switch (message.type) {
    case 'key':
      if (running) nextKey = message.key;
      else useKey(message.key);
      return;
    case 'answer':
      asked.get(message.id)?.(message.result as Result<never>);
      asked.delete(message.id);
      return;
    case 'seal-key':
      wipe(sealKey);
      sealKey = message.key;
      return;
    case 'close':
      wipe(sealKey);
      closeArchive();
      send({ type: 'closed' });
      port.close();
      return;
    case 'run':
      running = true;
      void run(message)
        .then(
          (result): FromWorker => ({ type: 'done', result }),
          (error: unknown): FromWorker => ({
            type: 'broke',
            error: error instanceof Error ? error : new Error('not an Error'),
          }),
        )
        .then((answer) => {
          running = false;
          if (nextKey !== undefined) useKey(nextKey);
          send(answer);
        });
  }
});
