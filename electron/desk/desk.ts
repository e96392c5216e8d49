/** What every use-case stands on: an open archive and the ports, on the host's thread or in the worker. */
import { createHash } from 'node:crypto';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { JobEvent, RecordedEvent } from '../../shared/job/event.ts';
import type { Job } from '../../shared/job/job.ts';
import type { JobCommand } from '../../shared/job/command.ts';
import { decide } from '../../shared/job/decide.ts';
import { evolve } from '../../shared/job/evolve.ts';
import type { AskHost } from '../adapters/work-asks.ts';
import type { Append, Archive, Progress } from '../archive/archive.ts';
import type { Clock, Crypto, Random } from '../core/ports.ts';
import type { Fonts } from '../core/pades/signature.ts';
import type { HeldSealKey } from './held-seal-key.ts';

export interface Desk {
  readonly archive: Archive;
  readonly clock: Clock;
  readonly random: Random;
  readonly crypto: Crypto;
  /** Read when something visible is made, not before. */
  readonly fonts: () => Fonts;
  /** IANA name: the zone in which the office tells time. */
  readonly zone: string;
  /** The seal's own key while it is unlocked. */
  readonly sealKey: () => HeldSealKey | null;
  /** The program's own, for evidence. */
  readonly version: string;
}

/** Who does it, and whom to tell how far it has come. */
export interface Act {
  /** User id, `signer:<id>` or `system`. */
  readonly actor: string;
  /** Throws `task.cancelled` when the caller has changed their mind. */
  readonly progress: Progress;
  /** What only the host can do: a signature by a card. */
  readonly ask?: AskHost;
}

export const silent: Progress = () => undefined;

export function newId(desk: Pick<Desk, 'random'>): string {
  return Buffer.from(desk.random.bytes(16)).toString('hex');
}

export function sha256Hex(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function jobOr(desk: Pick<Desk, 'archive'>, id: string): Result<Job> {
  const job = desk.archive.job(id);
  return job === null ? fail('job.unknown', 'There is no such job.') : ok(job);
}

/** `job.unknown`, `job.state`. */
export function draftOr(
  desk: Pick<Desk, 'archive'>,
  id: string,
): Result<Job & { readonly state: 'draft' }> {
  const job = jobOr(desk, id);
  if (!job.ok) return job;
  return job.value.state === 'draft'
    ? ok(job.value)
    : fail('job.state', 'The job is in another state.', { state: job.value.state });
}

/**
 * Decides the commands one after the other on the job as it stands and appends what they lead to in
 * one transaction. Nothing to append is a success: the job was so already. Without `on` the caller has
 * decided nothing by itself: when somebody else was quicker, it is decided anew on what stands there.
 */
export function perform(
  desk: Pick<Desk, 'archive' | 'clock'>,
  id: string,
  actor: string,
  commands: readonly JobCommand[],
  more: Pick<Append, 'documents' | 'tails' | 'outbox'> & { readonly on?: Job | null } = {},
): Result<Job> {
  const { on, ...rest } = more;
  if (on !== undefined) return performOn(desk, id, actor, commands, rest, on);
  for (let tries = 1; ; tries += 1) {
    const done = performOn(desk, id, actor, commands, rest, desk.archive.job(id));
    if (done.ok || done.error.code !== 'job.moved' || tries === mostTries) return done;
  }
}

const mostTries = 5;

/** The job that the commands lead to, and how; nothing is appended. */
export function decided(
  desk: Pick<Desk, 'clock'>,
  id: string,
  actor: string,
  before: Job | null,
  commands: readonly JobCommand[],
): Result<{ readonly job: Job; readonly events: readonly JobEvent[] }> {
  let job = before;
  const events: JobEvent[] = [];
  for (const command of commands) {
    const decision = decide(job, command);
    if (!decision.ok) return decision;
    for (const event of decision.value) {
      const recorded: RecordedEvent = {
        seq: 0,
        job: id,
        version: (job?.version ?? 0) + 1,
        at: desk.clock.now().toISOString(),
        actor,
        event,
      };
      job = evolve(job, recorded);
      events.push(event);
    }
  }
  if (job === null) return fail('job.unknown', 'There is no such job.');
  return ok({ job, events });
}

function performOn(
  desk: Pick<Desk, 'archive' | 'clock'>,
  id: string,
  actor: string,
  commands: readonly JobCommand[],
  rest: Pick<Append, 'documents' | 'tails' | 'outbox'>,
  before: Job | null,
): Result<Job> {
  const made = decided(desk, id, actor, before, commands);
  if (!made.ok) return made;
  const { job, events } = made.value;
  if (events.length === 0) return ok(job);
  const appended = desk.archive.append({
    job: id,
    expectedVersion: before?.version ?? 0,
    actor,
    events,
    ...rest,
  });
  return appended.ok ? ok(appended.value.job) : appended;
}
