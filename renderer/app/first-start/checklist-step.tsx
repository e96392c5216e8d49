import { Button } from '@digdir/designsystemet-react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../host/client.ts';
import { Checklist } from '../../ui/checklist.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';

export function ChecklistStep({ onNext }: { onNext: () => void }) {
  const { t } = useTranslation('app');
  const { value, error, reload } = useCall('settings.checklist', {});
  return (
    <>
      <h1 tabIndex={-1}>{t('first.checklist.title')}</h1>
      <p className="prose">{t('first.checklist.lead')}</p>
      {error !== null && <FailureNotice failure={error} onRetry={reload} />}
      {value !== null && <Checklist items={value} />}
      <div className="row front-actions">
        <Button className="large grow" onClick={onNext}>
          {t('first.checklist.next')}
        </Button>
      </div>
    </>
  );
}
