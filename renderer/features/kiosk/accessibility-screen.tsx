import { useTranslation } from 'react-i18next';
import { shortVersion } from '../../../shared/accessibility.ts';
import { BigButton } from './big-button.tsx';
import { Overlay } from './overlay.tsx';
import { useSitting } from './store.ts';

/** What this screen can and cannot do for the one who stands at it, and whom to ask. */
export function AccessibilityScreen({ organisation }: { organisation: string }) {
  const { t } = useTranslation('accessibility');
  const lay = useSitting((sitting) => sitting.lay);
  const back = () => {
    lay('language');
  };
  return (
    <Overlay
      title={t('kiosk.about.open')}
      wide
      onBack={back}
      actions={
        <BigButton forward onClick={back}>
          {t('language:back')}
        </BigButton>
      }
    >
      <p>{t('kiosk.about.ask', { organisation })}</p>
      {([true, false] as const).map((holds) => (
        <section key={String(holds)} className="k-can">
          <h3>{t(holds ? 'kiosk.about.holdsTitle' : 'kiosk.about.lacksTitle')}</h3>
          <ul>
            {shortVersion
              .filter((each) => each.holds === holds)
              .map(({ key }) => (
                <li key={key}>{t(`kiosk.about.${key}`)}</li>
              ))}
          </ul>
        </section>
      ))}
    </Overlay>
  );
}
