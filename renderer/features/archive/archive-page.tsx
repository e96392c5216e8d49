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
import { BackupCard } from './backup-card.tsx';
import { ExportCard } from './export-card.tsx';
import { VerifyCard } from './verify-card.tsx';
import './archive.css';

const useArchiveStore = create<{ readonly search: string }>(() => ({ search: '' }));

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

function Signed({ onOpenJob }: { onOpenJob: (job: string) => void }) {
  const { t } = useTranslation('archive');
  const search = useArchiveStore((state) => state.search);
  const asked = useDeferredValue(search.trim());
  const { rows, error, more, reload } = useJobRows('signed', asked);
  return (
    <section className="panel archive-list" aria-labelledby="archive-list-title">
      <header className="archive-list-head">
        <h2 id="archive-list-title">{t('list.title')}</h2>
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
      </header>
      {error !== null && <FailureNotice failure={error} onRetry={reload} />}
      {rows !== null && rows.length === 0 && asked === '' && (
        <EmptyState icon={<ArchiveIcon />} title={t('list.empty.title')}>
          {t('list.empty.text')}
        </EmptyState>
      )}
      {rows !== null && rows.length === 0 && asked !== '' && (
        <EmptyState icon={<MagnifyingGlassIcon />} title={t('list.none.title')}>
          {t('list.none.text', { search: asked })}
        </EmptyState>
      )}
      {rows !== null && rows.length > 0 && (
        <JobList
          rows={rows}
          chosen={null}
          label={t('list.title')}
          onChoose={onOpenJob}
          onEnd={more}
        />
      )}
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
  const reader = useMay('handler', 'records', 'reader');
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
        {reader && <Signed onOpenJob={onOpenJob} />}
        <div className="archive-cards">
          {exporter && <ExportCard onOpenJob={onOpenJob} onDone={reload} />}
          {verifier && <VerifyCard />}
          <BackupCard stats={stats} onSettings={onSettings} />
        </div>
      </div>
    </div>
  );
}
