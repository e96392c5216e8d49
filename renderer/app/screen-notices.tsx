import { useTranslation } from 'react-i18next';
import { useCall } from '../host/client.ts';
import { useMay } from '../host/session.ts';
import { Notice } from '../ui/notice.tsx';
import { screenName } from '../ui/screen-name.ts';
import { addressOf } from './navigation.ts';

/** Somebody at a kiosk asks for help: said on whichever page the clerk is. */
export function ScreenNotices() {
  const { t } = useTranslation('pairing');
  const handler = useMay('handler');
  const { value } = useCall(
    'screen.list',
    handler ? {} : null,
    (event) => event.type === 'screens.changed',
  );
  const asking = (value ?? []).filter(({ help }) => help);
  return asking.map((screen) => {
    const job = screen.holding?.job ?? null;
    return (
      <div className="desk-notice" key={screen.id}>
        <Notice tone="brass" role="alert" title={t('help.title', { screen: screenName(screen) })}>
          {job !== null && (
            <p>
              <a className="ds-link" href={addressOf({ at: 'jobs', job })}>
                {t('help.open')}
              </a>
            </p>
          )}
        </Notice>
      </div>
    );
  });
}
