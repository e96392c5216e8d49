/**
 * The sync on the host's side: when a round is due, the certificate's key while it is at hand, and what the
 * last round said. The rounds themselves are in a thread of their own (`posten-worker.ts`).
 */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { HostEvent } from '../../shared/rpc/transport.ts';
import type {
  PostenSettingsView,
  PostenState,
  StrangerView,
} from '../../shared/rpc/views-posten.ts';
import { maskId } from '../../shared/job/masks.ts';
import type { SecretStore } from '../archive/keys.ts';
import { readReference } from '../posten/sync/reference.ts';
import type { Update } from '../posten/sync/update.ts';
import { perform, sha256Hex, type Desk } from './desk.ts';
import { wipe, type HeldSealKey } from './held-seal-key.ts';
import { installationOf } from './installation.ts';
import { createKeptKeys, keptKeysPath } from './kept-keys.ts';
import type { RunWork } from './long-work.ts';
import { newQueue, postenOf } from './posten-settings.ts';
import { waitAfter } from './posten-schedule.ts';
import type { RoundReport } from './posten-worker.ts';
import { fromBase64 } from './seal.ts';
import { settingsOf } from './settings-store.ts';

export interface PostenService {
  start(desk: Desk): void;
  stop(): void;
  /** Something is to be sent, or somebody wants to know: a round as soon as the one under way is over. */
  wake(): void;
  key(): Result<HeldSealKey>;
  keyState(): PostenSettingsView['key'];
  hold(key: HeldSealKey): void;
  /** The settings are other ones. */
  reconsider(): void;
  state(): PostenState;
  stranger(jobId: string): Update | null;
  /** A round that begins with news of a job that has been taken in. */
  adopt(update: Update): void;
  goOn(how: 'same-queue' | 'new-queue', actor: string): void;
}

export interface PostenServicePorts {
  readonly home: string;
  readonly store: SecretStore | null;
  readonly run: RunWork;
  readonly emit: (event: HostEvent) => void;
  readonly log: (line: string) => void;
  /** Milliseconds, whatever the clock says. */
  readonly uptime: () => number;
  readonly active: boolean;
}

