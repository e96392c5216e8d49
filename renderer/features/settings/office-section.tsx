/** Office files: whether LibreOffice is here, where, and whether it works. */
import { Button, Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import type { OfficeCheck, OfficeFilesView } from '../../../shared/rpc/views-office-files.ts';
import { useCall } from '../../host/client.ts';
import { useTask } from '../../host/task.ts';
import { formatNumber } from '../../i18n/format.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { TaskProgress } from '../../ui/task-progress.tsx';
import { SectionForm } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';
import { useSave } from './use-save.ts';

export function OfficeSection({ may }: SectionProps) {
  const { value, error, reload } = useCall(
    'settings.officeFiles',
    {},
    (event) => event.type === 'settings.changed',
  );
  if (error !== null) return <FailureNotice failure={error} onRetry={reload} />;
  if (value === null) return null;
  return <OfficeBody key={value.program} value={value} may={may} />;
}

function OfficeBody({ value, may }: { value: OfficeFilesView; may: boolean }) {
  const { t } = useTranslation('pages');
  const [typed, setTyped] = useState(value.program);
  const { busy, failure, save } = useSave();
  const program = typed.trim();
  return (
    <div className="stack settings-parts">
      {value.found === null ? (
        <Notice tone="brass" title={t('office.notFound')}>
          <p>{t('office.notFoundText')}</p>
          <h3>{t('office.getTitle')}</h3>
          <ol className="folder-steps">
            <li>{t('office.get1')}</li>
            <li>{t('office.get2')}</li>
          </ol>
        </Notice>
      ) : (
        <Notice tone="green" title={t('office.found')}>
          <p>{t('office.at', { path: value.found })}</p>
        </Notice>
      )}
      <SectionForm
        may={may}
        busy={busy}
        failure={failure}
        onSave={() => void save('settings.putOfficeFiles', { program })}
      >
        <Textfield
          label={t('office.program')}
          description={t('office.programHelp')}
          spellCheck={false}
          maxLength={1000}
          readOnly={!may}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
          }}
        />
      </SectionForm>
      {may && <Check program={program} />}
      <section className="settings-part stack" aria-labelledby="office-how">
        <h3 id="office-how">{t('office.howTitle')}</h3>
        <ul className="folder-steps">
          {(['how1', 'how2', 'how3', 'how4', 'look'] as const).map((key) => (
            <li key={key}>{t(`office.${key}`)}</li>
          ))}
        </ul>
      </section>
    </div>
  );
}

/** As it is typed: whoever sets it up tries before it is kept. */
function Check({ program }: { program: string }) {
  const { t } = useTranslation('pages');
  const task = useTask();
  const [good, setGood] = useState<OfficeCheck | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  async function check() {
    setGood(null);
    setFailure(null);
    const answer = await task.run('settings.checkOffice', { program });
    if (answer.ok) setGood(answer.value);
    else if (answer.error.code !== 'task.cancelled') setFailure(answer.error);
  }
  return (
    <section className="settings-part stack" aria-labelledby="office-check">
      <h3 id="office-check">{t('office.checkTitle')}</h3>
      <p>{t('office.checkText')}</p>
      {task.running && <TaskProgress task={task} label={t('office.checking')} />}
      {failure !== null && <FailureNotice failure={failure} />}
      <div role="status">
        {good !== null && (
          <Notice tone="green" title={t('office.good', { version: good.version })}>
            <p>
              {t('office.goodText', {
                pdfa: good.pdfa,
                seconds: formatNumber(Math.round(good.milliseconds / 100) / 10),
              })}
            </p>
          </Notice>
        )}
      </div>
      {!task.running && (
        <div className="row">
          <Button variant="secondary" onClick={() => void check()}>
            {t('office.check')}
          </Button>
        </div>
      )}
    </section>
  );
}
