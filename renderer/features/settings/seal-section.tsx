import { Button, Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SealView } from '../../../shared/rpc/views.ts';
import { formatOrganisationNumber } from '../../../shared/organisation-number.ts';
import { useCall } from '../../host/client.ts';
import { formatDate, formatList } from '../../i18n/format.ts';
import { DueNotice } from '../../ui/due-notice.tsx';
import { DropFile } from '../../ui/drop-file.tsx';
import { Notice } from '../../ui/notice.tsx';
import { CertificateCard } from './certificate-card.tsx';
import { SectionForm } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';
import { useSave } from './use-save.ts';

function keyState({ key, untilRestart }: SealView) {
  return key === 'ready' && untilRestart ? 'untilRestart' : key;
}

function usageKey(use: string) {
  const known = ['digitalSignature', 'nonRepudiation', 'keyEncipherment'] as const;
  return `seal.usage.${known.find((one) => one === use) ?? 'other'}`;
}

export function SealSection({ settings, may }: SectionProps) {
  const { t } = useTranslation('settings');
  const [file, setFile] = useState<{ name: string; bytes: Uint8Array<ArrayBuffer> } | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [asked, setAsked] = useState(false);
  const { busy, failure, save } = useSave();
  const { seal } = settings;
  const state = useCall('seal.state', {}, (event) => event.type === 'settings.changed');
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
              {seal.organisationNumber !== null && (
                <>
                  <dt>{t('seal.organisationNumber')}</dt>
                  <dd>{formatOrganisationNumber(seal.organisationNumber)}</dd>
                </>
              )}
              <dt>{t('seal.algorithm')}</dt>
              <dd>{seal.algorithm}</dd>
              {seal.keyUsage.length > 0 && (
                <>
                  <dt>{t('seal.keyUsage')}</dt>
                  <dd>{formatList([...new Set(seal.keyUsage.map((use) => t(usageKey(use))))])}</dd>
                </>
              )}
              <dt>{t('seal.keyState.title')}</dt>
              <dd>{t(`seal.keyState.${keyState(seal)}`)}</dd>
              <dt>{t('seal.name')}</dt>
              <dd>{seal.name}</dd>
              {seal.chain.length > 0 && (
                <>
                  <dt>{t('seal.chain')}</dt>
                  {seal.chain.map(({ fingerprint, subject, notAfter }) => (
                    <dd key={fingerprint}>
                      {subject} ({formatDate(notAfter)})
                    </dd>
                  ))}
                </>
              )}
            </>
          }
        />
      )}
      {seal?.certificate.trial === true && (
        <Notice tone="brass" title={t('seal.trialTitle')}>
          <p>{t('seal.trialText')}</p>
        </Notice>
      )}
      {state.value?.due.map((due) => (
        <DueNotice key={due.fingerprint} due={due} />
      ))}
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
