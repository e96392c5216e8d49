import { Button, Field, Label, Select, Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import type { BackupReceipt } from '../../../shared/rpc/views.ts';
import { useTask } from '../../host/task.ts';
import { formatBytes, formatDateTime, formatNumber } from '../../i18n/format.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Pill } from '../../ui/pill.tsx';
import { TaskProgress } from '../../ui/task-progress.tsx';
import { toast } from '../../ui/toasts.tsx';
import { NewRecoveryCode } from './new-recovery-code.tsx';
import { Rehearsal } from './rehearsal.tsx';
import { SectionForm } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';
import { useSave } from './use-save.ts';

const hours = [1, 4, 12, 24, 168];

function Last({ receipt }: { receipt: BackupReceipt }) {
  const { t } = useTranslation('settings');
  return (
    <dl className="facts">
      <dt>{t('backup.last')}</dt>
      <dd>
        {formatDateTime(receipt.at)}{' '}
        <Pill tone={receipt.tested ? 'green' : 'brass'}>
          {receipt.tested ? t('backup.tested') : t('backup.untested')}
        </Pill>
      </dd>
      <dt>{t('backup.holds')}</dt>
      <dd>
        {t('backup.counts', {
          documents: formatNumber(receipt.documents),
          events: formatNumber(receipt.events),
          bytes: formatBytes(receipt.bytes),
        })}
      </dd>
      <dt>{t('backup.where')}</dt>
      <dd>{receipt.folder}</dd>
    </dl>
  );
}

/** A copy on another drive, proved to open: what a dead machine would otherwise cost. */
export function BackupSection({ settings, may }: SectionProps) {
  const { t } = useTranslation('settings');
  const { backup } = settings;
  const [folder, setFolder] = useState(backup.folder ?? '');
  const [every, setEvery] = useState(backup.everyHours);
  const { busy, failure, save } = useSave();
  const task = useTask();
  const [now, setNow] = useState<Failure | null>(null);
  const all = hours.includes(backup.everyHours)
    ? hours
    : [...hours, backup.everyHours].sort((a, b) => a - b);
  async function backUp() {
    setNow(null);
    const answer = await task.run('settings.backupNow', {});
    if (answer.ok) toast(t('backup.done'));
    else setNow(answer.error);
  }
  return (
    <div className="stack settings-parts">
      {backup.last !== null && <Last receipt={backup.last} />}
      <SectionForm
        may={may}
        busy={busy}
        failure={failure}
        onSave={() =>
          void save('settings.backup', {
            folder: folder.trim() === '' ? null : folder.trim(),
            everyHours: every,
          })
        }
      >
        <Textfield
          label={t('backup.folder')}
          description={t('backup.folderHelp')}
          spellCheck={false}
          maxLength={1000}
          readOnly={!may}
          value={folder}
          onChange={(event) => {
            setFolder(event.target.value);
          }}
        />
        <Field className="settings-short">
          <Label>{t('backup.every')}</Label>
          <Select
            value={every}
            disabled={!may}
            onChange={(event) => {
              setEvery(Number(event.target.value));
            }}
          >
            {all.map((each) => (
              <Select.Option key={each} value={each}>
                {each === 168
                  ? t('backup.weekly')
                  : each === 24
                    ? t('backup.daily')
                    : t('backup.hours', { count: each })}
              </Select.Option>
            ))}
          </Select>
        </Field>
      </SectionForm>
      {may && backup.folder !== null && (
        <section className="settings-part stack" aria-labelledby="backup-now">
          <h3 id="backup-now">{t('backup.nowTitle')}</h3>
          {now !== null && <FailureNotice failure={now} />}
          {task.running ? (
            <TaskProgress task={task} label={t('backup.doing')} />
          ) : (
            <div className="row">
              <Button variant="secondary" onClick={() => void backUp()}>
                {t('backup.now')}
              </Button>
            </div>
          )}
        </section>
      )}
      {may && <Rehearsal last={backup.lastRehearsal} possible={backup.last !== null} />}
      {may && <NewRecoveryCode />}
    </div>
  );
}
