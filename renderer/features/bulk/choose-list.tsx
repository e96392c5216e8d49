import { Button } from '@digdir/designsystemet-react';
import { useTranslation } from 'react-i18next';
import { openFields, openRoles } from '../../../shared/bulk/columns.ts';
import type { Job } from '../../../shared/job/job.ts';
import { writeCsv } from '../../../shared/table/csv.ts';
import { saveFile } from '../../host/save-file.ts';
import { DropFile } from '../../ui/drop-file.tsx';

export const listTypes = '.csv,.txt,.tsv,.xlsx';

/** What belongs in the list, an empty one to begin with, and where to drop it. */
export function ChooseList({ job, onChoose }: { job: Job; onChoose: (file: File) => void }) {
  const { t } = useTranslation('bulk');
  const headings = [
    ...openRoles(job.spec).flatMap(({ title, role }) => {
      const name = title.trim() === '' ? t(`prepare:role.${role}`) : title;
      return [name, `${name} ${t('heading.nationalId')}`, `${name} ${t('heading.email')}`];
    }),
    ...[t('heading.title'), t('heading.reference'), t('heading.deadline')],
    ...openFields(job.spec).flatMap(({ label = '' }) => (label === '' ? [] : [label])),
  ];
  return (
    <section className="panel panel-body stack" aria-labelledby="bulk-choose">
      <h2 id="bulk-choose">{t('choose.title')}</h2>
      <p className="prose">{t('choose.text')}</p>
      <DropFile
        label={t('choose.button')}
        hint={t('choose.hint')}
        accept={listTypes}
        onFile={onChoose}
      />
      <div>
        <Button
          variant="tertiary"
          onClick={() => {
            const bytes = new TextEncoder().encode(writeCsv([headings]));
            saveFile(t('choose.file'), bytes, 'text/csv');
          }}
        >
          {t('choose.empty')}
        </Button>
      </div>
    </section>
  );
}
