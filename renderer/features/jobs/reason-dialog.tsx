import { Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure, Result } from '../../../shared/result.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { toast } from '../../ui/toasts.tsx';

interface ReasonDialogProps {
  readonly title: string;
  readonly confirm: string;
  /** What stands under the reason’s label; null where none is asked for. */
  readonly reasonHelp: string | null;
  readonly done: string;
  /** Ends the job; the reason is trimmed, and empty where none was asked for. */
  readonly end: (reason: string) => Promise<Result<unknown>>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Ends a job for everybody, with the reason that goes into its log. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { t } = useTranslation('jobs');
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const lacking = props.reasonHelp !== null && reason.trim() === '';
  async function end() {
    setAsked(true);
    if (lacking) return;
    setBusy(true);
    const answer = await props.end(reason.trim());
    setBusy(false);
    if (!answer.ok) {
      setFailure(answer.error);
      return;
    }
    toast(props.done);
    props.onClose();
  }
  return (
    <AskDialog
      title={props.title}
      confirm={props.confirm}
      danger
      busy={busy}
      onConfirm={() => void end()}
      onClose={props.onClose}
    >
      {props.children}
      {props.reasonHelp !== null && (
        <Textfield
          multiline
          rows={3}
          label={t('cancel.reason')}
          description={props.reasonHelp}
          maxLength={500}
          value={reason}
          error={asked && lacking && t('cancel.reasonMissing')}
          onChange={(event) => {
            setReason(event.target.value);
          }}
        />
      )}
      {failure !== null && <FailureNotice failure={failure} />}
    </AskDialog>
  );
}
