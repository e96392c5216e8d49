import { Button, Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import type { RehearsalReceipt } from '../../../shared/rpc/views.ts';
import { useTask } from '../../host/task.ts';
import { formatDateTime, formatNumber } from '../../i18n/format.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { TaskProgress } from '../../ui/task-progress.tsx';

/** Øvelse: the code from the paper opens the newest copy beside the archive, and a receipt says so. */
export function Rehearsal({
  last,
  possible,
}: {
  last: RehearsalReceipt | null;
  possible: boolean;
}) {
  const { t } = useTranslation('settings');
  const task = useTask();
  const [code, setCode] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [fresh, setFresh] = useState<RehearsalReceipt | null>(null);
  const receipt = fresh ?? last;
  async function rehearse(event: FormEvent) {
    event.preventDefault();
    if (code.trim() === '' || task.running) return;
    setFailure(null);
    const answer = await task.run('settings.rehearse', { recoveryCode: code.trim() });
    setCode('');
    if (answer.ok) setFresh(answer.value);
    else setFailure(answer.error);
  }
  return (
    <section className="settings-part stack" aria-labelledby="rehearsal-title">
      <h3 id="rehearsal-title">{t('rehearsal.title')}</h3>
      <p className="prose">{t('rehearsal.text')}</p>
      {receipt !== null && (
        <Notice
          tone={receipt.ok ? 'green' : 'red'}
          title={receipt.ok ? t('rehearsal.ok') : t('rehearsal.bad')}
          {...(fresh === null ? {} : { role: 'status' as const })}
        >
          <p>
            {t('rehearsal.receipt', {
              at: formatDateTime(receipt.at),
              backupAt: formatDateTime(receipt.backupAt),
              events: formatNumber(receipt.events),
              documents: formatNumber(receipt.documents),
            })}
          </p>
        </Notice>
      )}
      {failure !== null && <FailureNotice failure={failure} />}
      {task.running ? (
        <TaskProgress task={task} label={t('rehearsal.doing')} />
      ) : possible ? (
        <form className="settings-line" onSubmit={(event) => void rehearse(event)}>
          <Textfield
            label={t('rehearsal.code')}
            autoComplete="off"
            spellCheck={false}
            maxLength={100}
            value={code}
            onChange={(event) => {
              setCode(event.target.value);
            }}
          />
          <Button type="submit" variant="secondary">
            {t('rehearsal.start')}
          </Button>
        </form>
      ) : (
        <p className="muted">{t('rehearsal.first')}</p>
      )}
    </section>
  );
}
