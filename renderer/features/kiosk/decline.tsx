import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import { call } from '../../host/client.ts';
import { BigButton } from './big-button.tsx';
import { KioskFailure } from './failure.tsx';
import { useNextJob } from './next-job.ts';
import { Overlay } from './overlay.tsx';
import { ScreenKeyboard, useTouch } from './screen-keyboard.tsx';
import type { ScreenProps } from './sitting.tsx';
import { useSitting } from './store.ts';

const reasons = ['disagree', 'wrong', 'misunderstood', 'silent'] as const;
const longest = 500;

/** Rejecting: says what it leads to, asks for no more than the signer wants to tell. */
export function DeclineScreen({ onLeave, onBusy }: ScreenProps) {
  const { t } = useTranslation('kiosk');
  const lay = useSitting((sitting) => sitting.lay);
  const [reason, setReason] = useState<(typeof reasons)[number] | null>(null);
  const [words, setWords] = useState('');
  const [writing, setWriting] = useState(false);
  const [sending, setSending] = useState(false);
  const [declined, setDeclined] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const touch = useTouch();
  const next = useNextJob();
  const back = () => {
    lay(null);
  };
  async function decline() {
    setSending(true);
    setFailure(null);
    onBusy(true);
    const said = [
      reason === null || reason === 'silent' ? '' : t(`decline.${reason}`),
      words.trim(),
    ]
      .filter((part) => part !== '')
      .join(': ');
    const answer = await call('signing.decline', { reason: said.slice(0, longest) });
    onBusy(false);
    setSending(false);
    if (answer.ok) setDeclined(true);
    else setFailure(answer.error);
  }
  if (declined) {
    const leave = () => {
      void onLeave('done');
    };
    return (
      <Overlay
        title={t('decline.doneTitle')}
        onBack={leave}
        actions={
          <>
            <BigButton forward={next.more === 0} onClick={leave}>
              {t('done.finish')}
            </BigButton>
            {next.more > 0 && (
              <BigButton forward busy={next.going} onClick={next.goOn}>
                {t('done.goOn')}
              </BigButton>
            )}
          </>
        }
      >
        <p>{t('decline.doneMeans')}</p>
        {next.failure !== null && <KioskFailure failure={next.failure} />}
        {next.more > 0 && <p>{t('done.next', { count: next.more })}</p>}
      </Overlay>
    );
  }
  return (
    <Overlay
      title={t('decline.title')}
      wide
      legal
      onBack={back}
      actions={
        <>
          <BigButton onClick={back}>{t('decline.back')}</BigButton>
          <BigButton
            className="k-danger"
            busy={sending}
            onClick={() => {
              void decline();
            }}
          >
            {t('decline.yes')}
          </BigButton>
        </>
      }
    >
      {failure !== null && <KioskFailure failure={failure} />}
      <p>{t('decline.means')}</p>
      <fieldset className="k-choices">
        <legend>{t('decline.why')}</legend>
        {reasons.map((each) => (
          <label key={each} className="k-choice">
            <input
              type="radio"
              name="reason"
              checked={reason === each}
              onChange={() => {
                setReason(each);
              }}
            />
            {t(`decline.${each}`)}
          </label>
        ))}
      </fieldset>
      {writing ? (
        <>
          <label className="k-field">
            {t('decline.words')}
            <textarea
              rows={2}
              maxLength={400}
              value={words}
              inputMode={touch ? 'none' : 'text'}
              autoFocus
              onChange={(event) => {
                setWords(event.target.value);
              }}
            />
          </label>
          {touch && <ScreenKeyboard value={words} longest={400} onChange={setWords} />}
        </>
      ) : (
        <BigButton
          onClick={() => {
            setWriting(true);
          }}
        >
          {t('decline.write')}
        </BigButton>
      )}
    </Overlay>
  );
}
