/** One template: what it holds, who sees it, and what can be made of it. */
import { Button, Switch } from '@digdir/designsystemet-react';
import { FileTextIcon } from '@navikt/aksel-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import type { TemplateView } from '../../../shared/rpc/views-templates.ts';
import { call } from '../../host/client.ts';
import { useSession } from '../../host/session.ts';
import { useTask } from '../../host/task.ts';
import { formatDate } from '../../i18n/format.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Pill } from '../../ui/pill.tsx';
import { TaskProgress } from '../../ui/task-progress.tsx';
import { toast } from '../../ui/toasts.tsx';

interface Props {
  readonly template: TemplateView;
  readonly may: boolean;
  readonly onPrepare: (job: string) => void;
  readonly onBulk?: (template: string) => void;
  readonly onGone: () => void;
}

export function TemplatePage({ template, may, onPrepare, onBulk, onGone }: Props) {
  const { t } = useTranslation('templates');
  const task = useTask();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [deleting, setDeleting] = useState(false);
  const ready = template.lacks === 0;

  async function use() {
    setFailure(null);
    const made = await task.run('template.use', { job: template.id });
    if (made.ok) onPrepare(made.value.job);
    else if (made.error.code !== 'task.cancelled') setFailure(made.error);
  }
  async function remove() {
    const gone = await call('job.cancel', { job: template.id, reason: '' });
    setDeleting(false);
    if (!gone.ok) setFailure(gone.error);
    else {
      toast(t('deleted'));
      onGone();
    }
  }
  return (
    <article className="panel template-page" aria-labelledby="template-title">
      <div className="panel-body stack">
        <header className="stack-tight">
          <h2 id="template-title">
            {template.title.trim() === '' ? t('untitled') : template.title}
          </h2>
          <p className="muted small">
            {t('made', { name: template.madeBy, date: formatDate(template.changedAt) })}
          </p>
        </header>
        {!ready && (
          <Notice tone="brass" title={t('unfinished.title')}>
            <p>{t('unfinished.text', { count: template.lacks })}</p>
          </Notice>
        )}
        <Contents template={template} />
        {may && template.mine && <Sharing template={template} onFailure={setFailure} />}
      </div>
      {may && (
        <footer className="template-actions">
          {failure !== null && <FailureNotice failure={failure} />}
          {task.running ? (
            <TaskProgress task={task} label={t('using')} />
          ) : (
            <>
              <Button
                className="large wide"
                onClick={() => {
                  if (ready) void use();
                  else onPrepare(template.id);
                }}
              >
                {t(ready ? 'use' : 'finish')}
              </Button>
              <div className="template-quiet">
                {ready && (
                  <>
                    {onBulk !== undefined && (
                      <Button
                        variant="secondary"
                        onClick={() => {
                          onBulk(template.id);
                        }}
                      >
                        {t('bulk')}
                      </Button>
                    )}
                    <Button
                      variant="secondary"
                      onClick={() => {
                        onPrepare(template.id);
                      }}
                    >
                      {t('edit')}
                    </Button>
                  </>
                )}
                <Button
                  variant="tertiary"
                  data-color="danger"
                  onClick={() => {
                    setDeleting(true);
                  }}
                >
                  {t('delete.action')}
                </Button>
              </div>
            </>
          )}
        </footer>
      )}
      {deleting && (
        <AskDialog
          title={t('delete.title')}
          confirm={t('delete.confirm')}
          danger
          onConfirm={() => void remove()}
          onClose={() => {
            setDeleting(false);
          }}
        >
          <p>{t('delete.text')}</p>
        </AskDialog>
      )}
    </article>
  );
}

function Contents({ template }: { template: TemplateView }) {
  const { t } = useTranslation('templates');
  return (
    <>
      <section className="stack-tight">
        <h3>{t('contents.documents')}</h3>
        {template.documents.length === 0 && <p className="muted">{t('contents.noDocuments')}</p>}
        <ul className="plain stack-tight">
          {template.documents.map((title, index) => (
            <li key={`${title} ${String(index)}`} className="template-line">
              <FileTextIcon aria-hidden="true" />
              {title}
            </li>
          ))}
        </ul>
      </section>
      <section className="stack-tight">
        <h3>{t('contents.roles')}</h3>
        {template.roles.length === 0 && <p className="muted">{t('contents.noRoles')}</p>}
        <ol className="plain stack-tight">
          {template.roles.map(({ signer, title, role, fixed }, index) => (
            <li key={signer} className="template-line">
              <span className="numbers muted">{index + 1}.</span>
              <span className="grow">
                {title.trim() === '' ? t(`prepare:role.${role}`) : title}
              </span>
              {fixed && <Pill>{t('contents.fixed')}</Pill>}
            </li>
          ))}
        </ol>
      </section>
      <dl className="facts">
        <div>
          <dt>{t('contents.fields')}</dt>
          <dd className="numbers">{template.fields}</dd>
        </div>
        <div>
          <dt>{t('contents.deadline')}</dt>
          <dd>
            {template.deadlineDays === null
              ? t('contents.noDeadline')
              : t('contents.days', { count: template.deadlineDays })}
          </dd>
        </div>
      </dl>
    </>
  );
}

function Sharing({
  template,
  onFailure,
}: {
  template: TemplateView;
  onFailure: (failure: Failure | null) => void;
}) {
  const { t } = useTranslation('templates');
  const { user } = useSession();
  async function share(on: boolean) {
    if (user === null) return;
    const { id: job, unit } = template;
    const answer = await call('job.audience', { job, unit, only: on ? null : [user.id] });
    onFailure(answer.ok ? null : answer.error);
  }
  return (
    <Switch
      label={t('share.label')}
      description={t(template.private ? 'share.off' : 'share.on')}
      checked={!template.private}
      onChange={(event) => void share(event.target.checked)}
    />
  );
}
