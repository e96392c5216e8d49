/** That jobs from other systems do not come in, or do not go out: nobody would notice by themselves. */
import { useTranslation } from 'react-i18next';
import { useCall } from '../host/client.ts';
import { useMay } from '../host/session.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { Notice } from '../ui/notice.tsx';
import { addressOf } from './navigation.ts';

export function FolderNotice() {
  const { t } = useTranslation('app');
  const may = useMay('admin', 'handler');
  const { value } = useCall(
    'settings.folder',
    may ? {} : null,
    (event) => event.type === 'settings.changed',
  );
  const [trouble] = value?.state.troubles ?? [];
  if (!may || value === null || !value.on || trouble === undefined) return null;
  const words = failureWords({ code: trouble.code, message: '' });
  return (
    <div className="desk-notice">
      <Notice tone="brass" title={t('folder.title')}>
        <p>
          {words.what}. {t('folder.waits')}{' '}
          <a className="ds-link" href={addressOf({ at: 'settings', section: 'folder' })}>
            {t('folder.open')}
          </a>
        </p>
      </Notice>
    </div>
  );
}
