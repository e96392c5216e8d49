/** The report as a PDF to keep beside the document; made anew, so that it says what is true now. */
import { Button } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import { saveFile } from '../../host/save-file.ts';
import { useTask } from '../../host/task.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import type { Subject } from './store.ts';

export function SaveReport({ subject }: { subject: Subject }) {
  const { t, i18n } = useTranslation('verify');
  const task = useTask();
  const [failure, setFailure] = useState<Failure | null>(null);
  async function save() {
    setFailure(null);
    const language = i18n.language.startsWith('en') ? ('en' as const) : ('nb' as const);
    const of =
      subject.type === 'upload'
        ? { upload: subject.upload, name: subject.name, language }
        : {
            ...{ document: subject.document, language },
            ...(subject.revision === null ? {} : { revision: subject.revision }),
          };
    const answer = await task.run('verify.report', of);
    if (answer.ok) saveFile(answer.value.name, answer.value.bytes.slice(), 'application/pdf');
    else if (answer.error.code !== 'task.cancelled') setFailure(answer.error);
  }
  return (
    <>
      <Button variant="secondary" loading={task.running} onClick={() => void save()}>
        {t('saveReport')}
      </Button>
      {failure !== null && <FailureNotice failure={failure} />}
    </>
  );
}
