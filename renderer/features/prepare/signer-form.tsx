/** Everything about one signer. */
import { Button, Checkbox, Field, Label, Select, Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobSpec, SignerRole, SignerSpec } from '../../../shared/job/job.ts';
import { builtIn } from '../../../shared/added-language.ts';
import { formatDate } from '../../i18n/format.ts';
import { useAddedLanguages } from '../../i18n/i18n.ts';
import { useCall } from '../../host/client.ts';
import { usePlace } from './place.tsx';
import { EmailField } from './email-field.tsx';
import { ServiceContact } from './service-contact.tsx';
import { KeepPerson, NameField } from './name-field.tsx';
import { Kind } from './signer-kind.tsx';
import { isMadeToTest, isSameBirth, troubleWith } from './national-id.ts';
import { usePrepare } from './store.ts';

const roles: readonly SignerRole[] = [
  'signer',
  'approver',
  'witness',
  'interpreter',
  'guardian',
  'parent',
  'proxy',
];
const forAnother: readonly SignerRole[] = ['guardian', 'parent', 'proxy'];

/** What is out of sight under the job's rule goes only when the clerk says so. */
function forget(id: string, key: 'birthDate' | 'nationalId'): void {
  const { draft, editSpec, settle } = usePrepare.getState();
  const signers = draft.spec.signers.map((each) => {
    if (each.id !== id) return each;
    const { [key]: _, ...rest } = each;
    return rest;
  });
  editSpec({ signers });
  settle();
}

function Identity({ signer, rule }: { signer: SignerSpec; rule: JobSpec['identifierInDocument'] }) {
  const { t } = useTranslation('prepare');
  const { editSigner, settle } = usePrepare.getState();
  // Kept here until it is a real number: a half-typed one is nobody's.
  const [typed, setTyped] = useState(signer.nationalId ?? '');
  const [left, setLeft] = useState(false);
  const place = usePlace();
  // The service finds people by their number; what it prints of them it knows itself.
  const byLogin = signer.kind === 'authenticated' || place !== 'counter';
  const settings = useCall('settings.get', {}, (event) => event.type === 'settings.changed').value;
  const trial = settings?.seal?.certificate.trial ?? true;
  const { birthDate, nationalId } = signer;
  // The other of the two is out of sight under this rule, and would be refused without a word here.
  const differs =
    birthDate !== undefined && nationalId !== undefined && !isSameBirth(nationalId, birthDate);
  const trouble = troubleWith(typed, trial);
  if (place === 'portal' && signer.contact?.by === 'contact') return null;
  switch (place !== 'counter' || (byLogin && rule === 'NAME') ? 'NATIONAL_ID_AND_NAME' : rule) {
    case 'NAME':
      return null;
    case 'BIRTH_DATE_AND_NAME':
      return (
        <>
          <Textfield
            label={t('signer.birthDate')}
            type="date"
            min="1900-01-01"
            value={signer.birthDate ?? ''}
            error={differs ? t('signer.otherNumber', { start: nationalId.slice(0, 6) }) : undefined}
            onBlur={settle}
            onChange={(event) => {
              const { birthDate: _, ...rest } = signer;
              const { draft, editSpec } = usePrepare.getState();
              const value = event.target.value;
              editSpec(
                {
                  signers: draft.spec.signers.map((each) =>
                    each.id === signer.id
                      ? { ...rest, ...(value === '' ? {} : { birthDate: value }) }
                      : each,
                  ),
                },
                `birth ${signer.id}`,
              );
            }}
          />
          {differs && (
            <Button
              variant="secondary"
              onClick={() => {
                forget(signer.id, 'nationalId');
              }}
            >
              {t('signer.forgetNumber')}
            </Button>
          )}
        </>
      );
    case 'NATIONAL_ID_AND_NAME':
      return (
        <>
          <Textfield
            label={t('signer.nationalId')}
            description={t(
              place !== 'counter'
                ? `signer.nationalId_${place}`
                : byLogin
                  ? 'signer.nationalIdLogin'
                  : 'signer.nationalIdHelp',
            )}
            inputMode="numeric"
            autoComplete="off"
            maxLength={13}
            value={typed}
            error={
              left && typed !== '' && trouble !== null ? t(`signer.trouble.${trouble}`) : undefined
            }
            onFocus={() => {
              if (typed.includes('*')) setTyped('');
            }}
            onBlur={() => {
              setLeft(true);
              if (typed === '' && signer.nationalId !== undefined) setTyped(signer.nationalId);
              settle();
            }}
            onChange={(event) => {
              const text = event.target.value;
              setTyped(text);
              setLeft(false);
              const digits = text.replace(/\D/g, '');
              if (troubleWith(digits, trial) === null)
                editSigner(signer.id, { nationalId: digits });
            }}
          />
          {trouble === null && isMadeToTest(typed) && (
            <p className="small muted">{t('signer.madeToTest')}</p>
          )}
          {differs && (
            <div role="alert" className="stack-tight">
              <p className="small">{t('signer.otherDate', { date: formatDate(birthDate) })}</p>
              <Button
                variant="secondary"
                onClick={() => {
                  forget(signer.id, 'birthDate');
                }}
              >
                {t('signer.forgetDate')}
              </Button>
            </div>
          )}
        </>
      );
  }
}

