import { Button } from '@digdir/designsystemet-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SignerStatus } from '../../../shared/job/job.ts';
import type { Failure } from '../../../shared/result.ts';
import type { ExportReceipt, JobView } from '../../../shared/rpc/views.ts';
import { call } from '../../host/client.ts';
import { useMay } from '../../host/session.ts';
import { useTask } from '../../host/task.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { TaskProgress } from '../../ui/task-progress.tsx';
import { toast } from '../../ui/toasts.tsx';
import { AttestDialog } from './attest-dialog.tsx';
import { JobCopy } from './job-copy.tsx';
import type { NextStep } from './next-step.ts';
import { SendAnewDialog } from './send-anew-dialog.tsx';
import { TakeOverDialog } from './take-over-dialog.tsx';
import { WithdrawDialog } from './withdraw-dialog.tsx';

/** The one green button, and the quiet ones under it. */
export function JobActions({
  view,
  step,
  onCallUp,
  onPrepare,
  onCancel,
  onExtend,
  onHandedOver,
  onCopied,
}: {
  view: JobView;
  step: NextStep;
  onCallUp: (signer: SignerStatus) => void;
  onPrepare: () => void;
  onCancel: () => void;
  onExtend: () => void;
  onHandedOver: (job: string) => void;
  /** A draft that was made as a copy. */
  onCopied: (job: string) => void;
}) {
  const { t } = useTranslation('jobs');
  const task = useTask();
  const handler = useMay('handler');
  const archivist = useMay('handler', 'records');
  const exporter = useMay('handler', 'records', 'reader');
  const [label, setLabel] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [asking, setAsking] = useState<
    'take-over' | 'send-anew' | 'withdraw' | SignerStatus | null
  >(null);
  const { job } = view;
  const receipt = job.exported?.takenOver === null ? job.exported.receipt : null;

  async function open() {
    setLabel(t('doing.open'));
    setFailure(null);
    const answer = await task.run('job.open', { job: job.id });
    if (answer.ok) toast(t('done.open'));
    else setFailure(answer.error);
  }
  async function seal() {
    setLabel(t('doing.seal'));
    setFailure(null);
    const answer = await task.run('sealing.seal', { job: job.id });
    if (!answer.ok) setFailure(answer.error);
    else if (answer.value.deferred !== null)
      setFailure({ code: answer.value.deferred, message: 'Sealing waits for a timestamp' });
    else toast(t('done.seal'));
  }
  async function renew() {
    setLabel(t('doing.renew'));
    setFailure(null);
    const answer = await task.run('sealing.renew', { job: job.id });
    if (!answer.ok) setFailure(answer.error);
    else if (answer.value.deferred !== null)
      setFailure({ code: answer.value.deferred, message: 'Renewal waits' });
    else toast(t('done.renew'));
  }
  async function save() {
    setLabel(t('doing.export'));
    setFailure(null);
    const answer = await task.run('export.save', { jobs: [job.id] });
    if (!answer.ok) setFailure(answer.error);
    else {
      const [failed] = answer.value.failed;
      if (failed !== undefined) setFailure({ code: failed.code, message: 'Not exported' });
      else if (answer.value.unsealed !== null)
        setFailure({ code: 'export.unsealed', message: 'Exported without the seal' });
      else toast(t('done.export', { folder: whereOf(answer.value) }));
    }
  }

  /** What needs no more than its answer. */
  async function ask(method: 'posten.send' | 'posten.invite' | 'posten.clear', said: string) {
    setFailure(null);
    const answer = await call(method, { job: job.id });
    if (answer.ok) toast(said);
    else setFailure(answer.error);
  }
  async function restore() {
    setFailure(null);
    const answer = await call('job.restore', { job: job.id });
    if (answer.ok) toast(t('follow:discard.restored'));
    else setFailure(answer.error);
  }
  /** At once, and undone as easily: a question before it would be asked of everybody, every time. */
  async function discard() {
    setFailure(null);
    const answer = await call('job.cancel', { job: job.id, reason: '' });
    if (answer.ok)
      toast(t('follow:discard.done'), {
        label: t('follow:discard.undo'),
        run: () => void restore(),
      });
    else setFailure(answer.error);
  }
  async function visit(signer: SignerStatus) {
    setFailure(null);
    const answer = await call('posten.handOver', { job: job.id, signer: signer.id });
    if (answer.ok) onHandedOver(job.id);
    else setFailure(answer.error);
  }

  const green = (words: string, act: () => void) => (
    <Button className="large wide" onClick={act}>
      {words}
    </Button>
  );
  function primary(): ReactNode {
    switch (step.type) {
      case 'resume':
        return handler ? green(t('next.resume'), onPrepare) : null;
      case 'open':
        return handler ? green(t('next.open'), () => void open()) : null;
      case 'send':
        return handler
          ? green(t('remote.send'), () => void ask('posten.send', t('remote.sent')))
          : null;
      case 'send-anew':
        return handler
          ? green(t('remote.sendAnew.confirm'), () => {
              setAsking('send-anew');
            })
          : null;
      case 'visit':
        return handler
          ? green(t('remote.visit', { name: step.signer.name }), () => void visit(step.signer))
          : null;
      case 'invite':
        return handler
          ? green(t('remote.invite'), () => void ask('posten.invite', t('remote.invited')))
          : null;
      case 'call-up':
        return handler
          ? green(t('next.callUp', { name: step.signer.name }), () => {
              onCallUp(step.signer);
            })
          : null;
      case 'attest':
        return handler
          ? green(t('next.attest', { name: step.signer.name }), () => {
              setAsking(step.signer);
            })
          : null;
      case 'seal':
        return archivist ? green(t('next.seal'), () => void seal()) : null;
      case 'renew':
        return archivist ? green(t('next.renew'), () => void renew()) : null;
      case 'export':
        return exporter ? green(t('next.export'), () => void save()) : null;
      case 'wait-kiosk':
      case 'none':
        return null;
    }
  }
  const quiet: ReactNode[] = [];
  const add = (key: string, act: () => void) => {
    quiet.push(
      <Button key={key} variant="secondary" onClick={act}>
        {t(`action.${key}`)}
      </Button>,
    );
  };
  const remote = job.remote;
  if (handler && job.state === 'at-service' && remote !== null && remote.withdrawing === null)
    if (remote.phase === 'queued' || remote.flow === 'portal')
      quiet.push(
        <Button
          key="withdraw"
          variant="secondary"
          onClick={() => {
            setAsking('withdraw');
          }}
        >
          {t('action.cancel')}
        </Button>,
      );
  if (archivist && job.state === 'returned' && remote !== null)
    if (remote.deleteDocumentsUrl !== null && !remote.cleared)
      quiet.push(
        <Button
          key="clear"
          variant="secondary"
          onClick={() => void ask('posten.clear', t('remote.clearing'))}
        >
          {t('remote.clear')}
        </Button>,
      );
  const idle = job.state === 'open' && job.atKiosk === null;
  if (handler && job.state === 'draft' && (step.type === 'open' || step.type === 'send'))
    add('edit', onPrepare);
  if (handler && idle) add(job.spec.deadline === null ? 'setDeadline' : 'extend', onExtend);
  if (handler && idle) add('cancel', onCancel);
  if (handler && job.state === 'draft')
    quiet.push(
      <Button key="discard" variant="secondary" onClick={() => void discard()}>
        {t('follow:discard.action')}
      </Button>,
    );
  if (handler && job.state === 'cancelled' && job.was === 'draft')
    quiet.push(
      <Button key="restore" variant="secondary" onClick={() => void restore()}>
        {t('follow:discard.restore')}
      </Button>,
    );
  if (archivist && job.state === 'signed' && step.type !== 'seal')
    add('sealNow', () => void seal());
  if (archivist && job.state === 'sealed' && step.type !== 'renew')
    add('renew', () => void renew());
  const ended = !['draft', 'open', 'at-service'].includes(job.state);
  const anySigned = job.signers.some((signer) => signer.state === 'SIGNED');
  if (exporter && ended && anySigned && job.exported === null && step.type !== 'export')
    add('exportNow', () => void save());
  if (exporter && step.type === 'none' && job.exported !== null)
    add('exportAgain', () => void save());
  if (archivist && receipt !== null)
    add('takeOver', () => {
      setAsking('take-over');
    });

  if (handler && job.documents.length > 0 && job.template !== true)
    quiet.push(<JobCopy key="copy" job={job.id} onMade={onCopied} />);

  const button = task.running ? null : primary();
  if (button === null && quiet.length === 0 && !task.running && failure === null) return null;
  return (
    <footer className="job-actions">
      {failure !== null && <FailureNotice failure={failure} />}
      {task.running && <TaskProgress task={task} label={label} />}
      {button}
      {!task.running && quiet.length > 0 && <div className="job-quiet">{quiet}</div>}
      {asking === 'take-over' && receipt !== null && (
        <TakeOverDialog
          receipt={receipt}
          onClose={() => {
            setAsking(null);
          }}
        />
      )}
      {asking === 'send-anew' && (
        <SendAnewDialog
          job={job}
          onClose={() => {
            setAsking(null);
          }}
        />
      )}
      {asking === 'withdraw' && (
        <WithdrawDialog
          job={job}
          onClose={() => {
            setAsking(null);
          }}
        />
      )}
      {asking !== null && typeof asking !== 'string' && (
        <AttestDialog
          job={job.id}
          signer={asking}
          onClose={() => {
            setAsking(null);
          }}
        />
      )}
    </footer>
  );
}

/** The job's own folder, as the machine that wrote it spells paths. */
function whereOf({ folder, jobs: [one] }: ExportReceipt): string {
  return one === undefined ? folder : `${folder}${folder.includes('\\') ? '\\' : '/'}${one.folder}`;
}
