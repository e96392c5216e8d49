/** Which kind of signature: each is told by whose key signs, and none is called by another's name. */
import { Field, Label, Select } from '@digdir/designsystemet-react';
import { useTranslation } from 'react-i18next';
import type { SignatureKindWanted, SignerSpec } from '../../../shared/job/job.ts';
import { useOwnKeys } from './own-keys.ts';
import { usePlace, useSector } from './place.tsx';
import { usePrepare } from './store.ts';

const kinds: readonly SignatureKindWanted[] = ['simple', 'authenticated', 'advanced'];

export function Kind({ signer }: { signer: SignerSpec }) {
  const { t } = useTranslation('prepare');
  const ownKeys = useOwnKeys();
  const place = usePlace();
  const sector = useSector();
  const { editSigner } = usePrepare.getState();
  // What a signer already has is never taken away by a setting.
  const offered = kinds.filter((kind) =>
    place === 'counter'
      ? kind !== 'advanced' || ownKeys !== 'none' || signer.kind === 'advanced'
      : kind === 'advanced' || (kind === 'authenticated' && sector === 'public'),
  );
  return (
    <>
      <Field>
        <Label>{t('signer.kind')}</Label>
        <Select
          value={signer.kind}
          onChange={(event) => {
            const kind = offered.find((each) => each === event.target.value);
            if (kind !== undefined) editSigner(signer.id, { kind });
          }}
        >
          {kinds.map((kind) => (
            <Select.Option key={kind} value={kind} disabled={!offered.includes(kind)}>
              {offered.includes(kind) || place !== 'counter'
                ? t(`kind.${kind}`)
                : t('kind.advancedOff')}
            </Select.Option>
          ))}
        </Select>
      </Field>
      <p className="small muted">
        {t(place === 'counter' ? `kind.${signer.kind}Help` : `kind.${signer.kind}There`)}
      </p>
      {place === 'counter' && signer.kind === 'advanced' && ownKeys !== 'both' && (
        <p className="small">{t(`ownKeys.${ownKeys}`)}</p>
      )}
    </>
  );
}
