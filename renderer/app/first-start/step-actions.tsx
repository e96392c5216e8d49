import { Button } from '@digdir/designsystemet-react';
import { useTranslation } from 'react-i18next';

/** Back and on: the one green button of the step. */
export function StepActions({
  next,
  busy = false,
  onBack,
}: {
  next: string;
  busy?: boolean;
  onBack: (() => void) | null;
}) {
  const { t } = useTranslation('app');
  return (
    <div className="row front-actions">
      {onBack !== null && (
        <Button type="button" variant="secondary" className="large" onClick={onBack}>
          {t('first.back')}
        </Button>
      )}
      <Button type="submit" className="large grow" loading={busy}>
        {next}
      </Button>
    </div>
  );
}
