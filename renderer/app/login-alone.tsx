import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../shared/result.ts';
import type { RestLoginView } from '../../shared/rpc/views-eid.ts';
import { BigButton } from '../features/kiosk/big-button.tsx';
import { KioskFailure } from '../features/kiosk/failure.tsx';
import { Overlay } from '../features/kiosk/overlay.tsx';
import { call } from '../host/client.ts';
import { currentLanguage } from '../i18n/i18n.ts';

/** Nobody has touched it for so long, in milliseconds: what came of a login goes, and the counter rests. */
const untouched = 60_000;

/** A signer begins by themselves, with an e-ID: away to the provider, back, and on to what is theirs. */
export function LoginAlone({ login, onAway }: { login: RestLoginView; onAway: () => void }) {
  const { t } = useTranslation('app');
  const [going, setGoing] = useState(false);
  const [refused, setRefused] = useState<Failure | null>(null);
  const pending = login.state === 'pending';
  const failure = refused ?? login.failure;
  const busy = going || pending;
  useEffect(() => {
    if (busy) return;
    const timer = setTimeout(onAway, untouched);
    return () => {
      clearTimeout(timer);
    };
  }, [busy, failure, onAway]);
  async function begin(provider: string, level: 3 | 4) {
    setGoing(true);
    setRefused(null);
    const answer = await call('session.beginLogin', {
      ...{ provider, level, language: currentLanguage() },
    });
    if (!answer.ok) setRefused(answer.error);
    else if (answer.value.go !== null) {
      // Replaced, so that "back" leads nowhere new.
      location.replace(answer.value.go);
      return;
    }
    setGoing(false);
  }
  const nothing = failure?.code === 'waiting.nothing';
  const high = failure?.code === 'eid.level-too-low';
  const providers = pending || nothing ? [] : login.providers;
  return (
    <Overlay
      title={t(nothing ? 'loginAlone.nothingTitle' : 'loginAlone.title')}
      onBack={onAway}
      actions={
        <>
          <BigButton forward={nothing} onClick={onAway}>
            {t(pending ? 'loginAlone.cancel' : 'rest.away')}
          </BigButton>
          {providers.map(({ id, label: provider }, at) => (
            <BigButton
              key={id}
              forward={at === 0}
              busy={going && at === 0}
              disabled={going}
              onClick={() => {
                void begin(id, high ? 4 : 3);
              }}
            >
              {going && at === 0
                ? t('loginAlone.going', { provider })
                : t('loginAlone.begin', { provider })}
            </BigButton>
          ))}
        </>
      }
    >
      {nothing ? (
        <p role="status">{t('loginAlone.nothing')}</p>
      ) : pending ? (
        <p role="status">{t('loginAlone.pending')}</p>
      ) : (
        <>
          {failure !== null && <KioskFailure failure={failure} />}
          <p>{t('loginAlone.lead')}</p>
          <p className="k-quiet">
            {t('loginAlone.after', { provider: login.providers[0]?.label ?? '' })}
          </p>
        </>
      )}
    </Overlay>
  );
}
