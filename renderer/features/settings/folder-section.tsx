/** Jobs from other systems, by a watched folder: where, for whom, and how it goes. */
import { Button, Field, Label, Select, Switch, Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import type { FolderCheck, FolderState, FolderView } from '../../../shared/rpc/views-folder.ts';
import { call, useCall } from '../../host/client.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { formatDateTime, formatNumber } from '../../i18n/format.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Pill } from '../../ui/pill.tsx';
import { SectionForm } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';
import { useSave } from './use-save.ts';

export function FolderSection({ may }: SectionProps) {
  const { value, error, reload } = useCall(
    'settings.folder',
    {},
    (event) => event.type === 'settings.changed',
  );
  if (error !== null) return <FailureNotice failure={error} onRetry={reload} />;
  if (value === null) return null;
  // What is half typed stays when only the state of things is another one.
  const { state: _, ...kept } = value;
  return <FolderBody key={JSON.stringify(kept)} value={value} may={may} />;
}

function FolderBody({ value, may }: { value: FolderView; may: boolean }) {
  const { t } = useTranslation('settings');
  const [on, setOn] = useState(value.on);
  const [into, setInto] = useState(value.in);
  const [out, setOut] = useState(value.out);
  const [user, setUser] = useState(value.user);
  const [open, setOpen] = useState(value.open);
  const { busy, failure, save } = useSave();
  const folders = { in: into.trim(), out: out.trim(), user };
  const isNew = !value.on && value.in === '' && value.out === '';
  return (
    <div className="stack settings-parts">
      {isNew && <HowItWorks />}
      {value.on && <Standing state={value.state} />}
      <SectionForm
        may={may}
        busy={busy}
        failure={failure}
        onSave={() => void save('settings.putFolder', { on, ...folders, open })}
      >
        <Switch
          label={t('folder.on')}
          description={t('folder.onHelp')}
          checked={on}
          disabled={!may}
          onChange={(event) => {
            setOn(event.target.checked);
          }}
        />
        <Textfield
          label={t('folder.in')}
          description={t('folder.inHelp')}
          spellCheck={false}
          maxLength={1000}
          readOnly={!may}
          value={into}
          onChange={(event) => {
            setInto(event.target.value);
          }}
        />
        <Textfield
          label={t('folder.out')}
          description={t('folder.outHelp')}
          spellCheck={false}
          maxLength={1000}
          readOnly={!may}
          value={out}
          onChange={(event) => {
            setOut(event.target.value);
          }}
        />
        <Field>
          <Label>{t('folder.user')}</Label>
          <Field.Description>{t('folder.userHelp')}</Field.Description>
          <Select
            value={user}
            disabled={!may}
            onChange={(event) => {
              setUser(event.target.value);
            }}
          >
            <Select.Option value="">{t('folder.nobody')}</Select.Option>
            {value.users.map(({ id, name }) => (
              <Select.Option key={id} value={id}>
                {name}
              </Select.Option>
            ))}
          </Select>
        </Field>
        <Switch
          label={t('folder.open')}
          description={t('folder.openHelp')}
          checked={open}
          disabled={!may}
          onChange={(event) => {
            setOpen(event.target.checked);
          }}
        />
      </SectionForm>
      {may && <Check folders={folders} />}
    </div>
  );
}

function HowItWorks() {
  const { t } = useTranslation('settings');
  return (
    <Notice title={t('folder.howTitle')}>
      <ol className="folder-steps">
        <li>{t('folder.how1')}</li>
        <li>{t('folder.how2')}</li>
        <li>{t('folder.how3')}</li>
      </ol>
      <p>{t('folder.howFormat')}</p>
    </Notice>
  );
}

function Standing({ state }: { state: FolderState }) {
  const { t } = useTranslation('settings');
  return (
    <section className="settings-part stack" aria-labelledby="folder-state">
      <h3 id="folder-state">{t('folder.stateTitle')}</h3>
      {state.troubles.map(({ of, code }) => {
        const words = failureWords({ code, message: '' });
        return (
          <Notice
            key={`${of} ${code}`}
            tone="brass"
            title={`${t(`folder.of.${of}`)}: ${words.what}`}
          >
            <p>
              {t('folder.waits')} {words.action}
            </p>
          </Notice>
        );
      })}
      <dl className="facts">
        <dt>{t('folder.looked')}</dt>
        <dd>{state.lookedAt === null ? t('folder.notYet') : formatDateTime(state.lookedAt)}</dd>
        <dt>{t('folder.counts')}</dt>
        <dd>
          {t('folder.countsText', {
            taken: formatNumber(state.taken),
            refused: formatNumber(state.refused),
            waiting: formatNumber(state.waiting),
          })}
        </dd>
      </dl>
    </section>
  );
}

/** As it is typed: whoever sets it up tries before it is kept. */
function Check({ folders }: { folders: Pick<FolderView, 'in' | 'out' | 'user'> }) {
  const { t } = useTranslation('settings');
  const [busy, setBusy] = useState(false);
  const [checks, setChecks] = useState<readonly FolderCheck[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  async function check() {
    setBusy(true);
    setFailure(null);
    const answer = await call('settings.checkFolder', folders);
    setBusy(false);
    setChecks(answer.ok ? answer.value : []);
    if (!answer.ok) setFailure(answer.error);
  }
  return (
    <section className="settings-part stack" aria-labelledby="folder-check">
      <h3 id="folder-check">{t('folder.checkTitle')}</h3>
      <p>{t('folder.checkText')}</p>
      {failure !== null && <FailureNotice failure={failure} />}
      <div role="status">
        {checks.length > 0 && (
          <ul className="plain stack-tight">
            {checks.map(({ of, code }) => {
              const words = code === null ? null : failureWords({ code, message: '' });
              return (
                <li key={of}>
                  <Pill tone={code === null ? 'green' : 'red'}>{t(`folder.of.${of}`)}</Pill>{' '}
                  {words === null ? t('folder.right') : `${words.what}. ${words.action}`}
                </li>
              );
            })}
          </ul>
        )}
      </div>
      <div className="row">
        <Button variant="secondary" loading={busy} onClick={() => void check()}>
          {t('folder.check')}
        </Button>
      </div>
    </section>
  );
}
