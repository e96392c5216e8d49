/**
 * Moves jobs between the archive and the remote signing service, a round at a time. Whoever calls says
 * when; the service's own times are kept inside the client. Everything that must outlive a crash is in
 * the archive: the errands in its outbox, and how far each job has come in its log.
 */
import { attempt, ok } from '../../../shared/result.ts';
import type { Json, Result } from '../../../shared/result.ts';
import type { RemoteFlow } from '../../../shared/job/remote.ts';
import type { OutboxRow } from '../../archive/archive.ts';
import type { Polled } from '../answers.ts';
import { hear } from './hear.ts';
import { postenTopic, type Errand, type Round, type SyncPorts } from './ports.ts';
import { record } from './record.ts';
import { send } from './send.ts';
import { ofDirect, ofPortal, type Update } from './update.ts';

export interface Sync {
  /** Hears what is new and runs the errands. One at a time: a second caller gets the running one's answer. */
  round(): Promise<Round>;
  /** News that came before and whose job has been taken into the archive since. */
  take(update: Update): Promise<void>;
}

const lease = 'posten';
/** Longer than the longest call: whoever holds it is not taken for gone in the middle of one. */
const leaseFor = 5 * 60_000;
/** News that come in one go; what is more comes with the next round. */
const mostNews = 2000;
/** Production's queues ask for ten minutes. */
const longestWait = 30 * 60_000;
const flows: readonly RemoteFlow[] = ['portal', 'direct'];

