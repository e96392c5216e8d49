/** Templates: jobs in waiting, with documents, fields and roles, of which jobs are made as copies. */
import { Button } from '@digdir/designsystemet-react';
import { FileTextIcon, PlusIcon } from '@navikt/aksel-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TemplateView } from '../../../shared/rpc/views-templates.ts';
import { useCall } from '../../host/client.ts';
import { useMay } from '../../host/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { NewTemplateDialog } from './new-template-dialog.tsx';
import { TemplatePage } from './template-page.tsx';
import './templates.css';

export interface TemplatesProps {
  readonly template: string | null;
  readonly onChoose: (template: string | null) => void;
  /** A draft, or the template itself, in the prepare window. */
  readonly onPrepare: (job: string) => void;
  readonly onBulk?: (template: string) => void;
}

export function Templates({ template, onChoose, onPrepare, onBulk }: TemplatesProps) {
  const { t } = useTranslation('templates');
  const handler = useMay('handler');
  const [making, setMaking] = useState(false);
  const { value, error, reload } = useCall(
    'template.list',
    {},
    (event) => event.type === 'job.changed' || event.type === 'archive.changed',
  );
  const chosen = value?.find(({ id }) => id === template) ?? value?.[0] ?? null;
  const add = (
    <Button
      variant={value !== null && value.length > 0 ? 'secondary' : 'primary'}
      onClick={() => {
        setMaking(true);
      }}
    >
      <PlusIcon aria-hidden="true" />
      {t('add')}
    </Button>
  );
  return (
    <div className="templates">
      <header className="row row-between">
        <h1>{t('title')}</h1>
        {handler && value !== null && value.length > 0 && add}
      </header>
      {error !== null && <FailureNotice failure={error} onRetry={reload} />}
      {value !== null && value.length === 0 && (
        <div className="panel">
          <EmptyState
            icon={<FileTextIcon />}
            title={t('empty.title')}
            action={handler ? add : undefined}
          >
            {t('empty.text')}
          </EmptyState>
        </div>
      )}
      {value !== null && chosen !== null && (
        <div className="templates-body">
          <List templates={value} chosen={chosen.id} onChoose={onChoose} />
          <TemplatePage
            key={chosen.id}
            template={chosen}
            may={handler}
            onPrepare={onPrepare}
            {...(onBulk === undefined ? {} : { onBulk })}
            onGone={() => {
              onChoose(null);
            }}
          />
        </div>
      )}
      {making && (
        <NewTemplateDialog
          onMade={onPrepare}
          onClose={() => {
            setMaking(false);
          }}
        />
      )}
    </div>
  );
}

function List({
  templates,
  chosen,
  onChoose,
}: {
  templates: readonly TemplateView[];
  chosen: string;
  onChoose: (template: string) => void;
}) {
  const { t } = useTranslation('templates');
  return (
    <nav className="panel templates-list" aria-label={t('list')}>
      <ul className="plain">
        {templates.map((each) => (
          <li key={each.id}>
            <button
              type="button"
              aria-current={each.id === chosen ? 'true' : undefined}
              onClick={() => {
                onChoose(each.id);
              }}
            >
              <strong>{each.title.trim() === '' ? t('untitled') : each.title}</strong>
              <span className="small muted">
                {[
                  t('documents', { count: each.documents.length }),
                  t('roles', { count: each.roles.length }),
                  ...(each.private ? [t('private')] : []),
                ].join(' · ')}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
