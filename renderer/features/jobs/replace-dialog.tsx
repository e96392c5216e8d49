import { Field, Label, Select, Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job, Language, SignerStatus } from '../../../shared/job/job.ts';
import type { Failure } from '../../../shared/result.ts';
import { call } from '../../host/client.ts';
import { languageNames } from '../../i18n/i18n.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { toast } from '../../ui/toasts.tsx';

interface Draft {
  readonly name: string;
  readonly title: string;
  readonly nationalId: string;
  readonly birthDate: string;
  readonly email: string;
  readonly language: Language;
  readonly reason: string;
}

/** Another person in the place of one who has not signed, with a reason that stays in the log. */
export function ReplaceDialog({
  job,
  signer,
  onClose,
}: {
  job: Job;
  signer: SignerStatus;
  onClose: () => void;
}) {
  const { t } = useTranslation('follow');
  const [draft, setDraft] = useState<Draft>({
    ...{ name: '', title: signer.title, nationalId: '', birthDate: '', email: '', reason: '' },
    language: signer.language,
  });
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const digits = draft.nationalId.replace(/\s/g, '');
  const lacks = {
    name: draft.name.trim() === '',
    reason: draft.reason.trim() === '',
    nationalId: digits !== '' && !/^\d{11}$/.test(digits),
  };
  async function replace() {
    setAsked(true);
    if (Object.values(lacks).some(Boolean)) return;
    setBusy(true);
    setFailure(null);
    const name = draft.name.trim();
    const answer = await call('job.replaceSigner', {
      ...{ job: job.id, signer: signer.id, name, title: draft.title.trim() },
      ...{ language: draft.language, reason: draft.reason.trim() },
      ...(digits === '' ? {} : { nationalId: digits }),
      ...(draft.birthDate === '' ? {} : { birthDate: draft.birthDate }),
      ...(draft.email.trim() === '' ? {} : { email: draft.email.trim() }),
    });
    setBusy(false);
    if (!answer.ok) return setFailure(answer.error);
    toast(t('replace.done', { name }));
    onClose();
  }
  const field = (key: keyof Draft, label: string, more: object = {}) => (
    <Textfield
      label={label}
      autoComplete="off"
      value={draft[key]}
      onChange={(event) => {
        setDraft({ ...draft, [key]: event.target.value });
      }}
      {...more}
    />
  );
  return (
    <AskDialog
      title={t('replace.title', { name: signer.name })}
      confirm={t('replace.confirm')}
      busy={busy}
      onConfirm={() => void replace()}
      onClose={onClose}
    >
      <p>{t('replace.text')}</p>
      {field('name', t('replace.name'), {
        maxLength: 200,
        error: asked && lacks.name && t('replace.nameMissing'),
      })}
      {field('title', t('replace.as'), { maxLength: 80 })}
      <div className="replace-pair">
        {field('nationalId', t('replace.nationalId'), {
          description: t('replace.optional'),
          inputMode: 'numeric',
          maxLength: 14,
          error: asked && lacks.nationalId && t('replace.nationalIdWrong'),
        })}
        {field('birthDate', t('replace.birthDate'), {
          description: t('replace.optional'),
          type: 'date',
        })}
      </div>
      <div className="replace-pair">
        {field('email', t('replace.email'), {
          description: t('replace.optional'),
          type: 'email',
          maxLength: 100,
        })}
        <Field>
          <Label>{t('replace.language')}</Label>
          <Select
            value={draft.language}
            onChange={(event) => {
              setDraft({ ...draft, language: event.target.value as Language });
            }}
          >
            {Object.entries(languageNames).map(([id, name]) => (
              <Select.Option key={id} value={id}>
                {name}
              </Select.Option>
            ))}
          </Select>
        </Field>
      </div>
      {field('reason', t('replace.reason'), {
        description: t('replace.reasonHelp'),
        maxLength: 500,
        error: asked && lacks.reason && t('replace.reasonMissing'),
      })}
      {failure !== null && <FailureNotice failure={failure} />}
    </AskDialog>
  );
}
