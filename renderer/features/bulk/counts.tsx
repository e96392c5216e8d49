import { useTranslation } from 'react-i18next';
import type { BulkCounts } from '../../../shared/rpc/views-bulk.ts';
import { formatNumber } from '../../i18n/format.ts';

const order = ['made', 'good', 'faulty', 'left', 'known'] as const;

/** In words and figures; what is none is not said. */
export function Counts({ counts }: { counts: BulkCounts }) {
  const { t } = useTranslation('bulk');
  return (
    <dl className="bulk-counts" aria-label={t('counts.label')}>
      {order
        .filter((each) => counts[each] > 0)
        .map((each) => (
          <div key={each} data-of={each}>
            <dt>{t(`counts.${each}`)}</dt>
            <dd className="numbers">{formatNumber(counts[each])}</dd>
          </div>
        ))}
    </dl>
  );
}
