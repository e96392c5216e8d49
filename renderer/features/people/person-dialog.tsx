import { Button, Field, Label, Select, Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import type { PersonView } from '../../../shared/rpc/views-people.ts';
import { call } from '../../host/client.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { toast } from '../../ui/toasts.tsx';

const languages = ['nb', 'nn', 'en'] as const;
const kinds = ['simple', 'authenticated', 'advanced'] as const;

export function PersonDialog({
  person,
  onClose,
}: {
  person: PersonView | null;
  onClose: () => void;
}) {
  const { t } = useTranslation('people');
  const [draft, setDraft] = useState<Omit<PersonView, 'id'>>(
    person ?? {
      ...{ name: '', title: '', nationalId: null, birthDate: null, email: '', mobile: '' },
      ...{ language: currentLanguage(), kind: 'simple' },
    },
  );
  const [asked, setAsked] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const change = (part: Partial<PersonView>) => {
    setDraft({ ...draft, ...part });
  };
  const text = (key: 'name' | 'title' | 'email' | 'mobile', most: number) => (
    <Textfield
      label={t(`field.${key}`)}
      autoComplete="off"
      maxLength={most}
      value={draft[key]}
      error={key === 'name' && asked && draft.name.trim() === '' && t('field.nameMissing')}
      onChange={(event) => {
        change({ [key]: event.target.value });
      }}
    />
  );
  async function save() {
    setAsked(true);
    if (draft.name.trim() === '') return;
    const { name, title, nationalId, birthDate, email, mobile, language, kind } = draft;
    const saved = await call('person.save', {
      ...(person === null ? {} : { id: person.id }),
      ...{ name, title, nationalId, birthDate, email, mobile, language, kind },
    });
    if (!saved.ok) setFailure(saved.error);
    else {
      toast(t('kept', { name }));
      onClose();
    }
  }
  async function remove() {
    if (person === null) return;
    const gone = await call('person.remove', { person: person.id });
    if (!gone.ok) setFailure(gone.error);
    else {
      toast(t('removed'));
      onClose();
    }
  }
  return (
    <AskDialog
      title={person === null ? t('add') : person.name}
      confirm={t('save')}
      onConfirm={() => void save()}
      onClose={onClose}
    >
      {text('name', 200)}
      {text('title', 80)}
      <Textfield
        label={t('field.nationalId')}
        description={t('field.nationalIdHelp')}
        autoComplete="off"
        inputMode="numeric"
        maxLength={11}
        value={draft.nationalId ?? ''}
        onChange={(event) => {
          const value = event.target.value.replace(/[^\d*]/g, '');
          change({ nationalId: value === '' ? null : value });
        }}
      />
      <Textfield
        label={t('field.birthDate')}
        type="date"
        value={draft.birthDate ?? ''}
        onChange={(event) => {
          change({ birthDate: event.target.value === '' ? null : event.target.value });
        }}
      />
      {text('email', 100)}
      {text('mobile', 20)}
      <Field>
        <Label>{t('field.language')}</Label>
        <Select
          value={draft.language}
          onChange={(event) => {
            const language = languages.find((each) => each === event.target.value);
            if (language !== undefined) change({ language });
          }}
        >
          {languages.map((each) => (
            <Select.Option key={each} value={each}>
              {t(`prepare:language.${each}`)}
            </Select.Option>
          ))}
        </Select>
      </Field>
      <Field>
        <Label>{t('field.kind')}</Label>
        <Select
          value={draft.kind}
          onChange={(event) => {
            const kind = kinds.find((each) => each === event.target.value);
            if (kind !== undefined) change({ kind });
          }}
        >
          {kinds.map((each) => (
            <Select.Option key={each} value={each}>
              {t(`prepare:kind.${each}`)}
            </Select.Option>
          ))}
        </Select>
      </Field>
      {failure !== null && <FailureNotice failure={failure} />}
      {person !== null && (
        <div>
          <Button
            type="button"
            variant="tertiary"
            data-color="danger"
            onClick={() => void remove()}
          >
            {t('remove')}
          </Button>
          <p className="small muted">{t('removeHelp')}</p>
        </div>
      )}
    </AskDialog>
  );
}
