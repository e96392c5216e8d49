/**
 * What the desk does by itself while it is open: frees kiosks, lets deadlines pass, seals what is
 * signed, makes documents searchable, backs up, and tells the windows what another program did.
 */
import type { HostEvent } from '../../shared/rpc/transport.ts';
import type { Desk } from './desk.ts';
import { expireJobs } from './jobs.ts';
import type { RunWork } from './long-work.ts';

export interface Background {
  start(desk: Desk): void;
  stop(): void;
}

export interface BackgroundPorts {
  readonly run: RunWork;
  readonly emit: (event: HostEvent) => void;
  readonly log: (line: string) => void;
  readonly active: boolean;
  readonly every: { readonly kiosks: number };
  readonly tendKiosks: () => void;
}

/** How often each is looked at, in milliseconds. */
const deadlinesEvery = 30_000;
const changesEvery = 1_000;

export function createBackground(ports: BackgroundPorts): Background {
  const { emit, log, active, tendKiosks } = ports;
  let timers: NodeJS.Timeout[] = [];

  /** A timer must survive what it does: the next round may do better. */
  function repeat(milliseconds: number, what: string, body: () => void | Promise<void>): void {
    const round = () => {
      void Promise.resolve()
        .then(body)
        .catch((error: unknown) =>
          log(`background ${what} ${error instanceof Error ? error.name : 'failed'}`),
        );
    };
    const timer = setInterval(round, milliseconds);
    timer.unref();
    timers.push(timer);
    round();
  }
  return {
    start(desk) {
      if (!active) return;
      repeat(ports.every.kiosks, 'kiosks', tendKiosks);
      repeat(deadlinesEvery, 'deadlines', () => {
        for (const job of expireJobs(desk)) emit({ type: 'job.changed', job });
      });
      let seen = desk.archive.dataVersion();
      repeat(changesEvery, 'changes', () => {
        const now = desk.archive.dataVersion();
        if (now !== seen) emit({ type: 'archive.changed' });
        seen = now;
      });
    },
    stop() {
      for (const timer of timers) clearInterval(timer);
      timers = [];
    },
  };
}
