import { Search } from '@digdir/designsystemet-react';
import { ArchiveIcon, MagnifyingGlassIcon } from '@navikt/aksel-icons';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import type { ArchiveStatsView } from '../../../shared/rpc/views.ts';
import { useCall } from '../../host/client.ts';
import { useMay } from '../../host/session.ts';
import { formatBytes, formatMoment, formatNumber } from '../../i18n/format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { JobList } from '../../ui/job-list/job-list.tsx';
import { useJobRows } from '../../ui/job-list/use-job-rows.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { BackupCard } from './backup-card.tsx';
import { ExportCard } from './export-card.tsx';
import { OfficeLog } from './office-log.tsx';
import { VerifyCard } from './verify-card.tsx';
import './archive.css';

interface ArchiveState {
  readonly search: string;
  readonly shown: Shown;
}

type Shown = 'signed' | 'log';

const useArchiveStore = create<ArchiveState>(() => ({ search: '', shown: 'signed' }));

/** What the panel shows, for those who may choose. */
function Choice({ shown, both }: { shown: Shown; both: boolean }) {
  const { t } = useTranslation('archive');
  const words = { signed: t('list.title'), log: t('office.title') };
  if (!both) return <h2 id="archive-list-title">{words[shown]}</h2>;
  return (
    <>
      <h2 id="archive-list-title" className="ds-sr-only">
        {words[shown]}
      </h2>
      <Tabs
        label={t('list.choose')}
        panel="archive-panel"
        tabs={(['signed', 'log'] as const).map((id) => ({ id, label: words[id] }))}
        chosen={shown}
        onChoose={(id) => {
          useArchiveStore.setState({ shown: id });
        }}
      />
    </>
  );
}

function Stats({ stats }: { stats: ArchiveStatsView }) {
  const { t } = useTranslation('archive');
  return (
    <dl className="archive-stats">
      {[
        [t('stats.signed'), formatNumber(stats.jobs.signed + stats.jobs.renewal)],
        [t('stats.documents'), formatNumber(stats.documents)],
        [t('stats.events'), formatNumber(stats.events)],
        [t('stats.size'), formatBytes(stats.bytes)],
        [
          t('stats.backup'),
          stats.lastBackup === null ? t('stats.never') : formatMoment(stats.lastBackup),
        ],
      ].map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="numbers">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function SearchField() {
  const { t } = useTranslation('archive');
  const search = useArchiveStore((state) => state.search);
  return (
    <Search className="archive-search">
      <Search.Input
        aria-label={t('list.search')}
        placeholder={t('list.search')}
        value={search}
        onChange={(event) => {
          useArchiveStore.setState({ search: event.target.value });
        }}
      />
      <Search.Clear
        aria-label={t('list.searchClear')}
        onClick={() => {
          useArchiveStore.setState({ search: '' });
        }}
      />
    </Search>
  );
}

function Signed({ onOpenJob }: { onOpenJob: (job: string) => void }) {
  const { t } = useTranslation('archive');
  const search = useArchiveStore((state) => state.search);
  const asked = useDeferredValue(search.trim());
  const rows = useJobRows('signed', asked);
  const { count, error, reload } = rows;
  return (
    <>
      {error !== null && <FailureNotice failure={error} onRetry={reload} />}
      {count === 0 && asked === '' && (
        <EmptyState icon={<ArchiveIcon />} title={t('list.empty.title')}>
          {t('list.empty.text')}
        </EmptyState>
      )}
      {count === 0 && asked !== '' && (
        <EmptyState icon={<MagnifyingGlassIcon />} title={t('list.none.title')}>
          {t('list.none.text', { search: asked })}
        </EmptyState>
      )}
      {count !== null && count > 0 && (
        <JobList
          rows={{ ...rows, count }}
          chosen={null}
          label={t('list.title')}
          onChoose={onOpenJob}
        />
      )}
    </>
  );
}

/** What is signed, and what the office did: to each who may see it. */
function Panel({ onOpenJob }: { onOpenJob: (job: string) => void }) {
  const reader = useMay('handler', 'records', 'reader');
  const log = useMay('admin', 'records');
  const chosen = useArchiveStore((state) => state.shown);
  const both = reader && log;
  const shown = both ? chosen : reader ? 'signed' : 'log';
  const tabpanel = { role: 'tabpanel', 'aria-labelledby': `archive-panel-tab-${shown}` };
  return (
    <section className="panel archive-list" aria-labelledby="archive-list-title">
      <header className="archive-list-head">
        <Choice shown={shown} both={both} />
        {shown === 'signed' && <SearchField />}
      </header>
      <div id="archive-panel" className="archive-panel" {...(both ? tabpanel : {})}>
        {shown === 'signed' ? (
          <Signed onOpenJob={onOpenJob} />
        ) : (
          <OfficeLog onOpenJob={onOpenJob} />
        )}
      </div>
    </section>
  );
}

/** Everything that is signed, and how it is kept: exported, whole, backed up. */
export function ArchivePage({
  onOpenJob,
  onSettings,
}: {
  onOpenJob: (job: string) => void;
  onSettings: (section: string) => void;
}) {
  const { t } = useTranslation('archive');
  const exporter = useMay('handler', 'records', 'reader');
  const verifier = useMay('handler', 'records', 'admin');
  const {
    value: stats,
    error,
    reload,
  } = useCall(
    'archive.stats',
    {},
    (event) => event.type === 'archive.changed' || event.type === 'settings.changed',
  );
  return (
    <div className="archive">
      <h1>{t('title')}</h1>
      {error !== null && <FailureNotice failure={error} onRetry={reload} />}
      {stats !== null && <Stats stats={stats} />}
      <div className="archive-body">
        <Panel onOpenJob={onOpenJob} />
        <div className="archive-cards">
          {exporter && <ExportCard onOpenJob={onOpenJob} onDone={reload} />}
          {verifier && <VerifyCard lastAnchor={stats?.lastAnchor ?? null} />}
          <BackupCard stats={stats} onSettings={onSettings} />
        </div>
      </div>
    </div>
  );
}
