import { Button, Search } from '@digdir/designsystemet-react';
import {
  ArchiveIcon,
  CheckmarkCircleIcon,
  FunnelIcon,
  HourglassTopFilledIcon,
  MagnifyingGlassIcon,
  PencilWritingIcon,
  PlusIcon,
  XMarkOctagonIcon,
} from '@navikt/aksel-icons';
import { useDeferredValue, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobState, JobTab } from '../../../shared/job/job.ts';
import type { Failure } from '../../../shared/result.ts';
import { call } from '../../host/client.ts';
import { useMay } from '../../host/session.ts';
import { formatNumber } from '../../i18n/format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { JobList } from '../../ui/job-list/job-list.tsx';
import { useJobRows } from '../../ui/job-list/use-job-rows.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { FilterBar } from './filter-bar.tsx';
import { JobPage } from './job-page.tsx';
import { useJobsStore } from './jobs-store.ts';
import './jobs.css';

const tabs: readonly JobTab[] = ['draft', 'waiting', 'stopped', 'signed', 'renewal'];

const signs: Readonly<Record<JobTab, ReactNode>> = {
  draft: <PencilWritingIcon />,
  waiting: <HourglassTopFilledIcon />,
  stopped: <XMarkOctagonIcon />,
  signed: <CheckmarkCircleIcon />,
  renewal: <ArchiveIcon />,
};

/** Where a job is found by its state; what needs renewal leaves `signed` for a tab of its own until it is renewed. */
function tabOf(state: JobState): JobTab {
  switch (state) {
    case 'draft':
      return 'draft';
    case 'open':
    case 'at-service':
      return 'waiting';
    case 'signed':
    case 'sealed':
    case 'returned':
      return 'signed';
    case 'rejected':
    case 'cancelled':
    case 'expired':
    case 'failed':
      return 'stopped';
  }
}

interface Props {
  job: string | null;
  onChoose: (job: string | null) => void;
  onPrepare: (job: string) => void;
  onVerify: (document: string) => void;
  /** The signer has the screen now: whoever mounts this empties the window. */
  onHandedOver: (job: string) => void;
}

function ReadersJobs({ job, onChoose, onPrepare, onVerify, onHandedOver }: Props) {
  const { t } = useTranslation('jobs');
  const { tab, search, filter, choose, find, follow } = useJobsStore();
  const asked = useDeferredValue(search.trim());
  const handler = useMay('handler');
  const rows = useJobRows(asked === '' ? tab : null, asked, filter);
  const { count, counts, error, reload } = rows;
  const narrowed = Object.keys(filter).length > 0;
  const [creating, setCreating] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function create() {
    setCreating(true);
    const made = await call('job.create', { spec: {} });
    setCreating(false);
    if (made.ok) onPrepare(made.value.job);
    else setFailure(made.error);
  }

  const newJob = (primary: boolean) =>
    handler ? (
      <Button
        variant={primary ? 'primary' : 'secondary'}
        loading={creating}
        onClick={() => void create()}
      >
        {!creating && <PlusIcon aria-hidden="true" />}
        {t('new')}
      </Button>
    ) : null;

  // An office's first day has nothing to narrow down.
  const anything = counts !== null && Object.values(counts).some((jobs) => jobs > 0);
  const empty = count === 0;
  return (
    <div className="jobs" data-chosen={job !== null || undefined}>
      <header className="jobs-head">
        <h1>{t('title')}</h1>
        <Search className="jobs-search">
          <Search.Input
            aria-label={t('follow:search')}
            placeholder={t('follow:search')}
            value={search}
            onChange={(event) => {
              find(event.target.value);
            }}
          />
          <Search.Clear
            aria-label={t('searchClear')}
            onClick={() => {
              find('');
            }}
          />
        </Search>
        {/* One green button a screen: a chosen job has its own, an empty list offers the first step. */}
        {newJob(job === null && (!empty || narrowed))}
      </header>
      <Tabs
        label={t('tabs')}
        panel="jobs-panel"
        chosen={asked === '' ? tab : null}
        tabs={tabs.map((id) => ({
          id,
          label: t(`tab.${id}`),
          count: counts === null ? undefined : formatNumber(counts[id]),
        }))}
        onChoose={(next) => {
          choose(next);
          onChoose(null);
        }}
      />
      {(anything || narrowed) && <FilterBar />}
      {failure !== null && <FailureNotice failure={failure} />}
      <div className="jobs-body">
        <section
          className="panel jobs-list"
          id="jobs-panel"
          role="tabpanel"
          aria-label={asked === '' ? t(`tab.${tab}`) : t('found')}
        >
          {error !== null && <FailureNotice failure={error} onRetry={reload} />}
          {empty && asked !== '' && (
            <EmptyState icon={<MagnifyingGlassIcon />} title={t('empty.search.title')}>
              {t('empty.search.text', { search: asked })}
            </EmptyState>
          )}
          {empty && asked === '' && narrowed && (
            <EmptyState icon={<FunnelIcon />} title={t('follow:filter.emptyTitle')}>
              {t('follow:filter.empty')}
            </EmptyState>
          )}
          {empty && asked === '' && !narrowed && (
            <EmptyState
              icon={signs[tab]}
              title={t(`empty.${tab}.title`)}
              action={tab === 'waiting' || tab === 'draft' ? newJob(true) : undefined}
            >
              {t(`empty.${tab}.text`)}
            </EmptyState>
          )}
          {count !== null && count > 0 && (
            <JobList
              key={JSON.stringify([tab, asked, filter])}
              rows={{ ...rows, count }}
              chosen={job}
              label={asked === '' ? t(`tab.${tab}`) : t('found')}
              onChoose={onChoose}
            />
          )}
        </section>
        {job === null ? (
          count !== null &&
          count > 0 && (
            <aside className="jobs-none">
              <p className="muted">{t('none')}</p>
            </aside>
          )
        ) : (
          <JobPage
            key={job}
            job={job}
            onClose={() => {
              onChoose(null);
            }}
            onPrepare={onPrepare}
            onVerify={onVerify}
            onHandedOver={onHandedOver}
            onState={(state) => {
              follow(tabOf(state));
            }}
          />
        )}
      </div>
    </div>
  );
}

/** The job list and, beside it, the chosen job. */
export function Jobs(props: Props) {
  const { t } = useTranslation('jobs');
  // Nothing is asked for that would be refused: a refusal stands in the office's log.
  if (useMay('handler', 'records', 'reader')) return <ReadersJobs {...props} />;
  return (
    <div className="jobs">
      <EmptyState icon={<ArchiveIcon />} title={t('blind.title')}>
        {t('blind.text')}
      </EmptyState>
    </div>
  );
}
