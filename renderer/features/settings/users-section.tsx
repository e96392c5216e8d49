import { Button, Checkbox, Fieldset, Textfield } from '@digdir/designsystemet-react';
import { PlusIcon } from '@navikt/aksel-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserView } from '../../../shared/rpc/views.ts';
import { useCall } from '../../host/client.ts';
import { formatList } from '../../i18n/format.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Initials } from '../../ui/initials.tsx';
import { useSave } from './use-save.ts';

const roles = ['handler', 'records', 'reader', 'admin'] as const;

function AddUser({ onClose, onAdded }: { onClose: () => void; onAdded: () => void }) {
  const { t } = useTranslation('settings');
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly UserView['roles'][number][]>(['handler']);
  const [passphrase, setPassphrase] = useState('');
  const [pin, setPin] = useState('');
  const [asked, setAsked] = useState(false);
  const { busy, failure, save } = useSave();
  const wrong = {
    name: name.trim() === '',
    roles: chosen.length === 0,
    passphrase: passphrase.length < 8,
    pin: !/^\d{4,8}$/.test(pin),
  };
  async function add() {
    setAsked(true);
    if (Object.values(wrong).includes(true)) return;
    const answer = await save(
      'settings.addUser',
      { name: name.trim(), roles: [...chosen], passphrase, pin },
      t('users.added', { name: name.trim() }),
    );
    if (!answer.ok) return;
    onAdded();
    onClose();
  }
  return (
    <AskDialog
      title={t('users.addTitle')}
      confirm={t('users.add')}
      busy={busy}
      onConfirm={() => void add()}
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
      <div className="settings-pair">
        <Textfield
          label={t('users.passphrase')}
          description={t('users.passphraseHelp')}
          type="password"
          autoComplete="new-password"
          value={passphrase}
          error={asked && wrong.passphrase && t('users.passphraseShort')}
          onChange={(event) => {
            setPassphrase(event.target.value);
          }}
        />
        <Textfield
          label={t('users.pin')}
          description={t('users.pinHelp')}
          type="password"
          inputMode="numeric"
          autoComplete="off"
          value={pin}
          error={asked && wrong.pin && t('users.pinWrong')}
          onChange={(event) => {
            setPin(event.target.value.replace(/\D/g, '').slice(0, 8));
          }}
        />
      </div>
      {failure !== null && <FailureNotice failure={failure} />}
    </AskDialog>
  );
}

/** Users are persons, never a shared account: an attestation needs a name. */
export function UsersSection() {
  const { t } = useTranslation('settings');
  const [adding, setAdding] = useState(false);
  const { value, error, reload } = useCall(
    'settings.users',
    {},
    (event) => event.type === 'settings.changed',
  );
  return (
    <div className="stack">
      {error !== null && <FailureNotice failure={error} onRetry={reload} />}
      <ul className="plain settings-users">
        {(value ?? []).map((user) => (
          <li key={user.id}>
            <Initials name={user.name} mark="waiting" />
            <div className="grow">
              <strong>{user.name}</strong>
              <p className="muted small">
                {formatList(user.roles.map((role) => t(`app:role.${role}`)))}
                {!user.active && ` · ${t('users.inactive')}`}
              </p>
            </div>
          </li>
        ))}
      </ul>
      <div className="row">
        <Button
          onClick={() => {
            setAdding(true);
          }}
        >
          <PlusIcon aria-hidden="true" />
          {t('users.new')}
        </Button>
      </div>
      {adding && (
        <AddUser
          onAdded={reload}
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </div>
  );
}
