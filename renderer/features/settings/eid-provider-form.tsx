import { Checkbox, Field, Label, Select, Textarea, Textfield } from '@digdir/designsystemet-react';
import { useTranslation } from 'react-i18next';
import type { ProviderDraft } from './eid-draft.ts';

interface Props {
  readonly draft: ProviderDraft;
  readonly may: boolean;
  /** "Save" was pressed: what is missing is said. */
  readonly asked: boolean;
  readonly onChange: (part: Partial<ProviderDraft>) => void;
}

/** Everything the provider has given the office, or must be given by it. */
export function EidProviderForm({ draft, may, asked, onChange }: Props) {
  const { t } = useTranslation('settings');
  const text = (key: 'label' | 'issuer' | 'clientId' | 'substantial' | 'high', help = '') => (
    <Textfield
      label={t(`eid.${key}`)}
      {...(help === '' ? {} : { description: help })}
      autoComplete="off"
      spellCheck={false}
      readOnly={!may}
      value={draft[key]}
      error={
        asked && ['label', 'issuer', 'clientId'].includes(key) && draft[key].trim() === ''
          ? t('eid.needed')
          : undefined
      }
      onChange={(event) => {
        onChange({ [key]: event.target.value });
      }}
    />
  );
  const claim = (key: keyof ProviderDraft['claims']) => (
    <Textfield
      label={t(`eid.claim.${key}`)}
      autoComplete="off"
      spellCheck={false}
      readOnly={!may}
      value={draft.claims[key]}
      onChange={(event) => {
        onChange({ claims: { ...draft.claims, [key]: event.target.value.trim() } });
      }}
    />
  );
  const box = (key: 'requestObject' | 'logout' | 'nationalId') => (
    <Checkbox
      label={t(`eid.${key}`)}
      description={t(`eid.${key}Help`)}
      readOnly={!may}
      checked={draft[key]}
      onChange={(event) => {
        onChange({ [key]: event.target.checked });
      }}
    />
  );
  const needsKey = draft.authentication === 'private-key' || draft.requestObject;
  return (
    <div className="stack">
      <div className="settings-pair">
        {text('label', t('eid.labelHelp'))}
        {text('clientId', t('eid.clientIdHelp'))}
      </div>
      {text('issuer', t('eid.issuerHelp'))}
      <Field>
        <Label>{t('eid.authentication')}</Label>
        <Select
          value={draft.authentication}
          disabled={!may}
          onChange={(event) => {
            const authentication = (['secret', 'private-key', 'none'] as const).find(
              (one) => one === event.target.value,
            );
            if (authentication === undefined) return;
            const wants = authentication === 'private-key' && draft.publicKey === null;
            onChange({ authentication, ...(wants ? { key: 'new' } : {}) });
          }}
        >
          {(['secret', 'private-key', 'none'] as const).map((one) => (
            <Select.Option key={one} value={one}>
              {t(`eid.by.${one}`)}
            </Select.Option>
          ))}
        </Select>
      </Field>
      {draft.authentication === 'secret' && (
        <Textfield
          label={t('eid.secret')}
          description={t(draft.hasSecret ? 'eid.secretKept' : 'eid.secretHelp')}
          type="password"
          autoComplete="off"
          readOnly={!may}
          value={draft.secret}
          onChange={(event) => {
            onChange({ secret: event.target.value });
          }}
        />
      )}
      {needsKey && <ClientKey {...{ draft, may, onChange }} />}
      {draft.kind === 'generic' && (
        <>
          <div className="settings-pair">
            {text('substantial', t('eid.acrHelp'))}
            {text('high', t('eid.acrHelp'))}
          </div>
          <div className="settings-pair">
            {claim('name')}
            {claim('birthDate')}
            {claim('nationalId')}
          </div>
        </>
      )}
      {draft.kind === 'bankid' && box('nationalId')}
      {box('requestObject')}
      {box('logout')}
    </div>
  );
}

function ClientKey({ draft, may, onChange }: Pick<Props, 'draft' | 'may' | 'onChange'>) {
  const { t } = useTranslation('settings');
  return (
    <div className="stack">
      <Field>
        <Label>{t('eid.key')}</Label>
        <Select
          value={draft.key}
          disabled={!may}
          onChange={(event) => {
            const key = (['keep', 'new', 'pem'] as const).find((one) => one === event.target.value);
            if (key !== undefined) onChange({ key });
          }}
        >
          {(draft.publicKey === null
            ? (['new', 'pem'] as const)
            : (['keep', 'new', 'pem'] as const)
          ).map((one) => (
            <Select.Option key={one} value={one}>
              {t(`eid.keyFrom.${one}`)}
            </Select.Option>
          ))}
        </Select>
      </Field>
      {draft.key === 'pem' && (
        <Field>
          <Label>{t('eid.pem')}</Label>
          <Textarea
            rows={4}
            spellCheck={false}
            value={draft.pem}
            onChange={(event) => {
              onChange({ pem: event.target.value });
            }}
          />
        </Field>
      )}
      {draft.key === 'keep' && draft.publicKey !== null && (
        <Field>
          <Label>{t('eid.publicKey')}</Label>
          <Textarea rows={6} readOnly value={draft.publicKey} />
        </Field>
      )}
    </div>
  );
}