/** Which login counts; a lower one is refused at the kiosk. */
function Level({ signer }: { signer: SignerSpec }) {
  const { t } = useTranslation('prepare');
  const level = signer.level ?? 3;
  return (
    <Field>
      <Label>{t('level.title')}</Label>
      <Select
        value={String(level)}
        onChange={(event) => {
          const chosen = event.target.value === '4' ? 4 : 3;
          usePrepare.getState().editSigner(signer.id, { level: chosen });
        }}
      >
        <Select.Option value="3">{t('level.3')}</Select.Option>
        <Select.Option value="4">{t('level.4')}</Select.Option>
      </Select>
      <p className="small muted">{t(level === 4 ? 'level.help4' : 'level.help3')}</p>
    </Field>
  );
}

export function SignerForm({ signer }: { signer: SignerSpec }) {
  const { t } = useTranslation('prepare');
  const added = useAddedLanguages();
  const rule = usePrepare((state) => state.draft.spec.identifierInDocument);
  const { editSigner, settle } = usePrepare.getState();
  const place = usePlace();
  const other = signer.onBehalfOf === 'OTHER';
  const text = (key: 'name' | 'title' | 'forWhom' | 'proof', longest: number, help?: string) => (
    <Textfield
      label={t(`signer.${key}`)}
      {...(help === undefined ? {} : { description: help })}
      value={signer[key] ?? ''}
      maxLength={longest}
      autoComplete="off"
      onBlur={settle}
      onChange={(event) => {
        editSigner(signer.id, { [key]: event.target.value }, `${key} ${signer.id}`);
      }}
    />
  );
  return (
    <div className="stack-tight prep-form">
      <NameField signer={signer} />
      {text('title', 80, t('signer.titleHelp'))}
      <Identity key={`${signer.id} ${rule} ${signer.person ?? ''}`} signer={signer} rule={rule} />
      <Field>
        <Label>{t('signer.role')}</Label>
        <Select
          value={signer.role}
          onChange={(event) => {
            const role = roles.find((each) => each === event.target.value) ?? 'signer';
            editSigner(signer.id, {
              role,
              ...(forAnother.includes(role) ? { onBehalfOf: 'OTHER' as const } : {}),
            });
          }}
        >
          {roles.map((role) => (
            <Select.Option key={role} value={role}>
              {t(`role.${role}`)}
            </Select.Option>
          ))}
        </Select>
      </Field>
      <Checkbox
        label={t('signer.other')}
        checked={other}
        disabled={forAnother.includes(signer.role)}
        onChange={(event) => {
          editSigner(signer.id, { onBehalfOf: event.target.checked ? 'OTHER' : 'SELF' });
        }}
      />
      {other && (
        <>
          {text('forWhom', 200)}
          {text('proof', 200, t('signer.proofHelp'))}
        </>
      )}
      {place === 'portal' ? <ServiceContact signer={signer} /> : <EmailField signer={signer} />}
      <Kind signer={signer} />
      {signer.kind === 'authenticated' && <Level signer={signer} />}
      <Field>
        <Label>{t('signer.language')}</Label>
        <Select
          value={added.find(({ code }) => code === signer.kioskLanguage)?.code ?? signer.language}
          onChange={(event) => {
            const chosen = event.target.value;
            const own = added.find(({ code }) => code === chosen);
            const language = own?.fallback ?? builtIn.find((each) => each === chosen);
            if (language !== undefined)
              editSigner(signer.id, { language, kioskLanguage: own?.code ?? language });
          }}
        >
          {builtIn.map((language) => (
            <Select.Option key={language} value={language}>
              {t(`language.${language}`)}
            </Select.Option>
          ))}
          {added.map(({ code, name }) => (
            <Select.Option key={code} value={code} lang={code}>
              {name}
            </Select.Option>
          ))}
        </Select>
      </Field>
      <KeepPerson signer={signer} />
    </div>
  );
}
