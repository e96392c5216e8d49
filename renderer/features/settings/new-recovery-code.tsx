import { Button, Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { RecoveryCode } from '../../ui/recovery-code.tsx';
import { useSave } from './use-save.ts';

/** The paper is lost or was seen: a new code, and the old one opens no later copy. */
export function NewRecoveryCode() {
  const { t } = useTranslation('settings');
  const [passphrase, setPassphrase] = useState('');
  const [code, setCode] = useState<string | null>(null);
  const { busy, failure, save } = useSave();
  async function make(event: FormEvent) {
    event.preventDefault();
    if (passphrase === '' || busy) return;
    const answer = await save('settings.newRecoveryCode', { passphrase }, t('newCode.done'));
    setPassphrase('');
    if (answer.ok) setCode(answer.value.recoveryCode);
  }
  return (
    <section className="settings-part stack" aria-labelledby="new-code-title">
      <h3 id="new-code-title">{t('newCode.title')}</h3>
      <p className="prose">{t('newCode.text')}</p>
      {failure !== null && <FailureNotice failure={failure} />}
      {code === null ? (
        <form className="settings-line" onSubmit={(event) => void make(event)}>
          <Textfield
            label={t('newCode.passphrase')}
            type="password"
            autoComplete="current-password"
            value={passphrase}
            onChange={(event) => {
              setPassphrase(event.target.value);
            }}
          />
          <Button type="submit" variant="secondary" loading={busy}>
            {t('newCode.make')}
          </Button>
        </form>
      ) : (
        <>
          <RecoveryCode code={code} label={t('newCode.label')} />
          <Notice tone="brass" title={t('newCode.once')} />
          <div className="row">
            <Button
              variant="secondary"
              onClick={() => {
                window.print();
              }}
            >
              {t('newCode.print')}
            </Button>
            <Button
              variant="secondary"
              onClick={() => {
                setCode(null);
              }}
            >
              {t('newCode.kept')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
