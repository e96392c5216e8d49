/** Check a signature: drop any file, get one sentence, four facts and the document's history. */
import { Button } from '@digdir/designsystemet-react';
import { useRef, useState } from 'react';
import type { DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useTask } from '../../host/task.ts';
import { DropFile } from '../../ui/drop-file.tsx';
import { TaskProgress } from '../../ui/task-progress.tsx';
import { useChecker, useDocumentCheck } from './check-file.ts';
import type { Checker } from './check-file.ts';
import { Failed } from './failed.tsx';
import { ReportView } from './report-view.tsx';
import { useVerify } from './store.ts';
import './page.css';
import './verify.css';

interface Props {
  /** A document of the archive; without one a file is asked for. */
  readonly document?: string;
  readonly revision?: number;
}

function Body({ checker, task }: { checker: Checker; task: ReturnType<typeof useTask> }) {
  const { t } = useTranslation('verify');
  const checking = useVerify((state) => state.checking);
  switch (checking.state) {
    case 'empty':
      return (
        <section className="verify-empty">
          <h1>{t('title')}</h1>
          <p className="prose">{t('intro')}</p>
          <DropFile
            label={t('choose')}
            hint={t('dropHint')}
            accept=".pdf,application/pdf"
            onFile={(file) => {
              void checker.file(file);
            }}
          />
          <p className="muted small">{t('private')}</p>
        </section>
      );
    case 'sending':
      return (
        <section className="verify-empty" aria-busy="true">
          <h1>{t('title')}</h1>
          <p className="verify-file">{checking.name}</p>
          <progress
            aria-label={t('sending')}
            max={Math.max(1, checking.total)}
            value={checking.done}
          />
          <div className="row">
            <Button variant="secondary" onClick={checker.cancel}>
              {t('cancel')}
            </Button>
          </div>
        </section>
      );
    case 'checking':
      return (
        <section className="verify-empty" aria-busy="true">
          <h1>{t('title')}</h1>
          {checking.subject.type === 'upload' && (
            <p className="verify-file">{checking.subject.name}</p>
          )}
          <TaskProgress task={task} label={t('checking')} />
        </section>
      );
    case 'failed':
      return <Failed checking={checking} checker={checker} />;
    case 'report':
      return <ReportView report={checking.report} subject={checking.subject} />;
  }
}

export function Verify({ document, revision }: Props) {
  const { t } = useTranslation('verify');
  const task = useTask();
  const checker = useChecker(task);
  useDocumentCheck(checker, document, revision);
  const depth = useRef(0);
  const [over, setOver] = useState(false);
  const files = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  return (
    <div
      className="verify"
      onDragEnter={(event) => {
        if (!files(event)) return;
        depth.current += 1;
        setOver(true);
      }}
      onDragLeave={() => {
        depth.current = Math.max(0, depth.current - 1);
        if (depth.current === 0) setOver(false);
      }}
      onDragOver={(event) => {
        if (files(event)) event.preventDefault();
      }}
      onDrop={(event) => {
        depth.current = 0;
        setOver(false);
        if (!files(event) || event.isDefaultPrevented()) return;
        event.preventDefault();
        const file = event.dataTransfer.files[0];
        if (file !== undefined && !task.running) void checker.file(file);
      }}
    >
      <Body checker={checker} task={task} />
      {over && (
        <div className="verify-over" aria-hidden="true">
          {t('dropHere')}
        </div>
      )}
    </div>
  );
}
