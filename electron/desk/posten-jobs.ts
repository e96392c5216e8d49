/** What a clerk does with a job that is to be signed, or was to be, at the service. */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Job, JobSpec } from '../../shared/job/job.ts';
import { unreachedStates } from '../../shared/job/remote.ts';
import { beyondService } from '../../shared/job/service-limits.ts';
import { clearJob, postJob, withdrawJob } from '../posten/sync/post.ts';
import { readReference } from '../posten/sync/reference.ts';
import type { Update } from '../posten/sync/update.ts';
import { jobOr, newId, perform, type Desk } from './desk.ts';
import { checkNationalIds } from './national-id.ts';
import { postenOf, senderOf } from './posten-settings.ts';
import { settingsOf } from './settings-store.ts';

/** The service's limits with what this office may do there: checked before anything leaves, and named. */
export function sendJob(
  desk: Desk,
  { job: id }: { readonly job: string },
  actor: string,
): Result<{ version: number }> {
  const { on, queue } = postenOf(desk);
  if (!on || queue === null) return fail('posten.off', 'The service is not set up here.');
  const job = jobOr(desk, id);
  if (!job.ok) return job;
  const { sector } = settingsOf(desk.archive).get('organisation');
  const beyond = beyondService(job.value, sector);
  if (beyond.length > 0)
    return fail('job.incomplete', 'The service would refuse this job.', {
      missing: beyond.map((one) => ({ code: one.code, ...(one.of ? { of: one.of } : {}) })),
    });
  const numbers = checkNationalIds(desk, job.value.spec);
  if (!numbers.ok) return numbers;
  return versionOf(postJob(desk, id, { sender: senderOf(desk), queue }, actor));
}

export function withdraw(
  desk: Desk,
  { job, reason }: { readonly job: string; readonly reason: string },
  actor: string,
): Result<{ version: number }> {
  return versionOf(withdrawJob(desk, job, reason, actor));
}

export function clear(
  desk: Desk,
  { job }: { readonly job: string },
  actor: string,
): Result<{ version: number }> {
  return versionOf(clearJob(desk, job, actor));
}

/**
 * A job of the same documents for the counter, with those whom the service could not reach, or, where it
 * reached nobody in particular wrong, with all who have not signed.
 */
export function inviteToCounter(
  desk: Desk,
  { job: id }: { readonly job: string },
  actor: string,
): Result<{ job: string }> {
  const found = jobOr(desk, id);
  if (!found.ok) return found;
  const job = found.value;
  if (job.remote === null || job.state === 'at-service' || job.state === 'returned')
    return fail('job.state', 'The job is in another state.', { state: job.state });
  if (job.remote.invitedTo !== null) return ok({ job: job.remote.invitedTo });
  const made = copyForCounter(desk, job, actor);
  if (!made.ok) return made;
  const event = { type: 'invited', to: made.value } as const;
  const told = perform(desk, id, actor, [{ type: 'record-remote', event }]);
  return told.ok ? ok({ job: made.value }) : told;
}

function copyForCounter(desk: Desk, job: Job, actor: string): Result<string> {
  const { archive } = desk;
  const id = newId(desk);
  const unreached = job.signers.filter(({ state }) => unreachedStates.includes(state));
  const invited =
    unreached.length > 0 ? unreached : job.signers.filter(({ state }) => state !== 'SIGNED');
  const ids = new Set(invited.map((one) => one.id));
  const spec: JobSpec = {
    ...job.spec,
    place: 'counter',
    signers: job.spec.signers
      .filter((signer) => ids.has(signer.id))
      .map(({ contact: _, ...signer }) => ({ ...signer, kind: 'simple' })),
    ...{ fields: [], deadline: null, identifierInDocument: 'NAME' },
  };
  const documents = [];
  for (const document of job.documents) {
    const source = archive.source(document.id, 0);
    if (!source.ok) return source;
    const staged = archive.stage(id, source.value);
    source.value.close();
    if (!staged.ok) return staged;
    documents.push({ staged: staged.value, document: { ...document, id: staged.value.id } });
  }
  const appended = archive.append({
    ...{ job: id, expectedVersion: 0, actor, documents: documents.map(({ staged }) => staged) },
    events: [
      { type: 'created', spec, audience: job.audience },
      ...documents.map(({ document }) => ({ type: 'document-added' as const, document })),
    ],
  });
  return appended.ok ? ok(id) : appended;
}

/** Takes a job into the archive that only the service remembers, under the id that its reference carries. */
export function adoptJob(desk: Desk, update: Update, actor: string): Result<{ job: string }> {
  const own = readReference(update.reference);
  if (own === null || desk.archive.job(own.job) !== null)
    return fail('posten.not-ours', 'The job was not sent from this archive.');
  const spec: JobSpec = {
    ...{ title: `Posten ${update.jobId}`, nonSensitiveTitle: '', description: '', reference: '' },
    ...{ caseNumber: '', documentType: '', fields: [], deadline: null, place: update.flow },
    identifierInDocument: 'NAME',
    signers: update.signers.map((signer, index) => ({
      ...{ id: `adopted-${index + 1}`, name: `${index + 1}`, title: '', order: 0 },
      ...{ kind: 'advanced', role: 'signer', onBehalfOf: 'SELF', language: 'nb' },
      ...(signer.name !== null && /^\d{11}$/.test(signer.name) ? { nationalId: signer.name } : {}),
      contact: {
        by: signer.name === null ? 'contact' : 'number',
        ...(signer.email === null ? {} : { email: signer.email }),
        ...(signer.mobile === null ? {} : { mobile: signer.mobile }),
      },
    })),
  };
  const made = perform(desk, own.job, actor, [{ type: 'create', spec }], { on: null });
  return made.ok ? ok({ job: own.job }) : made;
}

function versionOf(result: Result<Job>): Result<{ version: number }> {
  return result.ok ? ok({ version: result.value.version }) : result;
}
