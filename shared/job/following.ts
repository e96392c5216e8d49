/** Following up an open job: reminders, another person in a signer's place, a draft that comes back. Pure. */
import { fail, ok } from '../result.ts';
import type { JobCommand } from './command.ts';
import type { Decision } from './decision.ts';
import type { JobEvent } from './event.ts';
import type { Job, Reminder, SignerSpec, SignerStatus } from './job.ts';
import { missingOfIdentifier } from './missing.ts';
import { withoutPickUp } from './pick-up.ts';
import { atKiosk, unknownSigner, wrongState } from './refusals.ts';
import { groupInTurn, invisibleFieldKey } from './signer-turns.ts';

type Open = Extract<Job, { state: 'open' }>;

/** Where the office writes to somebody; null where it knows no address. */
export function mailOf(signer: Pick<SignerSpec, 'email' | 'contact'>): string | null {
  const found = signer.email ?? signer.contact?.email ?? '';
  return found.trim() === '' ? null : found.trim();
}

export function decideFollowing(
  job: Job,
  command: Extract<
    JobCommand,
    {
      type:
        | 'replace-signer'
        | 'ask-reminder'
        | 'begin-reminder'
        | 'note-reminder'
        | 'fail-reminder'
        | 'restore';
    }
  >,
): Decision {
  if (command.type === 'restore')
    return job.state === 'cancelled' && job.was === 'draft'
      ? ok([{ type: 'restored' }])
      : wrongState(job);
  if (job.state !== 'open') return wrongState(job);
  const signer = job.signers.find((one) => one.id === command.signer);
  if (signer === undefined) return unknownSigner();
  switch (command.type) {
    case 'replace-signer':
      return decideReplace(job, signer, command);
    case 'ask-reminder': {
      const wrong = notWaiting(signer);
      if (wrong !== null) return wrong;
      const before = job.reminders?.[signer.id];
      // It is on its way, or the program has done so before this very deadline.
      if (before?.state === 'asked' || before?.state === 'leaving') return ok([]);
      const { automaticFor } = command;
      if (automaticFor !== undefined && before?.automaticFor === automaticFor) return ok([]);
      if (mailOf(signer) === null) return fail('mail.no-address', 'No address of theirs is known.');
      return ok([
        {
          ...{ type: 'reminder-asked', signer: signer.id },
          ...(automaticFor === undefined ? {} : { automaticFor }),
        },
      ]);
    }
    case 'begin-reminder':
      return job.reminders?.[signer.id]?.state === 'asked'
        ? (notWaiting(signer) ?? ok([{ type: 'reminder-leaving', signer: signer.id }]))
        : fail('mail.not-asked', 'Nobody asked for that reminder.');
    case 'note-reminder':
      return ok([{ type: 'reminded', signer: signer.id, how: command.how }]);
    case 'fail-reminder':
      return ok([{ type: 'reminder-failed', signer: signer.id, code: command.code }]);
  }
}

function notWaiting(signer: SignerStatus): ReturnType<typeof fail> | null {
  return signer.state === 'WAITING'
    ? null
    : fail('job.not-waiting', 'Nobody waits for this signer.');
}

function decideReplace(
  job: Open,
  signer: SignerStatus,
  { by, reason }: Extract<JobCommand, { type: 'replace-signer' }>,
): Decision {
  if (job.atKiosk !== null) return atKiosk();
  const wrong = notWaiting(signer);
  if (wrong !== null) return wrong;
  if (by.name.trim() === '') return fail('signer.no-name', 'The new signer has no name.');
  if (reason.trim() === '') return fail('job.no-reason', 'A reason is needed.');
  if (job.spec.signers.some(({ id }) => id === by.id))
    return fail('job.duplicate-signer', 'Two signers have the same id.');
  // The place, the order and what is asked of the signature stay as the others know them.
  const { order, kind, role, onBehalfOf, level, forWhom } = signer;
  const stays = {
    ...{ order, kind, role, onBehalfOf },
    ...(level === undefined ? {} : { level }),
    ...(forWhom === undefined ? {} : { forWhom }),
  };
  const next: SignerSpec = { ...by, ...stays };
  const lacks = missingOfIdentifier({ ...job.spec, signers: [next] });
  if (lacks.length > 0)
    return fail('job.incomplete', 'What is printed beside the mark is missing.', {
      missing: lacks.map(({ code }) => ({ code })),
    });
  return ok([{ type: 'signer-replaced', signer: signer.id, by: next, reason }]);
}

export type FollowingEvent = Extract<
  JobEvent,
  {
    type:
      'signer-replaced' | 'reminder-asked' | 'reminder-leaving' | 'reminded' | 'reminder-failed';
  }
>;

export function evolveFollowing(job: Open, event: FollowingEvent, at: string): Open {
  if (event.type === 'signer-replaced') return replaced(job, event, at);
  const before = job.reminders?.[event.signer];
  const kept = before?.automaticFor === undefined ? {} : { automaticFor: before.automaticFor };
  const reminder: Reminder =
    event.type === 'reminder-asked'
      ? {
          ...{ ...kept, how: 'mail', state: 'asked', at },
          ...(event.automaticFor === undefined ? {} : { automaticFor: event.automaticFor }),
        }
      : event.type === 'reminder-leaving'
        ? { ...kept, how: 'mail', state: 'leaving', at }
        : event.type === 'reminded'
          ? { ...kept, how: event.how, state: 'sent', at }
          : { ...kept, how: 'mail', state: 'failed', at, code: event.code };
  return { ...job, reminders: { ...job.reminders, [event.signer]: reminder } };
}

function replaced(
  job: Open,
  { signer: former, by }: Extract<JobEvent, { type: 'signer-replaced' }>,
  at: string,
): Open {
  const gone = job.spec.signers.find(({ id }) => id === former);
  const signers = job.signers.map((one) =>
    one.id === former ? { ...by, state: 'WAITING', since: at } : one,
  );
  return {
    ...withoutPickUp(job, former),
    signers,
    group: groupInTurn(signers) ?? job.group,
    spec: {
      ...job.spec,
      signers: job.spec.signers.map((one) => (one.id === former ? by : one)),
      fields: job.spec.fields.map((field) =>
        field.signer === former ? { ...field, signer: by.id } : field,
      ),
    },
    // A field without a place is named by whose it is.
    fieldNames: Object.fromEntries(
      Object.entries(job.fieldNames).map(([key, name]) => [renamed(job, key, former, by.id), name]),
    ),
    formerSigners: [...(job.formerSigners ?? []), ...(gone === undefined ? [] : [gone])],
  };
}

function renamed(job: Job, key: string, former: string, by: string): string {
  const own = job.documents.find(({ id }) => key === invisibleFieldKey(id, { id: former }));
  return own === undefined ? key : invisibleFieldKey(own.id, { id: by });
}
