/** The e-ID providers that signers log in with: what was agreed, whether it works. */
import { Button, Radio, Textfield } from '@digdir/designsystemet-react';
import { PlusIcon, TrashIcon } from '@navikt/aksel-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EidCheck, EidSettingsView } from '../../../shared/rpc/views-eid.ts';
import { useCall } from '../../host/client.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { EidChecks, EidTrial } from './eid-checks.tsx';
import {
  draftOf,
  freshProvider,
  inputOf,
  isWhole,
  kinds,
  type ProviderDraft,
} from './eid-draft.ts';
import { EidProviderForm } from './eid-provider-form.tsx';
import { SectionForm } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';
import { useSave } from './use-save.ts';

export function EidSection({ may }: SectionProps) {
  const { value, error, reload } = useCall('settings.eid', {});
  if (error !== null) return <FailureNotice failure={error} onRetry={reload} />;
  return value === null ? null : (
    <EidForm key={JSON.stringify(value)} {...{ value, may, reload }} />
  );
}

function EidForm({
  value,
  may,
  reload,
}: {
  value: EidSettingsView;
  may: boolean;
  reload: () => void;
}) {
  const { t } = useTranslation('settings');
  const [drafts, setDrafts] = useState<readonly ProviderDraft[]>(() =>
    value.providers.map(draftOf),
  );
  const [chosen, setChosen] = useState(value.default);
  const [port, setPort] = useState(String(value.port));
  const [asked, setAsked] = useState(false);
  const [checks, setChecks] = useState<Readonly<Record<string, readonly EidCheck[]>>>({});
  const { busy, failure, save } = useSave();
  const checking = useSave();
  const set = (id: string, part: Partial<ProviderDraft>) => {
    setDrafts(drafts.map((each) => (each.id === id ? { ...each, ...part } : each)));
  };
  const goodPort = Number(port) >= 1024 && Number(port) <= 65535;
  async function send() {
    setAsked(true);
    if (!goodPort || !drafts.every(isWhole)) return;
    const answer = await save('settings.putEid', {
      ...{ providers: drafts.map(inputOf), default: chosen, port: Number(port) },
    });
    if (answer.ok) reload();
  }
  async function check(provider: string) {
    const answer = await checking.save('settings.checkEid', { provider }, t('eid.checked'));
    if (answer.ok) setChecks({ ...checks, [provider]: answer.value });
  }
  const saved = (id: string) => value.providers.some((one) => one.id === id);
  return (
    <SectionForm
      may={may}
      busy={busy}
      failure={failure ?? checking.failure}
      onSave={() => void send()}
    >
      {drafts.length === 0 && <p className="muted">{t('eid.none')}</p>}
      <ol className="plain stack">
        {drafts.map((draft) => (
          <li key={draft.id} className="settings-item stack">
            <div className="row row-between">
              <h3>{draft.label === '' ? t(`eid.kind.${draft.kind}`) : draft.label}</h3>
              {drafts.length > 1 && (
                <Radio
                  name="eid-default"
                  label={t('eid.default')}
                  value={draft.id}
                  readOnly={!may}
                  checked={(chosen ?? drafts[0]?.id) === draft.id}
                  onChange={() => {
                    setChosen(draft.id);
                  }}
                />
              )}
            </div>
            <EidProviderForm
              {...{ draft, may, asked }}
              onChange={(part) => {
                set(draft.id, part);
              }}
            />
            {checks[draft.id] !== undefined && <EidChecks checks={checks[draft.id] ?? []} />}
            {may && (
              <div className="row">
                {saved(draft.id) && (
                  <>
                    <Button
                      type="button"
                      variant="secondary"
                      loading={checking.busy}
                      onClick={() => void check(draft.id)}
                    >
                      {t('eid.check')}
                    </Button>
                    <EidTrial provider={draft.id} />
                  </>
                )}
                <Button
                  type="button"
                  variant="tertiary"
                  data-color="neutral"
                  onClick={() => {
                    setDrafts(drafts.filter((each) => each.id !== draft.id));
                  }}
                >
                  <TrashIcon aria-hidden="true" />
                  {t('remove')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ol>
      {may && (
        <div className="row">
          {kinds.map((kind) => (
            <Button
              key={kind}
              type="button"
              variant="secondary"
              onClick={() => {
                setDrafts([...drafts, freshProvider(kind, crypto.randomUUID())]);
              }}
            >
              <PlusIcon aria-hidden="true" />
              {t(`eid.kind.${kind}`)}
            </Button>
          ))}
        </div>
      )}
      {drafts.length > 0 && (
        <div className="stack">
          <h3>{t('eid.register')}</h3>
          <p className="muted">{t('eid.registerHelp')}</p>
          <Textfield label={t('eid.redirectUri')} readOnly value={value.redirectUri} />
          <Textfield label={t('eid.loggedOutUri')} readOnly value={value.loggedOutUri} />
          <Textfield
            label={t('eid.port')}
            description={t('eid.portHelp')}
            inputMode="numeric"
            readOnly={!may}
            value={port}
            error={asked && !goodPort ? t('eid.portWrong') : undefined}
            onChange={(event) => {
              setPort(event.target.value.replace(/\D/g, ''));
            }}
          />
        </div>
      )}
    </SectionForm>
  );
}
