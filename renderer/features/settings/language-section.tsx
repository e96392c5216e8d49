import { Button } from '@digdir/designsystemet-react';
import { DownloadIcon } from '@navikt/aksel-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeptLanguage } from '../../../shared/rpc/views-language.ts';
import { useCall } from '../../host/client.ts';
import { saveFile } from '../../host/save-file.ts';
import { sourceWords } from '../../i18n/i18n.ts';
import { DropFile } from '../../ui/drop-file.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { LanguageCard } from './language-card.tsx';
import { readLanguageFile, template } from './language-file.ts';
import type { Problem } from './language-file.ts';
import type { SectionProps } from './settings.tsx';
import { useSave } from './use-save.ts';
import './language.css';

const mostProblems = 12;

function Problems({ problems }: { problems: readonly Problem[] }) {
  const { t } = useTranslation('language');
  const shown = problems.slice(0, mostProblems);
  return (
    <Notice tone="red" role="alert" title={t('problem.title')}>
      <ul className="language-problems">
        {shown.map(({ code, values }, at) => (
          <li key={`${code} ${String(at)}`}>{t(`problem.${code}`, values)}</li>
        ))}
      </ul>
      {problems.length > shown.length && (
        <p>{t('problem.more', { count: problems.length - shown.length })}</p>
      )}
    </Notice>
  );
}

/** The languages of the program, and those that the office adds as files. */
export function LanguageSection({ may }: SectionProps) {
  const { t } = useTranslation('language');
  const { value, error, reload } = useCall(
    'language.list',
    {},
    (event) => event.type === 'settings.changed',
  );
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const { failure, save } = useSave();
  async function add(file: File) {
    const read = readLanguageFile(await file.text(), sourceWords('nb'));
    setProblems('problems' in read ? read.problems : []);
    if ('problems' in read) return;
    await save('language.put', read.language, t('added', { name: read.language.name }));
  }
  function download() {
    const words = template(sourceWords('nb'), sourceWords('en'), {
      ...{ text: t('confirmation.text'), textFor: t('confirmation.textFor') },
    });
    saveFile('skranke-language.json', new TextEncoder().encode(words), 'application/json');
  }
  const languages: readonly KeptLanguage[] = value ?? [];
  return (
    <div className="stack">
      <p className="prose">{t('builtIn')}</p>
      {error !== null && <FailureNotice failure={error} onRetry={reload} />}
      <h3>{t('own')}</h3>
      {languages.length === 0 && value !== null && <p className="muted prose">{t('none')}</p>}
      <ul className="plain stack">
        {languages.map((language) => (
          <li key={language.code}>
            <LanguageCard language={language} may={may} />
          </li>
        ))}
      </ul>
      {may && (
        <>
          <h3>{t('addTitle')}</h3>
          <ol className="language-steps prose">
            <li>{t('step.template')}</li>
            <li>{t('step.fill')}</li>
            <li>{t('step.add')}</li>
          </ol>
          <div className="row">
            <Button variant="secondary" onClick={download}>
              <DownloadIcon aria-hidden="true" />
              {t('download')}
            </Button>
          </div>
          <DropFile
            label={t('choose')}
            hint={t('drop')}
            accept=".json,application/json"
            onFile={(file) => void add(file)}
          />
          {problems.length > 0 && <Problems problems={problems} />}
          {failure !== null && <FailureNotice failure={failure} />}
        </>
      )}
    </div>
  );
}
