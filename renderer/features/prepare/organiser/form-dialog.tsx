import { useTranslation } from 'react-i18next';
import { AskDialog } from '../../../ui/ask-dialog.tsx';

/** Said before it is done: fields of a form become text where pages of several files are joined. */
export function FormDialog({ onFix, onClose }: { onFix: () => void; onClose: () => void }) {
  const { t } = useTranslation('pages');
  return (
    <AskDialog title={t('form.title')} confirm={t('form.yes')} onConfirm={onFix} onClose={onClose}>
      <p>{t('form.means')}</p>
    </AskDialog>
  );
}
