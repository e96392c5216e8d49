import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyWays, type CopyWay, type MailedCopy } from '../../../shared/job/copies.ts';
import type { Failure } from '../../../shared/result.ts';
import type { InputOf } from '../../../shared/rpc/contract.ts';
import { call } from '../../host/client.ts';
import { BigButton } from './big-button.tsx';
import { CopyAddress } from './copy-address.tsx';
import { KioskFailure } from './failure.tsx';

/** After signing: how the signer would like a copy. Nothing is saved here. */
export function CopyChoice({ mailed }: { mailed: MailedCopy }) {
  const { t } = useTranslation('copy');
  const [asked, setAsked] = useState<CopyWay | null>(null);
  const [writing, setWriting] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  async function ask(input: InputOf<'signing.askCopy'>) {
    const answer = await call('signing.askCopy', input);
    setWriting(false);
    setFailure(answer.ok ? null : answer.error);
    if (answer.ok) setAsked(input.way);
  }
  return (
    <div className="k-copy" role="group" aria-label={t('kiosk.group')}>
      <p className="k-lead">{t('kiosk.title')}</p>
      <div className="k-copy-ways">
        {copyWays
          .filter((way) => way !== 'mail' || mailed !== 'no')
          .map((way) => (
            <BigButton
              key={way}
              pressed={asked === way}
              onClick={() => {
                if (way === 'mail') setWriting(true);
                else void ask({ way });
              }}
            >
              {t(`kiosk.${way}`)}
            </BigButton>
          ))}
      </div>
      <p role="status">{asked !== null && t(`kiosk.asked.${asked}`)}</p>
      {failure !== null && <KioskFailure failure={failure} />}
      {writing && mailed !== 'no' && (
        <CopyAddress
          mailed={mailed}
          onBack={() => {
            setWriting(false);
          }}
          onSend={(address) => void ask({ way: 'mail', address })}
        />
      )}
    </div>
  );
}
