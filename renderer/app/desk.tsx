import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Jobs } from '../features/jobs/jobs.tsx';
import { call, useHostEvents } from '../host/client.ts';
import { host } from '../host/host.ts';
import { useMay, useSession } from '../host/session.ts';
import { Notice } from '../ui/notice.tsx';
import { Toasts } from '../ui/toasts.tsx';
import { DeskKeys } from './desk-keys.tsx';
import { WindowTitle } from '../ui/window-title.tsx';
import { addressOf, comeBack, comeBackTo, go, useNavigation } from './navigation.ts';
import type { View } from './navigation.ts';
import { Rail } from './rail.tsx';
import { FolderNotice } from './folder-notice.tsx';
import { ScreenNotices } from './screen-notices.tsx';
import { SealNotices } from './seal-notices.tsx';

const Prepare = lazy(async () => ({
  default: (await import('../features/prepare/prepare.tsx')).Prepare,
}));
const ArchivePage = lazy(async () => ({
  default: (await import('../features/archive/archive-page.tsx')).ArchivePage,
}));
const Settings = lazy(async () => ({
  default: (await import('../features/settings/settings.tsx')).Settings,
}));
const Bulk = lazy(async () => ({
  default: (await import('../features/bulk/bulk.tsx')).Bulk,
}));
const People = lazy(async () => ({
  default: (await import('../features/people/people.tsx')).People,
}));
const Templates = lazy(async () => ({
  default: (await import('../features/templates/templates.tsx')).Templates,
}));
const Verify = lazy(async () => ({
  default: (await import('../features/verify/verify.tsx')).Verify,
}));

/** Jobs that wait for somebody; kept in step by the host's events. */
function useOpenJobs(): number | undefined {
  const [open, setOpen] = useState<number>();
  const reader = useMay('handler', 'records', 'reader');
  useEffect(() => {
    if (!reader) return;
    void call('job.list', { limit: 1, tab: 'waiting' }).then((answer) => {
      if (answer.ok) setOpen(answer.value.counts.waiting);
    });
  }, [reader]);
  useHostEvents((event) => {
    if (event.type === 'counts') setOpen(event.counts.waiting);
  });
  return open;
}

const openJob = (job: string) => {
  go({ at: 'jobs', job });
};

function screen(view: View): ReactNode {
  switch (view.at) {
    case 'jobs':
      return (
        <Jobs
          job={view.job}
          onChoose={(job) => {
            go({ at: 'jobs', job });
          }}
          onPrepare={(job) => {
            go({ at: 'prepare', job });
          }}
          onHandedOver={(job) => {
            comeBackTo({ at: 'jobs', job });
            host.restart();
          }}
          onVerify={(document) => {
            go({ at: 'verify', document });
          }}
        />
      );
    case 'templates':
      return (
        <Templates
          template={view.template}
          onChoose={(template) => {
            go({ at: 'templates', template });
          }}
          onPrepare={(job) => {
            go({ at: 'prepare', job });
          }}
          onBulk={(template) => {
            go({ at: 'bulk', template });
          }}
        />
      );
    case 'bulk':
      return (
        <Bulk
          key={view.template}
          template={view.template}
          onLeave={() => {
            go({ at: 'templates', template: view.template });
          }}
          onJobs={() => {
            go({ at: 'jobs', job: null });
          }}
        />
      );
    case 'people':
      return <People />;
    case 'archive':
      return (
        <ArchivePage
          onOpenJob={openJob}
          onSettings={(section) => {
            go({ at: 'settings', section });
          }}
        />
      );
    case 'verify':
      return <Verify {...(view.document === null ? {} : { document: view.document })} />;
    case 'settings':
      return (
        <Settings
          section={view.section}
          onSection={(section) => {
            go({ at: 'settings', section });
          }}
        />
      );
    case 'prepare':
      return (
        <Prepare
          job={view.job}
          onDone={() => {
            openJob(view.job);
          }}
          onLeave={(template) => {
            if (template) go({ at: 'templates', template: view.job });
            else openJob(view.job);
          }}
        />
      );
  }
}

/** Somebody else knows this passphrase: a signature's witness must be the only one who can be them. */
function ChooseOwn() {
  const { t } = useTranslation('app');
  return (
    <div className="desk-notice">
      <Notice tone="brass" title={t('given.title')}>
        <p>
          {t('given.text')}{' '}
          <a className="ds-link" href={addressOf({ at: 'settings', section: 'access' })}>
            {t('given.action')}
          </a>
        </p>
      </Notice>
    </div>
  );
}

/** The clerk's window: the rail and one screen; preparing takes the whole window. */
export function Desk() {
  const { t } = useTranslation('app');
  const view = useNavigation((state) => state.view);
  const open = useOpenJobs();
  const { passphraseGiven } = useSession();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(comeBack, []);
  useEffect(() => {
    // A new screen is read from its top by those who hear it.
    if (first.current) first.current = false;
    else main.current?.focus();
  }, [view.at]);
  if (view.at === 'prepare')
    return (
      <>
        {screen(view)}
        <DeskKeys />
        <Toasts />
      </>
    );
  return (
    <div className="desk">
      <a
        className="ds-skip-link"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {t('skip')}
      </a>
      {view.at !== 'settings' && (
        <WindowTitle of={[t(`rail.${view.at === 'bulk' ? 'templates' : view.at}`)]} />
      )}
      <Rail view={view} open={open} />
      <main id="main" className="desk-main" tabIndex={-1} ref={main}>
        {passphraseGiven && <ChooseOwn />}
        <SealNotices />
        <FolderNotice />
        <ScreenNotices />
        {/* Only the screen waits for its code, not the rail. */}
        <Suspense fallback={null}>{screen(view)}</Suspense>
      </main>
      <DeskKeys />
      <Toasts />
    </div>
  );
}
