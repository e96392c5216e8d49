/** The clerk beside the signer compares the certificate with the person, and says so with their PIN. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import { call } from '../../host/client.ts';
import { BigButton } from './big-button.tsx';
import { KioskFailure } from './failure.tsx';
import { OwnFrame } from './own-frame.tsx';
import type { ShownOwn } from './own-key.ts';
import { PinEntry, shortestPin } from './pin-entry.tsx';
import { CardFacts } from './show-card.tsx';
import type { ScreenProps } from './sitting.tsx';

interface Props extends ScreenProps {
  readonly shown: ShownOwn;
  readonly onAccepted: () => void;
  readonly onAgain: () => void;
}

export function AcceptOwn({ view, shown, onBusy, onAccepted, onAgain }: Props) {
  const { t } = useTranslation('kiosk');
  const [pin, setPin] = useState('');
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function accept() {
    if (pin.length < shortestPin || asking) return;
    setAsking(true);
    setFailure(null);
    onBusy(true);
    const answer = await call('signing.acceptProof', { proof: shown.proof, pin });
    onBusy(false);
    setAsking(false);
    setPin('');
    if (answer.ok) onAccepted();
    else setFailure(answer.error);
  }
  return (
    <OwnFrame
      view={view}
      title={t('own.acceptTitle')}
      busy={asking}
      forward={
        <>
          <BigButton disabled={asking} onClick={onAgain}>
            {t('own.notThisPerson')}
          </BigButton>
          <BigButton
            forward
            busy={asking}
            disabled={pin.length < shortestPin}
            onClick={() => {
              void accept();
            }}
          >
            {t('own.accept')}
          </BigButton>
        </>
      }
    >
      <div className="k-own-accept">
        <div className="k-own-compare">
          <p className="k-own-wanted">
            <span className="k-quiet">{t('own.calledUp')}</span>
            <strong>{view.signer.name}</strong>
          </p>
          <CardFacts {...shown} />
          <p>{t(`own.match.${shown.nameMatch === 'same' ? 'same' : 'similar'}`)}</p>
          <p className="k-quiet">{t(`own.revocation.${shown.revocation}`)}</p>
        </div>
        <PinEntry
          label={t('own.clerkPin')}
          pin={pin}
          onChange={setPin}
          onEnter={() => {
            void accept();
          }}
        >
          {failure === null ? <p>{t('own.acceptUnder')}</p> : <KioskFailure failure={failure} />}
        </PinEntry>
      </div>
    </OwnFrame>
  );
}
