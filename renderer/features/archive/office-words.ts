/** What happened in the office, in words: every kind of event has its sentence. */
import type { TFunction } from 'i18next';
import type { OfficeLogView } from '../../../shared/rpc/views-access.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { formatDateTime, formatList, formatNumber } from '../../i18n/format.ts';

export type OfficeRow = OfficeLogView['rows'][number];

export interface OfficeWords {
  readonly title: string;
  readonly detail: string;
  /** Something that an administrator should look into. */
  readonly alarm: boolean;
}

/** The settings that people change; the program keeps more there for itself. */
const settings = [
  ...[
    'addedLanguages',
    'organisation',
    'language',
    'seal',
    'timestamps',
    'anchors',
    'exportFolder',
    'kiosk',
    'eid',
  ],
  ...[
    'backup',
    'pins',
    'cards',
    'lock',
    'units',
    'counter',
    'givenPassphrases',
    'parkedSlots',
    'office',
  ],
  ...['timestampCertificates', 'dismissedWarnings', 'witness', 'witnesses'],
];

/** `t` speaks the `archive` namespace. */
export function officeWords(t: TFunction<'archive'>, { event, userName }: OfficeRow): OfficeWords {
  const name = userName === '' ? t('office.unknown') : userName;
  const words = (values: Record<string, string | number> = {}, detail = ''): OfficeWords => ({
    title: t(`office.events.${event.type}`, { name, ...values }),
    ...{ detail, alarm: false },
  });
  switch (event.type) {
    case 'setting-changed':
      return words({
        setting: settings.includes(event.key) ? t(`office.setting.${event.key}`) : event.key,
      });
    case 'user-changed': {
      const roles = formatList(event.roles.map((role) => t(`office.role.${role}`)));
      return words({}, event.active ? roles : [roles, t('office.notActive')].join(' · '));
    }
    case 'signed-in':
    case 'signed-out':
    case 'passphrase-changed':
    case 'pin-changed':
    case 'access-recovered':
    case 'recovery-code-changed':
    case 'looked':
    case 'job-disposed':
      return words();
    case 'language-approved':
      return words({ language: event.language }, event.sha256.slice(0, 16));
    case 'entry-saved':
    case 'entry-removed':
      return words({ kind: t(`office.entry.${event.kind}`) });
    case 'book-exported':
      return words({ count: event.people }, event.numbers ? t('office.bookNumbers') : '');
    case 'locked-out': {
      const secret = t(`office.secret.${event.what}`);
      const title =
        event.user === null
          ? t('office.lockedOutNobody', { secret })
          : t('office.events.locked-out', { name, secret });
      return { title, detail: t('office.tries', { count: event.tries }), alarm: true };
    }
    case 'refused':
      return { ...words({}, event.method), alarm: true };
    case 'backup-made':
      return words(
        {},
        t('office.backup', {
          events: formatNumber(event.seq),
          count: event.documents,
          documents: formatNumber(event.documents),
        }),
      );
    case 'backup-rehearsed':
      return {
        ...words({}, t('office.backupFrom', { moment: formatDateTime(event.backupAt) })),
        ...(event.ok ? {} : { title: t('office.rehearsalFailed'), alarm: true }),
      };
    case 'restored':
      return words({}, t('office.backupFrom', { moment: formatDateTime(event.backupAt) }));
    case 'export-made':
      return words({ count: event.jobs, number: formatNumber(event.jobs) }, event.receipt);
    case 'anchored':
      return words(
        { kind: t(`office.anchor.${event.kind}`) },
        t('office.until', { number: formatNumber(event.seq), authority: event.authority }),
      );
    case 'witnessed':
      return words(
        {},
        t('office.until', { number: formatNumber(event.seq), authority: event.office }),
      );
    case 'witness-accepted':
      return words({}, `${event.office} · ${failureWords({ code: event.code, message: '' }).what}`);
    case 'witness-alarm':
      return {
        ...words({}, `${event.office} · ${failureWords({ code: event.code, message: '' }).what}`),
        alarm: true,
      };
  }
}