export function createPostenService(ports: PostenServicePorts): PostenService {
  const { home, store, run, emit, log, uptime, active } = ports;
  const kept = createKeptKeys(keptKeysPath(home, 'posten'), store);
  let desk: Desk | null = null;
  let held: HeldSealKey | null = null;
  let timer: NodeJS.Timeout | null = null;
  let dueAt = 0;
  let running = false;
  let again = false;
  let troubles = 0;
  let last: { readonly at: string; readonly report: RoundReport } | null = null;
  const strangers = new Map<string, Update>();
  const adopting: Update[] = [];

  function keyState(): PostenSettingsView['key'] {
    const certificate = desk === null ? null : postenOf(desk).certificate;
    if (certificate === null) return 'none';
    const hash = sha256Hex(fromBase64(certificate.certificate));
    if (held?.certificate !== hash) {
      const pkcs8 = kept.find(hash);
      if (pkcs8 !== null) held = { certificate: hash, pkcs8 };
    }
    return held?.certificate === hash ? 'ready' : 'locked';
  }

  /** Whether this archive is where its queue is; a new one claims it. */
  function isCopied(): boolean {
    if (desk === null) return false;
    const posten = postenOf(desk);
    if (posten.queue === null) return false;
    const here = installationOf(home, desk.random);
    if (posten.installation === null)
      settingsOf(desk.archive).change(
        'posten',
        (now) => ({ ...now, installation: now.installation ?? here }),
        'system',
      );
    return posten.installation !== null && posten.installation !== here;
  }

  function isReady(): boolean {
    return desk !== null && postenOf(desk).on && keyState() === 'ready' && !isCopied();
  }

  function tick(): void {
    if (running || uptime() < dueAt || !isReady()) return;
    void round();
  }

  async function round(): Promise<void> {
    if (running || held === null || desk === null) return;
    running = true;
    again = false;
    const adopt = adopting.shift();
    try {
      const input = { key: held, ...(adopt === undefined ? {} : { adopt }) };
      const report = await run('posten.round', input, { lane: 'service' });
      if (report.ok) heard(report.value);
      else log(`posten round ${report.error.code}`);
      schedule(report.ok ? report.value : null);
    } catch (error) {
      log(`posten round ${error instanceof Error ? error.name : 'failed'}`);
      schedule(null);
    } finally {
      running = false;
    }
    if (again || adopting.length > 0) dueAt = uptime() + 500;
  }

  function heard(report: RoundReport): void {
    if (desk === null) return;
    last = { at: desk.clock.now().toISOString(), report };
    for (const job of report.changed) emit({ type: 'job.changed', job });
    for (const update of report.strangers) strangers.set(update.jobId, update);
    if (report.trouble !== null) log(`posten round ${report.trouble}`);
    emit({ type: 'settings.changed' });
  }

  function schedule(report: RoundReport | null): void {
    const trouble = report === null || report.trouble !== null;
    troubles = trouble ? troubles + 1 : 0;
    const now = desk?.clock.now().getTime() ?? 0;
    dueAt = uptime() + waitAfter(report, troubles, now);
  }

  const self: PostenService = {
    start(opened) {
      desk = opened;
      dueAt = 0;
      troubles = 0;
      if (!active) return;
      timer = setInterval(tick, 1000);
      timer.unref();
    },
    stop() {
      if (timer !== null) clearInterval(timer);
      timer = null;
      wipe(held);
      held = null;
      desk = null;
      last = null;
      strangers.clear();
    },
    wake() {
      again = true;
      dueAt = 0;
    },
    keyState,
    key() {
      if (keyState() === 'ready' && held !== null) return ok(held);
      return fail('posten.locked', 'The enterprise certificate is locked.');
    },
    hold(key) {
      wipe(held);
      held = key;
      kept.keep(key);
      self.wake();
    },
    reconsider() {
      troubles = 0;
      last = null;
      self.wake();
    },
    state() {
      const known = [...strangers.values()].filter(({ reference }) => !isKnown(reference));
      return {
        on: desk !== null && postenOf(desk).on,
        key: keyState(),
        nextPollAt: last?.report.nextPollAt ?? null,
        lastRoundAt: last?.at ?? null,
        trouble: last?.report.trouble ?? null,
        waiting: desk?.archive.outbox('posten', 1000).length ?? 0,
        copied: isCopied(),
        strangers: known.map(strangerView),
      };
    },
    stranger: (jobId) => strangers.get(jobId) ?? null,
    adopt(update) {
      adopting.push(update);
      self.wake();
    },
    goOn(how, actor) {
      if (desk === null) return;
      const posten = postenOf(desk);
      const queue = how === 'new-queue' ? newQueue(desk) : posten.queue;
      const installation = installationOf(home, desk.random);
      // What waited to be sent may have been sent by the archive that this one was copied from.
      for (const job of desk.archive.jobsWhere({ state: 'at-service' }))
        if (desk.archive.job(job)?.remote?.phase === 'queued')
          perform(desk, job, 'system', [{ type: 'record-remote', event: { type: 'answer-lost' } }]);
      settingsOf(desk.archive).change('posten', (now) => ({ ...now, queue, installation }), actor);
      self.reconsider();
    },
  };

  function isKnown(reference: string | null): boolean {
    const own = readReference(reference);
    return own !== null && desk?.archive.job(own.job) !== null;
  }
  return self;
}

function strangerView({ jobId, flow, status, signers, reference }: Update): StrangerView {
  return {
    ...{ jobId, flow, status },
    ours: readReference(reference) !== null,
    signers: signers.map(({ name, email, mobile, state }) => ({
      name: name === null ? (email ?? mobile ?? '') : /^\d{11}$/.test(name) ? maskId(name) : name,
      state,
    })),
  };
}
