/** Who is in a group, what each is in the document, and in which order they sign. */
import { Button, Checkbox, Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import type { GroupView, PersonView } from '../../../shared/rpc/views-people.ts';
import { call, useCall } from '../../host/client.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';

export function GroupDialog({ group, onClose }: { group: GroupView | null; onClose: () => void }) {
  const { t } = useTranslation('people');
  const people = useCall('person.find', { text: '', limit: 5000 }).value?.people ?? [];
  const [name, setName] = useState(group?.name ?? '');
  const [members, setMembers] = useState(group?.members ?? []);
  const [asked, setAsked] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const lacking = name.trim() === '';
  async function save() {
    setAsked(true);
    if (lacking || members.length === 0) return;
    const saved = await call('group.save', {
      ...(group === null ? {} : { id: group.id }),
      ...{ name: name.trim(), members: members.map((member) => ({ ...member })) },
    });
    if (saved.ok) onClose();
    else setFailure(saved.error);
  }
  async function remove() {
    if (group === null) return;
    const gone = await call('group.remove', { group: group.id });
    if (gone.ok) onClose();
    else setFailure(gone.error);
  }
  function set(person: PersonView, on: boolean) {
    const rest = members.filter((one) => one.person !== person.id);
    const order = Math.min(9, Math.max(0, ...rest.map((one) => one.order)) + 1);
    const { id, title } = person;
    setMembers(on ? [...rest, { person: id, title, role: 'signer' as const, order }] : rest);
  }
  function change(person: string, part: { title?: string; order?: number }) {
    setMembers(members.map((one) => (one.person === person ? { ...one, ...part } : one)));
  }
  return (
    <AskDialog
      title={group === null ? t('group.new') : group.name}
      confirm={t('save')}
      onConfirm={() => void save()}
      onClose={onClose}
    >
      <Textfield
        label={t('group.name')}
        maxLength={80}
        autoComplete="off"
        value={name}
        error={asked && lacking && t('field.nameMissing')}
        onChange={(event) => {
          setName(event.target.value);
        }}
      />
      <fieldset className="people-members">
        <legend>{t('group.who')}</legend>
        {members.length > 0 && (
          // For the eyes alone: each box is called by its column and its person.
          <div className="people-member people-columns small muted" aria-hidden="true">
            <span />
            <span>{t('group.columns.title')}</span>
            <span>{t('group.columns.order')}</span>
          </div>
        )}
        {people.map((person) => {
          const member = members.find((one) => one.person === person.id);
          return (
            <div key={person.id} className="people-member">
              <Checkbox
                label={person.name}
                checked={member !== undefined}
                onChange={(event) => {
                  set(person, event.target.checked);
                }}
              />
              {member !== undefined && (
                <>
                  <Textfield
                    aria-label={t('group.title', { name: person.name })}
                    placeholder={t('field.title')}
                    maxLength={80}
                    value={member.title}
                    onChange={(event) => {
                      change(person.id, { title: event.target.value });
                    }}
                  />
                  <Textfield
                    aria-label={t('group.order', { name: person.name })}
                    type="number"
                    min={1}
                    max={9}
                    value={String(member.order)}
                    onChange={(event) => {
                      const order = Math.min(9, Math.max(1, Number(event.target.value) || 1));
                      change(person.id, { order });
                    }}
                  />
                </>
              )}
            </div>
          );
        })}
      </fieldset>
      <p className="small muted">{t('group.orderHelp')}</p>
      {asked && members.length === 0 && <p role="alert">{t('group.nobody')}</p>}
      {failure !== null && <FailureNotice failure={failure} />}
      {group !== null && (
        <div>
          <Button
            type="button"
            variant="tertiary"
            data-color="danger"
            onClick={() => void remove()}
          >
            {t('group.remove')}
          </Button>
        </div>
      )}
    </AskDialog>
  );
}
