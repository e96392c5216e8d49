/** That a page is on its way: said once it has taken a moment, so that a quick one blinks nowhere. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import './page-wait.css';

/** Milliseconds in which nobody wonders. */
const moment = 400;

/**
 * Lies over the page while `waiting`, and is told to screen readers. It stands there from the beginning:
 * what is said is heard only in a region that was there before.
 */
export function PageWait({ waiting }: { waiting: boolean }) {
  const { t } = useTranslation('app');
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => {
      setLong(true);
    }, moment);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [waiting]);
  const said = waiting && long;
  return (
    <div className="page-wait" role="status" data-waiting={said || undefined}>
      {said && <p>{t('pageWait')}</p>}
    </div>
  );
}
