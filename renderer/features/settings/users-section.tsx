import { Button } from '@digdir/designsystemet-react';
import { PlusIcon } from '@navikt/aksel-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserView } from '../../../shared/rpc/views.ts';
import { useCall } from '../../host/client.ts';
import { useSession } from '../../host/session.ts';
import { formatList } from '../../i18n/format.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Initials } from '../../ui/initials.tsx';
import { ScreenLock } from './screen-lock.tsx';
import { Secrets, secretsWrong, type NewSecrets } from './secrets.tsx';
import type { SectionProps } from './settings.tsx';
import { UnitsPart } from './units-part.tsx';
import { useSave } from './use-save.ts';
import { UserDialog } from './user-dialog.tsx';

interface AskProps {
  readonly user: UserView;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function Deactivate({ user, onClose, onDone }: AskProps) {
  const { t } = useTranslation('settings');
  const { busy, failure, save } = useSave();
  const said = { name: user.name };
  async function deactivate() {
    const input = { user: user.id };
    const answer = await save('settings.deactivateUser', input, t('users.deactivated', said));
    if (!answer.ok) return;
    onDone();
    onClose();
  }
  return (
    <AskDialog
      title={t('users.deactivateTitle', said)}
      confirm={t('users.deactivate')}
      danger
      busy={busy}
      onConfirm={() => void deactivate()}
      onClose={onClose}
    >
      <p>{t('users.deactivateText', said)}</p>
      {failure !== null && <FailureNotice failure={failure} />}
    </AskDialog>
  );
}

function ResetPassphrase({ user, onClose, onDone }: AskProps) {
  const { t } = useTranslation('settings');
  const [secrets, setSecrets] = useState<NewSecrets>({ passphrase: '', pin: '' });
  const [asked, setAsked] = useState(false);
  const { busy, failure, save } = useSave();
  const said = { name: user.name };
  async function reset() {
    setAsked(true);
    if (secretsWrong(secrets)) return;
    const input = { user: user.id, ...secrets };
    const answer = await save('settings.resetPassphrase', input, t('users.resetDone', said));
    if (!answer.ok) return;
    onDone();
    onClose();
  }
  return (
    <AskDialog
      title={t('users.resetTitle', said)}
      confirm={t('save')}
      busy={busy}
      onConfirm={() => void reset()}
      onClose={onClose}
    >
      <p>{t('users.resetText', said)}</p>
      <Secrets value={secrets} asked={asked} onChange={setSecrets} />
      {failure !== null && <FailureNotice failure={failure} />}
    </AskDialog>
  );
}

type Asking =
  | { readonly what: 'add' }
  | { readonly what: 'edit' | 'reset' | 'deactivate'; readonly user: UserView };

function UserActions({ user, onAsk }: { user: UserView; onAsk: (asking: Asking) => void }) {
  const { t } = useTranslation('settings');
  const me = useSession().user?.id === user.id;
  const actions = me ? (['edit'] as const) : (['edit', 'reset', 'deactivate'] as const);
  return (
    <div className="row settings-user-actions">
      {actions.map((what) => (
        <Button
          key={what}
          variant="tertiary"
          aria-label={t(`users.${what}Action`, { name: user.name })}
          onClick={() => {
            onAsk({ what, user });
          }}
        >
          {t(`users.${what}`)}
        </Button>
      ))}
    </div>
  );
}

function dialog(
  asking: Asking,
  units: SectionProps['settings']['units'],
  onClose: () => void,
  onDone: () => void,
) {
  switch (asking.what) {
    case 'add':
      return <UserDialog user={null} units={units} onClose={onClose} onDone={onDone} />;
    case 'edit':
      return <UserDialog user={asking.user} units={units} onClose={onClose} onDone={onDone} />;
    case 'reset':
      return <ResetPassphrase user={asking.user} onClose={onClose} onDone={onDone} />;
    case 'deactivate':
      return <Deactivate user={asking.user} onClose={onClose} onDone={onDone} />;
  }
}

/** Users are persons, never a shared account: an attestation needs a name. */
export function UsersSection(props: SectionProps) {
  const { t } = useTranslation('settings');
  const { units } = props.settings;
  const [asking, setAsking] = useState<Asking | null>(null);
  const { failure, save } = useSave();
  const { value, error, reload } = useCall(
    'settings.users',
    {},
    (event) => event.type === 'settings.changed',
  );
  const said = (user: UserView) => ({ name: user.name });
  return (
    <div className="stack settings-parts">
      <div className="stack">
        {error !== null && <FailureNotice failure={error} onRetry={reload} />}
        {failure !== null && <FailureNotice failure={failure} />}
        <ul className="plain settings-users">
          {(value ?? []).map((user) => (
            <li key={user.id}>
              <Initials name={user.name} mark={user.active ? 'waiting' : 'stopped'} />
              <div className="grow">
                <strong>{user.name}</strong>
                <p className="muted small">
                  {formatList(user.roles.map((role) => t(`app:role.${role}`)))}
                  {units.length > 1 &&
                    ` · ${formatList(units.filter(({ id }) => user.units.includes(id)).map(({ name }) => name))}`}
                  {!user.active && ` · ${t('users.inactive')}`}
                </p>
              </div>
              {user.active ? (
                <UserActions user={user} onAsk={setAsking} />
              ) : (
                <Button
                  variant="tertiary"
                  aria-label={t('users.reactivateAction', said(user))}
                  onClick={() => {
                    const input = { user: user.id };
                    void save('settings.reactivateUser', input, t('users.reactivated', said(user)));
                  }}
                >
                  {t('users.reactivate')}
                </Button>
              )}
            </li>
          ))}
        </ul>
        <div className="row">
          <Button
            onClick={() => {
              setAsking({ what: 'add' });
            }}
          >
            <PlusIcon aria-hidden="true" />
            {t('users.new')}
          </Button>
        </div>
      </div>
      <UnitsPart key={units.map(({ id }) => id).join(' ')} {...props} />
      <ScreenLock {...props} />
      {asking !== null &&
        dialog(
          asking,
          units,
          () => {
            setAsking(null);
          },
          reload,
        )}
    </div>
  );
}
