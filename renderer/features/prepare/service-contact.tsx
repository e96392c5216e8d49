/** How Posten's portal finds a signer and tells them. */
import { Field, Label, Select, Textfield } from '@digdir/designsystemet-react';
import { useTranslation } from 'react-i18next';
import type { SignerSpec } from '../../../shared/job/job.ts';
import type { ServiceContact as Contact } from '../../../shared/job/remote.ts';
import { useSector } from './place.tsx';
import { usePrepare } from './store.ts';

const ways: readonly Contact['by'][] = ['number', 'register', 'contact'];

export function ServiceContact({ signer }: { signer: SignerSpec }) {
  const { t } = useTranslation('prepare');
  const sector = useSector();
  const { editSigner, settle } = usePrepare.getState();
  const contact = signer.contact ?? { by: 'number' as const };
  const offered = ways.filter((way) => way !== 'register' || sector === 'public');
  const text = (key: 'email' | 'mobile') => (
    <Textfield
      label={t(`contact.${key}`)}
      description={t(`contact.${key}Help`)}
      type={key === 'email' ? 'email' : 'tel'}
      autoComplete="off"
      maxLength={key === 'email' ? 100 : 20}
      value={contact[key] ?? ''}
      onBlur={settle}
      onChange={(event) => {
        const { [key]: _, ...rest } = contact;
        const value = event.target.value;
        const changed = value === '' ? rest : { ...rest, [key]: value };
        editSigner(signer.id, { contact: changed }, `${key} ${signer.id}`);
      }}
    />
  );
  return (
    <>
      <Field>
        <Label>{t('contact.by')}</Label>
        <Select
          value={contact.by}
          onChange={(event) => {
            const by = offered.find((way) => way === event.target.value);
            if (by !== undefined) editSigner(signer.id, { contact: { ...contact, by } });
          }}
        >
          {offered.map((way) => (
            <Select.Option key={way} value={way}>
              {t(`contact.way.${way}`)}
            </Select.Option>
          ))}
        </Select>
      </Field>
      <p className="small muted">{t(`contact.help.${contact.by}`)}</p>
      {contact.by !== 'register' && (
        <>
          {text('email')}
          {text('mobile')}
        </>
      )}
    </>
  );
}
