import { useTranslation } from 'react-i18next';
import { BigButton } from './big-button.tsx';
import { textSizes, useScreenFace } from './screen-face.ts';
import './screen-face.css';

/** Letters and colours of the whole screen. What is chosen is for this person alone. */
export function ScreenSettings() {
  const { t } = useTranslation('accessibility');
  const { text, contrast, change } = useScreenFace();
  return (
    <div className="k-face">
      <div className="k-languages" role="group" aria-label={t('kiosk.text')}>
        {textSizes.map((size) => (
          <BigButton
            key={size}
            pressed={size === text}
            onClick={() => {
              change({ text: size });
            }}
          >
            {t(`kiosk.textSize.${size}`)}
          </BigButton>
        ))}
      </div>
      <div className="k-languages">
        <BigButton
          pressed={contrast}
          onClick={() => {
            change({ contrast: !contrast });
          }}
        >
          {t('kiosk.contrast')}
        </BigButton>
      </div>
    </div>
  );
}
