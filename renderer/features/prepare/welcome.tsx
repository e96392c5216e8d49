import { FileImportIcon } from '@navikt/aksel-icons';
import { useTranslation } from 'react-i18next';
import { ChooseFiles } from './choose-files.tsx';
import { ExampleDocument } from './example-document.tsx';
import './welcome.css';

/** Nothing here yet: what belongs here, and the first step. */
export function Welcome({ job }: { job: string }) {
  const { t } = useTranslation('prepare');
  return (
    <main className="prep-welcome">
      <div className="prep-welcome-drop">
        <span className="empty-sign" aria-hidden="true">
          <FileImportIcon />
        </span>
        <h2>{t('drop.title')}</h2>
        <p className="muted">{t('drop.text')}</p>
        <ChooseFiles job={job} first />
        <p className="muted small">{t('drop.original')}</p>
        <ExampleDocument job={job} />
      </div>
    </main>
  );
}
