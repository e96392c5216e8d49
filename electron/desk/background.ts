/**
 * What the desk does by itself while it is open: frees kiosks, lets deadlines pass, seals what is
 * signed, makes documents searchable, backs up, and tells the windows what another program did.
 */
import type { HostEvent } from '../../shared/rpc/transport.ts';
import type { OutboxRow } from '../archive/archive.ts';
import type { Desk } from './desk.ts';
import { anchorIsDue } from './anchoring.ts';
import { backupIsDue } from './backup-schedule.ts';
import { expireJobs } from './jobs.ts';
import { askDueReminders } from './reminders-due.ts';
import { noteRenewals } from './renewal.ts';
import { witnessIsDue } from './witness-state.ts';
import type { RunWork } from './long-work.ts';

export interface Background {
  start(desk: Desk, key: Uint8Array): void;
  /** A mail has been asked for, or the server is another one. */
  sendMail(): void;
  /** Something has just been put into the outbox, or what it waited for has come. */
  followUp(): void;
  stop(): void;
}

export interface BackgroundPorts {
  readonly run: RunWork;
  readonly emit: (event: HostEvent) => void;
  readonly log: (line: string) => void;
  readonly active: boolean;
  readonly screensEvery: number;
  /** Kiosks that somebody left behind, desks that nobody is at. */
  readonly tendScreens: () => void;
  /** Another connection has committed: users and settings may be other ones. */
  readonly archiveChanged: () => void;
}

/** How often each is looked at, in milliseconds. */
const deadlinesEvery = 30_000;
const changesEvery = 1_000;
const sealingEvery = 60_000;
const backupEvery = 10 * 60_000;
const anchorEvery = 10 * 60_000;
const renewalEvery = 24 * 60 * 60_000;
const witnessEvery = 10 * 60_000;
const mailEvery = 60_000;
const remindersEvery = 10 * 60_000;

