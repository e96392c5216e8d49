import { Button } from '@digdir/designsystemet-react';
import { ArrowLeftIcon, XMarkIcon } from '@navikt/aksel-icons';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobState, SignerStatus } from '../../../shared/job/job.ts';
import type { JobView } from '../../../shared/rpc/views.ts';
import type { PeopleView } from '../../../shared/rpc/views-access.ts';
import { useCall } from '../../host/client.ts';
import { useSession } from '../../host/session.ts';
import { formatDay, formatMoment } from '../../i18n/format.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Pill } from '../../ui/pill.tsx';
import { AudienceDialog } from './audience-dialog.tsx';
import { CancelDialog } from './cancel-dialog.tsx';
import { ExtendDialog } from './extend-dialog.tsx';
import { IdentityCheckDialog } from './identity-check-dialog.tsx';
import { JobActions } from './job-actions.tsx';
import { JobAudience } from './job-audience.tsx';
import { JobDocuments } from './job-documents.tsx';
import { JobHistory } from './job-history.tsx';
import { JobNotice } from './job-notice.tsx';
import { JobSigners } from './job-signers.tsx';
import { nextStep } from './next-step.ts';
import { RemotePart } from './remote-part.tsx';
import { PickUpDialog } from './pick-up-dialog.tsx';
import { RevisionDialog } from './revision-dialog.tsx';
import type { Shown } from './revision-dialog.tsx';
import './job-page.css';

type Asking =
  | { readonly type: 'identity'; readonly signer: SignerStatus }
  | { readonly type: 'pick-up'; readonly signer: SignerStatus }
  | { readonly type: 'audience'; readonly people: PeopleView }
  | { readonly type: 'cancel' }
  | { readonly type: 'extend' }
  | { readonly type: 'revision'; readonly shown: Shown };

function Facts({ view }: { view: JobView }) {
  const { t } = useTranslation('jobs');
  const { job } = view;
  return (
    <p className="muted job-facts">
      <span>{t('page.created', { moment: formatMoment(job.createdAt) })}</span>
      {job.spec.caseNumber !== '' && <span>{t('page.case', { number: job.spec.caseNumber })}</span>}
      {job.spec.reference !== '' && (
        <span>{t('page.reference', { reference: job.spec.reference })}</span>
      )}
      {job.spec.deadline !== null && job.state === 'open' && (
        <span>{t('page.deadline', { day: formatDay(job.spec.deadline) })}</span>
      )}
    </p>
  );
}

/** The chosen job: its documents, its signers in order, the one next thing to do, and what happened. */
export function JobPage({
  job: id,
  onClose,
  onPrepare,
  onVerify,
  onHandedOver,
  onState,
}: {
  job: string;
  onClose: () => void;
  onHandedOver: (job: string) => void;
  /** Where the job stands, when it is known and whenever it changes. */
  onState: (state: JobState) => void;
  onPrepare: (job: string) => void;
  onVerify: (document: string) => void;
}) {
  const { t } = useTranslation('jobs');
  const { user } = useSession();
  const { value, error, reload } = useCall(
    'job.get',
    { job: id },
    (event) =>
      (event.type === 'job.changed' && event.job === id) || event.type === 'archive.changed',
  );
  const [asking, setAsking] = useState<Asking | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const loaded = value !== null;
  const state = value?.job.state;
  const tellState = useRef(onState);
  useEffect(() => {
    tellState.current = onState;
  });
  useEffect(() => {
    if (state !== undefined) tellState.current(state);
  }, [state]);
  useEffect(() => {
    // On a small window the page stands instead of the list: it is read from its title.
    if (loaded && window.matchMedia('(max-width: 68rem)').matches) title.current?.focus();
  }, [loaded]);

  if (value === null)
    return (
      <article className="panel job-page" aria-busy={error === null}>
        <div className="panel-body stack">
          {error !== null && <FailureNotice failure={error} onRetry={reload} />}
          <div>
            <Button variant="secondary" onClick={onClose}>
              {t('page.back')}
            </Button>
          </div>
        </div>
      </article>
    );
  const { job } = value;
  const step = nextStep(value, user?.id ?? '');
  const close = () => {
    setAsking(null);
  };
  const callUp = (signer: SignerStatus) => {
    setAsking({ type: 'identity', signer });
  };
  return (
    <article className="panel job-page" aria-labelledby="job-title">
      <header className="job-head">
        <Button
          variant="tertiary"
          data-color="neutral"
          icon
          className="job-close"
          aria-label={t('page.back')}
          onClick={onClose}
        >
          <ArrowLeftIcon className="job-close-back" aria-hidden="true" />
          <XMarkIcon className="job-close-cross" aria-hidden="true" />
        </Button>
        <div className="grow">
          <h2 id="job-title" tabIndex={-1} ref={title}>
            {job.spec.title === '' ? t('row.untitled') : job.spec.title}
          </h2>
          <Facts view={value} />
        </div>
        {job.seal?.trial === true && <Pill tone="trial">{t('row.trial')}</Pill>}
      </header>
      <div className="job-scroll">
        <JobNotice view={value} />
        <RemotePart job={job} onVerify={onVerify} />
        <JobDocuments
          view={value}
          onShow={(shown) => {
            setAsking({ type: 'revision', shown });
          }}
          onVerify={onVerify}
        />
        <JobSigners
          view={value}
          next={step}
          onCallUp={callUp}
          onPickUp={(signer) => {
            setAsking({ type: 'pick-up', signer });
          }}
        />
        <JobHistory
          view={value}
          onShow={(shown) => {
            setAsking({ type: 'revision', shown });
          }}
        />
        <JobAudience
          job={job}
          onChange={(people) => {
            setAsking({ type: 'audience', people });
          }}
        />
      </div>
      <JobActions
        view={value}
        step={step}
        onCallUp={callUp}
        onPrepare={() => {
          onPrepare(job.id);
        }}
        onHandedOver={onHandedOver}
        onCopied={onPrepare}
        onCancel={() => {
          setAsking({ type: 'cancel' });
        }}
        onExtend={() => {
          setAsking({ type: 'extend' });
        }}
      />
      {asking?.type === 'identity' && (
        <IdentityCheckDialog
          job={job}
          signer={asking.signer}
          onHandedOver={onHandedOver}
          onClose={close}
        />
      )}
      {asking?.type === 'pick-up' && (
        <PickUpDialog job={job} signer={asking.signer} onClose={close} />
      )}
      {asking?.type === 'audience' && (
        <AudienceDialog job={job} people={asking.people} onClose={close} />
      )}
      {asking?.type === 'cancel' && <CancelDialog job={job} onClose={close} />}
      {asking?.type === 'extend' && <ExtendDialog job={job} onClose={close} />}
      {asking?.type === 'revision' && <RevisionDialog shown={asking.shown} onClose={close} />}
    </article>
  );
}
