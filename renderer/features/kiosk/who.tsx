import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../i18n/format.ts';
import { BigButton } from './big-button.tsx';
import { Frame, ScreenHeading } from './frame.tsx';
import { LanguageChoice } from './language-choice.tsx';
import type { ScreenProps } from './sitting.tsx';
import { useSitting } from './store.ts';

/** "Are you Kari Nordmann?" Nothing of the document is shown, not even its title, before the answer. */
export function WhoScreen({ view, onLeave }: ScreenProps) {
  const { t } = useTranslation('kiosk');
  const go = useSitting((sitting) => sitting.go);
  const [leaving, setLeaving] = useState(false);
  const { name, maskedId, birthDate } = view.signer;
  return (
    <Frame
      step="who"
      over={t('who.over', { organisation: view.organisation })}
      trial={view.trial}
      actions={
        <>
          <BigButton
            busy={leaving}
            onClick={() => {
              setLeaving(true);
              void onLeave('not-me');
            }}
          >
            {t('who.no')}
          </BigButton>
          <BigButton
            forward
            onClick={() => {
              go('read');
            }}
          >
            {t('who.yes')}
          </BigButton>
        </>
      }
    >
      <div className="k-who">
        <ScreenHeading>{t('who.title', { name })}</ScreenHeading>
        {maskedId !== null ? (
          <p className="k-number">
            <span className="k-quiet">{t('who.number')}</span>
            {/* Read as digits, and the hidden part as hidden. */}
            <span
              dir="ltr"
              aria-label={t('who.numberSpoken', { digits: [...maskedId.slice(0, 6)].join(' ') })}
            >
              {maskedId.slice(0, 6)} <span className="k-masked">•••••</span>
            </span>
          </p>
        ) : (
          birthDate !== null && (
            <p className="k-number">
              <span className="k-quiet">{t('who.born')}</span>
              {formatDate(birthDate)}
            </p>
          )
        )}
        <p className="k-lead">{t('who.lead')}</p>
        <LanguageChoice />
      </div>
    </Frame>
  );
}
