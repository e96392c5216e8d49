/** A key file from a memory stick: opened, shown, used once, kept nowhere. */
import { FileImportIcon } from '@navikt/aksel-icons';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import { call } from '../../host/client.ts';
import { BigButton } from './big-button.tsx';
import { KioskFailure } from './failure.tsx';
import { OwnFrame } from './own-frame.tsx';
import type { OwnKey, ShownOwn } from './own-key.ts';
import { ScreenKeyboard, useTouch } from './screen-keyboard.tsx';
import type { ScreenProps } from './sitting.tsx';

const longest = 200;

interface Props extends ScreenProps {
  readonly onShown: (own: OwnKey, shown: ShownOwn) => void;
  /** Null where cards cannot be used. */
  readonly onCard: (() => void) | null;
}

export function ShowFile({ view, onBusy, onShown, onCard }: Props) {
  const { t } = useTranslation('kiosk');
  const picker = useRef<HTMLInputElement>(null);
  const touch = useTouch();
  const [file, setFile] = useState<{ name: string; bytes: Uint8Array<ArrayBuffer> } | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function show() {
    if (file === null || asking) return;
    setAsking(true);
    setFailure(null);
    onBusy(true);
    const { bytes } = file;
    const answer = await call('signing.showKeyFile', { bytes: bytes.slice(), passphrase });
    onBusy(false);
    setAsking(false);
    if (!answer.ok) {
      setPassphrase('');
      setFailure(answer.error);
      return;
    }
    const { name, issuer, notAfter } = answer.value.certificate;
    onShown({ type: 'key-file', bytes, passphrase }, { ...answer.value, name, issuer, notAfter });
  }
  return (
    <OwnFrame
      view={view}
      title={t('own.fileTitle')}
      under={t('own.fileUnder')}
      busy={asking}
      forward={
        <>
          {onCard !== null && (
            <BigButton disabled={asking} onClick={onCard}>
              {t('own.useCardInstead')}
            </BigButton>
          )}
          <BigButton
            forward
            busy={asking}
            disabled={file === null}
            onClick={() => {
              void show();
            }}
          >
            {t('own.openFile')}
          </BigButton>
        </>
      }
    >
      {failure !== null && <KioskFailure failure={failure} />}
      <form
        className="k-own-file"
        onSubmit={(event) => {
          event.preventDefault();
          void show();
        }}
      >
        <BigButton onClick={() => picker.current?.click()}>
          <FileImportIcon aria-hidden="true" />
          {file === null ? t('own.pickFile') : file.name}
        </BigButton>
        <input
          ref={picker}
          type="file"
          hidden
          accept=".p12,.pfx"
          aria-label={t('own.pickFile')}
          onChange={(event) => {
            const picked = event.target.files?.[0];
            event.target.value = '';
            if (picked === undefined) return;
            setFailure(null);
            void picked.arrayBuffer().then((buffer) => {
              setFile({ name: picked.name, bytes: new Uint8Array(buffer) });
            });
          }}
        />
        {file !== null && (
          <label className="k-field">
            {t('own.passphrase')}
            <input
              type="password"
              autoComplete="off"
              autoFocus
              inputMode={touch ? 'none' : 'text'}
              maxLength={longest}
              value={passphrase}
              onChange={(event) => {
                setPassphrase(event.target.value);
              }}
            />
          </label>
        )}
      </form>
      {file !== null && touch && (
        <ScreenKeyboard
          writing="secret"
          value={passphrase}
          longest={longest}
          onChange={setPassphrase}
        />
      )}
    </OwnFrame>
  );
}
