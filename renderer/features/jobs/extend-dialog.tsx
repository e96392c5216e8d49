import { Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/job/job.ts';
import type { Failure } from '../../../shared/result.ts';
import { call } from '../../host/client.ts';
import { formatDate } from '../../i18n/format.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { toast } from '../../ui/toasts.tsx';

const day = 86_400_000;

/** A local calendar day as `<input type="date">` writes it. */
function dayOf(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The last moment of a local day: "within the 4th" means all of the 4th. */
function endOf(text: string): Date | null {
  const date = new Date(`${text}T23:59:59`);
  return Number.isNaN(date.getTime()) ? null : date;
}

export function ExtendDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const { t } = useTranslation('jobs');
  const [text, setText] = useState(() => {
    const from = Math.max(Date.now(), Date.parse(job.spec.deadline ?? '') || 0);
    return dayOf(new Date(from + 14 * day));
  });
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const deadline = endOf(text);
  /** A job without a deadline gets one: nothing is put off. */
  const isFirst = job.spec.deadline === null;
  const wrong = deadline === null || deadline.getTime() <= Date.now();
  async function extend() {
    if (wrong) return;
    setBusy(true);
    const answer = await call('job.extend', { job: job.id, deadline: deadline.toISOString() });
    setBusy(false);
    if (!answer.ok) {
      setFailure(answer.error);
      return;
    }
    toast(t('done.extend', { date: formatDate(deadline.toISOString()) }));
    onClose();
  }
  return (
    <AskDialog
      title={t(isFirst ? 'extend.titleNew' : 'extend.title')}
      confirm={t(isFirst ? 'extend.confirmNew' : 'extend.confirm')}
      busy={busy}
      ready={!wrong}
      onConfirm={() => void extend()}
      onClose={onClose}
    >
      {job.spec.deadline !== null && (
        <p>{t('extend.now', { date: formatDate(job.spec.deadline) })}</p>
      )}
      <Textfield
        className="job-date"
        label={t(isFirst ? 'extend.dateNew' : 'extend.date')}
        description={t('extend.dateHelp')}
        type="date"
        min={dayOf(new Date())}
        value={text}
        error={text !== '' && wrong && t('extend.past')}
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      {failure !== null && <FailureNotice failure={failure} />}
    </AskDialog>
  );
}
