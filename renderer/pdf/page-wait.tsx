/** That a page is on its way: said once it has taken a moment, so that a quick one blinks nowhere. */
import { useTranslation } from 'react-i18next';
import { useLate } from '../ui/use-late.ts';
import './page-wait.css';

/**
 * Lies over the page while `waiting`, and is told to screen readers. It stands there from the beginning:
 * what is said is heard only in a region that was there before.
 */
export function PageWait({ waiting }: { waiting: boolean }) {
  const { t } = useTranslation('app');
  const said = useLate(waiting);
  return (
    <div className="page-wait" role="status" data-waiting={said || undefined}>
      {said && <p>{t('pageWait')}</p>}
    </div>
  );
}
