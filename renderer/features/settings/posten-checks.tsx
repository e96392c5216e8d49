/** Which of certificate, name, network, trust and agreement is wrong, so that one knows whom to call. */
import { Button } from '@digdir/designsystemet-react';
import { CheckmarkCircleFillIcon, CircleIcon, XMarkOctagonFillIcon } from '@navikt/aksel-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import type { PostenCheck } from '../../../shared/rpc/views-posten.ts';
import { call } from '../../host/client.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';

export function PostenChecks() {
  const { t } = useTranslation('settings');
  const [checks, setChecks] = useState<readonly PostenCheck[]>([]);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  async function check() {
    setBusy(true);
    const answer = await call('settings.checkPosten', {});
    setBusy(false);
    setFailure(answer.ok ? null : answer.error);
    if (answer.ok) setChecks(answer.value);
  }
  return (
    <section className="stack" aria-labelledby="posten-check">
      <h3 id="posten-check">{t('posten.checkTitle')}</h3>
      <p className="muted">{t('posten.checkHelp')}</p>
      <div role="status">
        <ul className="plain posten-checks">
          {checks.map((each) => (
            <li key={each.of} data-state={stateOf(each)}>
              <Sign check={each} />
              <span>
                <strong>{t(`posten.check.${each.of}`)}</strong>{' '}
                {t(`posten.checkState.${stateOf(each)}`)}
                {each.failure !== null && (
                  <span className="posten-why">
                    {failureWords(each.failure).what}. {failureWords(each.failure).action}
                  </span>
                )}
              </span>
            </li>
          ))}
        </ul>
      </div>
      {failure !== null && <FailureNotice failure={failure} />}
      <div className="row">
        <Button variant="secondary" loading={busy} onClick={() => void check()}>
          {t('posten.checkNow')}
        </Button>
      </div>
    </section>
  );
}

function stateOf({ ok, failure }: PostenCheck): 'right' | 'wrong' | 'open' {
  return ok ? 'right' : failure === null ? 'open' : 'wrong';
}

function Sign({ check }: { check: PostenCheck }) {
  switch (stateOf(check)) {
    case 'right':
      return <CheckmarkCircleFillIcon aria-hidden="true" />;
    case 'wrong':
      return <XMarkOctagonFillIcon aria-hidden="true" />;
    case 'open':
      return <CircleIcon aria-hidden="true" />;
  }
}
