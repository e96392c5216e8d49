/** A key file of the clerk's own: used for this one statement and kept nowhere. */
import { Textfield } from '@digdir/designsystemet-react';
import { useTranslation } from 'react-i18next';
import { DropFile } from '../../ui/drop-file.tsx';

export interface FileDraft {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly passphrase: string;
}

export function AttestFile({
  draft,
  onChange,
}: {
  draft: FileDraft | null;
  onChange: (draft: FileDraft) => void;
}) {
  const { t } = useTranslation('jobs');
  return (
    <>
      <DropFile
        label={draft === null ? t('attest.choose') : draft.name}
        hint={t('attest.dropHint')}
        accept=".p12,.pfx"
        onFile={(chosen) => {
          void chosen.arrayBuffer().then((buffer) => {
            onChange({ name: chosen.name, bytes: new Uint8Array(buffer), passphrase: '' });
          });
        }}
      />
      {draft !== null && (
        <Textfield
          label={t('attest.passphrase')}
          type="password"
          autoComplete="off"
          value={draft.passphrase}
          onChange={(event) => {
            onChange({ ...draft, passphrase: event.target.value });
          }}
        />
      )}
    </>
  );
}
