import { Button, Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import type { Checker } from './check-file.ts';
import { useVerify } from './store.ts';
import type { Checking } from './store.ts';

/** A file that could not be checked at all; a password can be tried where one is missing. */
export function Failed({
  checking,
  checker,
}: {
  checking: Extract<Checking, { state: 'failed' }>;
  checker: Checker;
}) {
  const { t } = useTranslation('verify');
  const set = useVerify((state) => state.set);
  const [password, setPassword] = useState('');
  const { subject, failure, name } = checking;
  const locked = failure.code === 'pdf.password' && subject?.type === 'upload';
  return (
    <section className="verify-empty">
      <h1>{t('failed')}</h1>
      {name !== '' && <p className="verify-file">{name}</p>}
      <FailureNotice failure={failure} />
      {locked && (
        <form
          className="row verify-unlock"
          onSubmit={(event) => {
            event.preventDefault();
            void checker.again(subject, password);
          }}
        >
          <Textfield
            label={t('password')}
            type="password"
            autoComplete="off"
            value={password}
            onChange={(event) => {
              setPassword(event.target.value);
            }}
          />
          <Button type="submit" disabled={password === ''}>
            {t('unlock')}
          </Button>
        </form>
      )}
      <div className="row">
        {subject !== null && !locked && (
          <Button
            variant="secondary"
            onClick={() => {
              void checker.again(subject);
            }}
          >
            {t('again')}
          </Button>
        )}
        <Button
          variant="secondary"
          onClick={() => {
            set({ state: 'empty' });
          }}
        >
          {t('another')}
        </Button>
      </div>
    </section>
  );
}
