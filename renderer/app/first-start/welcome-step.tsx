import { Button } from '@digdir/designsystemet-react';
import { FilePdfIcon, PadlockLockedIcon, PersonPencilIcon } from '@navikt/aksel-icons';
import { useTranslation } from 'react-i18next';

export function WelcomeStep({ onNext }: { onNext: () => void }) {
  const { t } = useTranslation('app');
  const points = [
    { key: 'prepare', icon: <FilePdfIcon aria-hidden="true" /> },
    { key: 'sign', icon: <PersonPencilIcon aria-hidden="true" /> },
    { key: 'keep', icon: <PadlockLockedIcon aria-hidden="true" /> },
  ] as const;
  return (
    <>
      <h1 tabIndex={-1}>{t('first.welcome.title')}</h1>
      <p className="front-intro">{t('first.welcome.lead')}</p>
      <ul className="plain welcome-points">
        {points.map(({ key, icon }) => (
          <li key={key}>
            <span className="welcome-sign">{icon}</span>
            <div>
              <strong>{t(`first.welcome.${key}.title`)}</strong>
              <p className="muted">{t(`first.welcome.${key}.text`)}</p>
            </div>
          </li>
        ))}
      </ul>
      <div className="row front-actions">
        <Button className="large grow" onClick={onNext}>
          {t('first.welcome.next')}
        </Button>
      </div>
    </>
  );
}
