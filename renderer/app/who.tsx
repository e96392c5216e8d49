import { Textfield } from '@digdir/designsystemet-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../host/session.ts';
import { Initials } from '../ui/initials.tsx';

/** Who signed in here last, by id: most desks have one clerk. */
const lastUser = 'skranke.last-user';

export function rememberUser(id: string | undefined): void {
  if (id !== undefined) localStorage.setItem(lastUser, id);
}

export function likelyUser(users: readonly { readonly id: string }[]): string {
  const last = localStorage.getItem(lastUser);
  return users.find((each) => each.id === last)?.id ?? users[0]?.id ?? '';
}

/** One of those who work here; a resting screen names nobody, and whoever comes writes it themselves. */
export function Who({ user, onChange }: { user: string; onChange: (user: string) => void }) {
  const { t } = useTranslation('app');
  const { users } = useSession();
  const name = useId();
  if (users.length === 0)
    return (
      <Textfield
        label={t('signIn.name')}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        maxLength={200}
        value={user}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
    );
  return (
    <fieldset className="who">
      <legend>{t('signIn.who')}</legend>
      {users.map((each) => (
        <label key={each.id} className="who-one">
          <input
            type="radio"
            name={name}
            value={each.id}
            checked={each.id === user}
            onChange={() => {
              onChange(each.id);
            }}
          />
          <Initials name={each.name} mark={each.id === user ? 'turn' : 'waiting'} />
          <span>{each.name}</span>
        </label>
      ))}
    </fieldset>
  );
}
