import { Button, Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureWords } from '../../i18n/failure-words.ts';
import { useImports } from './imports.ts';
import type { Incoming } from './imports.ts';

type Need = 'password' | 'copy' | 'again' | 'other';

/** The button that gives a failed file what it needs. */
const doIt = { password: 'open', copy: 'makeCopy', again: 'again' } as const;

/** What a failed file still needs to come in; `other` is another file. */
function needOf(code: string): Need {
  switch (code) {
    case 'pdf.password':
      return 'password';
    // Opens with an empty password, or is damaged: a clean copy in the clear can be made of it.
    case 'document.encrypted':
    case 'pdf.damaged':
      return 'copy';
    default:
      // What is wrong with the file itself is as wrong the next time; a program can be installed.
      if (/^office\.(missing|broken|old|too-long)$/.test(code)) return 'again';
      return /^(pdf|document|image|office)\.|^file\.(empty|packed|picture-format|web-page)$/.test(
        code,
      )
        ? 'other'
        : 'again';
  }
}

function Failed({ one }: { one: Incoming & { failure: NonNullable<Incoming['failure']> } }) {
  const { t } = useTranslation('prepare');
  const { again, cancel } = useImports.getState();
  const [password, setPassword] = useState('');
  const need = needOf(one.failure.code);
  const words = failureWords(one.failure);
  return (
    <form
      className="stack-tight"
      onSubmit={(event) => {
        event.preventDefault();
        if (need === 'password') again(one.id, { password, repair: true });
        else if (need === 'copy') again(one.id, { repair: true });
        else again(one.id, {});
      }}
    >
      <div role="alert">
        <p>
          <strong>{words.what}</strong>
        </p>
        <p className="small">
          {need === 'again' || need === 'other'
            ? `${words.means} ${words.action}`
            : t(`incoming.${need}`)}
        </p>
      </div>
      {need === 'password' && (
        <Textfield
          label={t('incoming.passwordLabel')}
          type="password"
          autoComplete="off"
          value={password}
          onChange={(event) => {
            setPassword(event.target.value);
          }}
        />
      )}
      {(need === 'again' || need === 'other') && (
        <p className="small muted">
          <code>{words.code}</code>
        </p>
      )}
      <div className="row">
        {need !== 'other' && (
          <Button
            type="submit"
            variant="secondary"
            disabled={need === 'password' && password === ''}
          >
            {t(`incoming.${doIt[need]}`)}
          </Button>
        )}
        <Button
          variant="tertiary"
          onClick={() => {
            cancel(one.id);
          }}
        >
          {t('incoming.drop')}
        </Button>
      </div>
    </form>
  );
}

function Coming({ one }: { one: Incoming }) {
  const { t, i18n } = useTranslation(['prepare', 'app']);
  const cancel = useImports((state) => state.cancel);
  const key = `task.step.${one.step ?? ''}`;
  const step =
    one.state === 'waiting'
      ? t('incoming.waiting')
      : one.state === 'sending'
        ? t('incoming.sending')
        : i18n.exists(key, { ns: 'app' })
          ? t(key, { ns: 'app' })
          : t('incoming.checking');
  return (
    <div className="prep-coming">
      <span className="small" aria-live="polite">
        {step}
      </span>
      <progress
        aria-label={t('incoming.progress', { name: one.name })}
        max={one.total > 0 ? one.total : 1}
        value={one.total > 0 ? one.done : undefined}
      />
      <Button
        variant="tertiary"
        onClick={() => {
          cancel(one.id);
        }}
      >
        {t('incoming.cancel')}
      </Button>
    </div>
  );
}

/** Files on their way in, and those that did not come in with what can be done about it. */
export function IncomingList() {
  const { t } = useTranslation('prepare');
  const incoming = useImports((state) => state.incoming);
  const { done, total } = useImports((state) => state.batch);
  const { again, cancelAll } = useImports.getState();
  if (incoming.length === 0) return null;
  const failed = incoming.filter((one) => one.failure !== null);
  const rest = incoming.filter((one) => one.failure === null);
  const retry = failed.filter(
    ({ failure }) => failure !== null && needOf(failure.code) === 'again',
  );
  return (
    <>
      {total > 1 && rest.length > 0 && (
        <div className="row row-between" role="status">
          <span className="small numbers">{t('pages:incoming.of', { done, total })}</span>
          <Button variant="tertiary" onClick={cancelAll}>
            {t('pages:incoming.cancelAll')}
          </Button>
        </div>
      )}
      {retry.length > 1 && (
        <Button
          variant="secondary"
          className="wide"
          onClick={() => {
            for (const { id } of retry) again(id, {});
          }}
        >
          {t('pages:incoming.againAll', { count: retry.length })}
        </Button>
      )}
      <ul className="plain stack-tight" aria-label={t('incoming.label')}>
        {[...failed, ...rest].map((one) => (
          <li key={one.id} className="prep-card" data-failed={one.failure !== null || undefined}>
            <strong className="prep-file-name" dir="auto">
              {one.name}
            </strong>
            {one.failure === null ? (
              <Coming one={one} />
            ) : (
              <Failed one={{ ...one, failure: one.failure }} />
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
