import { Button, Textfield } from '@digdir/designsystemet-react';
import { ArrowUpIcon, PlusIcon, TrashIcon } from '@navikt/aksel-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimestampCheck } from '../../../shared/rpc/views.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { formatNumber } from '../../i18n/format.ts';
import { Pill } from '../../ui/pill.tsx';
import { SectionForm } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';
import { useSave } from './use-save.ts';

interface Authority {
  readonly url: string;
  readonly user: string;
  /** Empty: the one that is kept stays. */
  readonly password: string;
  readonly policy: string;
  readonly seconds: string;
}

const most = 5;

function isAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:\/\//.test(text);
}

/** Nothing, or an OID. */
function isPolicy(text: string): boolean {
  return text === '' || /^[0-2](\.(0|[1-9]\d*))+$/.test(text);
}

function Checked({ check }: { check: TimestampCheck }) {
  const { t } = useTranslation('settings');
  return (
    <p role="status">
      {check.ok ? (
        <Pill tone="green">
          {t('timestamps.answers', { milliseconds: formatNumber(Math.round(check.milliseconds)) })}
        </Pill>
      ) : (
        <Pill tone="red">
          {check.code === null
            ? t('timestamps.silent')
            : failureWords({ code: check.code, message: '' }).what}
        </Pill>
      )}
    </p>
  );
}

/** Asked in this order; the next one only when the one before does not answer. */
export function TimestampsSection({ settings, may }: SectionProps) {
  const { t } = useTranslation('settings');
  const [authorities, setAuthorities] = useState<readonly Authority[]>(() =>
    settings.timestamps.map(({ url, user, policy, seconds }) => ({
      ...{ url, user: user ?? '', password: '', policy: policy ?? '' },
      seconds: seconds === null ? '' : String(seconds),
    })),
  );
  const [asked, setAsked] = useState(false);
  const [checks, setChecks] = useState<readonly TimestampCheck[]>([]);
  const { busy, failure, save } = useSave();
  const checking = useSave();
  const set = (at: number, part: Partial<Authority>) => {
    setAuthorities(authorities.map((each, index) => (index === at ? { ...each, ...part } : each)));
  };
  function send() {
    setAsked(true);
    if (authorities.some((each) => !isAddress(each.url) || !isPolicy(each.policy))) return;
    setChecks([]);
    void save('settings.timestamps', {
      authorities: authorities.map(({ url, user, password, policy, seconds }) => ({
        url,
        ...(user === '' ? {} : { user }),
        ...(password === '' ? {} : { password }),
        ...(policy === '' ? {} : { policy }),
        ...(seconds === '' ? {} : { seconds: Number(seconds) }),
      })),
    });
  }
  async function check() {
    setChecks([]);
    const answer = await checking.save('settings.checkTimestamps', {}, t('timestamps.checked'));
    if (answer.ok) setChecks(answer.value);
  }
  return (
    <SectionForm may={may} busy={busy} failure={failure ?? checking.failure} onSave={send}>
      {authorities.length === 0 && <p className="muted">{t('timestamps.none')}</p>}
      <ol className="plain stack">
        {authorities.map((each, at) => {
          const result = checks.find((one) => one.url === each.url);
          return (
            <li key={at} className="settings-item">
              <Textfield
                label={t('timestamps.url', { number: at + 1 })}
                type="url"
                placeholder="https://"
                readOnly={!may}
                value={each.url}
                error={asked && !isAddress(each.url) && t('timestamps.urlWrong')}
                onChange={(event) => {
                  set(at, { url: event.target.value.trim() });
                }}
              />
              <div className="settings-pair">
                <Textfield
                  label={t('timestamps.user')}
                  autoComplete="off"
                  readOnly={!may}
                  value={each.user}
                  onChange={(event) => {
                    set(at, { user: event.target.value });
                  }}
                />
                <Textfield
                  label={t('timestamps.password')}
                  type="password"
                  autoComplete="off"
                  readOnly={!may}
                  value={each.password}
                  onChange={(event) => {
                    set(at, { password: event.target.value });
                  }}
                />
              </div>
              <details open={each.policy !== '' || each.seconds !== ''}>
                <summary>{t('timestamps.more')}</summary>
                <div className="settings-pair">
                  <Textfield
                    label={t('timestamps.policy')}
                    description={t('timestamps.policyHelp')}
                    autoComplete="off"
                    readOnly={!may}
                    value={each.policy}
                    error={asked && !isPolicy(each.policy) && t('timestamps.policyWrong')}
                    onChange={(event) => {
                      set(at, { policy: event.target.value.trim() });
                    }}
                  />
                  <Textfield
                    label={t('timestamps.seconds')}
                    description={t('timestamps.secondsHelp')}
                    inputMode="numeric"
                    readOnly={!may}
                    value={each.seconds}
                    onChange={(event) => {
                      const typed = event.target.value.replace(/\D/g, '').slice(0, 3);
                      set(at, {
                        seconds:
                          typed === '' ? '' : String(Math.min(120, Math.max(1, Number(typed)))),
                      });
                    }}
                  />
                </div>
              </details>
              <div className="row row-between">
                {result === undefined ? <span /> : <Checked check={result} />}
                {may && (
                  <div className="row">
                    {at > 0 && (
                      <Button
                        type="button"
                        variant="tertiary"
                        onClick={() => {
                          const next = [...authorities];
                          next.splice(at, 1);
                          next.splice(at - 1, 0, each);
                          setAuthorities(next);
                        }}
                      >
                        <ArrowUpIcon aria-hidden="true" />
                        {t('timestamps.up')}
                      </Button>
                    )}
                    <Button
                      type="button"
                      variant="tertiary"
                      data-color="neutral"
                      onClick={() => {
                        setAuthorities(authorities.filter((_, index) => index !== at));
                      }}
                    >
                      <TrashIcon aria-hidden="true" />
                      {t('remove')}
                    </Button>
                  </div>
                )}
              </div>
            </li>
          );
        })}
      </ol>
      {may && (
        <div className="row">
          {authorities.length < most && (
            <Button
              type="button"
              variant="secondary"
              onClick={() => {
                setAuthorities([
                  ...authorities,
                  { url: '', user: '', password: '', policy: '', seconds: '' },
                ]);
              }}
            >
              <PlusIcon aria-hidden="true" />
              {t('timestamps.add')}
            </Button>
          )}
          {settings.timestamps.length > 0 && (
            <Button
              type="button"
              variant="secondary"
              loading={checking.busy}
              onClick={() => void check()}
            >
              {t('timestamps.check')}
            </Button>
          )}
        </div>
      )}
    </SectionForm>
  );
}
