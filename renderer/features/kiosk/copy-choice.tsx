import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyWays, type CopyWay } from '../../../shared/job/copies.ts';
import type { Failure } from '../../../shared/result.ts';
import { call } from '../../host/client.ts';
import { BigButton } from './big-button.tsx';
import { KioskFailure } from './failure.tsx';

/** After signing: how the signer would like a copy. The clerk hands it over; nothing is saved here. */
export function CopyChoice() {
  const { t } = useTranslation('copy');
  const [asked, setAsked] = useState<CopyWay | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  async function ask(way: CopyWay) {
    const answer = await call('signing.askCopy', { way });
    setFailure(answer.ok ? null : answer.error);
    if (answer.ok) setAsked(way);
  }
  return (
    <div className="k-copy" role="group" aria-label={t('kiosk.group')}>
      <p className="k-lead">{t('kiosk.title')}</p>
      <div className="k-copy-ways">
        {copyWays.map((way) => (
          <BigButton key={way} pressed={asked === way} onClick={() => void ask(way)}>
            {t(`kiosk.${way}`)}
          </BigButton>
        ))}
      </div>
      <p role="status">{asked !== null && t(`kiosk.asked.${asked}`)}</p>
      {failure !== null && <KioskFailure failure={failure} />}
    </div>
  );
}
