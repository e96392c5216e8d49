/** What came of it: what went wrong first, with a way to try it again, and a file to keep. */
import { Button } from '@digdir/designsystemet-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkResult } from '../../../shared/rpc/views-bulk.ts';
import { writeCsv } from '../../../shared/table/csv.ts';
import { saveFile } from '../../host/save-file.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { formatNumber } from '../../i18n/format.ts';
import { DropFile } from '../../ui/drop-file.tsx';
import { Notice } from '../../ui/notice.tsx';
import { listTypes } from './choose-list.tsx';
import { Counts } from './counts.tsx';
import { FaultyRows, issueWords } from './faulty-rows.tsx';

interface Props {
  readonly result: BulkResult;
  readonly onJobs: () => void;
  readonly onAgain: () => void;
  readonly onChoose: (file: File) => void;
}

export function Result({ result, onJobs, onAgain, onChoose }: Props) {
  const { t } = useTranslation('bulk');
  const { made, left, faulty } = result.counts;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  function save() {
    const head = [t('file.row'), t('file.what'), t('file.result'), t('file.reason'), t('file.job')];
    const rows = result.rows
      .toSorted((one, other) => one.row - other.row)
      .map(({ row, label, state, issues, job }) => [
        ...[String(row), label, t(`counts.${state}`)],
        ...[issues.map((issue) => issueWords(t, issue)).join(' '), job ?? ''],
      ]);
    const bytes = new TextEncoder().encode(writeCsv([head, ...rows]));
    saveFile(t('file.name'), bytes, 'text/csv');
  }
  return (
    <section className="panel panel-body stack" aria-labelledby="bulk-result">
      <h2 id="bulk-result" ref={heading} tabIndex={-1}>
        {t('result.title', { count: made, number: formatNumber(made) })}
      </h2>
      <Counts counts={result.counts} />
      {result.stopped !== null && (
        <Notice tone="brass" title={t('result.stopped')}>
          <p>
            {result.stopped !== 'task.cancelled' &&
              `${failureWords({ code: result.stopped, message: '' }).what}. `}
            {t('result.stoppedText', { count: left })}
          </p>
        </Notice>
      )}
      <FaultyRows rows={result.rows} />
      <div className="row bulk-actions">
        {left > 0 ? (
          <Button className="large" onClick={onAgain}>
            {t('result.goOn', { count: left })}
          </Button>
        ) : (
          <Button className="large" onClick={onJobs}>
            {t('result.jobs')}
          </Button>
        )}
        <Button variant="secondary" onClick={save}>
          {t('result.save')}
        </Button>
      </div>
      {faulty > 0 && (
        <>
          <p>{t('result.mend')}</p>
          <DropFile
            label={t('result.retry')}
            hint={t('choose.hint')}
            accept={listTypes}
            onFile={onChoose}
          />
        </>
      )}
    </section>
  );
}
