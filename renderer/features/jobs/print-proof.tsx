/** The evidence of a job that has ended, on paper, beside its documents. */
import { Button } from '@digdir/designsystemet-react';
import { PrinterSmallIcon } from '@navikt/aksel-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import { useTask } from '../../host/task.ts';
import { upload } from '../../host/upload.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { PrintDocument } from './print-document.tsx';
import './print-proof.css';

export function PrintProof({ job }: { job: string }) {
  const { t } = useTranslation('follow');
  const task = useTask();
  /** Where the made pages lie while they are printed. */
  const [pages, setPages] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  async function print() {
    setFailure(null);
    const made = await task.run('job.proof', { job });
    if (!made.ok) {
      if (made.error.code !== 'task.cancelled') setFailure(made.error);
      return;
    }
    const sent = await upload(new Blob([made.value.bytes.slice()], { type: 'application/pdf' }));
    if (sent.ok) setPages(`upload:${sent.value.upload}`);
    else setFailure(sent.error);
  }
  return (
    <>
      <Button
        variant="tertiary"
        className="job-proof"
        loading={task.running}
        onClick={() => void print()}
      >
        {!task.running && <PrinterSmallIcon aria-hidden="true" />}
        {t('print.proof')}
      </Button>
      {failure !== null && <FailureNotice failure={failure} />}
      {pages !== null && (
        <PrintDocument
          document={pages}
          revision={0}
          onDone={() => {
            setPages(null);
          }}
        />
      )}
    </>
  );
}
