import { Textfield } from '@digdir/designsystemet-react';
import { useTranslation } from 'react-i18next';
import type { SignerSpec } from '../../../shared/job/job.ts';
import { usePrepare } from './store.ts';

/** Where the office reminds a signer who is to come to the counter. Posten's portal asks for its own. */
export function EmailField({ signer }: { signer: SignerSpec }) {
  const { t } = useTranslation('follow');
  const { editSigner, settle } = usePrepare.getState();
  return (
    <Textfield
      label={t('email.label')}
      description={t('email.help')}
      type="email"
      autoComplete="off"
      maxLength={100}
      value={signer.email ?? signer.contact?.email ?? ''}
      onBlur={settle}
      onChange={(event) => {
        editSigner(signer.id, { email: event.target.value.trim() }, `email ${signer.id}`);
      }}
    />
  );
}
