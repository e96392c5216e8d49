import { Checkbox, Fieldset } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { identityDocuments, type IdentityDocument } from '../../../shared/job/identity-document.ts';
import type { IdentityRules } from '../../../shared/rpc/views-counter.ts';
import { useCall } from '../../host/client.ts';
import { SectionForm } from './section-form.tsx';
import { useSave } from './use-save.ts';

function Rules({ rules, may }: { rules: IdentityRules; may: boolean }) {
  const { t } = useTranslation('counter');
  const [documents, setDocuments] = useState(rules.documents);
  const [known, setKnown] = useState(rules.known);
  const { busy, failure, save } = useSave();
  const tick = (type: IdentityDocument, on: boolean) => {
    setDocuments(on ? [...documents, type] : documents.filter((each) => each !== type));
  };
  return (
    <SectionForm
      may={may}
      busy={busy}
      failure={failure}
      secondary
      action={t('identity.save')}
      onSave={() => void save('settings.putIdentityRules', { documents: [...documents], known })}
    >
      <Fieldset>
        <Fieldset.Legend>{t('identity.documents')}</Fieldset.Legend>
        {identityDocuments.map((type) => (
          <Checkbox
            key={type}
            label={t(`jobs:identity.type.${type}`)}
            checked={documents.includes(type)}
            disabled={!may}
            onChange={(event) => {
              tick(type, event.target.checked);
            }}
          />
        ))}
      </Fieldset>
      <Checkbox
        label={t('identity.known')}
        description={t('identity.knownHelp')}
        checked={known}
        disabled={!may}
        onChange={(event) => {
          setKnown(event.target.checked);
        }}
      />
    </SectionForm>
  );
}

/** What a clerk may take as proof of who somebody is. */
export function IdentityRulesPart({ may }: { may: boolean }) {
  const { t } = useTranslation('counter');
  const rules = useCall('settings.identityRules', {}, (event) => event.type === 'settings.changed');
  return (
    <section className="settings-part stack" aria-labelledby="identity-rules-title">
      <h3 id="identity-rules-title">{t('identity.title')}</h3>
      <p className="prose">{t('identity.lead')}</p>
      {rules.value !== null && (
        <Rules key={JSON.stringify(rules.value)} rules={rules.value} may={may} />
      )}
    </section>
  );
}
