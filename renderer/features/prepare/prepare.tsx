/** Prepare a job: documents, signers and their fields, a last look; then it is opened for signing. */
import { Button, Spinner } from '@digdir/designsystemet-react';
import { useDeferredValue, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../host/client.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { DocumentsPanel } from './documents-panel.tsx';
import { DropEverywhere } from './drop-everywhere.tsx';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { CheckSheet, CheckPanel } from './check.tsx';
import { useImports } from './imports.ts';
import { Organiser } from './organiser/organiser.tsx';
import { useOrganiser } from './organiser/organiser-store.ts';
import { PageStage } from './page-stage.tsx';
import { meet, useSaving } from './saving.ts';
import { SignersPanel } from './signers-panel.tsx';
import { draftOf, usePrepare } from './store.ts';
import { PageStrip } from './page-strip.tsx';
import { useDraftKeys } from './draft-keys.ts';
import { Welcome } from './welcome.tsx';
import './field-bar.css';
import './fields.css';
import './prepare.css';
import './side.css';
import './signers.css';
import './narrow.css';

interface Props {
  /** Id of a draft. */
  readonly job: string;
  /** The job is open for signing. */
  readonly onDone: () => void;
  /** Back to where the clerk came from; the draft is kept. */
  readonly onLeave?: (template: boolean) => void;
}

export function Prepare({ job, onDone, onLeave }: Props) {
  const { t } = useTranslation('prepare');
  const view = useCall(
    'job.get',
    { job },
    (event) => event.type === 'job.changed' && event.job === job,
  );
  const loaded = usePrepare((state) => state.job === job);
  // All three columns at once are much to draw: in pieces, so that nothing the clerk does meanwhile waits.
  const ready = useDeferredValue(loaded) && loaded;
  const saving = usePrepare((state) => state.saved.state === 'saving');
  const { load } = usePrepare.getState();
  const fresh = view.value?.job;
  useEffect(() => {
    if (fresh === undefined || fresh.state !== 'draft') return;
    if (usePrepare.getState().job !== job) {
      load(job, fresh.version, draftOf(fresh.spec, fresh.documents), fresh.documents);
      usePrepare.setState({ template: fresh.template === true });
    } else if (!saving) meet(fresh);
  }, [fresh, job, load, saving]);
  useEffect(
    () => () => {
      // The next visit reads the draft anew.
      usePrepare.setState({ job: null });
      useOrganiser.getState().applied(null);
    },
    [job],
  );
  const leave = () => {
    (onLeave ?? onDone)(usePrepare.getState().template);
  };
  if (view.error !== null && !loaded) {
    return (
      <main className="prep-wait">
        <FailureNotice failure={view.error} onRetry={view.reload} />
      </main>
    );
  }
  if (fresh !== undefined && fresh.state !== 'draft' && !loaded) {
    return (
      <main className="prep-wait">
        <p>{t('notDraft')}</p>
        <Button onClick={leave}>{t('leave')}</Button>
      </main>
    );
  }
  if (!ready) {
    return (
      <main className="prep-wait" aria-busy="true">
        <Spinner aria-label={t('loading')} />
      </main>
    );
  }
  return (
    <Loaded job={job} sealReady={view.value?.sealReady ?? true} onDone={onDone} onLeave={leave} />
  );
}

function Loaded(props: {
  job: string;
  sealReady: boolean;
  onDone: () => void;
  onLeave: () => void;
}) {
  const { job, sealReady, onDone, onLeave } = props;
  const step = usePrepare((state) => state.step);
  const empty = usePrepare((state) => state.documents.length === 0);
  const arriving = useImports((state) => state.incoming.length > 0);
  useSaving();
  useDraftKeys();
  const welcome = empty && !arriving;
  const organising = useOrganiser((state) => state.isOpen) && !empty;
  return (
    <DropEverywhere job={job}>
      <div className="prep" data-step={step}>
        <Header onLeave={onLeave} />
        {welcome ? (
          <Welcome job={job} />
        ) : organising ? (
          <Organiser job={job} />
        ) : (
          <>
            <PageStrip />
            {step === 'check' ? <CheckSheet /> : <PageStage />}
            {step === 'documents' && <DocumentsPanel job={job} />}
            {step === 'signers' && <SignersPanel />}
            {step === 'check' && <CheckPanel sealReady={sealReady} />}
          </>
        )}
        {!organising && <Footer job={job} welcome={welcome} onDone={onDone} onLeave={onLeave} />}
      </div>
    </DropEverywhere>
  );
}
