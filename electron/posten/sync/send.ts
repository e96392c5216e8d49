/**
 * Sends a job. Its package stands in the archive before the first byte leaves, so that after any crash it
 * is known that it may be there; what may be there is never sent again by itself.
 */
import type { Job } from '../../../shared/job/job.ts';
import type { Remote } from '../../../shared/job/remote.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { ByteSource } from '../../core/ports.ts';
import type { DirectCreated, PortalCreated } from '../answers.ts';
import type { JobDocument } from '../jobs.ts';
import type { Depart } from '../operations.ts';
import { outcomeOf } from './outcome.ts';
import type { SyncPorts } from './ports.ts';
import { record } from './record.ts';
import { directJob, ownWord, portalJob } from './service-job.ts';

/** `trouble`: why nothing more need be tried in this round; null where the next may be. */
export interface Sent {
  readonly done: boolean;
  readonly trouble: string | null;
}

export async function send(ports: SyncPorts, job: Job, remote: Remote): Promise<Sent> {
  const documents = documentsOf(ports, job);
  if (!documents.ok) return turnedDown(ports, job.id, documents.error);
  const input = { job, remote, documents: documents.value };
  const context = { ...input, sector: ports.sector, now: ports.clock.now() };
  const depart = departing(ports, job.id);
  const created = await create(ports, context, depart);
  if (created.ok) {
    record(ports, job.id, { type: 'accepted', ...acceptedOf(job, created.value) });
    return { done: true, trouble: null };
  }
  switch (outcomeOf(created.error)) {
    case 'held':
      // Without a package nothing had departed.
      record(ports, job.id, { type: 'held-back', code: created.error.code });
      return { done: false, trouble: created.error.code };
    case 'unknown':
      record(ports, job.id, { type: 'answer-lost' });
      return { done: true, trouble: null };
    case 'refused':
      return turnedDown(ports, job.id, created.error);
  }
}

async function create(
  { client, exit }: SyncPorts,
  context: Parameters<typeof portalJob>[0] & { readonly remote: Remote },
  depart: Depart,
): Promise<Result<PortalCreated | DirectCreated>> {
  if (context.remote.flow === 'portal') {
    const made = portalJob(context);
    return made.ok ? client.portal.create(made.value, depart) : made;
  }
  const made = directJob(context, exit(context.remote.reference));
  return made.ok ? client.direct.create(made.value, depart) : made;
}

function turnedDown(
  ports: SyncPorts,
  job: string,
  { code, detail }: Extract<Result<unknown>, { ok: false }>['error'],
): Sent {
  const refusal = { code, ...(detail === undefined ? {} : { detail }) };
  record(ports, job, { type: 'turned-down', refusal });
  return { done: true, trouble: null };
}

function departing(ports: SyncPorts, job: string): Depart {
  return (container) => {
    const source: ByteSource = {
      length: container.length,
      read: (offset, length) => container.subarray(offset, offset + length),
    };
    const staged = ports.archive.stage(job, source);
    if (!staged.ok) return staged;
    const { id: document, sha256, length } = staged.value;
    const event = { type: 'departed', package: { document, sha256, length } } as const;
    const departed = record(ports, job, event, { documents: [staged.value] });
    if (departed.ok) return ok(null);
    ports.archive.unstage(staged.value);
    return departed;
  };
}

/** As they came: what was added here is a proof of its own and does not travel. */
function documentsOf({ archive }: SyncPorts, job: Job): Result<readonly JobDocument[]> {
  const read: JobDocument[] = [];
  for (const { id, title } of job.documents) {
    const source = archive.source(id, 0);
    if (!source.ok) return source;
    try {
      read.push({ title, bytes: source.value.read(0, source.value.length), type: 'pdf' });
    } finally {
      source.value.close();
    }
  }
  return read.length === 0 ? fail('document.unknown', 'The job has no document.') : ok(read);
}

function acceptedOf(job: Job, created: PortalCreated | DirectCreated) {
  const { jobId } = created;
  if ('cancellationUrl' in created)
    return { jobId, cancellationUrl: created.cancellationUrl, links: {} };
  const links = job.spec.signers.flatMap(({ id, nationalId }, index) => {
    const names = [nationalId, ownWord(index)];
    const own = created.signers.find(({ identifier }) => names.includes(identifier));
    return own === undefined ? [] : [[id, own.signerUrl] as const];
  });
  return { jobId, cancellationUrl: null, links: Object.fromEntries(links) };
}
