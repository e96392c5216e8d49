/**
 * May this be done now, and what has happened when it is? Pure: the renderer enables a button with
 * the same function that main allows the action with.
 */
import { fail, ok, type Result } from '../result.ts';
import type { JobCommand } from './command.ts';
import type { Job, JobEvent, JobSpec, ShownDocument } from './job.ts';
import { maxDocuments, maxSigners, missing } from './missing.ts';
import { isTheirTurn } from './signer-turns.ts';

type Decision = Result<readonly JobEvent[]>;

/** The events a command leads to, or the code of why not. `job` is null before it is created. */
export function decide(job: Job | null, command: JobCommand): Decision {
  if (command.type === 'create') {
    if (job !== null) return fail('job.exists', 'The job is created already.');
    const wrong = wrongInSpec(command.spec, null);
    return wrong ?? ok([{ type: 'created', spec: command.spec }]);
  }
  if (job === null) return fail('job.unknown', 'There is no such job.');
  switch (command.type) {
    case 'add-document':
    case 'remove-document':
    case 'edit':
    case 'open':
      return job.state === 'draft' ? decideDraft(job, command) : wrongState(job);
    case 'hand-over':
    case 'hand-back':
    case 'confirm':
    case 'sign':
    case 'decline':
      return decideAtKiosk(job, command);
    case 'cancel':
      if (job.state !== 'draft' && job.state !== 'open') return wrongState(job);
      if (job.state === 'open' && job.atKiosk !== null) return atKiosk();
      return ok([{ type: 'cancelled', reason: command.reason }]);
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
    case 'seal': {
      if (job.state !== 'signed') return wrongState(job);
      const { revisions, authority, time } = command;
      return ok([{ type: 'sealed', revisions, authority, time }]);
    }
    case 'defer-seal':
      if (job.state !== 'signed') return wrongState(job);
      // The same reason again is not news: retries must not fill the log.
      if (job.sealDeferred === command.code) return ok([]);
      return ok([{ type: 'seal-deferred', code: command.code }]);
    case 'export':
      if (job.state === 'draft' || job.state === 'open') return wrongState(job);
      return ok([{ type: 'exported', receipt: command.receipt, files: command.files }]);
    case 'take-over':
      if (job.exported === null || job.exported.receipt !== command.receipt)
        return fail('export.unknown', 'The job was not exported with that receipt.');
      if (job.exported.takenOver !== null) return ok([]);
      return ok([{ type: 'taken-over', receipt: command.receipt, reference: command.reference }]);
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

function decideAtKiosk(
  job: Job,
  command: Extract<
    JobCommand,
    { type: 'hand-over' | 'hand-back' | 'confirm' | 'sign' | 'decline' }
  >,
): Decision {
  // Signing ended the visit by itself; there is nothing left to hand back.
  if (command.type === 'hand-back')
    return job.state === 'open' && job.atKiosk !== null
      ? ok([{ type: 'handed-back', signer: job.atKiosk.signer, reason: command.reason }])
      : ok([]);
  if (job.state !== 'open') return wrongState(job);
  switch (command.type) {
    case 'hand-over':
      return decideHandOver(job, command);
    case 'decline':
      if (job.atKiosk?.signer !== command.signer) return notAtKiosk();
      return ok([{ type: 'declined', signer: command.signer, reason: command.reason }]);
    case 'confirm': {
      if (job.atKiosk?.signer !== command.signer) return notAtKiosk();
      if (!isNewest(job, command.shown)) return changed();
      const { type: _, ...rest } = command;
      return ok([{ type: 'confirmed', ...rest }]);
    }
    case 'sign': {
      if (job.atKiosk?.signer !== command.signer) return notAtKiosk();
      const { confirmed } = job.atKiosk;
      if (confirmed === null)
        return fail('signing.not-confirmed', 'The signer has not confirmed the text.');
      if (!isNewest(job, command.shown) || !isNewest(job, confirmed.shown)) return changed();
      const { type: _, now: __, ...rest } = command;
      return ok([{ type: 'signed', ...rest }]);
    }
  }
}

function decideHandOver(
  job: Extract<Job, { state: 'open' }>,
  command: Extract<JobCommand, { type: 'hand-over' }>,
): Decision {
  const signer = job.signers.find((one) => one.id === command.signer);
  if (signer === undefined) return unknownSigner();
  if (job.atKiosk !== null) return atKiosk();
  if (!isTheirTurn(job, command.signer))
    return fail('job.not-their-turn', 'It is not this signer’s turn.');
  if (job.spec.deadline !== null && job.spec.deadline <= command.now)
    return fail('job.deadline-past', 'The deadline has passed.');
  const check = command.identityCheck;
  // DOMAIN, the kiosk, step 2: a document is told by its kind and last four characters.
  if (
    check.method === 'document' &&
    (check.documentType === undefined || (check.lastFour ?? '') === '')
  )
    return fail('identity-check.incomplete', 'Kind and last four characters are missing.');
  if (check.expires !== undefined && check.expires < command.now.slice(0, 10))
    return fail('identity-check.expired', 'The identity document has expired.');
  if (check.method === 'known' && (check.note ?? '').trim() === '')
    return fail('identity-check.incomplete', 'How the clerk knows the signer is missing.');
  if (check.method === 'eid' && signer.kind === 'simple')
    return fail('identity-check.incomplete', 'A simple signature needs the clerk’s own check.');
  const { signer: who, identityCheck, identityCheckHash } = command;
  return ok([{ type: 'handed-over', signer: who, identityCheck, identityCheckHash }]);
}

function decideAttest(job: Job, command: Extract<JobCommand, { type: 'attest' }>): Decision {
  const signer = job.signers.find((one) => one.id === command.signer);
  if (signer === undefined) return unknownSigner();
  if (signer.state !== 'SIGNED') return fail('job.not-signed', 'The signer has not signed.');
  return ok([{ type: 'attested', signer: command.signer, statement: command.statement }]);
}

/** What you see is what you sign: every document of the job, each at its newest revision. */
function isNewest(job: Job, shown: readonly ShownDocument[]): boolean {
  return (
    shown.length === job.revisions.length &&
    job.revisions.every((newest) =>
      shown.some(
        (one) =>
          one.document === newest.document &&
          one.revision === newest.revision &&
          one.sha256 === newest.sha256,
      ),
    )
  );
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

function wrongState(job: Job) {
  return fail('job.state', 'The job is in another state.', { state: job.state });
}
function atKiosk() {
  return fail('job.at-kiosk', 'Somebody is signing at the kiosk.');
}
function notAtKiosk() {
  return fail('job.not-at-kiosk', 'The signer has not been handed the kiosk.');
}
function changed() {
  return fail('signing.changed', 'A document has changed since it was shown.');
}
function unknownDocument() {
  return fail('document.unknown', 'The job holds no such document.');
}
function unknownSigner() {
  return fail('signer.unknown', 'The job has no such signer.');
}
