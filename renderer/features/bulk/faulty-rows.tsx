/** What is wrong, row by row, in plain words. */
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { RowIssue } from '../../../shared/bulk/row.ts';
import type { BulkRow } from '../../../shared/rpc/views-bulk.ts';
import { failureWords } from '../../i18n/failure-words.ts';

const shown = 100;

/** `t` speaks the `bulk` namespace. */
export function issueWords(t: TFunction<'bulk'>, { code, column, detail }: RowIssue): string {
  if (code === 'refused' && typeof detail?.['code'] === 'string')
    return failureWords({ code: detail['code'], message: '', detail }).what;
  if (code === 'lacks' && typeof detail?.['what'] === 'string')
    return t(`prepare:${detail['what']}`, { name: String(detail['name'] ?? '') });
  const said = t(`issue.${code}`, { ...detail });
  return column === null ? said : t('issue.inColumn', { column, said });
}

export function FaultyRows({ rows }: { rows: readonly BulkRow[] }) {
  const { t } = useTranslation('bulk');
  const faulty = rows.filter(({ state }) => state === 'faulty');
  if (faulty.length === 0) return null;
  return (
    <div className="stack-tight">
      <h3>{t('rows.faulty')}</h3>
      <ul className="plain bulk-faulty" tabIndex={0} aria-label={t('rows.faulty')}>
        {faulty.slice(0, shown).map(({ row, label, issues }) => (
          <li key={row}>
            <strong className="numbers">{t('rows.row', { row })}</strong>
            <span>
              {issues.map((issue) => issueWords(t, issue)).join(' ')}
              {label !== '' && <span className="small muted"> {label}</span>}
            </span>
          </li>
        ))}
      </ul>
      {faulty.length > shown && (
        <p className="muted">{t('rows.more', { count: faulty.length - shown })}</p>
      )}
    </div>
  );
}
