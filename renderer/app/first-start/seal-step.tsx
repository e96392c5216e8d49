import { Fieldset, Radio, Textfield } from '@digdir/designsystemet-react';
import { useId, useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import { DropFile } from '../../ui/drop-file.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import type { StepProps } from './draft.ts';
import { StepActions } from './step-actions.tsx';

/** The seal: a trial one now, the organisation's key file, or later. The button makes the archive. */
export function SealStep({
  draft,
  onChange,
  onBack,
  onNext,
  busy,
  failure,
}: StepProps & { readonly busy: boolean; readonly failure: Failure | null }) {
  const { t } = useTranslation('app');
  const [asked, setAsked] = useState(false);
  const group = useId();
  const missing = draft.seal === 'key' && draft.keyFile === null;
  function next(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    if (!missing && !busy) onNext();
  }
  return (
    <form className="stack" onSubmit={next} noValidate>
      <h1 tabIndex={-1}>{t('first.seal.title')}</h1>
      <p className="prose">{t('first.seal.lead')}</p>
      <Fieldset>
        <Fieldset.Legend className="ds-sr-only">{t('first.seal.choose')}</Fieldset.Legend>
        {(['trial', 'key', 'later'] as const).map((seal) => (
          <Radio
            key={seal}
            variant="outline"
            name={group}
            value={seal}
            label={t(`first.seal.${seal}.name`)}
            description={t(`first.seal.${seal}.help`)}
            checked={draft.seal === seal}
            onChange={() => {
              onChange({ seal });
            }}
          />
        ))}
      </Fieldset>
      {draft.seal === 'key' && (
        <div className="stack">
          <DropFile
            label={draft.keyFile === null ? t('first.seal.choose') : draft.keyFile.name}
            hint={t('first.seal.dropHint')}
            accept=".p12,.pfx"
            onFile={(file) => {
              void file.arrayBuffer().then((buffer) => {
                onChange({ keyFile: { name: file.name, bytes: new Uint8Array(buffer) } });
              });
            }}
          />
          {asked && missing && (
            <p className="ds-validation-message">{t('first.seal.fileMissing')}</p>
          )}
          <Textfield
            label={t('first.seal.passphrase')}
            type="password"
            autoComplete="off"
            value={draft.keyPassphrase}
            onChange={(event) => {
              onChange({ keyPassphrase: event.target.value });
            }}
          />
        </div>
      )}
      {failure !== null && <FailureNotice failure={failure} />}
      <StepActions
        next={busy ? t('first.seal.making') : t('first.seal.next')}
        busy={busy}
        onBack={busy ? null : onBack}
      />
    </form>
  );
}