export function createSync(ports: SyncPorts): Sync {
  const { archive, client } = ports;
  let running: Promise<Round> | null = null;

  async function round(): Promise<Round> {
    // Window, command line and a second program may be at the same archive: one of them syncs.
    if (!archive.lease(lease, leaseFor)) return idle('posten.other-program');
    try {
      return await held();
    } finally {
      // Whoever opens the archive next, or a copy of it, need not wait for it to run out.
      attempt(() => archive.releaseLease(lease));
    }
  }

  async function held(): Promise<Round> {
    resolveInterrupted(ports);
    const times: string[] = [];
    let trouble: string | null = null;
    for (const flow of flows) {
      const drained = await drain(flow);
      if (drained.nextPollAt !== null) times.push(drained.nextPollAt);
      trouble ??= drained.trouble;
    }
    trouble ??= await runErrands();
    const nextPollAt = times.toSorted()[0] ?? null;
    return { trouble, nextPollAt, waiting: archive.outbox(postenTopic, 10_000).length };
  }

  async function poll(flow: RemoteFlow): Promise<Result<Polled<Update>>> {
    const choice = { sender: ports.sender, queue: ports.queue };
    if (flow === 'portal') return inOneForm(await client.portal.poll(choice), ofPortal);
    return inOneForm(await client.direct.poll(choice), ofDirect);
  }

  /** Until the queue is empty or may not be asked. */
  async function drain(flow: RemoteFlow): Promise<Omit<Round, 'waiting'>> {
    const known = ports.polls.get(flow);
    const wait = known === null ? 0 : Date.parse(known) - ports.clock.now().getTime();
    // A time that lies further ahead than any queue asks for is of a clock that was wrong.
    if (known !== null && wait > 0 && wait < longestWait)
      return { trouble: null, nextPollAt: known };
    for (let count = 0; count < mostNews; count++) {
      archive.lease(lease, leaseFor);
      const polled = await poll(flow);
      if (!polled.ok) {
        const { code, detail } = polled.error;
        const nextPollAt = typeof detail?.['nextPollAt'] === 'string' ? detail['nextPollAt'] : null;
        if (nextPollAt !== null) ports.polls.set(flow, nextPollAt);
        if (code === 'posten.too-eager') return { trouble: null, nextPollAt };
        // One that cannot be read stays there, hidden for a while; the next may be readable.
        if (code !== 'posten.unreadable-answer') return { trouble: code, nextPollAt };
        continue;
      }
      if (polled.value.type === 'empty') {
        const { nextPollAt } = polled.value;
        if (nextPollAt !== null) ports.polls.set(flow, nextPollAt);
        return { trouble: null, nextPollAt };
      }
      await listen(polled.value.change);
    }
    return { trouble: null, nextPollAt: null };
  }

  async function listen(update: Update): Promise<void> {
    const { flow, confirmationUrl } = update;
    if ((await hear(ports, update)) === 'confirm' && confirmationUrl !== null)
      await tellStored(flow, confirmationUrl);
  }

  /** A job that the service no longer has was confirmed before: the answer got lost. */
  async function tellStored(flow: RemoteFlow, confirmationUrl: string): Promise<boolean> {
    const told = await client[flow].confirm({ confirmationUrl });
    return told.ok || isGone(told);
  }

  function errands(): readonly { readonly row: OutboxRow; readonly errand: Errand }[] {
    // Only `post.ts` and this room write under this topic.
    return archive
      .outbox(postenTopic, 10_000)
      .map((row) => ({ row, errand: row.body as unknown as Errand }));
  }

  async function runErrands(): Promise<string | null> {
    const todo = errands();
    if (todo.length === 0) return null;
    // Days offline must not fill the log with packages that never left.
    const there = await client.whoAmI(ports.sender);
    if (!there.ok) return there.error.code;
    for (const { row, errand } of todo) {
      archive.lease(lease, leaseFor);
      const { done, trouble } = await run(errand);
      if (done) archive.removeFromOutbox(row.id);
      if (trouble !== null) return trouble;
    }
    return null;
  }

  async function run(errand: Errand): Promise<{ done: boolean; trouble: string | null }> {
    const job = archive.job(errand.job);
    const remote = job?.remote ?? null;
    if (job === null || remote === null) return finished;
    switch (errand.do) {
      case 'send':
        if (job.state !== 'at-service' || remote.phase !== 'queued') return finished;
        return remote.reference === errand.reference ? send(ports, job, remote) : finished;
      case 'receipt':
        if (!(await tellStored(errand.flow, errand.url))) return later;
        record(ports, job.id, { type: 'receipt-given' });
        return finished;
      case 'withdraw': {
        if (job.state !== 'at-service' || remote.withdrawing === null) return finished;
        const { cancellationUrl } = remote;
        // Where no answer came there is nothing to withdraw yet; the queue tells when there is.
        if (cancellationUrl === null) return later;
        const told = await client.portal.cancel({ cancellationUrl });
        if (told.ok || isGone(told)) return finished;
        if (told.error.code !== 'posten.cannot-cancel') return later;
        record(ports, job.id, { type: 'withdrawal-refused', code: told.error.code });
        return finished;
      }
      case 'clear': {
        const { deleteDocumentsUrl } = remote;
        if (deleteDocumentsUrl === null || remote.cleared) return finished;
        const told = await client.deleteDocuments({ deleteDocumentsUrl });
        if (!told.ok && !isGone(told)) return later;
        record(ports, job.id, { type: 'cleared-there' });
        return finished;
      }
    }
  }

  return {
    take: listen,
    round() {
      running ??= round().finally(() => {
        running = null;
      });
      return running;
    },
  };
}

const finished = { done: true, trouble: null };
const later = { done: false, trouble: null };

function inOneForm<T>(
  polled: Result<Polled<T>>,
  form: (change: T) => Update,
): Result<Polled<Update>> {
  if (!polled.ok) return polled;
  return ok(
    polled.value.type === 'empty'
      ? polled.value
      : { ...polled.value, change: form(polled.value.change) },
  );
}

function idle(trouble: string): Round {
  return { trouble, nextPollAt: null, waiting: 0 };
}

function isGone(told: Result<unknown>): boolean {
  const status: Json | undefined = told.ok ? undefined : told.error.detail?.['status'];
  return status === 404 || status === 410;
}

/** Whoever was sending is gone: whether the job is there, only the service knows. */
function resolveInterrupted(ports: SyncPorts): void {
  for (const id of ports.archive.jobsWhere({ state: 'at-service' }))
    if (ports.archive.job(id)?.remote?.phase === 'sending')
      record(ports, id, { type: 'answer-lost' });
}
