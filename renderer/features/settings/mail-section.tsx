/** The office's mail server for reminders: where it is, whether it lets us in, and when it is used. */
import { Button, Field, Label, Select, Switch, Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mailedCopies } from '../../../shared/job/copies.ts';
import type { InputOf } from '../../../shared/rpc/contract.ts';
import type { MailCheck, MailView } from '../../../shared/rpc/views-follow.ts';
import { useCall } from '../../host/client.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { formatNumber } from '../../i18n/format.ts';
import { Pill } from '../../ui/pill.tsx';
import { MailTexts, textsOf, wrongTexts, type TextDrafts } from './mail-texts.tsx';
import { SectionForm } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';
import { useSave } from './use-save.ts';

type Server = InputOf<'settings.checkMail'>['server'];

function Checked({ check }: { check: MailCheck }) {
  const { t } = useTranslation('notify');
  if (check.code !== null)
    return <Pill tone="red">{failureWords({ code: check.code, message: '' }).what}</Pill>;
  return (
    <Pill tone="green">
      {check.sent ? t('sent') : t('good', { milliseconds: formatNumber(check.milliseconds) })}
    </Pill>
  );
}

function Form({ mail, may }: { mail: MailView; may: boolean }) {
  const { t } = useTranslation('notify');
  const [draft, setDraft] = useState(mail);
  const [password, setPassword] = useState('');
  const [texts, setTexts] = useState<TextDrafts>(() => textsOf(mail.texts));
  const [trialTo, setTrialTo] = useState('');
  const [asked, setAsked] = useState(false);
  const [check, setCheck] = useState<MailCheck | null>(null);
  const { busy, failure, save } = useSave();
  const checking = useSave();
  const set = (part: Partial<MailView>) => {
    setDraft({ ...draft, ...part });
    setCheck(null);
  };
  const server: Server = {
    ...{ host: draft.host.trim(), port: draft.port, security: draft.security },
    ...{ user: draft.user, from: draft.from.trim(), authority: draft.authority },
    ...(password === '' ? {} : { password }),
  };
  const trialWrong = trialTo !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(trialTo);
  async function send() {
    setAsked(true);
    if (wrongTexts(texts)) return;
    const given = Object.fromEntries(
      Object.entries(texts).filter(([, text]) => text.subject.trim() !== ''),
    );
    const { on, daysBefore, copies } = draft;
    const answer = await save('settings.putMail', { on, server, texts: given, daysBefore, copies });
    if (answer.ok) setPassword('');
  }
  async function tryOut() {
    if (trialWrong) return;
    setCheck(null);
    const to = trialTo === '' ? {} : { trialTo };
    const answer = await checking.save('settings.checkMail', { server, ...to }, t('checked'));
    if (answer.ok) setCheck(answer.value);
  }
  return (
    <SectionForm
      may={may}
      busy={busy}
      failure={failure ?? checking.failure}
      onSave={() => void send()}
    >
      <Switch
        label={t('on')}
        readOnly={!may}
        checked={draft.on}
        onChange={(event) => {
          set({ on: event.target.checked });
        }}
      />
      <div className="settings-pair">
        <Textfield
          label={t('host')}
          description={t('hostHelp')}
          autoComplete="off"
          readOnly={!may}
          value={draft.host}
          onChange={(event) => {
            set({ host: event.target.value });
          }}
        />
        <Textfield
          label={t('from')}
          description={t('fromHelp')}
          type="email"
          readOnly={!may}
          value={draft.from}
          onChange={(event) => {
            set({ from: event.target.value });
          }}
        />
      </div>
      <div className="settings-pair">
        <Field>
          <Label>{t('security')}</Label>
          <Field.Description>{t('securityHelp')}</Field.Description>
          <Select
            value={draft.security}
            disabled={!may}
            onChange={(event) => {
              const security = event.target.value === 'tls' ? 'tls' : 'starttls';
              const usual = draft.port === 587 || draft.port === 465;
              set({ security, ...(usual ? { port: security === 'tls' ? 465 : 587 } : {}) });
            }}
          >
            <Select.Option value="starttls">{t('starttls')}</Select.Option>
            <Select.Option value="tls">{t('tls')}</Select.Option>
          </Select>
        </Field>
        <Textfield
          label={t('port')}
          inputMode="numeric"
          readOnly={!may}
          value={String(draft.port)}
          onChange={(event) => {
            const port = Number(event.target.value.replace(/\D/g, '').slice(0, 5));
            set({ port: Math.min(65_535, Math.max(1, port)) });
          }}
        />
      </div>
      <div className="settings-pair">
        <Textfield
          label={t('user')}
          description={t('userHelp')}
          autoComplete="off"
          readOnly={!may}
          value={draft.user}
          onChange={(event) => {
            set({ user: event.target.value });
          }}
        />
        <Textfield
          label={t('password')}
          description={mail.hasPassword ? t('passwordKept') : undefined}
          type="password"
          autoComplete="new-password"
          readOnly={!may}
          value={password}
          onChange={(event) => {
            setPassword(event.target.value);
          }}
        />
      </div>
      <details open={draft.authority !== null}>
        <summary>{t('authority')}</summary>
        <Textfield
          multiline
          rows={4}
          label={t('authority')}
          description={t('authorityHelp')}
          readOnly={!may}
          value={draft.authority ?? ''}
          onChange={(event) => {
            set({ authority: event.target.value.trim() === '' ? null : event.target.value });
          }}
        />
      </details>
      <Switch
        label={t('automatic')}
        description={t('automaticHelp')}
        readOnly={!may}
        checked={draft.daysBefore !== null}
        onChange={(event) => {
          set({ daysBefore: event.target.checked ? 3 : null });
        }}
      />
      {draft.daysBefore !== null && (
        <Textfield
          className="settings-short"
          label={t('days')}
          inputMode="numeric"
          readOnly={!may}
          value={String(draft.daysBefore)}
          onChange={(event) => {
            const days = Number(event.target.value.replace(/\D/g, '').slice(0, 2));
            set({ daysBefore: Math.min(30, Math.max(1, days)) });
          }}
        />
      )}
      <Field className="settings-short">
        <Label>{t('copies')}</Label>
        <Field.Description>{t('copiesHelp')}</Field.Description>
        <Select
          value={draft.copies}
          disabled={!may}
          onChange={(event) => {
            const copies = mailedCopies.find((each) => each === event.target.value);
            if (copies !== undefined) set({ copies });
          }}
        >
          {mailedCopies.map((each) => (
            <Select.Option key={each} value={each}>
              {t(`copy.${each}`)}
            </Select.Option>
          ))}
        </Select>
      </Field>
      <MailTexts texts={texts} may={may} asked={asked} onChange={setTexts} />
      {may && (
        <div className="settings-item">
          <Textfield
            label={t('trial')}
            description={t('trialHelp')}
            type="email"
            value={trialTo}
            error={trialWrong && t('trialWrong')}
            onChange={(event) => {
              setTrialTo(event.target.value.trim());
            }}
          />
          <div className="row row-between">
            <span role="status">{check !== null && <Checked check={check} />}</span>
            <Button
              type="button"
              variant="secondary"
              loading={checking.busy}
              onClick={() => void tryOut()}
            >
              {t('check')}
            </Button>
          </div>
        </div>
      )}
    </SectionForm>
  );
}

export function MailSection({ may }: SectionProps) {
  const { value } = useCall('settings.mail', {});
  return value === null ? null : <Form mail={value} may={may} />;
}
