import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BigButton } from './big-button.tsx';
import { Overlay } from './overlay.tsx';
import { useSitting } from './store.ts';

const ways = ['readToMe', 'paper', 'interpreter', 'known'] as const;

/** For those who cannot read here: how they know what stands in the document. It goes into the log. */
export function OtherWay() {
  const { t } = useTranslation('kiosk');
  const { lay, readOtherwise, go } = useSitting();
  const [way, setWay] = useState<(typeof ways)[number] | null>(null);
  const back = () => {
    lay(null);
  };
  return (
    <Overlay
      title={t('otherWay.title')}
      wide
      legal
      onBack={back}
      actions={
        <>
          <BigButton onClick={back}>{t('otherWay.back')}</BigButton>
          <BigButton
            forward
            disabled={way === null}
            onClick={() => {
              if (way === null) return;
              readOtherwise(t(`otherWay.${way}`));
              go('confirm');
            }}
          >
            {t('otherWay.yes')}
          </BigButton>
        </>
      }
    >
      <p>{t('otherWay.means')}</p>
      <fieldset className="k-choices">
        <legend>{t('otherWay.how')}</legend>
        {ways.map((each) => (
          <label key={each} className="k-choice">
            <input
              type="radio"
              name="way"
              checked={way === each}
              onChange={() => {
                setWay(each);
              }}
            />
            {t(`otherWay.${each}`)}
          </label>
        ))}
      </fieldset>
    </Overlay>
  );
}
