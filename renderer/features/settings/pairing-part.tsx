import { Button, Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScreensView } from '../../../shared/rpc/views-screen.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { QrCode } from './qr-code.tsx';
import { useSave } from './use-save.ts';

const grouped = (code: string) => `${code.slice(0, 4)} ${code.slice(4)}`;

/** The kiosk has typed the code: are the digits on it the same as here? */
function Compare({ pairing, compare }: NonNullable<NonNullable<ScreensView['pairing']>['asking']>) {
  const { t } = useTranslation('pairing');
  const { busy, failure, save } = useSave();
  return (
    <Notice tone="brass" role="alert" title={t('pairing.compareTitle')}>
      <p className="pairing-digits">{compare}</p>
      <p>{t('pairing.compareText')}</p>
      {failure !== null && <FailureNotice failure={failure} />}
      <div className="row">
        <Button
          loading={busy}
          onClick={() => void save('screen.accept', { pairing }, t('pairing.done'))}
        >
          {t('pairing.yes')}
        </Button>
        <Button
          variant="secondary"
          onClick={() => void save('screen.refuse', { pairing }, t('pairing.refused'))}
        >
          {t('pairing.no')}
        </Button>
      </div>
    </Notice>
  );
}

/** One more: a name, a code that is good once and for ten minutes, and a look at both screens. */
export function PairingPart({ value }: { value: ScreensView }) {
  const { t } = useTranslation('pairing');
  const [name, setName] = useState('');
  const [code, setCode] = useState<string | null>(null);
  const { busy, failure, save } = useSave();
  const { pairing, url } = value;
  const asking = pairing?.asking ?? null;
  async function begin() {
    const answer = await save('screen.pair', { name: name.trim() }, t('pairing.begun'));
    if (answer.ok) setCode(answer.value.code);
  }
  const shown = code !== null && pairing !== null && asking === null ? code : null;
  return (
    <section className="settings-part stack" aria-labelledby="screens-pair">
      <h3 id="screens-pair">{t('pairing.title')}</h3>
      {asking !== null && <Compare {...asking} />}
      {shown !== null && (
        <div className="pairing-sheet">
          <QrCode text={`${url ?? ''}#${shown}`} label={t('pairing.qr')} />
          <div className="stack-tight grow">
            <p>{t('pairing.open', { url: url ?? '' })}</p>
            <p className="pairing-digits">{grouped(shown)}</p>
            <p className="muted">{t('pairing.lasts')}</p>
          </div>
        </div>
      )}
      {asking === null && shown === null && (
        <>
          <p>{t('pairing.text')}</p>
          <Textfield
            className="settings-short"
            label={t('pairing.name')}
            maxLength={60}
            value={name}
            onChange={(event) => {
              setName(event.target.value);
            }}
          />
          {failure !== null && <FailureNotice failure={failure} />}
          <div className="row">
            <Button
              variant="secondary"
              loading={busy}
              aria-disabled={name.trim() === ''}
              onClick={() => {
                if (name.trim() !== '') void begin();
              }}
            >
              {t('pairing.begin')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
