/** The remote signing service: how to become its customer, with which certificate, and whether it works. */
import { Field, Label, Select, Switch, Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PostenSettingsView } from '../../../shared/rpc/views-posten.ts';
import { useCall } from '../../host/client.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { PostenCertificate } from './posten-certificate.tsx';
import { PostenChecks } from './posten-checks.tsx';
import { PostenGuide } from './posten-guide.tsx';
import { PostenStanding } from './posten-standing.tsx';
import { SectionForm } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';
import { useSave } from './use-save.ts';

const environments = ['test', 'production', 'own'] as const;

export function PostenSection({ settings, may }: SectionProps) {
  const { value, error, reload } = useCall(
    'settings.posten',
    {},
    (event) => event.type === 'settings.changed',
  );
  if (error !== null) return <FailureNotice failure={error} onRetry={reload} />;
  if (value === null) return null;
  return (
    <div className="stack">
      <PostenStanding may={may} />
      <PostenGuide sector={settings.organisation.sector} open={value.certificate === null} />
      <PostenCertificate value={value} may={may} />
      <Service key={JSON.stringify(value)} {...{ value, may }} />
      {may && value.key === 'ready' && <PostenChecks />}
    </div>
  );
}

function Service({ value, may }: { value: PostenSettingsView; may: boolean }) {
  const { t } = useTranslation('settings');
  const [on, setOn] = useState(value.on);
  const [environment, setEnvironment] = useState(value.environment);
  const [root, setRoot] = useState(value.root);
  const [sender, setSender] = useState(value.sender);
  const [share, setShare] = useState({
    of: String(value.share.of),
    number: String(value.share.number),
  });
  const [pem, setPem] = useState('');
  const [asked, setAsked] = useState(false);
  const { busy, failure, save } = useSave();
  const goodShare = Number(share.number) >= 1 && Number(share.number) <= Number(share.of);
  const goodSender = /^\d{9}$/.test(sender.replace(/\s/g, ''));
  async function send() {
    setAsked(true);
    if (!goodSender || !goodShare) return;
    const kept = value.authorities.map(({ fingerprint }) => fingerprint);
    await save('settings.putPosten', {
      ...{ on, environment, root: environment === 'own' ? root.trim() : '' },
      sender: sender.replace(/\s/g, ''),
      share: { of: Number(share.of), number: Number(share.number) },
      authorities: pem.trim() === '' ? kept : [...kept, pem.trim()],
    });
  }
  return (
    <SectionForm may={may} busy={busy} failure={failure} onSave={() => void send()}>
      <h3>{t('posten.service')}</h3>
      <Switch
        label={t('posten.on')}
        description={t(value.certificate === null ? 'posten.onNeeds' : 'posten.onHelp')}
        checked={on}
        readOnly={!may || (value.certificate === null && !on)}
        onChange={(event) => {
          setOn(event.target.checked);
        }}
      />
      <Field>
        <Label>{t('posten.environment.label')}</Label>
        <Select
          value={environment}
          disabled={!may}
          onChange={(event) => {
            const chosen = environments.find((each) => each === event.target.value);
            if (chosen !== undefined) setEnvironment(chosen);
          }}
        >
          {environments.map((each) => (
            <Select.Option key={each} value={each}>
              {t(`posten.environment.${each}`)}
            </Select.Option>
          ))}
        </Select>
      </Field>
      {environment === 'own' && (
        <Textfield
          label={t('posten.root')}
          type="url"
          readOnly={!may}
          value={root}
          onChange={(event) => {
            setRoot(event.target.value);
          }}
        />
      )}
      <Textfield
        label={t('posten.sender')}
        description={t('posten.senderHelp')}
        inputMode="numeric"
        readOnly={!may}
        value={sender}
        error={asked && !goodSender && t('posten.senderWrong')}
        onChange={(event) => {
          setSender(event.target.value);
        }}
      />
      <details className="settings-more">
        <summary>{t('posten.trust', { count: value.authorities.length })}</summary>
        <div className="stack">
          <p className="muted">{t('posten.trustHelp')}</p>
          {value.authorities.length > 0 && (
            <ul>
              {value.authorities.map(({ fingerprint, subject }) => (
                <li key={fingerprint}>{subject}</li>
              ))}
            </ul>
          )}
          {may && (
            <Textfield
              multiline
              rows={4}
              className="settings-pem"
              label={t('posten.pem')}
              spellCheck={false}
              value={pem}
              onChange={(event) => {
                setPem(event.target.value);
              }}
            />
          )}
          <div className="settings-pair">
            {(['of', 'number'] as const).map((key) => (
              <Textfield
                key={key}
                label={t(`posten.share.${key}`)}
                inputMode="numeric"
                readOnly={!may}
                value={share[key]}
                error={asked && !goodShare && t('posten.share.wrong')}
                onChange={(event) => {
                  setShare({ ...share, [key]: event.target.value.replace(/\D/g, '').slice(0, 3) });
                }}
              />
            ))}
          </div>
          <p className="small muted">{t('posten.share.help')}</p>
          {value.queue !== null && (
            <p className="small muted">{t('posten.queue', { queue: value.queue })}</p>
          )}
        </div>
      </details>
    </SectionForm>
  );
}
