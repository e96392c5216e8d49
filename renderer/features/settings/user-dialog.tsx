import { Checkbox, Fieldset, Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserView } from '../../../shared/rpc/views.ts';
import type { UnitView } from '../../../shared/rpc/views-access.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Secrets, secretsWrong, type NewSecrets } from './secrets.tsx';
import { useSave } from './use-save.ts';

const roles = ['handler', 'records', 'reader', 'admin'] as const;

/** A new user, or one who is to be called something else or do something else. */
export function UserDialog({
  user,
  units,
  onClose,
  onDone,
}: {
  /** Null for a new one. */
  user: UserView | null;
  /** Nothing is said of them where there is only one. */
  units: readonly UnitView[];
  onClose: () => void;
  onDone: () => void;
}) {
  const { t } = useTranslation('settings');
  const [name, setName] = useState(user?.name ?? '');
  const [chosen, setChosen] = useState<UserView['roles']>(user?.roles ?? ['handler']);
  const [belongs, setBelongs] = useState<readonly string[]>(
    user?.units ?? units.slice(0, 1).map(({ id }) => id),
  );
  const [secrets, setSecrets] = useState<NewSecrets>({ passphrase: '', pin: '' });
  const [asked, setAsked] = useState(false);
  const { busy, failure, save } = useSave();
  const wrong = {
    name: name.trim() === '',
    roles: chosen.length === 0,
    units: belongs.length === 0,
    secrets: user === null && secretsWrong(secrets),
  };
  async function put() {
    setAsked(true);
    if (Object.values(wrong).includes(true)) return;
    const person = {
      ...{ name: name.trim(), roles: [...chosen] },
      ...(units.length > 1 ? { units: [...belongs] } : {}),
    };
    const said = { name: person.name };
    const answer =
      user === null
        ? await save('settings.addUser', { ...person, ...secrets }, t('users.added', said))
        : await save('settings.editUser', { ...person, user: user.id }, t('users.changed', said));
    if (!answer.ok) return;
    onDone();
    onClose();
  }
  return (
    <AskDialog
      title={user === null ? t('users.addTitle') : t('users.editTitle')}
      confirm={user === null ? t('users.add') : t('save')}
      busy={busy}
      onConfirm={() => void put()}
      onClose={onClose}
    >
      <Textfield
        label={t('users.name')}
        description={t('users.nameHelp')}
        maxLength={200}
        value={name}
        error={asked && wrong.name && t('users.nameMissing')}
        onChange={(event) => {
          setName(event.target.value);
        }}
      />
      <Fieldset>
        <Fieldset.Legend>{t('users.roles')}</Fieldset.Legend>
        {roles.map((role) => (
          <Checkbox
            key={role}
            variant="outline"
            label={t(`users.role.${role}.name`)}
            description={t(`users.role.${role}.help`)}
            value={role}
            checked={chosen.includes(role)}
            onChange={(event) => {
              setChosen(
                event.target.checked ? [...chosen, role] : chosen.filter((each) => each !== role),
              );
            }}
          />
        ))}
        {asked && wrong.roles && <p className="ds-validation-message">{t('users.rolesMissing')}</p>}
      </Fieldset>
      {units.length > 1 && (
        <Fieldset>
          <Fieldset.Legend>{t('users.units')}</Fieldset.Legend>
          <Fieldset.Description>{t('users.unitsHelp')}</Fieldset.Description>
          {units.map(({ id, name: unit }) => (
            <Checkbox
              key={id}
              label={unit}
              value={id}
              checked={belongs.includes(id)}
              onChange={(event) => {
                setBelongs(
                  event.target.checked ? [...belongs, id] : belongs.filter((each) => each !== id),
                );
              }}
            />
          ))}
          {asked && wrong.units && (
            <p className="ds-validation-message">{t('users.unitsMissing')}</p>
          )}
        </Fieldset>
      )}
      {user === null && <Secrets value={secrets} asked={asked} onChange={setSecrets} />}
      {failure !== null && <FailureNotice failure={failure} />}
    </AskDialog>
  );
}
