import {
  ArchiveIcon,
  CogIcon,
  FileTextIcon,
  GlobeIcon,
  GlobeSlashIcon,
  InboxIcon,
  PersonGroupIcon,
  LeaveIcon,
  PadlockLockedIcon,
  ShieldCheckmarkIcon,
} from '@navikt/aksel-icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../host/client.ts';
import { host } from '../host/host.ts';
import { useMay, useSession } from '../host/session.ts';
import { formatList, formatNumber } from '../i18n/format.ts';
import { Bell } from '../ui/bell.tsx';
import { Pill } from '../ui/pill.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { addressOf } from './navigation.ts';
import type { View } from './navigation.ts';

function RailLink({
  to,
  here,
  icon,
  count,
  children,
}: {
  to: View;
  here: boolean;
  icon: ReactNode;
  count?: number | undefined;
  children: string;
}) {
  const { t } = useTranslation('app');
  return (
    <li>
      <a href={addressOf(to)} aria-current={here ? 'page' : undefined}>
        {icon}
        <span className="grow">{children}</span>
        {count !== undefined && count > 0 && (
          <span className="rail-count numbers">
            {formatNumber(count)}
            <span className="ds-sr-only"> {t('rail.open', { count })}</span>
          </span>
        )}
      </a>
    </li>
  );
}

/** Where everything is; who is signed in and whether there is a network at the bottom. */
export function Rail({
  view,
  open,
}: {
  view: View;
  /** Jobs that wait for somebody. */
  open: number | undefined;
}) {
  const { t } = useTranslation('app');
  const { user, organisation, online, trialSeal } = useSession();
  const handler = useMay('handler');
  return (
    <nav className="rail" aria-label={t('rail.label')}>
      <div className="rail-house">
        <Bell size={38} />
        <div>
          <strong>Skranke</strong>
          <span className="muted small">{organisation?.name}</span>
        </div>
      </div>
      {trialSeal && (
        <a className="rail-trial" href={addressOf({ at: 'settings', section: 'seal' })}>
          <Pill tone="trial">{t('trial.mark')}</Pill>
        </a>
      )}
      <ul className="plain rail-links">
        <RailLink
          to={{ at: 'jobs', job: null }}
          here={view.at === 'jobs'}
          icon={<InboxIcon aria-hidden="true" />}
          count={open}
        >
          {t('rail.jobs')}
        </RailLink>
        <RailLink
          to={{ at: 'templates', template: null }}
          here={view.at === 'templates' || view.at === 'bulk'}
          icon={<FileTextIcon aria-hidden="true" />}
        >
          {t('rail.templates')}
        </RailLink>
        {handler && (
          <RailLink
            to={{ at: 'people' }}
            here={view.at === 'people'}
            icon={<PersonGroupIcon aria-hidden="true" />}
          >
            {t('rail.people')}
          </RailLink>
        )}
        <RailLink
          to={{ at: 'archive' }}
          here={view.at === 'archive'}
          icon={<ArchiveIcon aria-hidden="true" />}
        >
          {t('rail.archive')}
        </RailLink>
        <RailLink
          to={{ at: 'verify', document: null }}
          here={view.at === 'verify'}
          icon={<ShieldCheckmarkIcon aria-hidden="true" />}
        >
          {t('rail.verify')}
        </RailLink>
        <RailLink
          to={{ at: 'settings', section: null }}
          here={view.at === 'settings'}
          icon={<CogIcon aria-hidden="true" />}
        >
          {t('rail.settings')}
        </RailLink>
      </ul>
      <div className="rail-foot small">
        <p className="rail-who">
          <strong>{user?.name}</strong>
          <span className="muted">
            {user?.roles.length === 4
              ? t('role.all')
              : formatList((user?.roles ?? []).map((role) => t(`role.${role}`)))}
          </span>
        </p>
        <p className="rail-net">
          {online ? <GlobeIcon aria-hidden="true" /> : <GlobeSlashIcon aria-hidden="true" />}
          <span>{online ? t('rail.online') : t('rail.offline')}</span>
        </p>
        <LanguageSwitch />
        <button
          type="button"
          className="rail-leave"
          onClick={() => {
            void call('session.lock', {});
          }}
        >
          <PadlockLockedIcon aria-hidden="true" />
          {t('rail.lock')}
        </button>
        <button
          type="button"
          className="rail-leave"
          onClick={() => {
            // An empty page: nothing of what was open stays in memory for the next one.
            void call('session.signOut', {}).then(() => {
              host.restart();
            });
          }}
        >
          <LeaveIcon aria-hidden="true" />
          {t('rail.signOut')}
        </button>
      </div>
    </nav>
  );
}
