import { Field, Label, Select } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job, SignerStatus } from '../../../shared/job/job.ts';
import type { Failure } from '../../../shared/result.ts';
import type { PickUpView } from '../../../shared/rpc/views-access.ts';
import { call } from '../../host/client.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { checkOf, identityDraftFor, identityProblems, today } from './identity-draft.ts';
import { IdentityForm } from './identity-form.tsx';
import { PickUpSlip } from './pick-up-slip.tsx';
import { SecondClerk, useSecondClerk } from './second-clerk.tsx';

/** For how many minutes a code may wait. */
const waits = [30, 60, 120, 240, 480, 1440] as const;

/** The identity check is made now; the signer begins alone, later, with the code it gives. */
export function PickUpDialog({
  job,
  signer,
  onClose,
}: {
  job: Job;
  signer: SignerStatus;
  onClose: () => void;
}) {
  const { t } = useTranslation('jobs');
  const [draft, setDraft] = useState(identityDraftFor(signer));
  const [minutes, setMinutes] = useState<number>(60);
  const second = useSecondClerk(signer);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [made, setMade] = useState<PickUpView | null>(null);
  async function make() {
    setAsked(true);
    if (Object.values(identityProblems(draft, today())).includes(true) || second.wrong) return;
    setBusy(true);
    setFailure(null);
    const answer = await call('pickup.make', {
      ...{ job: job.id, signer: signer.id, identityCheck: checkOf(draft), minutes },
      ...second.given,
    });
    setBusy(false);
    second.forget();
    if (answer.ok) setMade(answer.value);
    else setFailure(answer.error);
  }
  if (made !== null) return <PickUpSlip made={made} onClose={onClose} />;
  return (
    <AskDialog
      title={t('pickUp.title', { name: signer.name })}
      confirm={t('pickUp.confirm')}
      busy={busy}
      onConfirm={() => void make()}
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
      <SecondClerk second={second} asked={asked} />
      <Field className="pick-up-minutes">
        <Label>{t('pickUp.minutes')}</Label>
        <Select
          value={minutes}
          onChange={(event) => {
            setMinutes(Number(event.target.value));
          }}
        >
          {waits.map((each) => (
            <Select.Option key={each} value={each}>
              {each < 60
                ? t('pickUp.forMinutes', { count: each })
                : t('pickUp.forHours', { count: each / 60 })}
            </Select.Option>
          ))}
        </Select>
      </Field>
      <Notice title={t('identity.statementTitle')}>
        <p>
          {t(draft.method === 'eid' ? 'pickUp.statementEid' : 'pickUp.statement', {
            name: signer.name,
          })}
        </p>
      </Notice>
      {failure !== null && <FailureNotice failure={failure} />}
    </AskDialog>
  );
}
