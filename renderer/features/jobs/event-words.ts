/** What happened, in words: every event type of the log has its sentence. */
import type { TFunction } from 'i18next';
import type { JobEvent } from '../../../shared/job/event.ts';
import type { FirstLogin, Job } from '../../../shared/job/job.ts';
import { formatDate, formatList, formatMoment } from '../../i18n/format.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { providerName } from './provider-name.ts';
import { nameOf, remoteWords } from './remote-words.ts';
import type { EventWords } from './remote-words.ts';

function titleOf(job: Job, document: string): string {
  const found = job.documents.find((each) => each.id === document);
  return found === undefined ? '' : found.title === '' ? found.fileName : found.title;
}

function loginWords(t: TFunction<'jobs'>, login: FirstLogin): string {
  return t('event.proofLogin', {
    holder: login.name === '' ? t('event.proofNoName') : login.name,
    provider: providerName(login),
    level: login.level,
    match: t(`event.proofMatch.${login.matchedBy}`),
  });
}

/** `t` speaks the `jobs` namespace. */
export function eventWords(t: TFunction<'jobs'>, job: Job, event: JobEvent): EventWords {
  const words = (values: Record<string, string | number> = {}, detail = ''): EventWords => ({
    title: t(`event.${event.type}`, values),
    detail,
  });
  switch (event.type) {
    case 'created':
    case 'audience-set':
    case 'edited':
    case 'expired':
      return words();
    case 'document-added':
      return words({
        title: event.document.title === '' ? event.document.fileName : event.document.title,
      });
    case 'document-removed':
      return words({ title: titleOf(job, event.document) });
    case 'opened':
      return words(
        {},
        event.seal === null
          ? t('event.openedUnsealed')
          : event.seal.trial
            ? t('event.openedTrial')
            : t('event.openedSealed', { subject: event.seal.subject }),
      );
    case 'handed-over': {
      const { identityCheck: check } = event;
      const parts = [
        t(`identity.method.${check.method}`),
        check.documentType === undefined ? '' : t(`identity.type.${check.documentType}`),
        check.lastFour === undefined ? '' : t('event.lastFour', { lastFour: check.lastFour }),
        check.note ?? '',
        check.second === undefined ? '' : t('event.second', { name: check.second.name }),
        event.alone === undefined ? '' : t(`event.alone.${event.alone}`),
        event.login === undefined ? '' : loginWords(t, event.login),
        event.certificate === undefined ? '' : t('event.compared'),
        check.present === undefined || check.present.length === 0
          ? ''
          : t('event.present', { names: formatList(check.present.map((each) => each.name)) }),
      ];
      return words({ name: nameOf(job, event.signer) }, parts.filter(Boolean).join(' · '));
    }
    case 'pick-up-made':
      return words({ name: nameOf(job, event.signer), moment: formatMoment(event.expires) });
    case 'pick-up-withdrawn':
      return words({ name: nameOf(job, event.signer) });
    case 'handed-back':
      return words({ name: nameOf(job, event.signer) }, t(`handBack.${event.reason}`));
    case 'proof-given': {
      const { proof } = event;
      const holder = proof.name;
      return {
        title: t(`event.proof-given_${proof.means}`, { name: nameOf(job, event.signer) }),
        detail:
          proof.means === 'login'
            ? loginWords(t, proof)
            : t('event.proofCertificate', { holder, issuer: proof.issuer }),
      };
    }
    case 'proof-accepted':
      return words(
        { name: nameOf(job, event.signer) },
        event.atHandOver === true ? t('event.atHandOver') : '',
      );
    case 'proof-refused':
      return words(
        { name: nameOf(job, event.signer) },
        failureWords({ code: event.code, message: event.code }).what,
      );
    case 'confirmed':
      return words(
        { name: nameOf(job, event.signer) },
        event.override === undefined ? '' : t('event.override', { reason: event.override }),
      );
    case 'signed':
      return words(
        { name: nameOf(job, event.signer) },
        [t(`kind.${event.kind}`), t(`mark.${event.mark}`), event.trial ? t('row.trial') : '']
          .filter(Boolean)
          .join(' · '),
      );
    case 'copy-asked':
    case 'copy-given':
      return {
        title: t(`copy:event.${event.type}.${event.way}`, { name: nameOf(job, event.signer) }),
        detail: '',
      };
    case 'copy-failed':
      return {
        title: t('copy:event.copy-failed', { name: nameOf(job, event.signer) }),
        detail: failureWords({ code: event.code, message: event.code }).what,
      };
    case 'attested':
      return words(
        { name: nameOf(job, event.signer) },
        [event.statement, attestedBy(t, event)].filter(Boolean).join(' · '),
      );
    case 'declined':
      return words({ name: nameOf(job, event.signer) }, event.reason);
    case 'cancelled':
      return words({}, event.reason);
    case 'extended':
      return words({ date: formatDate(event.deadline) });
    case 'sealed':
      return words({}, event.authority);
    case 'renewal-due':
      return words(
        {},
        event.end === null
          ? t('event.renewalUnknown')
          : t(`event.renewalBy.${event.end.by}`, { date: formatDate(event.end.until) }),
      );
    case 'renewed':
      return words({}, event.authority);
    case 'seal-deferred':
    case 'renewal-deferred':
      return words({}, failureWords({ code: event.code, message: event.code }).what);
    case 'exported':
      return words(
        { count: event.files.length },
        event.complete === true ? t('event.exportedComplete') : '',
      );
    case 'restored':
      return { title: t('follow:event.restored'), detail: '' };
    case 'signer-replaced':
      return {
        title: t('follow:event.signer-replaced', {
          name: nameOf(job, event.signer),
          by: event.by.name,
        }),
        detail: event.reason,
      };
    case 'reminder-asked': {
      const key = event.automaticFor === undefined ? 'reminder-asked' : 'reminder-asked_auto';
      return { title: t(`follow:event.${key}`, { name: nameOf(job, event.signer) }), detail: '' };
    }
    case 'reminder-leaving':
    case 'reminder-failed':
      return {
        title: t(`follow:event.${event.type}`, { name: nameOf(job, event.signer) }),
        detail:
          event.type === 'reminder-failed'
            ? failureWords({ code: event.code, message: event.code }).what
            : '',
      };
    case 'reminded':
      return {
        title: t(`follow:event.reminded_${event.how}`, { name: nameOf(job, event.signer) }),
        detail: '',
      };
    case 'taken-over':
      return words({ reference: event.reference });
    default:
      return remoteWords(t, job, event);
  }
}

/** Whose key stands under a statement: the seal is never called the document handler's. */
function attestedBy(
  t: TFunction<'jobs'>,
  { signature }: Extract<JobEvent, { type: 'attested' }>,
): string {
  if (signature === undefined) return t('event.attestedUnsigned');
  const { by, means, subject, trial } = signature;
  const words = t(`event.attestedBy.${means ?? by}`, { subject });
  return trial ? `${words} (${t('row.trial')})` : words;
}

/** The revisions somebody saw or made with an event: what "as she saw it" opens. */
export function seenWith(
  event: JobEvent,
): readonly { readonly document: string; readonly revision: number }[] {
  switch (event.type) {
    case 'opened':
    case 'sealed':
    case 'renewed':
      return event.revisions;
    case 'signed':
      return event.shown;
    default:
      return [];
  }
}
