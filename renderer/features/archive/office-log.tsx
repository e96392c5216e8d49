import { Button } from '@digdir/designsystemet-react';
import { ClockDashedIcon, ExclamationmarkTriangleIcon } from '@navikt/aksel-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfficeFilter } from '../../../shared/office-event.ts';
import { useMay } from '../../host/session.ts';
import { formatMoment } from '../../i18n/format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { OfficeFilters } from './office-filters.tsx';
import { officeWords } from './office-words.ts';
import { useOfficeLog } from './use-office-log.ts';
import './office-log.css';

/** What was done in the office, newest first; nothing of what stands in a job. */
export function OfficeLog({ onOpenJob }: { onOpenJob: (job: string) => void }) {
  const { t } = useTranslation('archive');
  const records = useMay('records');
  const [filter, setFilter] = useState<OfficeFilter>({});
  const { rows, people, older, busy, error, more, reload } = useOfficeLog(filter);
  const filtered = filter.kind !== undefined || filter.person !== undefined;
  return (
    <div className="office-log" role="group" aria-label={t('office.title')} tabIndex={0}>
      <p className="muted">{t('office.lead')}</p>
      <OfficeFilters {...{ filter, people }} onChange={setFilter} />
      {error !== null && <FailureNotice failure={error} onRetry={reload} />}
      {rows !== null && rows.length === 0 && (
        <EmptyState
          icon={<ClockDashedIcon />}
          title={t(filtered ? 'office.filter.none' : 'office.empty.title')}
        >
          {filtered
            ? t(older ? 'office.filter.further' : 'office.filter.noneText')
            : t('office.empty.text')}
        </EmptyState>
      )}
      {rows !== null && rows.length > 0 && (
        <ol className="plain" aria-label={t('office.title')}>
          {rows.map((row) => {
            const { title, detail, alarm } = officeWords(t, row);
            const { event, actor, actorName, userName } = row;
            const by = actor === 'system' ? t('office.program') : actorName;
            return (
              <li key={row.seq} data-alarm={alarm || undefined}>
                <p className="office-what">
                  {alarm && <ExclamationmarkTriangleIcon title={t('office.alarm')} />}
                  <strong>{title}</strong>
                </p>
                <p className="muted small">
                  {[formatMoment(row.at), by === userName ? '' : by, detail]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
                {event.type === 'looked' && records && (
                  <button
                    type="button"
                    className="archive-link"
                    onClick={() => {
                      onOpenJob(event.job);
                    }}
                  >
                    {t('export.showJob')}
                  </button>
                )}
              </li>
            );
          })}
        </ol>
      )}
      {older && (
        <div className="row">
          <Button variant="secondary" loading={busy} onClick={more}>
            {t('office.more')}
          </Button>
        </div>
      )}
    </div>
  );
}
