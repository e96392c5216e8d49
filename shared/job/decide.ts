/**
 * May this be done now, and what has happened when it is? Pure: the renderer enables a button with
 * the same function that main allows the action with.
 */
import { canonicalJson } from '../canonical-json.ts';
import { fail, ok } from '../result.ts';
import type { JobCommand } from './command.ts';
import { decideCopy } from './copies.ts';
import type { Decision } from './decision.ts';
import { decideAtKiosk } from './decide-at-kiosk.ts';
import { decideRemote } from './decide-remote.ts';
import { decideFollowing } from './following.ts';
import { decideRenewal } from './renewing.ts';
import type { Job, JobSpec } from './job.ts';
import { atKiosk, unknownDocument, unknownSigner, wrongState } from './refusals.ts';
import { maxDocuments, maxSigners, missing } from './missing.ts';
import type { Audience } from './visibility.ts';

/** The events a command leads to, or the code of why not. `job` is null before it is created. */
export function decide(job: Job | null, command: JobCommand): Decision {
  if (command.type === 'create') {
    if (job !== null) return fail('job.exists', 'The job is created already.');
    const wrong = wrongInSpec(command.spec, null);
    const { type: _, ...rest } = command;
    return wrong ?? ok([{ type: 'created', ...rest }]);
  }
  if (job === null) return fail('job.unknown', 'There is no such job.');
  switch (command.type) {
    case 'add-document':
    case 'remove-document':
    case 'edit':
    case 'open':
      return job.state === 'draft' ? decideDraft(job, command) : wrongState(job);
    case 'hand-over':
    case 'make-pick-up':
    case 'withdraw-pick-up':
    case 'hand-back':
    case 'give-proof':
    case 'accept-proof':
    case 'refuse-proof':
    case 'confirm':
    case 'sign':
    case 'decline':
      return decideAtKiosk(job, command);
    case 'set-audience':
      if (isSame(job.audience, command.audience)) return ok([]);
      return ok([{ type: 'audience-set', audience: command.audience }]);
    case 'cancel':
      if (job.state !== 'draft' && job.state !== 'open') return wrongState(job);
      if (job.state === 'open' && job.atKiosk !== null) return atKiosk();
      return ok([{ type: 'cancelled', reason: command.reason }]);
    case 'restore':
    case 'replace-signer':
    case 'ask-reminder':
    case 'begin-reminder':
    case 'note-reminder':
    case 'fail-reminder':
      return decideFollowing(job, command);
    case 'expire':
      if (job.state !== 'open') return wrongState(job);
      // Time never works against the signer: who sits at the kiosk may finish.
      if (job.atKiosk !== null) return atKiosk();
      if (job.spec.deadline === null || job.spec.deadline > command.now)
        return fail('job.not-due', 'The deadline has not passed.');
      return ok([{ type: 'expired' }]);
    case 'extend':
      if (job.state !== 'open') return wrongState(job);
      if (command.deadline <= command.now)
        return fail('job.deadline-past', 'The new deadline has passed already.');
      return ok([{ type: 'extended', deadline: command.deadline }]);
    case 'attest':
      return decideAttest(job, command);
    case 'ask-copy':
    case 'give-copy':
    case 'fail-copy':
      return decideCopy(job, command);
    case 'seal': {
      if (job.state !== 'signed') return wrongState(job);
      const { type: _, ...rest } = command;
      return ok([{ type: 'sealed', ...rest }]);
    }
    case 'defer-seal':
      if (job.state !== 'signed') return wrongState(job);
      // The same reason again is not news: retries must not fill the log.
      if (job.sealDeferred === command.code) return ok([]);
      return ok([{ type: 'seal-deferred', code: command.code }]);
    case 'need-renewal':
    case 'renew':
    case 'defer-renewal':
      return job.state === 'sealed' ? decideRenewal(job, command) : wrongState(job);
    case 'export': {
      if (job.state === 'draft' || job.state === 'open' || job.state === 'at-service')
        return wrongState(job);
      const { type: _, ...rest } = command;
      return ok([{ type: 'exported', ...rest }]);
    }
    case 'take-over':
      if (job.exported === null || job.exported.receipt !== command.receipt)
        return fail('export.unknown', 'The job was not exported with that receipt.');
      if (job.exported.takenOver !== null) return ok([]);
      return ok([{ type: 'taken-over', receipt: command.receipt, reference: command.reference }]);
    case 'record-remote':
      return decideRemote(job, command.event);
  }
}

