/** The one way in: events, documents, tails and outbox rows, of one job or several, in one durable transaction. */
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
import type { Texts } from './texts.ts';

/** Where an append stands, for tests that end the process there. */
export type AppendStep = 'key' | 'begin' | 'written' | 'committed' | 'settled';

export interface AppendParts {
  readonly db: Db;
  readonly events: Events;
  readonly documents: Documents;
  readonly outbox: Outbox;
  readonly keyring: Keyring;
  readonly staging: Staging;
  readonly texts: Texts;
  readonly clock: Clock;
  readonly onStep?: ((step: AppendStep) => void) | undefined;
}

export interface Appended {
  readonly job: Job;
  readonly seq: number;
}

export function createAppend(parts: AppendParts): ((entry: Append) => Appended) & {
  readonly all: (entries: readonly Append[]) => readonly Appended[];
} {
  const { db, events, documents, outbox, keyring, staging, texts, clock } = parts;
  const step = parts.onStep ?? (() => undefined);

  function write(entry: Append, at: string): Appended {
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
    for (const { document, deflated } of entry.texts ?? [])
      texts.putDeflated(entry.job, document, deflated);
    for (const one of entry.outbox ?? []) outbox.put(entry.job, one.topic, at, one.body);
    return { job, seq: head.seq };
  }

  function all(entries: readonly Append[]): readonly Appended[] {
    for (const { job, events: given } of entries) {
      if (given.length === 0) throw new Error('an append without an event');
      if (job === officeJob) throw new Refusal('job.unknown', 'There is no such job');
    }
    // The keys are on the disk before anything that only they can open.
    keyring.makeAll(entries.map(({ job }) => job));
    if (entries.some(({ job }) => keyring.keyFor(job) === null))
      throw new Refusal('job.disposed', 'The job was disposed of and cannot be changed any more');
    step('key');
    const at = clock.now().toISOString();
    const results = inTransaction(db, () => {
      step('begin');
      const written = entries.map((entry) => write(entry, at));
      step('written');
      return written;
    });
    step('committed');
    for (const { job } of results) events.remember(job);
    for (const { documents: staged } of entries)
      for (const one of staged ?? []) staging.settle(one.id);
    step('settled');
    return results;
  }

  const one = (entry: Append) => all([entry])[0] as Appended;
  return Object.assign(one, { all });
}
