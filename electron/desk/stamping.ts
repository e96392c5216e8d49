/**
 * A timestamp over each document of a job, then what the issuers say of its certificates, then a timestamp
 * over that: at the end of a job, and again before those timestamps come to their end.
 */
import { fail } from '../../shared/result.ts';
import { algorithmEnds } from '../../shared/algorithm-ends.ts';
import type { Job, RevisionRef } from '../../shared/job/job.ts';
import { weakest, type StampFacts } from '../../shared/job/renewal.ts';
import { timestampDocument } from '../core/pades/timestamp-document.ts';
import type { DigestAlgorithm, Timestamps } from '../core/ports.ts';
import type { KeepLease } from './seal-lease.ts';
import type { Act, Desk } from './desk.ts';
import { keepAnswers } from './keep-answers.ts';
import { remembering, stampFacts } from './stamp-facts.ts';
import { openWorkingFile, type Tail } from './working-file.ts';

export interface Stamped {
  readonly revisions: readonly RevisionRef[];
  readonly tails: readonly Tail[];
  /** Null where the tokens do not tell. */
  readonly stamp: StampFacts | null;
}

/** Somebody else holds the job, or a document cannot be read: that is no reason to wait and try again. */
export interface StampRefusal {
  readonly wait: boolean;
  readonly failure: ReturnType<typeof fail>;
}

/** `keep` renews the caller's lease on the job: an authority may take its time over each document. */
export async function stampDocuments(
  desk: Desk,
  job: Job,
  timestamps: Timestamps,
  act: Act,
  keep: KeepLease,
): Promise<Stamped | StampRefusal> {
  const digest = lastingDigest();
  const revisions: RevisionRef[] = [];
  const tails: Tail[] = [];
  const facts: (StampFacts | null)[] = [];
  for (const [index, document] of job.documents.entries()) {
    act.progress({ step: 'seal', done: index, total: job.documents.length });
    if (!keep()) return running();
    const working = openWorkingFile(desk, document.id, [digest], act);
    if (!working.ok) return { wait: false, failure: working };
    const file = working.value;
    const authority = remembering(timestamps);
    try {
      const pdf = file.pdf();
      if (!pdf.ok) return { wait: false, failure: pdf };
      const { crypto, random } = desk;
      const ports = { timestamps: authority, crypto, random, hashed: file.hashed() };
      const stamped = await timestampDocument(pdf.value, ports, digest);
      if (!stamped.ok) return { wait: true, failure: stamped };
      file.add(stamped.value.tail);
      if (!keep()) return running();
      const kept = await keepAnswers(desk, file, authority, digest);
      if (!kept.ok) return { wait: false, failure: kept };
      const token = authority.last();
      facts.push(token === null ? null : stampFacts(token));
      revisions.push(...file.refs());
      tails.push(...file.tails());
    } finally {
      file.close();
    }
  }
  const known = facts.filter((one) => one !== null);
  return { revisions, tails, stamp: known.length === facts.length ? weakest(known) : null };
}

function running(): StampRefusal {
  return { wait: false, failure: fail('sealing.running', 'The job is being sealed already.') };
}

/** The shortest hash that has no known end. */
function lastingDigest(): DigestAlgorithm {
  const all = ['sha256', 'sha384', 'sha512'] as const;
  return all.find((hash) => algorithmEnds.hashes[hash] === undefined) ?? 'sha512';
}

export function isRefusal(answer: Stamped | StampRefusal): answer is StampRefusal {
  return 'failure' in answer;
}
