/** A group of the address book, added in one go with its roles and its order. */
import { Field, Label, Select } from '@digdir/designsystemet-react';
import { useTranslation } from 'react-i18next';
import type { SignerSpec } from '../../../shared/job/job.ts';
import { maxSigners } from '../../../shared/job/missing.ts';
import { useCall } from '../../host/client.ts';
import { lastGroup } from './order.ts';
import { movedTo, usePlace, useSector } from './place.tsx';
import { withPerson } from './name-field.tsx';
import { usePrepare } from './store.ts';

export function AddGroup({ onAdded }: { onAdded: (said: string) => void }) {
  const { t } = useTranslation('people');
  const place = usePlace();
  const sector = useSector();
  const book = useCall(
    'person.find',
    { text: '', limit: 5000 },
    (event) => event.type === 'book.changed',
  ).value;
  if (book === null || book.groups.length === 0) return null;
  function add(id: string) {
    const group = book?.groups.find((each) => each.id === id);
    if (group === undefined) return;
    const { draft, editSpec } = usePrepare.getState();
    const { spec } = draft;
    const last = Math.max(0, ...spec.signers.map((signer) => signer.order));
    const first = Math.min(...group.members.map(({ order }) => order));
    const fresh = group.members.flatMap((member): readonly SignerSpec[] => {
      const person = book?.people.find((each) => each.id === member.person);
      if (person === undefined) return [];
      const role: SignerSpec = {
        ...{ id: crypto.randomUUID(), name: '', title: member.title, role: member.role },
        ...{ kind: person.kind, language: person.language, onBehalfOf: 'SELF' },
        order: Math.min(lastGroup, last + 1 + member.order - first),
      };
      return [withPerson(role, person)];
    });
    const signers = [...spec.signers, ...fresh].slice(0, maxSigners);
    editSpec({ signers: movedTo(place, { ...spec, signers }, sector).signers ?? signers });
    onAdded(t('group.added', { name: group.name, count: fresh.length }));
  }
  return (
    <Field>
      <Label>{t('group.add')}</Label>
      <Select
        value=""
        onChange={(event) => {
          add(event.target.value);
        }}
      >
        <Select.Option value="">{t('group.choose')}</Select.Option>
        {book.groups.map(({ id, name, members }) => (
          <Select.Option key={id} value={id}>
            {t('group.option', { name, count: members.length })}
          </Select.Option>
        ))}
      </Select>
    </Field>
  );
}
