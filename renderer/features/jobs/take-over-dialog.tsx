import { Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import { call } from '../../host/client.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { toast } from '../../ui/toasts.tsx';

/** The records system has taken the export over: under which reference it is found there. */
export function TakeOverDialog({ receipt, onClose }: { receipt: string; onClose: () => void }) {
  const { t } = useTranslation('jobs');
  const [reference, setReference] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  async function confirm() {
    setBusy(true);
    const answer = await call('export.takenOver', { receipt, reference: reference.trim() });
    setBusy(false);
    if (!answer.ok) {
      setFailure(answer.error);
      return;
    }
    toast(t('done.takeOver'));
    onClose();
  }
  return (
    <AskDialog
      title={t('takeOver.title')}
      confirm={t('takeOver.confirm')}
      busy={busy}
      ready={reference.trim() !== ''}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>{t('takeOver.text')}</p>
      <Textfield
        label={t('takeOver.reference')}
        description={t('takeOver.referenceHelp')}
        maxLength={80}
        value={reference}
        onChange={(event) => {
          setReference(event.target.value);
        }}
      />
      {failure !== null && <FailureNotice failure={failure} />}
    </AskDialog>
  );
}
