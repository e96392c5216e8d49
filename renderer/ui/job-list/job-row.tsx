import {
  BellIcon,
  CheckmarkIcon,
  ClockIcon,
  ExclamationmarkTriangleIcon,
  HourglassTopFilledIcon,
  PadlockLockedIcon,
} from '@navikt/aksel-icons';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobRowView } from '../../../shared/rpc/views.ts';
import { daysFromToday, formatDay, formatMoment, formatNumber } from '../../i18n/format.ts';
import { Initials } from '../initials.tsx';
import type { Mark } from '../initials.tsx';
import { Pill } from '../pill.tsx';

/** Days before a deadline in which it is near, and before a deletion in which it is warned of. */
const nearDays = 3;
const deletionWarnedDays = 14;

function markOf(state: string): Mark {
  switch (state) {
    case 'SIGNED':
      return 'signed';
    case 'WAITING':
      return 'waiting';
    default:
      return 'stopped';
  }
}

/** Where the job stands, in two or three words. */
function State({ row }: { row: JobRowView }) {
  const { t } = useTranslation('jobs');
  if (row.note === 'at-kiosk')
    return (
      <Pill tone="brass">
        <BellIcon aria-hidden="true" />
        {t('state.atKiosk')}
      </Pill>
    );
  switch (row.state) {
    case 'draft':
      return <Pill>{t('state.draft')}</Pill>;
    case 'open':
      return (
        <Pill tone="brass">
          <HourglassTopFilledIcon aria-hidden="true" />
          <span aria-label={t('state.openLong', { done: row.signed, total: row.signers.length })}>
            {t('state.open', { done: row.signed, total: row.signers.length })}
          </span>
        </Pill>
      );
    case 'at-service':
      return (
        <Pill tone="brass">
          <HourglassTopFilledIcon aria-hidden="true" />
          {t('state.at-service', { done: row.signed, total: row.signers.length })}
        </Pill>
      );
    case 'returned':
      return (
        <Pill tone="green">
          <CheckmarkIcon aria-hidden="true" />
          {t('state.returned')}
        </Pill>
      );
    case 'signed':
      return (
        <Pill tone={row.note === 'seal-deferred' ? 'brass' : 'green'}>
          <ClockIcon aria-hidden="true" />
          {row.note === 'seal-deferred' ? t('state.sealDeferred') : t('state.signed')}
        </Pill>
      );
    case 'sealed':
      if (row.tab === 'renewal')
        return (
          <Pill tone="brass">
            <ClockIcon aria-hidden="true" />
            {t('state.renewal')}
          </Pill>
        );
      return (
        <Pill tone="green">
          <CheckmarkIcon aria-hidden="true" />
          {t('state.sealed')}
        </Pill>
      );
    case 'rejected':
    case 'failed':
      return <Pill tone="red">{t(`state.${row.state}`)}</Pill>;
    case 'cancelled':
    case 'expired':
      return <Pill>{t(`state.${row.state}`)}</Pill>;
  }
}

/** What runs out: the deadline, or the days until the service deletes what only it has. */
function Deadline({ row }: { row: JobRowView }) {
  const { t } = useTranslation('jobs');
  if (row.fetchBefore !== null) {
    const days = Math.max(0, daysFromToday(row.fetchBefore));
    const soon = days <= deletionWarnedDays;
    return (
      <span data-near={soon || undefined} className="jobs-deadline">
        {soon && <ExclamationmarkTriangleIcon aria-hidden="true" />}
        {t('follow:row.deletion', { count: days })}
      </span>
    );
  }
  if (row.state !== 'open' || row.deadline === null) return null;
  const near = daysFromToday(row.deadline) <= nearDays;
  return (
    <span data-near={near || undefined} className="jobs-deadline">
      {near && <ClockIcon aria-hidden="true" />}
      {t('row.deadline', { day: formatDay(row.deadline) })}
    </span>
  );
}

/** Drawn anew when something of it is another: the list asks at every turn of the wheel. */
export const JobRow = memo(function JobRow({
  row,
  index,
  chosen,
  stop,
  onChoose,
}: {
  row: JobRowView;
  index: number;
  chosen: boolean;
  /** Where Tab comes into the list. */
  stop: boolean;
  onChoose: (index: number, job: string) => void;
}) {
  const { t } = useTranslation('jobs');
  const shown = row.signers.slice(0, 3);
  const rest = row.signers.length - shown.length;
  const turn =
    row.state === 'open' ? row.signers.find((one) => one.state === 'WAITING') : undefined;
  return (
    <button
      type="button"
      className="jobs-row"
      aria-current={chosen}
      tabIndex={stop ? 0 : -1}
      onClick={() => {
        onChoose(index, row.id);
      }}
    >
      <span className="jobs-row-words">
        <strong>
          {row.shielded && <PadlockLockedIcon title={t('follow:row.shielded')} />}
          {row.title === '' ? t('row.untitled') : row.title}
        </strong>
        <span className="muted small jobs-row-facts">
          {row.caseNumber !== '' && <span>{t('follow:row.case', { number: row.caseNumber })}</span>}
          {row.reference !== '' && row.reference !== row.caseNumber && <span>{row.reference}</span>}
          {row.documents > 1 && <span>{t('row.documents', { count: row.documents })}</span>}
          <Deadline row={row} />
          {row.state !== 'open' && <span>{formatMoment(row.changedAt)}</span>}
          {row.trial && <span className="jobs-trial">{t('row.trial')}</span>}
        </span>
      </span>
      <span className="jobs-row-people">
        {shown.map((one, index) => (
          <Initials
            key={`${String(index)}${one.name}`}
            name={one.name}
            mark={one === turn ? 'turn' : markOf(one.state)}
          />
        ))}
        {rest > 0 && (
          <span className="initials" aria-hidden="true">
            +{formatNumber(rest)}
          </span>
        )}
        {row.signers.length > 0 && (
          <span className="ds-sr-only">
            {t('row.signers', { names: row.signers.map((one) => one.name).join(', ') })}
          </span>
        )}
      </span>
      <span className="jobs-row-state">
        <State row={row} />
      </span>
    </button>
  );
});
