import { Button, Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DropFile } from '../../ui/drop-file.tsx';
import { Notice } from '../../ui/notice.tsx';
import { CertificateCard } from './certificate-card.tsx';
import { SectionForm } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';
import { useSave } from './use-save.ts';

export function SealSection({ settings, may }: SectionProps) {
  const { t } = useTranslation('settings');
  const [file, setFile] = useState<{ name: string; bytes: Uint8Array<ArrayBuffer> } | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [asked, setAsked] = useState(false);
  const { busy, failure, save } = useSave();
  const { seal } = settings;
  async function put() {
    setAsked(true);
    if (file === null) return;
    const answer = await save(
      'settings.sealFromKeyFile',
      { bytes: file.bytes, passphrase },
      t('seal.done'),
    );
    setPassphrase('');
    if (!answer.ok) return;
    setFile(null);
    setAsked(false);
  }
  return (
    <div className="stack">
      {seal === null ? (
        <Notice tone="brass" title={t('seal.none')}>
          <p>{t('seal.noneText')}</p>
        </Notice>
      ) : (
        <CertificateCard
          certificate={seal.certificate}
          facts={
            <>
              <dt>{t('seal.algorithm')}</dt>
              <dd>{seal.algorithm}</dd>
            </>
          }
        />
      )}
      {seal?.certificate.trial === true && (
        <Notice tone="brass" title={t('seal.trialTitle')}>
          <p>{t('seal.trialText')}</p>
        </Notice>
      )}
      {seal !== null && !seal.certificate.trial && seal.expiresInDays <= 60 && (
        <Notice tone="brass" title={t('seal.expires', { count: seal.expiresInDays })}>
          <p>{t('seal.expiresText')}</p>
        </Notice>
      )}
      {may && (
        <SectionForm
          may={may}
          busy={busy}
          failure={failure}
          action={t('seal.put')}
          onSave={() => void put()}
        >
          <h3>{seal === null ? t('seal.putTitle') : t('seal.replaceTitle')}</h3>
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
          {asked && file === null && (
            <p className="ds-validation-message">{t('seal.fileMissing')}</p>
          )}
          <Textfield
            label={t('seal.passphrase')}
            description={t('seal.passphraseHelp')}
            type="password"
            autoComplete="off"
            value={passphrase}
            onChange={(event) => {
              setPassphrase(event.target.value);
            }}
          />
        </SectionForm>
      )}
      {may && seal === null && (
        <div className="row">
          <Button
            variant="secondary"
            loading={busy}
            onClick={() => void save('settings.trialSeal', {}, t('seal.trialDone'))}
          >
            {t('seal.makeTrial')}
          </Button>
        </div>
      )}
    </div>
  );
}
