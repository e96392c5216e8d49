import { useTranslation } from 'react-i18next';
import { addedLanguage } from '../../i18n/i18n.ts';
import { BigButton } from './big-button.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { Overlay } from './overlay.tsx';
import { ScreenSettings } from './screen-settings.tsx';
import { useSitting } from './store.ts';

/** Language, letters and colours, at any step: nothing that was done is lost by it. */
export function LanguageScreen() {
  const { t } = useTranslation('language');
  const lay = useSitting((sitting) => sitting.lay);
  const added = addedLanguage();
  const back = () => {
    lay(null);
  };
  return (
    <Overlay
      title={t('screenTitle')}
      wide
      onBack={back}
      actions={
        <>
          <BigButton
            onClick={() => {
              lay('accessibility');
            }}
          >
            {t('accessibility:kiosk.about.open')}
          </BigButton>
          <BigButton forward onClick={back}>
            {t('back')}
          </BigButton>
        </>
      }
    >
      <LanguageChoice />
      {added !== null && (
        <p className="k-quiet" lang={added.fallback} dir="ltr">
          {t(added.approved ? 'office' : 'officeUnread')}
        </p>
      )}
      <ScreenSettings />
    </Overlay>
  );
}
