import { useTranslation } from 'react-i18next';
import { useBeat } from '../host/beat.ts';
import { CounterScene } from './counter-scene.tsx';
import '../features/kiosk/kiosk.css';
import './rest.css';

/** A kiosk that was emptied because the program does not answer. It goes on by itself. */
export function NoContact() {
  const { t } = useTranslation('pairing');
  useBeat(null, false);
  return (
    <main className="kiosk rest">
      <div className="rest-words" role="status">
        <CounterScene />
        <h1>{t('contact.title')}</h1>
        <p>{t('contact.gone')}</p>
      </div>
    </main>
  );
}
