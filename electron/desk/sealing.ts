/**
 * After the last signer: a document timestamp over each document proves when all of it was so, and what
 * the issuers say of its certificates is kept with it under a second one. Without
 * an authority in reach the job waits and says why; it is tried again by itself.
 */
import { attempt, fail, ok, type Result } from '../../shared/result.ts';
import type { Job, RevisionRef } from '../../shared/job/job.ts';
import { timestampDocument } from '../core/pades/timestamp-document.ts';
import { anchorLog, anchorTopic } from './anchoring.ts';
import { timestampsOf } from './authorities.ts';
import { jobOr, perform, type Act, type Desk } from './desk.ts';
import { keepAnswers } from './keep-answers.ts';
import { openWorkingFile, type Tail } from './working-file.ts';

export interface Sealed {
  readonly version: number;
  /** Code of what it waits for; null when it is sealed. */
  readonly deferred: string | null;
}

const leaseTime = 120_000;

/** Only one process seals at a time: two timestamps of the same revision would fork the file. */
export async function sealJob(
  desk: Desk,
  input: { readonly job: string },
  act: Act,
): Promise<Result<Sealed>> {
  const lease = `seal:${input.job}`;
  if (!desk.archive.lease(lease, leaseTime))
    return fail('sealing.running', 'The job is being sealed already.');
  try {
    // Looked at under the lease: whoever held it before may just have sealed.
    const found = jobOr(desk, input.job);
    if (!found.ok) return found;
    if (found.value.state === 'sealed') return ok({ version: found.value.version, deferred: null });
    if (found.value.state !== 'signed')
      return fail('job.state', 'The job is in another state.', { state: found.value.state });
    const keep = () => desk.archive.lease(lease, leaseTime);
    const sealed = await sealWithLease(desk, found.value, act, keep);
    // Best now, while the authority is there; else the outbox has it, and it is done later.
    if (sealed.ok && sealed.value.deferred === null) await anchorLog(desk, {}, act);
    return sealed;
  } finally {
    // A full disk has refused the work already; the lease runs out by itself.
    attempt(() => desk.archive.releaseLease(lease));
  }
}

async function sealWithLease(
  desk: Desk,
  job: Job,
  act: Act,
  keep: () => boolean,
): Promise<Result<Sealed>> {
  const timestamps = timestampsOf(desk);
  if (timestamps === null) return defer(desk, job, act, 'timestamp.none');
  const revisions: RevisionRef[] = [];
  const tails: Tail[] = [];
  for (const [index, document] of job.documents.entries()) {
    act.progress({ step: 'seal', done: index, total: job.documents.length });
    // An authority may take its time over each of many documents.
    if (!keep()) return fail('sealing.running', 'The job is being sealed already.');
    const working = openWorkingFile(desk, document.id, [], act);
    if (!working.ok) return working;
    const file = working.value;
    try {
      const pdf = file.pdf();
      if (!pdf.ok) return pdf;
      const { crypto, random } = desk;
      const ports = { timestamps, crypto, random, hashed: file.hashed() };
      const stamped = await timestampDocument(pdf.value, ports);
      if (!stamped.ok) return defer(desk, job, act, stamped.error.code);
      file.add(stamped.value.tail);
      if (!keep()) return fail('sealing.running', 'The job is being sealed already.');
      const kept = await keepAnswers(desk, file, timestamps);
      if (!kept.ok) return kept;
      revisions.push(...file.refs());
      tails.push(...file.tails());
    } finally {
      file.close();
    }
  }
  const time = desk.clock.now().toISOString();
  const { name: authority } = timestamps;
  // The clerk may have stated what they saw while the authority was asked: the documents are as they were,
  // and a revision that is not the next one is refused.
  const sealed = perform(desk, job.id, act.actor, [{ type: 'seal', revisions, authority, time }], {
    tails,
    outbox: [{ topic: anchorTopic, body: { job: job.id } }],
  });
  return sealed.ok ? ok({ version: sealed.value.version, deferred: null }) : sealed;
}

function defer(desk: Desk, job: Job, act: Act, code: string): Result<Sealed> {
  const deferred = perform(desk, job.id, act.actor, [{ type: 'defer-seal', code }]);
  return deferred.ok ? ok({ version: deferred.value.version, deferred: code }) : deferred;
}
