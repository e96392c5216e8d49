import { Field, Label, Select } from '@digdir/designsystemet-react';
import { useTranslation } from 'react-i18next';
import { officeKinds, type OfficeFilter } from '../../../shared/office-event.ts';
import type { OfficeLogView } from '../../../shared/rpc/views-access.ts';

/** What somebody looks for in the office's log: a kind of act, a person, or both. */
export function OfficeFilters({
  filter,
  people,
  onChange,
}: {
  filter: OfficeFilter;
  people: OfficeLogView['people'];
  onChange: (filter: OfficeFilter) => void;
}) {
  const { t } = useTranslation('archive');
  const { kind, person } = filter;
  return (
    <div className="row office-filters">
      <Field>
        <Label>{t('office.filter.kind')}</Label>
        <Select
          value={kind ?? ''}
          onChange={(event) => {
            const chosen = officeKinds.find((one) => one === event.target.value);
            onChange({
              ...(person === undefined ? {} : { person }),
              ...(chosen === undefined ? {} : { kind: chosen }),
            });
          }}
        >
          <Select.Option value="">{t('office.filter.all')}</Select.Option>
          {officeKinds.map((one) => (
            <Select.Option key={one} value={one}>
              {t(`office.kinds.${one}`)}
            </Select.Option>
          ))}
        </Select>
      </Field>
      <Field>
        <Label>{t('office.filter.person')}</Label>
        <Select
          value={person ?? ''}
          onChange={({ target: { value } }) => {
            onChange({
              ...(kind === undefined ? {} : { kind }),
              ...(value === '' ? {} : { person: value }),
            });
          }}
        >
          <Select.Option value="">{t('office.filter.everybody')}</Select.Option>
          {people.map(({ id, name }) => (
            <Select.Option key={id} value={id}>
              {name}
            </Select.Option>
          ))}
          <Select.Option value="system">{t('office.program')}</Select.Option>
        </Select>
      </Field>
    </div>
  );
}