export function createBackground(ports: BackgroundPorts): Background {
  const { run, emit, log, active, tendScreens, archiveChanged } = ports;
  let timers: NodeJS.Timeout[] = [];
  let open: Desk | null = null;
  let draining = false;
  let again = false;

  const report = (what: string) => (error: unknown) =>
    log(`background ${what} ${error instanceof Error ? error.name : 'failed'}`);
  /** A timer must survive what it does: the next round may do better. */
  function guard(what: string, body: () => void | Promise<void>): void {
    void Promise.resolve().then(body).catch(report(what));
  }
  function repeat(milliseconds: number, what: string, body: () => void | Promise<void>): void {
    const timer = setInterval(() => guard(what, body), milliseconds);
    timer.unref();
    timers.push(timer);
    guard(what, body);
  }

  /** What a transaction left to be done after it. A row goes when it is done. */
  async function drain(): Promise<void> {
    if (draining) {
      again = true;
      return;
    }
    draining = true;
    try {
      do {
        again = false;
        for (const row of open?.archive.outbox('seal', 1000) ?? [])
          await seal(row).catch(report('sealing'));
        for (const row of open?.archive.outbox('text', 1000) ?? [])
          await index(row).catch((error: unknown) => {
            report('text')(error);
            // A document that breaks the reader is one that the search lacks; it must not come again.
            done(row);
          });
      } while (again);
    } finally {
      draining = false;
    }
  }
  async function seal(row: OutboxRow): Promise<void> {
    const { job } = row.body as { readonly job: string };
    const before = open?.archive.job(job);
    if (before === null || before === undefined || before.state !== 'signed') return done(row);
    const result = await run('sealing.seal', { job }, { lane: 'background' });
    if (result.ok && result.value.deferred === null) done(row);
    if (result.ok && result.value.version !== before.version) emit({ type: 'job.changed', job });
  }
  async function index(row: OutboxRow): Promise<void> {
    const { job, document } = row.body as { readonly job: string; readonly document: string };
    const result = await run('document.text', { job, document }, { lane: 'background' });
    // Locked in between, or the program ends: the row stays.
    if (!result.ok && isLater(result.error.code)) return;
    done(row);
    if (result.ok) emit({ type: 'archive.changed' });
  }
  let mailing: Promise<void> | null = null;
  /** One round at a time: what is asked for meanwhile is for the next. */
  async function mail(): Promise<void> {
    if (mailing !== null) await mailing;
    mailing ??= mailRound().finally(() => {
      mailing = null;
    });
    return mailing;
  }
  async function mailRound(): Promise<void> {
    for (const [topic, round] of [
      ['mail', 'mail.round'],
      ['copy', 'mail.copies'],
    ] as const)
      if (open !== null && open.archive.outbox(topic, 1).length > 0) await letGo(round);
  }
  async function letGo(round: 'mail.round' | 'mail.copies'): Promise<void> {
    const sent = await run(round, undefined, { lane: 'background' });
    if (!sent.ok) return log(`background mail ${sent.error.code}`);
    const { changed, trouble } = sent.value;
    if (trouble !== null) log(`background mail ${trouble}`);
    for (const job of new Set(changed)) emit({ type: 'job.changed', job });
  }
  function done(row: OutboxRow): void {
    open?.archive.removeFromOutbox(row.id);
  }

  return {
    start(desk, key) {
      open = desk;
      if (!active) return guard('screens', tendScreens);
      repeat(ports.screensEvery, 'screens', tendScreens);
      repeat(deadlinesEvery, 'deadlines', () => {
        for (const job of expireJobs(desk)) emit({ type: 'job.changed', job });
      });
      let seen = desk.archive.dataVersion();
      repeat(changesEvery, 'changes', () => {
        const now = desk.archive.dataVersion();
        if (now === seen) return;
        seen = now;
        archiveChanged();
        emit({ type: 'archive.changed' });
      });
      repeat(sealingEvery, 'follow-up', drain);
      repeat(remindersEvery, 'reminders', () => {
        const asked = askDueReminders(desk);
        for (const job of asked) emit({ type: 'job.changed', job });
        if (asked.length > 0) return mail();
      });
      repeat(mailEvery, 'mail', mail);
      repeat(renewalEvery, 'renewal', async () => {
        for (const job of noteRenewals(desk)) emit({ type: 'job.changed', job });
        const made = await run('sealing.renewDue', {}, { lane: 'background' });
        log(`background renewal ${made.ok ? (made.value.deferred ?? 'ok') : made.error.code}`);
        if (made.ok && made.value.renewed.length > 0) emit({ type: 'archive.changed' });
      });
      repeat(anchorEvery, 'anchor', async () => {
        if (!anchorIsDue(desk)) return;
        const made = await run('archive.anchor', {}, { lane: 'background' });
        log(`background anchor ${made.ok ? 'ok' : made.error.code}`);
      });
      repeat(witnessEvery, 'witness', async () => {
        if (!witnessIsDue(desk)) return;
        const made = await run('archive.witness', {}, { lane: 'background' });
        log(`background witness ${made.ok ? 'ok' : made.error.code}`);
        if (made.ok) emit({ type: 'settings.changed' });
      });
      repeat(backupEvery, 'backup', async () => {
        if (!backupIsDue(desk)) return;
        const made = await run('settings.backupNow', { key }, { lane: 'background' });
        log(`background backup ${made.ok ? 'ok' : made.error.code}`);
        if (made.ok) emit({ type: 'settings.changed' });
      });
    },
    followUp() {
      if (active) guard('follow-up', drain);
    },
    sendMail() {
      if (active) guard('mail', mail);
    },
    stop() {
      for (const timer of timers) clearInterval(timer);
      timers = [];
      open = null;
    },
  };
}

function isLater(code: string): boolean {
  return code === 'archive.locked' || code === 'task.cancelled' || code === 'archive.busy';
}
