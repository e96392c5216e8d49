import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import './fetching.css';

/** A page that is drawn sooner than this needs no words about it, in milliseconds. */
const soon = 500;

/** A page that stays white says that it is on its way, also to those who hear the screen. */
export function Fetching({ waiting }: { waiting: boolean }) {
  const { t } = useTranslation('kiosk');
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => {
      setLate(true);
    }, soon);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [waiting]);
  return (
    <p className="k-fetching" role="status">
      {waiting && late && <span>{t('read.fetching')}</span>}
    </p>
  );
}
