import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job, SignerStatus } from '../../../shared/job/job.ts';
import type { Failure } from '../../../shared/result.ts';
import { call } from '../../host/client.ts';
import { useSession } from '../../host/session.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { toast } from '../../ui/toasts.tsx';
import { CompareCard } from './compare-card.tsx';
import { checkOf, identityDraftFor, identityProblems, today } from './identity-draft.ts';
import { IdentityForm } from './identity-form.tsx';
import { ScreenChoicePart, useScreenChoice } from './screen-choice.tsx';
import { SecondClerk, useSecondClerk } from './second-clerk.tsx';

/** DOMAIN.md, the kiosk, step 2: who is there, how the clerk knows, and then the screen is theirs. */
export function IdentityCheckDialog({
  job,
  signer,
  onHandedOver,
  onClose,
}: {
  job: Job;
  signer: SignerStatus;
  onHandedOver: (job: string) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('jobs');
  const { t: tp } = useTranslation('pairing');
  const session = useSession();
  const [draft, setDraft] = useState(identityDraftFor(signer));
  const second = useSecondClerk(signer);
  const where = useScreenChoice();
  const [compared, setCompared] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  async function handOver() {
    setAsked(true);
    if (Object.values(identityProblems(draft, today())).includes(true) || second.wrong) return;
    setBusy(true);
    const answer = await call('session.handOver', {
      ...{ job: job.id, signer: signer.id, identityCheck: checkOf(draft) },
      ...second.given,
      ...(compared === null ? {} : { certificate: compared }),
      ...(where.chosen === null ? {} : { screen: where.chosen }),
    });
    if (answer.ok && where.chosen !== null) {
      toast(tp('choice.done', { name: signer.name }));
      onClose();
      return;
    }
    if (answer.ok) {
      // The clerk's screens leave the machine's memory before the signer sees it.
      onHandedOver(job.id);
      return;
    }
    setBusy(false);
    second.forget();
    setFailure(answer.error);
  }
  const browserWindow =
    where.chosen === null &&
    session.host === 'web' &&
    !window.matchMedia('(display-mode: fullscreen)').matches;
  return (
    <AskDialog
      title={t('identity.title', { name: signer.name })}
      confirm={t('identity.confirm', { name: signer.name })}
      busy={busy}
      onConfirm={() => void handOver()}
      onClose={onClose}
    >
      <IdentityForm
        signer={signer}
        draft={draft}
        asked={asked}
        onChange={(part) => {
          setDraft({ ...draft, ...part });
        }}
      />
      {signer.kind === 'advanced' && (
        <CompareCard wanted={signer.name} compared={compared} onCompared={setCompared} />
      )}
      <ScreenChoicePart choice={where} />
      <SecondClerk second={second} asked={asked} />
      <Notice title={t('identity.statementTitle')}>
        <p>
          {t(draft.method === 'eid' ? 'identity.statementEid' : 'identity.statement', {
            name: signer.name,
          })}
        </p>
        {browserWindow && <p className="muted small">{t('identity.browser')}</p>}
      </Notice>
      {failure !== null && <FailureNotice failure={failure} />}
    </AskDialog>
  );
}
