/** The address book out of a file, and as one. */
import { Button, Checkbox } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import type { BookImport } from '../../../shared/rpc/views-people.ts';
import { call } from '../../host/client.ts';
import { saveFile } from '../../host/save-file.ts';
import { upload } from '../../host/upload.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { DropFile } from '../../ui/drop-file.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice } from '../../ui/notice.tsx';

export function BookFiles({ empty }: { empty: boolean }) {
  const { t } = useTranslation('people');
  const [numbers, setNumbers] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [came, setCame] = useState<BookImport | null>(null);
  async function take(file: File) {
    setFailure(null);
    setCame(null);
    const sent = await upload(file);
    const answer = sent.ok ? await call('person.import', { upload: sent.value.upload }) : sent;
    if (answer.ok) setCame(answer.value);
    else setFailure(answer.error);
  }
  async function give() {
    setFailure(null);
    const answer = await call('person.export', { numbers });
    if (!answer.ok) setFailure(answer.error);
    else saveFile(t('files.name'), new TextEncoder().encode(answer.value.text), 'text/csv');
  }
  return (
    <section className="panel panel-body stack" aria-labelledby="book-files">
      <h2 id="book-files">{t('files.title')}</h2>
      <p className="muted prose">{t('files.text')}</p>
      <DropFile
        label={t('files.import')}
        hint={t('files.hint')}
        accept=".csv,.txt,.tsv,.xlsx"
        onFile={(file) => void take(file)}
      />
      {came !== null && (
        <Notice
          tone={came.faulty.length > 0 ? 'brass' : 'green'}
          title={t('files.added', { count: came.added })}
        >
          {came.known > 0 && <p>{t('files.known', { count: came.known })}</p>}
          <ul>
            {came.faulty.map(({ row, issues }) => (
              <li key={row}>
                {t('bulk:rows.row', { row })}:{' '}
                {issues
                  .map(({ code, column, detail }) => {
                    const said =
                      code === 'refused' && typeof detail?.['code'] === 'string'
                        ? failureWords({ code: detail['code'], message: '' }).what
                        : t(`bulk:issue.${code}`, { ...detail });
                    return column === null ? said : t('bulk:issue.inColumn', { column, said });
                  })
                  .join(' ')}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {!empty && (
        <>
          <Checkbox
            label={t('files.numbers')}
            description={t('files.numbersHelp')}
            checked={numbers}
            onChange={(event) => {
              setNumbers(event.target.checked);
            }}
          />
          <div>
            <Button variant="secondary" onClick={() => void give()}>
              {t('files.export')}
            </Button>
          </div>
        </>
      )}
      {failure !== null && <FailureNotice failure={failure} />}
    </section>
  );
}
