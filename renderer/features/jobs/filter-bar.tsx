/** Narrows the list: what is mine, what is due, whose unit, which signer. Each is one press to undo. */
import { Input, Select } from '@digdir/designsystemet-react';
import { CheckmarkIcon } from '@navikt/aksel-icons';
import { useDeferredValue, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../host/client.ts';
import { useJobsStore } from './jobs-store.ts';

export function FilterBar() {
  const { t } = useTranslation('follow');
  const { filter, narrow } = useJobsStore();
  const units = useCall('office.people', {}, (event) => event.type === 'settings.changed').value
    ?.units;
  const [signer, setSigner] = useState(filter.signer ?? '');
  const asked = useDeferredValue(signer.trim());
  useEffect(() => {
    narrow('signer', asked === '' ? undefined : asked);
  }, [asked, narrow]);
  const chip = (by: 'mine' | 'dueSoon') => (
    <button
      type="button"
      className="jobs-filter"
      aria-pressed={filter[by] === true}
      onClick={() => {
        narrow(by, filter[by] === true ? undefined : true);
      }}
    >
      {filter[by] === true && <CheckmarkIcon aria-hidden="true" />}
      {t(`filter.${by}`)}
    </button>
  );
  return (
    <div className="jobs-filters" role="group" aria-label={t('filter.label')}>
      {chip('mine')}
      {chip('dueSoon')}
      <Input
        className="jobs-filter-signer"
        aria-label={t('filter.signer')}
        placeholder={t('filter.signer')}
        autoComplete="off"
        value={signer}
        onChange={(event) => {
          setSigner(event.target.value);
        }}
      />
      {units !== undefined && units.length > 1 && (
        <Select
          aria-label={t('filter.unit')}
          value={filter.unit ?? ''}
          onChange={(event) => {
            narrow('unit', event.target.value === '' ? undefined : event.target.value);
          }}
        >
          <Select.Option value="">{t('filter.anyUnit')}</Select.Option>
          {units.map(({ id, name }) => (
            <Select.Option key={id} value={id}>
              {name}
            </Select.Option>
          ))}
        </Select>
      )}
    </div>
  );
}
