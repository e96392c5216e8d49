import { Button } from '@digdir/designsystemet-react';
import { ArrowRightIcon } from '@navikt/aksel-icons';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import { call } from '../../host/client.ts';
import { useTask } from '../../host/task.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { TaskProgress } from '../../ui/task-progress.tsx';
import { useMissing } from './checklist.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import { useImports } from './imports.ts';
import { usePlace } from './place.tsx';
import { saveNow } from './saving.ts';
import { stepOrder, usePrepare } from './store.ts';
import { KeepTemplate } from './template-mode.tsx';

interface Props {
  readonly job: string;
  readonly welcome: boolean;
  readonly onDone: () => void;
  readonly onLeave: () => void;
}

export function Footer({ job, welcome, onDone, onLeave }: Props) {
  const { t } = useTranslation('prepare');
  const step = usePrepare((state) => state.step);
  const saved = usePrepare((state) => state.saved);
  const empty = usePrepare((state) => state.documents.length === 0);
  const arriving = useImports((state) => state.incoming.length > 0);
  const { go } = usePrepare.getState();
  const template = usePrepare((state) => state.template);
  const opening = useTask();
  const found = useMissing();
  const [failure, setFailure] = useState<Failure | null>(null);
  const away = usePlace() !== 'counter';
  const at = stepOrder.indexOf(step);
  const back = stepOrder[at - 1];
  const next = stepOrder[at + 1];
  const ready = found.length === 0 && !arriving;
  // All that is missing is a file that did not come in: the button leads to it.
  const held = found.length === 0 && arriving;

  async function open() {
    setFailure(null);
    if (!(await saveNow())) return;
    const answer = away
      ? await call('posten.send', { job })
      : await opening.run('job.open', { job });
    if (answer.ok) onDone();
    else if (answer.error.code !== 'task.cancelled') setFailure(answer.error);
  }
  return (
    <footer className="prep-foot">
      <div className="prep-foot-hint">
        {opening.running ? (
          <TaskProgress task={opening} label={t('open.working')} />
        ) : failure !== null ? (
          <FailureNotice failure={failure} />
        ) : saved.state === 'failed' ? (
          <FailureNotice
            failure={saved.failure}
            onRetry={() => {
              void saveNow();
            }}
          />
        ) : (
          !welcome && (
            <p id="prep-field-keys" className="muted">
              <Trans
                t={t}
                i18nKey={away && step !== 'documents' ? `hint.${step}There` : `hint.${step}`}
                components={{ b: <strong /> }}
              />
            </p>
          )
        )}
      </div>
      <div className="row">
        <Button
          variant="secondary"
          disabled={opening.running}
          onClick={() => {
            if (back === undefined) void saveNow().then(onLeave);
            else go(back);
          }}
        >
          {t('back')}
        </Button>
        {!welcome &&
          (next === undefined && template ? (
            <KeepTemplate onLeave={onLeave} />
          ) : next === undefined ? (
            <Button
              aria-disabled={(!ready && !held) || opening.running || undefined}
              loading={opening.running}
              onClick={() => {
                if (held) go('documents');
                else if (ready && !opening.running) void open();
              }}
            >
              {held
                ? t('open.arriving')
                : ready
                  ? t(away ? 'open.send' : 'open.yes')
                  : t('open.missing', { count: found.length })}
            </Button>
          ) : (
            <Button
              disabled={empty}
              onClick={() => {
                go(next);
              }}
            >
              {t(`go.${next}`)}
              <ArrowRightIcon aria-hidden="true" />
            </Button>
          ))}
      </div>
      {saved.state === 'conflict' && <ConflictDialog theirs={saved.theirs} />}
    </footer>
  );
}
