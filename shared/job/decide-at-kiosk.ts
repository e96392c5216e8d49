/** May this be done at the kiosk now, and what has happened when it is? */
import { fail, ok } from '../result.ts';
import type { JobCommand } from './command.ts';
import type { Decision } from './decision.ts';
import { wrongFilling } from './field.ts';
import { isDated } from './identity-document.ts';
import type { AtKiosk, Job, ShownDocument } from './job.ts';
import { atKiosk, changed, notAtKiosk, unknownSigner, wrongState } from './refusals.ts';
import { isTheirTurn } from './signer-turns.ts';

/** What the signer in front of the screen does, and the clerk beside them. */
export function decideAtKiosk(
  job: Job,
  command: Extract<
    JobCommand,
    {
      type:
        | 'hand-over'
        | 'make-pick-up'
        | 'withdraw-pick-up'
        | 'hand-back'
        | 'give-proof'
        | 'accept-proof'
        | 'refuse-proof'
        | 'confirm'
        | 'sign'
        | 'decline';
    }
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
    case 'make-pick-up':
      return decidePickUp(job, command);
    case 'withdraw-pick-up':
      if (job.pickUps.every((one) => one.signer !== command.signer)) return ok([]);
      return ok([{ type: 'pick-up-withdrawn', signer: command.signer }]);
    case 'decline':
      if (job.atKiosk?.signer !== command.signer) return notAtKiosk();
      return ok([{ type: 'declined', signer: command.signer, reason: command.reason }]);
    case 'give-proof':
    case 'accept-proof':
    case 'refuse-proof':
      return decideProof(job, command);
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
      const unproved = lacksProof(job, job.atKiosk, command);
      if (unproved !== null) return unproved;
      const unfilled = wrongFilling(job.spec, command.signer, command.filled ?? []);
      if (unfilled !== null) return unfilled;
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
  if (job.signers.every((one) => one.id !== command.signer)) return unknownSigner();
  if (job.atKiosk !== null) return atKiosk();
  const wrong = wrongTurn(job, command) ?? wrongCheck(job, command);
  if (wrong !== null) return wrong;
  const kind = job.signers.find((one) => one.id === command.signer)?.kind;
  if (command.certificate !== undefined && kind !== 'advanced')
    return fail('signing.other-kind', 'Another kind of signature was asked for.');
  const { type: _, now: __, ...rest } = command;
  return ok([{ type: 'handed-over', ...rest }]);
}

/** A code is for later today: an identity check must not stand for somebody who comes next week. */
const longestPickUp = 24 * 3600 * 1000;

function decidePickUp(
  job: Extract<Job, { state: 'open' }>,
  command: Extract<JobCommand, { type: 'make-pick-up' }>,
): Decision {
  if (job.atKiosk?.signer === command.signer) return atKiosk();
  const wrong = wrongTurn(job, command) ?? wrongCheck(job, command);
  if (wrong !== null) return wrong;
  const { now, expires } = command;
  const lasts = Date.parse(expires) - Date.parse(now);
  if (!(lasts > 0 && lasts <= longestPickUp))
    return fail('pickup.too-long', 'A code is valid for a day at most.');
  const { type: _, now: __, ...rest } = command;
  return ok([{ type: 'pick-up-made', ...rest }]);
}

function wrongTurn(
  job: Extract<Job, { state: 'open' }>,
  { signer, now }: { readonly signer: string; readonly now: string },
): ReturnType<typeof fail> | null {
  if (job.signers.every((one) => one.id !== signer)) return unknownSigner();
  if (!isTheirTurn(job, signer)) return fail('job.not-their-turn', 'It is not this signer’s turn.');
  if (job.spec.deadline !== null && job.spec.deadline <= now)
    return fail('job.deadline-past', 'The deadline has passed.');
  return null;
}

function wrongCheck(
  job: Job,
  command: Extract<JobCommand, { type: 'hand-over' | 'make-pick-up' }>,
): ReturnType<typeof fail> | null {
  const { identityCheck: check, now } = command;
  // DOMAIN, the kiosk, step 2: a document is told by its kind, last four characters and last day.
  if (check.method === 'document') {
    if (check.documentType === undefined || (check.lastFour ?? '') === '')
      return fail('identity-check.incomplete', 'Kind and last four characters are missing.');
    if (isDated(check.documentType) && check.expires === undefined)
      return fail('identity-check.no-date', 'Until when the document is valid is missing.');
  }
  if (check.expires !== undefined && check.expires < now.slice(0, 10))
    return fail('identity-check.expired', 'The identity document has expired.');
  if (check.method === 'known' && (check.note ?? '').trim() === '')
    return fail('identity-check.incomplete', 'How the clerk knows the signer is missing.');
  const kind = job.signers.find((one) => one.id === command.signer)?.kind;
  if (check.method === 'eid' && kind === 'simple')
    return fail('identity-check.incomplete', 'A simple signature needs the clerk’s own check.');
  return null;
}

/** One proof at a time: the last one given is the one that counts. */
function decideProof(
  job: Extract<Job, { state: 'open' }>,
  command: Extract<JobCommand, { type: 'give-proof' | 'accept-proof' | 'refuse-proof' }>,
): Decision {
  const { atKiosk } = job;
  if (atKiosk === null || atKiosk.signer !== command.signer) return notAtKiosk();
  switch (command.type) {
    case 'give-proof': {
      const { signer, proof, matches } = command;
      return ok([{ type: 'proof-given', signer, proof, matches }]);
    }
    case 'accept-proof': {
      const { type: _, ...rest } = command;
      if (
        atKiosk.proof?.given.id !== rest.proof ||
        (rest.atHandOver === true && atKiosk.certificate !== rest.proof)
      )
        return fail('proof.unknown', 'That is not what the signer showed.');
      if (atKiosk.proof.accepted !== null) return ok([]);
      return ok([{ type: 'proof-accepted', ...rest }]);
    }
    case 'refuse-proof': {
      const { type: _, ...rest } = command;
      return ok([{ type: 'proof-refused', ...rest }]);
    }
  }
}

/** DOMAIN, kinds of signature: each kind has its own proof, and none passes for another. */
function lacksProof(
  job: Extract<Job, { state: 'open' }>,
  { proof, signer: id, identityCheck }: AtKiosk,
  { key }: Extract<JobCommand, { type: 'sign' }>,
): ReturnType<typeof fail> | null {
  const signer = job.signers.find((one) => one.id === id);
  if (signer === undefined) return unknownSigner();
  const wrongKey = () => fail('signing.other-kind', 'Another kind of signature was asked for.');
  switch (signer.kind) {
    case 'simple':
      if (identityCheck.method === 'eid')
        return fail('identity-check.incomplete', 'A simple signature needs the clerk’s own check.');
      return key === 'seal' ? null : wrongKey();
    case 'advanced':
      if (key === 'seal') return wrongKey();
      if (proof === null || proof.given.means !== key)
        return fail('proof.none', 'The signer has not shown a certificate.');
      break;
    case 'authenticated':
      if (key !== 'seal') return wrongKey();
      if (proof === null || proof.given.means !== 'login')
        return fail('proof.none', 'The signer has not logged in.');
      if (proof.given.level < (signer.level ?? 3))
        return fail('eid.level-too-low', 'The login is of a lower level than the job demands.', {
          given: proof.given.level,
          wanted: signer.level ?? 3,
        });
      break;
  }
  return proof.accepted === null
    ? fail('proof.undecided', 'The clerk has not yet said that it is the same person.')
    : null;
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
