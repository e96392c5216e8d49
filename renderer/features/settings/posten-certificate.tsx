/** The enterprise certificate that the service knows us by; its key file, and the passphrase after a start. */
import { Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatOrganisationNumber } from '../../../shared/organisation-number.ts';
import type { PostenSettingsView } from '../../../shared/rpc/views-posten.ts';
import { DropFile } from '../../ui/drop-file.tsx';
import { Notice } from '../../ui/notice.tsx';
import { CertificateCard } from './certificate-card.tsx';
import { SectionForm } from './section-form.tsx';
import { useSave } from './use-save.ts';

/** Days before its end from when on it is told. */
const soon = 45;

export function PostenCertificate({ value, may }: { value: PostenSettingsView; may: boolean }) {
  const { t } = useTranslation('settings');
  const { certificate, key } = value;
  return (
    <section className="stack" aria-labelledby="posten-certificate">
      <h3 id="posten-certificate">{t('posten.certificate')}</h3>
      {certificate === null ? (
        <p className="muted">{t('posten.noCertificate')}</p>
      ) : (
        <CertificateCard
          certificate={certificate.summary}
          facts={
            <>
              {certificate.organisation !== null && (
                <>
                  <dt>{t('seal.organisationNumber')}</dt>
                  <dd>{formatOrganisationNumber(certificate.organisation)}</dd>
                </>
              )}
              <dt>{t('seal.keyState.title')}</dt>
              <dd>{t(`posten.key.${key}`)}</dd>
            </>
          }
        />
      )}
      {certificate !== null && certificate.daysLeft <= soon && (
        <Notice tone="brass" title={t('posten.endsIn', { count: certificate.daysLeft })} />
      )}
      {key === 'locked' && <Unlock />}
      {may && <KeyFile replaces={certificate !== null} />}
    </section>
  );
}

function Unlock() {
  const { t } = useTranslation('settings');
  const [passphrase, setPassphrase] = useState('');
  const { busy, failure, save } = useSave();
  async function unlock() {
    if (passphrase === '') return;
    await save('posten.unlock', { passphrase }, t('posten.unlocked'));
    setPassphrase('');
  }
  return (
    <SectionForm
      may
      secondary
      action={t('posten.unlock')}
      {...{ busy, failure }}
      onSave={() => void unlock()}
    >
      <Notice tone="brass" title={t('posten.lockedTitle')}>
        <p>{t('posten.lockedText')}</p>
      </Notice>
      <Textfield
        label={t('seal.passphrase')}
        type="password"
        autoComplete="off"
        value={passphrase}
        onChange={(event) => {
          setPassphrase(event.target.value);
        }}
      />
    </SectionForm>
  );
}

function KeyFile({ replaces }: { replaces: boolean }) {
  const { t } = useTranslation('settings');
  const [file, setFile] = useState<{ name: string; bytes: Uint8Array<ArrayBuffer> } | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [asked, setAsked] = useState(false);
  const { busy, failure, save } = useSave();
  async function put() {
    setAsked(true);
    if (file === null) return;
    const input = { bytes: file.bytes, passphrase };
    const answer = await save('settings.postenKeyFile', input, t('posten.put'));
    setPassphrase('');
    if (answer.ok) setFile(null);
    if (answer.ok) setAsked(false);
  }
  return (
    <details className="settings-more" open={!replaces}>
      <summary>{t(replaces ? 'posten.replace' : 'posten.add')}</summary>
      <SectionForm
        may
        secondary
        action={t('posten.putKey')}
        {...{ busy, failure }}
        onSave={() => void put()}
      >
        <DropFile
          label={file === null ? t('seal.choose') : file.name}
          hint={t('seal.dropHint')}
          accept=".p12,.pfx"
          onFile={(chosen) => {
            void chosen.arrayBuffer().then((buffer) => {
              setFile({ name: chosen.name, bytes: new Uint8Array(buffer) });
            });
          }}
        />
        {asked && file === null && <p className="ds-validation-message">{t('seal.fileMissing')}</p>}
        <Textfield
          label={t('seal.passphrase')}
          description={t('posten.passphraseHelp')}
          type="password"
          autoComplete="off"
          value={passphrase}
          onChange={(event) => {
            setPassphrase(event.target.value);
          }}
        />
      </SectionForm>
    </details>
  );
}
