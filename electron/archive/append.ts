/** The one way in: events, documents, tails and outbox rows in one durable transaction. */
import { evolve } from '../../shared/job/evolve.ts';
import type { Job } from '../../shared/job/job.ts';
import { officeJob } from '../../shared/office-event.ts';
import { Refusal } from '../../shared/result.ts';
import type { Clock } from '../core/ports.ts';
import type { Append } from './archive.ts';
import { type Db, inTransaction } from './database.ts';
import type { Documents } from './documents.ts';
import type { Events, Head } from './events.ts';
import type { Keyring } from './keyring.ts';
import type { Outbox } from './outbox.ts';
import type { Staging } from './staging.ts';

/** Where an append stands, for tests that end the process there. */
export type AppendStep = 'key' | 'begin' | 'written' | 'committed' | 'settled';

export interface AppendParts {
  readonly db: Db;
  readonly events: Events;
  readonly documents: Documents;
  readonly outbox: Outbox;
  readonly keyring: Keyring;
  readonly staging: Staging;
  readonly clock: Clock;
  readonly onStep?: ((step: AppendStep) => void) | undefined;
}

export function createAppend(
  parts: AppendParts,
): (entry: Append) => { readonly job: Job; readonly seq: number } {
  const { db, events, documents, outbox, keyring, staging, clock } = parts;
  const step = parts.onStep ?? (() => undefined);

  function write(entry: Append, at: string): { job: Job; seq: number } {
    const version = events.version(entry.job);
    if (version !== entry.expectedVersion)
      throw new Refusal('job.moved', 'Somebody else has changed the job', {
        expected: entry.expectedVersion,
        version,
      });
    let job: Job | null = version === 0 ? null : events.job(entry.job);
    let head: Head = events.head();
    entry.events.forEach((event, index) => {
      const next = { job: entry.job, version: version + index + 1, at, actor: entry.actor };
      const recorded = events.put(head, next, event);
      job = evolve(job, recorded);
      head = { seq: recorded.seq, hash: Buffer.from(recorded.hash, 'hex') };
    });
    if (job === null) throw new Refusal('job.unknown', 'There is no such job');
    for (const one of entry.documents ?? []) documents.putDocument(entry.job, head.seq, one);
    for (const one of entry.tails ?? []) documents.putTail(entry.job, head.seq, one);
    for (const one of entry.outbox ?? []) outbox.put(entry.job, one.topic, at, one.body);
    return { job, seq: head.seq };
  }

  return (entry) => {
    if (entry.events.length === 0) throw new Error('an append without an event');
    if (entry.job === officeJob) throw new Refusal('job.unknown', 'There is no such job');
    // The key is on the disk before anything that only it can open.
    if (keyring.keyFor(entry.job) === null)
      throw new Refusal('job.disposed', 'The job was disposed of and cannot be changed any more');
    step('key');
    const at = clock.now().toISOString();
    const result = inTransaction(db, () => {
      step('begin');
      const written = write(entry, at);
      step('written');
      return written;
    });
    step('committed');
    events.remember(result.job);
    for (const one of entry.documents ?? []) staging.settle(one.id);
    step('settled');
    return result;
  };
}
