/** What happened at the remote signing service, and how its signers stand, in words. */
import type { TFunction } from 'i18next';
import type { Job } from '../../../shared/job/job.ts';
import type { RemoteEvent } from '../../../shared/job/remote-event.ts';
import { failureWords } from '../../i18n/failure-words.ts';

export interface EventWords {
  readonly title: string;
  readonly detail: string;
}

export function nameOf(job: Job, signer: string): string {
  return (
    job.signers.find((each) => each.id === signer)?.name ??
    job.spec.signers.find((each) => each.id === signer)?.name ??
    job.formerSigners?.find((each) => each.id === signer)?.name ??
    ''
  );
}

const known: readonly string[] = [
  ...['WAITING', 'SIGNED', 'REJECTED', 'EXPIRED', 'CANCELLED', 'RESERVED', 'BLOCKED', 'FAILED'],
  ...['CONTACT_INFORMATION_MISSING', 'NOT_APPLICABLE', 'SIGNERS_NAME_NOT_AVAILABLE'],
];

/** A word of the service that no version of ours knows yet is shown as it came. */
export function stateWords(t: TFunction<'jobs'>, state: string): string {
  return known.includes(state) ? t(`signer.state.${state}`) : state;
}

export function remoteWords(t: TFunction<'jobs'>, job: Job, event: RemoteEvent): EventWords {
  return { title: t(`event.${event.type}`), detail: detailOf(t, job, event) };
}

function detailOf(t: TFunction<'jobs'>, job: Job, event: RemoteEvent): string {
  switch (event.type) {
    case 'posted':
      return t(`remote.flow.${event.flow}`);
    case 'accepted':
    case 'found':
    case 'stray-seen':
      return t('remote.number', { number: event.jobId });
    case 'held-back':
    case 'result-refused':
    case 'withdrawal-refused':
      return failureWords({ code: event.code, message: event.code }).what;
    case 'turned-down':
      return failureWords({ ...event.refusal, message: event.refusal.code }).what;
    case 'service-said':
      return event.signers
        .map(({ signer, state }) => `${nameOf(job, signer)}: ${stateWords(t, state)}`)
        .join(' · ');
    case 'withdrawal-asked':
      return event.reason;
    case 'departed':
    case 'answer-lost':
    case 'came-back':
    case 'receipt-given':
    case 'clearing-asked':
    case 'cleared-there':
    case 'invited':
      return '';
  }
}
