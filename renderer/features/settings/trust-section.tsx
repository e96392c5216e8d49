import { Button, Textfield } from '@digdir/designsystemet-react';
import { TrashIcon } from '@navikt/aksel-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DropFile } from '../../ui/drop-file.tsx';
import { CertificateCard } from './certificate-card.tsx';
import { SectionForm } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';
import { TrustedListsPart } from './trusted-lists-part.tsx';
import { useSave } from './use-save.ts';

/** PEM as it is; a binary certificate is put into PEM so that one field carries both. */
async function asPem(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = new TextDecoder('latin1').decode(bytes);
  if (text.includes('-----BEGIN')) return text;
  const lines = btoa(text).replace(/.{64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

/** Whom the checks trust. Those there are kept by their fingerprint; new ones come as PEM. */
export function TrustSection(props: SectionProps) {
  const { settings, may } = props;
  const { t } = useTranslation('settings');
  const [text, setText] = useState('');
  const [asked, setAsked] = useState(false);
  const { busy, failure, save } = useSave();
  const { anchors } = settings;
  const kept = anchors.map((anchor) => anchor.fingerprint);
  async function add() {
    setAsked(true);
    if (text.trim() === '') return;
    const answer = await save(
      'settings.trust',
      { anchors: [...kept, text.trim()] },
      t('trust.added'),
    );
    if (answer.ok) {
      setText('');
      setAsked(false);
    }
  }
  return (
    <div className="stack">
      {anchors.length === 0 && <p className="muted">{t('trust.none')}</p>}
      {anchors.length > 0 && (
        <ul className="plain stack">
          {anchors.map((anchor) => (
            <li key={anchor.fingerprint}>
              <CertificateCard
                certificate={anchor}
                action={
                  may && (
                    <Button
                      variant="tertiary"
                      data-color="neutral"
                      aria-label={t('trust.remove', { subject: anchor.subject })}
                      onClick={() =>
                        void save(
                          'settings.trust',
                          { anchors: kept.filter((each) => each !== anchor.fingerprint) },
                          t('trust.removed'),
                        )
                      }
                    >
                      <TrashIcon aria-hidden="true" />
                      {t('remove')}
                    </Button>
                  )
                }
              />
            </li>
          ))}
        </ul>
      )}
      {may && (
        <SectionForm
          may={may}
          busy={busy}
          failure={failure}
          action={t('trust.add')}
          onSave={() => void add()}
        >
          <h3>{t('trust.addTitle')}</h3>
          <DropFile
            label={t('trust.choose')}
            hint={t('trust.dropHint')}
            accept=".pem,.crt,.cer,.der"
            onFile={(file) => {
              void asPem(file).then(setText);
            }}
          />
          <Textfield
            multiline
            rows={5}
            className="settings-pem"
            label={t('trust.pem')}
            spellCheck={false}
            value={text}
            error={asked && text.trim() === '' && t('trust.pemMissing')}
            onChange={(event) => {
              setText(event.target.value);
            }}
          />
        </SectionForm>
      )}
      <TrustedListsPart {...props} />
    </div>
  );
}
