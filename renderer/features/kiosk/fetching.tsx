import { useTranslation } from 'react-i18next';
import { useLate } from '../../ui/use-late.ts';
import './fetching.css';

/** A page that stays white says that it is on its way, also to those who hear the screen. */
export function Fetching({ waiting }: { waiting: boolean }) {
  const { t } = useTranslation('kiosk');
  const late = useLate(waiting);
  return (
    <p className="k-fetching" role="status">
      {late && <span>{t('read.fetching')}</span>}
    </p>
  );
}
