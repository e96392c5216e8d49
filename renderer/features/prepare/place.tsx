/** Where the job is signed: here at the counter, in Posten's portal, or at the service's page on our kiosk. */
import { Fieldset, Radio } from '@digdir/designsystemet-react';
import { useTranslation } from 'react-i18next';
import type { JobSpec, Sector } from '../../../shared/job/job.ts';
import type { JobPlace } from '../../../shared/job/remote.ts';
import { useCall } from '../../host/client.ts';
import { useSession } from '../../host/session.ts';
import { usePrepare } from './store.ts';

const places: readonly JobPlace[] = ['counter', 'portal', 'direct'];

/** What only the other place has is changed along: nobody at the service signs by hand. */
export function movedTo(place: JobPlace, spec: JobSpec, sector: Sector): Partial<JobSpec> {
  if (place === 'counter') return { place };
  const kind = sector === 'private' ? 'advanced' : 'authenticated';
  const signers = spec.signers.map((signer) => ({
    ...signer,
    kind:
      signer.kind === 'simple' || sector === 'private' ? (kind as typeof signer.kind) : signer.kind,
    ...(place === 'portal' && signer.contact === undefined
      ? { contact: { by: 'number' as const } }
      : {}),
  }));
  const identifier =
    sector === 'private' && spec.identifierInDocument === 'NAME'
      ? 'BIRTH_DATE_AND_NAME'
      : spec.identifierInDocument;
  return { place, signers, identifierInDocument: identifier };
}

export function usePlace(): JobPlace {
  return usePrepare((state) => state.draft.spec.place ?? 'counter');
}

export function useSector(): Sector {
  return useSession().organisation?.sector ?? 'public';
}

export function Place() {
  const { t } = useTranslation('prepare');
  const place = usePlace();
  const sector = useSector();
  const posten = useCall('posten.state', {}, (event) => event.type === 'settings.changed').value;
  const on = posten?.on === true;
  // An office without an agreement has one place, and is not asked about it.
  if (!on && place === 'counter') return null;
  return (
    <Fieldset className="prep-place">
      <Fieldset.Legend>{t('place.legend')}</Fieldset.Legend>
      {places.map((each) => (
        <Radio
          key={each}
          name="place"
          value={each}
          label={t(`place.${each}`)}
          description={t(`place.${each}Help`)}
          checked={place === each}
          readOnly={each !== 'counter' && !on && place !== each}
          onChange={() => {
            const { draft, editSpec, settle } = usePrepare.getState();
            editSpec(movedTo(each, draft.spec, sector));
            settle();
          }}
        />
      ))}
      {posten !== null && !on && <p className="small muted">{t('place.off')}</p>}
    </Fieldset>
  );
}
