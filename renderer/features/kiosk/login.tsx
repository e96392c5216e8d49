/** Sign with an e-ID: one clear step away and back; what it showed, and only then "Sign". */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure, Result } from '../../../shared/result.ts';
import { call, useCall, useHostEvents } from '../../host/client.ts';
import { formatList } from '../../i18n/format.ts';
import { BigButton } from './big-button.tsx';
import { KioskFailure } from './failure.tsx';
import { Frame } from './frame.tsx';
import { LoginGiven } from './login-given.tsx';
import type { ScreenProps } from './sitting.tsx';
import { useSitting } from './store.ts';
import './login.css';

export function LoginScreen(props: ScreenProps) {
  const { view } = props;
  const { t } = useTranslation('kiosk');
  const login = useCall('signing.login', {}, (event) => event.type === 'job.changed');
  const fresh = useCall('signing.view', {});
  const { reload } = fresh;
  useHostEvents((event) => {
    if (event.type === 'job.changed') reload();
  });
  const [again, setAgain] = useState(false);
  if (login.value === null || fresh.value === null)
    return (
      <Frame step="sign" title={t('login.title')} trial={view.trial}>
        {login.error !== null && <KioskFailure failure={login.error} />}
      </Frame>
    );
  const { proof } = fresh.value;
  const failed = login.value.state === 'failed';
  if (proof?.given.means === 'login' && !again && !failed)
    return (
      <LoginGiven
        {...{ ...props, view: fresh.value, proof, providers: login.value.providers }}
        given={proof.given}
        onAgain={() => {
          setAgain(true);
        }}
        onAccepted={reload}
      />
    );
  return (
    <BeforeLogin
      {...props}
      login={login.value}
      onBack={() => {
        setAgain(false);
      }}
    />
  );
}

type Login = NonNullable<ReturnType<typeof useCall<'signing.login'>>['value']>;

function BeforeLogin({
  view,
  onBusy,
  login,
  onBack,
}: ScreenProps & { login: Login; onBack: () => void }) {
  const { t } = useTranslation('kiosk');
  const lay = useSitting((sitting) => sitting.lay);
  const [going, setGoing] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  // A page that is drawn while a login is under way came back by the browser's own button.
  const cameBack = useRef(login.state === 'pending');
  useEffect(() => {
    if (cameBack.current) void call('signing.cancelLogin', {});
    cameBack.current = false;
  }, []);
  const pending = login.state === 'pending';
  useEffect(() => {
    onBusy(going || pending);
  }, [going, pending, onBusy]);
  useEffect(() => {
    if (login.state === 'given') onBack();
  }, [login.state, onBack]);
  const [first, ...others] = login.providers;
  const shown = failure ?? login.failure;
  const provider = first?.label ?? '';

  async function begin(id: string | undefined) {
    setGoing(true);
    setFailure(null);
    const answer: Result<{ go: string | null }> = await call('signing.beginLogin', {
      ...(id === undefined ? {} : { provider: id }),
    });
    if (!answer.ok) setFailure(answer.error);
    else if (answer.value.go !== null) {
      // The page itself goes to the provider and comes back; replaced, so that "back" leads nowhere new.
      location.replace(answer.value.go);
      return;
    }
    setGoing(false);
  }

  return (
    <Frame
      step="sign"
      title={t('login.title')}
      under={t('login.under', {
        documents: formatList(view.documents.map((document) => document.title)),
      })}
      trial={view.trial}
      where
      actions={
        pending ? (
          <BigButton
            onClick={() => {
              void call('signing.cancelLogin', {});
            }}
          >
            {t('login.cancel')}
          </BigButton>
        ) : (
          <>
            <BigButton
              disabled={going}
              onClick={() => {
                lay('decline');
              }}
            >
              {t('decline.ask')}
            </BigButton>
            <BigButton
              forward
              busy={going}
              onClick={() => {
                void begin(first?.id);
              }}
            >
              {going ? t('login.going', { provider }) : t('login.begin', { provider })}
            </BigButton>
          </>
        )
      }
    >
      <div className="k-login">
        {shown !== null && <KioskFailure failure={shown} />}
        <section className="k-login-card">
          {pending ? (
            <p className="k-lead" role="status">
              {t('login.pending')}
            </p>
          ) : (
            <>
              <p className="k-lead">{t('login.lead', { provider })}</p>
              {/* Who has been there knows the way: what went wrong has the room. */}
              {shown === null && (
                <>
                  <h2>{t('login.steps')}</h2>
                  <ol>
                    {(['step1', 'step2', 'step3'] as const).map((step) => (
                      <li key={step}>{t(`login.${step}`, { provider })}</li>
                    ))}
                  </ol>
                </>
              )}
              <p className="k-quiet">
                {t(login.level === 4 ? 'login.level4' : 'login.level3')}{' '}
                {t('login.after', { provider })}
              </p>
            </>
          )}
        </section>
        {!pending &&
          others.map((other) => (
            <BigButton
              key={other.id}
              disabled={going}
              onClick={() => {
                void begin(other.id);
              }}
            >
              {t('login.other', { provider: other.label })}
            </BigButton>
          ))}
      </div>
    </Frame>
  );
}
