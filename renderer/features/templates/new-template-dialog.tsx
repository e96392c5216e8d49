import { Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import { call } from '../../host/client.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';

/** A name first: it is how colleagues find the template. */
export function NewTemplateDialog({
  onMade,
  onClose,
}: {
  onMade: (job: string) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('templates');
  const [title, setTitle] = useState('');
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const lacking = title.trim() === '';
  async function make() {
    setAsked(true);
    if (lacking) return;
    setBusy(true);
    const made = await call('template.create', { title: title.trim() });
    setBusy(false);
    if (made.ok) onMade(made.value.job);
    else setFailure(made.error);
  }
  return (
    <AskDialog
      title={t('new.title')}
      confirm={t('new.confirm')}
      busy={busy}
      onConfirm={() => void make()}
      onClose={onClose}
    >
      <p>{t('new.text')}</p>
      <Textfield
        label={t('new.name')}
        description={t('new.nameHelp')}
        maxLength={80}
        autoComplete="off"
        value={title}
        error={asked && lacking && t('new.nameMissing')}
        onChange={(event) => {
          setTitle(event.target.value);
        }}
      />
      {failure !== null && <FailureNotice failure={failure} />}
    </AskDialog>
  );
}