function decideDraft(
  job: Extract<Job, { state: 'draft' }>,
  command: Extract<JobCommand, { type: 'add-document' | 'remove-document' | 'edit' | 'open' }>,
): Decision {
  switch (command.type) {
    case 'add-document':
      if (job.documents.length >= maxDocuments)
        return fail('job.too-many-documents', `A job holds at most ${maxDocuments} documents.`);
      if (job.documents.some((one) => one.id === command.document.id))
        return fail('document.exists', 'The document is in the job already.');
      // DocMDP P=1 forbids every later signature (ISO 32000-2, table 257).
      if (command.document.findings.certified === 1)
        return fail('document.certified', 'The file is certified against any change.');
      return ok([{ type: 'document-added', document: command.document }]);
    case 'remove-document':
      if (!job.documents.some((one) => one.id === command.document)) return unknownDocument();
      return ok([{ type: 'document-removed', document: command.document }]);
    case 'edit': {
      const wrong = wrongInSpec(command.spec, job);
      if (wrong !== null) return wrong;
      const known = new Set(job.documents.map((one) => one.id));
      const named = [...Object.keys(command.titles), ...command.order];
      if (named.some((id) => !known.has(id))) return unknownDocument();
      const { spec, titles, order } = command;
      return ok([{ type: 'edited', spec, titles, order }]);
    }
    case 'open':
      if (job.template === true)
        return fail('job.template', 'A template is not signed: jobs are made of it.');
      if ((job.spec.place ?? 'counter') !== 'counter')
        return fail('posten.signed-there', 'The job is to be signed at the service.');
      return decideOpen(job, command);
  }
}

function decideOpen(
  job: Extract<Job, { state: 'draft' }>,
  command: Extract<JobCommand, { type: 'open' }>,
): Decision {
  const lacks = missing(job);
  if (lacks.length > 0)
    return fail('job.incomplete', 'The job is not complete.', {
      missing: lacks.map((one) => ({ code: one.code, ...(one.of ? { of: one.of } : {}) })),
    });
  const { deadline } = job.spec;
  if (deadline !== null && deadline <= command.now)
    return fail('job.deadline-past', 'The deadline has passed already.');
  // DOMAIN: a simple or authenticated signature is made by the organisation's seal key.
  if (command.seal === null && job.spec.signers.some((one) => one.kind !== 'advanced'))
    return fail('seal.missing', 'Without a seal nobody can sign by hand.');
  const { revisions, fieldNames, seal } = command;
  return ok([{ type: 'opened', revisions, fieldNames, seal }]);
}

function decideAttest(job: Job, command: Extract<JobCommand, { type: 'attest' }>): Decision {
  const signer = job.signers.find((one) => one.id === command.signer);
  if (signer === undefined) return unknownSigner();
  if (signer.state !== 'SIGNED') return fail('job.not-signed', 'The signer has not signed.');
  const { type: _, ...rest } = command;
  return ok([{ type: 'attested', ...rest }]);
}

function isSame(one: Audience, other: Audience): boolean {
  return canonicalJson({ ...one }) === canonicalJson({ ...other });
}

/** Ids that name each other, and limits; everything else a draft may still lack. */
function wrongInSpec(spec: JobSpec, job: Job | null): ReturnType<typeof fail> | null {
  if (spec.signers.length > maxSigners)
    return fail('job.too-many-signers', `A job holds at most ${maxSigners} signers.`);
  const signers = new Set(spec.signers.map((one) => one.id));
  if (signers.size !== spec.signers.length)
    return fail('job.duplicate-signer', 'Two signers have the same id.');
  if (new Set(spec.fields.map((one) => one.id)).size !== spec.fields.length)
    return fail('job.duplicate-field', 'Two fields have the same id.');
  if (spec.fields.some((field) => !signers.has(field.signer))) return unknownSigner();
  const documents = new Set(job?.documents.map((one) => one.id) ?? []);
  if (spec.fields.some((field) => !documents.has(field.document))) return unknownDocument();
  return null;
}
