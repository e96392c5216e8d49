/** Who the login says it was; where it leaves a doubt, the clerk compares and vouches with their PIN. */
import { CheckmarkCircleIcon, PersonIcon } from '@navikt/aksel-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AtKiosk } from '../../../shared/job/job.ts';
import type { LoginProof } from '../../../shared/job/proof.ts';
import type { Failure } from '../../../shared/result.ts';
import type { SignerLoginView } from '../../../shared/rpc/views-eid.ts';
import { call } from '../../host/client.ts';
import { formatDate } from '../../i18n/format.ts';
import { BigButton } from './big-button.tsx';
import { KioskFailure } from './failure.tsx';
import { Frame } from './frame.tsx';
import { useSignAfterLogin } from './login-sign.ts';
import { MarkPreview } from './mark-preview.tsx';
import { Overlay } from './overlay.tsx';
import { PinEntry, shortestPin } from './pin-entry.tsx';
import { placesOf } from './placed-page.tsx';
import type { ScreenProps } from './sitting.tsx';
import { useSitting } from './store.ts';

interface Props extends ScreenProps {
  readonly given: LoginProof;
  readonly proof: NonNullable<AtKiosk['proof']>;
  readonly providers: SignerLoginView['providers'];
  readonly onAgain: () => void;
  readonly onAccepted: () => void;
}

export function LoginGiven(props: Props) {
  const { view, given, proof, onAgain } = props;
  const { t } = useTranslation('kiosk');
  const lay = useSitting((sitting) => sitting.lay);
  const { sign, failure, running } = useSignAfterLogin(props);
  const [asking, setAsking] = useState(false);
  const accepted = proof.accepted !== null;
  const place = placesOf(view)[0]?.place;
  return (
    <Frame
      step="sign"
      title={t(accepted ? 'login.given' : 'login.clerkTitle')}
      {...(accepted ? { under: t('login.givenUnder') } : {})}
      trial={view.trial}
      where
      actions={
        <>
          <BigButton
            disabled={running}
            onClick={() => {
              lay('decline');
            }}
          >
            {t('decline.ask')}
          </BigButton>
          {accepted ? (
            <BigButton
              forward
              busy={running}
              onClick={() => {
                void sign();
              }}
            >
              {running ? t('sign.working') : t('login.sign')}
            </BigButton>
          ) : (
            <BigButton
              forward
              onClick={() => {
                setAsking(true);
              }}
            >
              {t('login.clerkAsk')}
            </BigButton>
          )}
        </>
      }
    >
      <div className="k-login k-login-given">
        {failure !== null && <KioskFailure failure={failure} />}
        {!accepted && (
          <p className="k-login-ask">{t('login.clerkUnder', { name: view.signer.name })}</p>
        )}
        <section className="k-login-card">
          <Facts {...props} />
          <BigButton disabled={running} onClick={onAgain}>
            {t('login.retryOther')}
          </BigButton>
        </section>
        {accepted && place !== undefined && (
          <section className="k-close k-login-mark" aria-label={t('login.preview')}>
            <p className="k-quiet">{t('login.preview')}</p>
            <MarkPreview place={place} mark={{ type: 'plain' }} lines={view.markLines} />
          </section>
        )}
      </div>
      {asking && (
        <Vouch
          {...{ given, name: view.signer.name }}
          onBack={() => {
            setAsking(false);
          }}
          onAccepted={() => {
            setAsking(false);
            props.onAccepted();
          }}
        />
      )}
    </Frame>
  );
}

function Facts({ given, proof, providers }: Props) {
  const { t } = useTranslation('kiosk');
  // The same kind of provider as the login's: the proof keeps kind and issuer, not the office's name for it.
  const provider = providers.find((one) => one.kind === given.provider)?.label ?? given.issuer;
  const match =
    proof.accepted === 'clerk'
      ? 'login.matchClerk'
      : proof.accepted === null
        ? 'login.matchOpen'
        : given.matchedBy === 'national-id'
          ? 'login.matchNumber'
          : 'login.matchName';
  return (
    <dl className="k-login-facts">
      <div>
        <dt>{t('login.as')}</dt>
        <dd className="k-login-name">
          <PersonIcon aria-hidden="true" />
          {given.name === '' ? t('login.noName', { provider }) : given.name}
        </dd>
        {given.birthDate !== undefined && (
          <dd className="k-quiet">{t('login.born', { date: formatDate(given.birthDate) })}</dd>
        )}
      </div>
      <div>
        <dt>{t('login.with')}</dt>
        <dd>{provider}</dd>
      </div>
      <div>
        <dt>{t('login.level')}</dt>
        <dd>{t(given.level === 4 ? 'login.levelName4' : 'login.levelName3')}</dd>
      </div>
      <div>
        <dt>{t('login.match')}</dt>
        <dd className="k-login-match" data-open={proof.accepted === null}>
          {proof.accepted !== null && <CheckmarkCircleIcon aria-hidden="true" />}
          {t(match)}
        </dd>
      </div>
    </dl>
  );
}

function Vouch({
  given,
  name,
  onBack,
  onAccepted,
}: {
  given: LoginProof;
  name: string;
  onBack: () => void;
  onAccepted: () => void;
}) {
  const { t } = useTranslation('kiosk');
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  async function accept() {
    if (busy || pin.length < shortestPin) return;
    setBusy(true);
    const answer = await call('signing.acceptProof', { proof: given.id, pin });
    setBusy(false);
    setPin('');
    if (answer.ok) onAccepted();
    else setFailure(answer.error);
  }
  return (
    <Overlay
      title={t('login.clerkAsk')}
      onBack={onBack}
      actions={
        <>
          <BigButton onClick={onBack}>{t('pin.back')}</BigButton>
          <BigButton
            forward
            busy={busy}
            disabled={pin.length < shortestPin}
            onClick={() => {
              void accept();
            }}
          >
            {t('login.accept')}
          </BigButton>
        </>
      }
    >
      {/* What went wrong has the room: what is vouched for has been read by then. */}
      {failure === null && <p>{t('login.clerkText', { name })}</p>}
      <PinEntry
        label={t('login.pin')}
        pin={pin}
        onChange={setPin}
        onEnter={() => {
          void accept();
        }}
      >
        {failure !== null && <KioskFailure failure={failure} />}
      </PinEntry>
    </Overlay>
  );
}
