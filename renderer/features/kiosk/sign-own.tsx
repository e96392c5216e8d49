/** The PIN of the card, as often as it asks, and what the mark will look like; then the signature. */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import { usableCertificates } from '../../../shared/usable-certificates.ts';
import { call, useCall } from '../../host/client.ts';
import { useTask } from '../../host/task.ts';
import { useAnswers } from './answers.ts';
import { BigButton } from './big-button.tsx';
import { KioskFailure } from './failure.tsx';
import { MarkPreview } from './mark-preview.tsx';
import { OwnFrame } from './own-frame.tsx';
import { pinTimes, type OwnKey } from './own-key.ts';
import { PinEntry, shortestPin } from './pin-entry.tsx';
import { PlacedPage, placesOf } from './placed-page.tsx';
import type { ScreenProps } from './sitting.tsx';
import { useSitting } from './store.ts';

/** PUK-sized codes are no PINs, but some cards take twelve digits. */
const longestCardPin = 12;
const bare = { type: 'typed', text: '' } as const;
/** After these another card or file has to be shown. */
const showAgain = ['card.other-card', 'proof.other-certificate', 'card.no-key'];

interface Props extends ScreenProps {
  readonly own: OwnKey;
  readonly onAgain: () => void;
}

export function SignOwn({ view, own, onBusy, onAgain }: Props) {
  const { t } = useTranslation('kiosk');
  const signed = useSitting((sitting) => sitting.signed);
  const { answers, askAgain } = useAnswers(view);
  const task = useTask();
  const [pins, setPins] = useState<readonly string[]>([]);
  const [pin, setPin] = useState('');
  const [eachTime, setEachTime] = useState(false);
  const [tries, setTries] = useState(own.type === 'card' ? own.card.tries : 'enough');
  const [failure, setFailure] = useState<Failure | null>(null);
  // The certificate's issuer stands beside the mark from now on.
  const fresh = useCall('signing.view', {});
  const lines = fresh.value?.markLines ?? view.markLines;
  const places = useMemo(() => placesOf(view), [view]);
  const [at] = places;
  const times = pinTimes(own, view.signatures, eachTime);
  const ready = times === 0 || pin.length >= shortestPin;

  async function sign(typed: readonly string[], lastTry = tries === 'last') {
    setFailure(null);
    onBusy(true);
    const answer = await task.run('signing.sign', {
      shown: view.documents.map(({ document, revision, sha256 }) => ({
        ...{ document, revision, sha256 },
      })),
      mark: { type: 'plain' },
      ...answers(),
      with:
        own.type === 'card'
          ? { type: 'card', certificate: own.certificate, pins: [...typed], lastTry }
          : { type: 'key-file', bytes: own.bytes.slice(), passphrase: own.passphrase },
    });
    onBusy(false);
    setPins([]);
    setPin('');
    if (answer.ok) {
      if (own.type === 'key-file') own.bytes.fill(0);
      signed(answer.value.signedAt);
      return;
    }
    // No failure: nothing was signed, and now it is known how often the card asks.
    if (answer.error.code === 'card.pin-each-time') {
      setEachTime(true);
      return;
    }
    if (askAgain(answer.error)) return;
    setFailure(answer.error);
    if (answer.error.code === 'card.last-try') setTries('last');
    else if (own.type === 'card') void look(own.certificate);
  }
  /** How many tries the card has left now, where it says so. */
  async function look(certificate: string) {
    const cards = await call('card.list', {});
    if (!cards.ok) return;
    const found = usableCertificates(cards.value).find(
      (each) => each.certificate.id === certificate,
    );
    if (found !== undefined) setTries(found.card.tries);
  }
  function next() {
    if (task.running || !ready) return;
    const typed = times === 0 ? [] : [...pins, pin];
    if (typed.length < times) {
      setPins(typed);
      setPin('');
    } else void sign(typed);
  }
  const last = pins.length + 1 >= times;
  const pad = own.type === 'card' && own.card.pinPad;
  const said = (
    <>
      {failure !== null && <KioskFailure failure={failure} />}
      {/* The failure says the rest. */}
      {(failure === null || tries !== 'enough') && (
        <p id="k-own-tries" role="status" className={tries === 'enough' ? '' : 'k-own-warn'}>
          {tries !== 'enough'
            ? t(`own.tries.${tries}`)
            : own.type === 'key-file'
              ? t('own.fileReady')
              : pad
                ? t('own.padLead')
                : t('own.pinLead')}
        </p>
      )}
      {pad && own.alwaysAuthenticate === true && (
        <p>{t('own.padTimes', { count: view.signatures + 1 })}</p>
      )}
      {times > 1 && (
        <p role="status" className={eachTime ? 'k-own-warn' : ''}>
          {t('own.pinTimes', { count: times })}
        </p>
      )}
    </>
  );
  return (
    <OwnFrame
      view={view}
      title={
        own.type === 'key-file'
          ? t('own.signTitleFile')
          : pad
            ? t('own.padTitle')
            : t('own.pinTitle')
      }
      {...(view.documents.length > 1 || view.signatures > 1
        ? { under: t('own.count', { count: view.signatures }) }
        : {})}
      busy={task.running}
      forward={
        <>
          {failure !== null && showAgain.includes(failure.code) && (
            <BigButton onClick={onAgain}>{t('own.showAgain')}</BigButton>
          )}
          <BigButton forward busy={task.running} disabled={!ready} onClick={next}>
            {task.running ? t('sign.working') : last ? t('sign.yes') : t('own.nextPin')}
          </BigButton>
        </>
      }
    >
      <div className="k-own-sign" data-trouble={failure !== null}>
        <section className="k-own-pin">
          {times === 0 ? (
            said
          ) : (
            <PinEntry
              // A new field for each: what was typed before is gone from the screen.
              key={pins.length}
              label={
                times > 1
                  ? t('own.pinOf', { number: pins.length + 1, count: times })
                  : t('own.cardPin')
              }
              pin={pin}
              longest={longestCardPin}
              onChange={setPin}
              onEnter={next}
            >
              {said}
            </PinEntry>
          )}
        </section>
        <section className="k-preview" aria-label={t('sign.preview')}>
          {at === undefined ? (
            <p className="k-quiet">{t('sign.noPlace')}</p>
          ) : (
            <>
              <p className="k-quiet">{t('sign.previewOn', { page: at.place.page + 1 })}</p>
              <PlacedPage at={at}>
                <MarkPreview place={at.place} mark={bare} lines={lines} />
              </PlacedPage>
            </>
          )}
        </section>
      </div>
    </OwnFrame>
  );
}
