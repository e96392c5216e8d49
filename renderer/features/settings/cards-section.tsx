/** Smart cards: whether they may be used, where their drivers are, and what is in the readers now. */
import { Button, Checkbox, Textarea, Field, Label } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CardsView } from '../../../shared/card.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { formatDate } from '../../i18n/format.ts';
import { Notice } from '../../ui/notice.tsx';
import { Pill } from '../../ui/pill.tsx';
import { SectionForm } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';
import { useSave } from './use-save.ts';

const words = (code: string) => failureWords({ code, message: '' });

export function CardsSection({ settings, may }: SectionProps) {
  const { t } = useTranslation('settings');
  const [use, setUse] = useState(settings.cards.use);
  const [known, setKnown] = useState(settings.cards.known);
  const [keyFiles, setKeyFiles] = useState(settings.cards.keyFiles);
  const [paths, setPaths] = useState(settings.cards.modules.join('\n'));
  const [found, setFound] = useState<CardsView | null>(null);
  const { busy, failure, save } = useSave();
  const checking = useSave();
  const modules = paths
    .split('\n')
    .map((path) => path.trim())
    .filter((path) => path !== '');
  async function check() {
    setFound(null);
    const answer = await checking.save('card.list', {}, t('cards.checked'));
    if (answer.ok) setFound(answer.value);
  }
  return (
    <div className="stack">
      <SectionForm
        may={may}
        busy={busy}
        failure={failure}
        onSave={() => void save('settings.cards', { use, known, keyFiles, modules })}
      >
        <Checkbox
          label={t('cards.use')}
          description={t('cards.useHelp')}
          checked={use}
          disabled={!may}
          onChange={(event) => {
            setUse(event.target.checked);
          }}
        />
        <Checkbox
          label={t('cards.known')}
          description={t('cards.knownHelp')}
          checked={known}
          disabled={!may || !use}
          onChange={(event) => {
            setKnown(event.target.checked);
          }}
        />
        <Field>
          <Label>{t('cards.modules')}</Label>
          <Field.Description>{t('cards.modulesHelp')}</Field.Description>
          <Textarea
            rows={3}
            spellCheck={false}
            readOnly={!may}
            value={paths}
            onChange={(event) => {
              setPaths(event.target.value);
            }}
          />
        </Field>
        <Checkbox
          label={t('cards.keyFiles')}
          description={t('cards.keyFilesHelp')}
          checked={keyFiles}
          disabled={!may}
          onChange={(event) => {
            setKeyFiles(event.target.checked);
          }}
        />
      </SectionForm>
      {may && (
        <div className="row">
          <Button variant="secondary" loading={checking.busy} onClick={() => void check()}>
            {t('cards.check')}
          </Button>
        </div>
      )}
      {found !== null && <Diagnosis found={found} />}
    </div>
  );
}

function Diagnosis({ found }: { found: CardsView }) {
  const { t } = useTranslation('settings');
  const nearest = found.problem === null ? null : words(found.problem);
  return (
    <div className="stack" role="status">
      {nearest === null ? (
        <Notice tone="green" title={t('cards.ready')} />
      ) : (
        <Notice tone="brass" title={nearest.what}>
          <p>{nearest.action}</p>
        </Notice>
      )}
      <ul className="plain stack-tight">
        {found.drivers.map(({ path, name, problem }) => (
          <li key={path} className="settings-item">
            <div className="row row-between">
              <strong>{name}</strong>
              <Pill tone={problem === null ? 'green' : 'red'}>
                {problem === null ? t('cards.answers') : words(problem).what}
              </Pill>
            </div>
            <span className="muted small">{path}</span>
          </li>
        ))}
        {found.readers.map(({ id, reader, card }) => (
          <li key={id} className="settings-item">
            <div className="row row-between">
              <strong>{reader}</strong>
              <span>{card === null ? t('cards.empty') : card.label}</span>
            </div>
            {card?.certificates.map((certificate) => (
              <p key={certificate.id} className="small">
                {certificate.name}, {certificate.issuer}, {formatDate(certificate.notAfter)}
                {certificate.problem !== null && `: ${words(certificate.problem).what}`}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </div>
  );
}
