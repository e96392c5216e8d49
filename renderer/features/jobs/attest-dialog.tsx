import { Details, Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { attestation } from '../../../shared/job/attestation.ts';
import type { SignerStatus } from '../../../shared/job/job.ts';
import type { Failure } from '../../../shared/result.ts';
import { call } from '../../host/client.ts';
import { useSession } from '../../host/session.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { DropFile } from '../../ui/drop-file.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { toast } from '../../ui/toasts.tsx';

/** DOMAIN.md, the kiosk, step 9: what the clerk puts their own name to. */
export function AttestDialog({
  job,
  signer,
  onClose,
}: {
  job: string;
  signer: SignerStatus;
  onClose: () => void;
}) {
  const { t } = useTranslation('jobs');
  const { user, language } = useSession();
  const [busy, setBusy] = useState(false);
  const [file, setFile] = useState<{ name: string; bytes: Uint8Array<ArrayBuffer> } | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  async function attest() {
    setBusy(true);
    const answer = await call('job.attest', {
      ...{ job, signer: signer.id },
      ...(file === null ? {} : { keyFile: { bytes: file.bytes, passphrase } }),
    });
    setBusy(false);
    if (!answer.ok) {
      setFailure(answer.error);
      return;
    }
    toast(t('done.attest'));
    onClose();
  }
  return (
    <AskDialog
      title={t('attest.title', { name: signer.name })}
      confirm={t('attest.confirm')}
      busy={busy}
      onConfirm={() => void attest()}
      onClose={onClose}
    >
      <blockquote className="job-statement" lang={language}>
        {attestation(language, signer.name)}
        <footer>{user?.name}</footer>
      </blockquote>
      <p className="muted">{t('attest.help')}</p>
      <Details>
        <Details.Summary>{t('attest.own')}</Details.Summary>
        <Details.Content className="stack">
          <DropFile
            label={file === null ? t('attest.choose') : file.name}
            hint={t('attest.dropHint')}
            accept=".p12,.pfx"
            onFile={(chosen) => {
              void chosen.arrayBuffer().then((buffer) => {
                setFile({ name: chosen.name, bytes: new Uint8Array(buffer) });
              });
            }}
          />
          {file !== null && (
            <Textfield
              label={t('attest.passphrase')}
              type="password"
              autoComplete="off"
              value={passphrase}
              onChange={(event) => {
                setPassphrase(event.target.value);
              }}
            />
          )}
        </Details.Content>
      </Details>
      {failure !== null && <FailureNotice failure={failure} />}
    </AskDialog>
  );
}
