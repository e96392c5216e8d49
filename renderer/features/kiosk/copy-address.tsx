import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MailedCopy } from '../../../shared/job/copies.ts';
import { BigButton } from './big-button.tsx';
import { Overlay } from './overlay.tsx';
import { ScreenKeyboard, useTouch } from './screen-keyboard.tsx';

const longest = 200;

interface Props {
  readonly mailed: Exclude<MailedCopy, 'no'>;
  readonly onBack: () => void;
  readonly onSend: (address: string) => void;
}

/** Where the copy goes; asked each time, and forgotten with the page. */
export function CopyAddress({ mailed, onBack, onSend }: Props) {
  const { t } = useTranslation('copy');
  const [address, setAddress] = useState('');
  const [sending, setSending] = useState(false);
  const touch = useTouch();
  const whole = /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/iu.test(address.trim());
  const send = () => {
    if (!whole || sending) return;
    setSending(true);
    onSend(address.trim());
  };
  return (
    <Overlay
      title={t('kiosk.address.title')}
      wide={touch}
      onBack={onBack}
      actions={
        <>
          <BigButton onClick={onBack}>{t('kiosk.address.back')}</BigButton>
          <BigButton forward busy={sending} disabled={!whole} onClick={send}>
            {t('kiosk.address.send')}
          </BigButton>
        </>
      }
    >
      <p>{t(`kiosk.address.${mailed}`)}</p>
      <label className="k-field">
        {t('kiosk.address.label')}
        <input
          type="email"
          inputMode={touch ? 'none' : 'email'}
          autoComplete="off"
          spellCheck={false}
          maxLength={longest}
          value={address}
          onChange={(event) => {
            setAddress(event.target.value);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') send();
          }}
        />
      </label>
      {touch && (
        <ScreenKeyboard writing="email" value={address} longest={longest} onChange={setAddress} />
      )}
    </Overlay>
  );
}
