/** Other offices that see where our log stands: folders, what came of the last exchange, and whom we know. */
import { Button, Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import type { WitnessReport, WitnessView } from '../../../shared/witness.ts';
import { useCall } from '../../host/client.ts';
import { useTask } from '../../host/task.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { formatDateTime, formatNumber } from '../../i18n/format.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { TaskProgress } from '../../ui/task-progress.tsx';
import { toast } from '../../ui/toasts.tsx';
import { SectionForm } from './section-form.tsx';
import { useSave } from './use-save.ts';
import { WitnessOffice } from './witness-office.tsx';

export function WitnessSection() {
  const { value, error, reload } = useCall(
    'archive.witnesses',
    {},
    (event) => event.type === 'settings.changed',
  );
  if (error !== null) return <FailureNotice failure={error} onRetry={reload} />;
  if (value === null) return null;
  return <WitnessBody key={JSON.stringify(value.folders)} value={value} />;
}

function Waits({ codes }: { codes: readonly string[] }) {
  return codes.map((code) => {
    const words = failureWords({ code, message: '' });
    return (
      <Notice key={code} tone="brass" title={words.what}>
        <p>{words.action}</p>
      </Notice>
    );
  });
}

function Last({ report }: { report: WitnessReport }) {
  const { t } = useTranslation('settings');
  return (
    <dl className="facts">
      <dt>{t('witness.last')}</dt>
      <dd>{formatDateTime(report.at)}</dd>
      <dt>{t('witness.counts')}</dt>
      <dd>
        {t('witness.countsText', {
          read: formatNumber(report.read),
          countersigned: formatNumber(report.countersigned),
          kept: formatNumber(report.kept),
        })}
      </dd>
      {report.problemCount > 0 && (
        <>
          <dt>{t('witness.problems', { count: report.problemCount })}</dt>
          {report.problems.map(({ file, code }) => (
            <dd key={`${file} ${code}`}>
              {failureWords({ code, message: '' }).what} <code>{file}</code>
            </dd>
          ))}
        </>
      )}
    </dl>
  );
}

function WitnessBody({ value }: { value: WitnessView }) {
  const { t } = useTranslation('settings');
  const [out, setOut] = useState(value.folders?.out ?? '');
  const [into, setInto] = useState(value.folders?.in ?? '');
  const { busy, failure, save } = useSave();
  const checking = useSave();
  const task = useTask();
  const [now, setNow] = useState<Failure | null>(null);
  const folders = { out: out.trim(), in: into.trim() };
  const isEmpty = folders.out === '' && folders.in === '';
  async function exchange() {
    setNow(null);
    const answer = await task.run('archive.witness', {});
    if (answer.ok) toast(t('witness.done'));
    else setNow(answer.error);
  }
  const { last, offices, witnessed } = value;
  // Our own log is what matters most: another office's file says that it was rewritten.
  const isOurs = last?.problems.some(({ code }) => code === 'witness.own-history') === true;
  return (
    <div className="stack settings-parts">
      {isOurs && <FailureNotice failure={{ code: 'witness.own-history', message: '' }} />}
      <div className="prose">
        <p>{t('witness.why')}</p>
        <p>{t('witness.what')}</p>
      </div>
      <SectionForm
        may
        busy={busy}
        failure={failure}
        onSave={() => void save('settings.witness', { folders: isEmpty ? null : folders })}
      >
        <Textfield
          label={t('witness.out')}
          description={t('witness.outHelp')}
          spellCheck={false}
          maxLength={1000}
          value={out}
          onChange={(event) => {
            setOut(event.target.value);
          }}
        />
        <Textfield
          label={t('witness.in')}
          description={t('witness.inHelp')}
          spellCheck={false}
          maxLength={1000}
          value={into}
          onChange={(event) => {
            setInto(event.target.value);
          }}
        />
      </SectionForm>
      {value.folders !== null && (
        <section className="settings-part stack" aria-labelledby="witness-now">
          <h3 id="witness-now">{t('witness.nowTitle')}</h3>
          <Waits codes={value.waits} />
          {checking.failure !== null && <FailureNotice failure={checking.failure} />}
          {now !== null && <FailureNotice failure={now} />}
          {last !== null && <Last report={last} />}
          {last !== null && (
            <p>
              {witnessed === null
                ? t('witness.unseen')
                : t('witness.seen', {
                    seq: formatNumber(witnessed.seq),
                    authority: witnessed.authority,
                    at: formatDateTime(witnessed.at),
                  })}
            </p>
          )}
          {task.running ? (
            <TaskProgress task={task} label={t('witness.doing')} />
          ) : (
            <div className="row">
              <Button variant="secondary" onClick={() => void exchange()}>
                {t('witness.now')}
              </Button>
              <Button
                variant="tertiary"
                loading={checking.busy}
                onClick={() =>
                  void checking.save('settings.checkWitness', {}, t('witness.checked'))
                }
              >
                {t('witness.check')}
              </Button>
            </div>
          )}
        </section>
      )}
      {offices.length > 0 && (
        <section className="settings-part stack" aria-labelledby="witness-offices">
          <h3 id="witness-offices">{t('witness.offices')}</h3>
          {offices.map((office) => (
            <WitnessOffice key={office.number} office={office} />
          ))}
        </section>
      )}
    </div>
  );
}
