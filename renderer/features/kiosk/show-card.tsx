/** The card appears by itself when it is put in; what is missing is said in plain words. */
import { PersonRectangleIcon } from '@navikt/aksel-icons';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import { usableCertificates } from '../../../shared/usable-certificates.ts';
import { call, useCall } from '../../host/client.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { formatDate } from '../../i18n/format.ts';
import { BigButton } from './big-button.tsx';
import { KioskFailure } from './failure.tsx';
import { OwnFrame } from './own-frame.tsx';
import type { OwnKey, ShownOwn } from './own-key.ts';
import type { ScreenProps } from './sitting.tsx';

/** The host watches the readers for a while after each question. */
const renewEvery = 45_000;

interface Props extends ScreenProps {
  readonly onShown: (own: OwnKey, shown: ShownOwn) => void;
  /** Null where the office allows no key files. */
  readonly onFile: (() => void) | null;
}

export function ShowCard({ view, onBusy, onShown, onFile }: Props) {
  const { t } = useTranslation('kiosk');
  const group = useId();
  const cards = useCall('card.list', {}, (event) => event.type === 'cards.changed');
  const [chosen, setChosen] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { reload } = cards;
  useEffect(() => {
    const timer = setInterval(reload, renewEvery);
    return () => {
      clearInterval(timer);
    };
  }, [reload]);
  const found = cards.value === null ? [] : usableCertificates(cards.value);
  const at = found.find(({ certificate }) => certificate.id === chosen) ?? found[0];
  const problem = cards.value?.problem ?? cards.error?.code ?? null;

  async function show() {
    if (at === undefined) return;
    const { card, certificate } = at;
    setAsking(true);
    setFailure(null);
    onBusy(true);
    const answer = await call('signing.showCard', { certificate: certificate.id });
    onBusy(false);
    setAsking(false);
    if (!answer.ok) {
      setFailure(answer.error);
      return;
    }
    const { name, issuer, notAfter, alwaysAuthenticate } = certificate;
    onShown(
      { type: 'card', certificate: certificate.id, card, alwaysAuthenticate },
      { ...answer.value, name, issuer, notAfter },
    );
  }
  return (
    <OwnFrame
      view={view}
      title={
        at !== undefined
          ? t('own.isYours')
          : problem === null || problem === 'card.no-card'
            ? t('own.insert')
            : t('own.notYet')
      }
      busy={asking}
      forward={
        <>
          {onFile !== null && (
            <BigButton disabled={asking} onClick={onFile}>
              {t('own.useFile')}
            </BigButton>
          )}
          <BigButton
            forward
            busy={asking}
            disabled={at === undefined}
            describedBy="k-own-state"
            onClick={() => {
              void show();
            }}
          >
            {at === undefined ? t('own.waiting') : t('own.useCard')}
          </BigButton>
        </>
      }
    >
      {failure !== null && <KioskFailure failure={failure} />}
      <div id="k-own-state" role="status" className="k-own-state">
        {at === undefined ? (
          <Missing problem={problem} />
        ) : (
          <p className="k-lead">{t('own.readIt')}</p>
        )}
      </div>
      {found.length > 1 ? (
        <fieldset className="k-choices">
          <legend>{t('own.which')}</legend>
          {found.map(({ certificate }) => (
            <label key={certificate.id} className="k-choice">
              <input
                type="radio"
                name={group}
                checked={certificate.id === at?.certificate.id}
                onChange={() => {
                  setChosen(certificate.id);
                  setFailure(null);
                }}
              />
              <span>
                <strong>{certificate.name}</strong>
                <br />
                <span className="k-quiet">
                  {certificate.issuer}, {certificate.algorithm}
                </span>
              </span>
            </label>
          ))}
        </fieldset>
      ) : (
        at !== undefined && <CardFacts {...at.certificate} />
      )}
    </OwnFrame>
  );
}

function Missing({ problem }: { problem: string | null }) {
  const { t } = useTranslation('kiosk');
  if (problem === null) return <p className="k-lead">{t('own.looking')}</p>;
  const words = failureWords({ code: problem, message: '' });
  return (
    <div className="k-own-missing">
      <PersonRectangleIcon aria-hidden="true" />
      <div>
        <strong>{words.what}</strong>
        <p>{words.action}</p>
        {problem === 'card.no-card' && <p className="k-quiet">{t('own.byItself')}</p>}
      </div>
    </div>
  );
}

/** Whose it says it is, who says so, and until when. */
export function CardFacts(props: { name: string; issuer: string; notAfter: string }) {
  const { t } = useTranslation('kiosk');
  return (
    <dl className="k-own-facts">
      <dt>{t('own.name')}</dt>
      <dd className="k-own-name">{props.name}</dd>
      <dt>{t('own.issuer')}</dt>
      <dd>{props.issuer}</dd>
      <dt>{t('own.until')}</dt>
      <dd>{formatDate(props.notAfter)}</dd>
    </dl>
  );
}
