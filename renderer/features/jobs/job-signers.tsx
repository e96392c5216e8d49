import { Button } from '@digdir/designsystemet-react';
import { PersonCheckmarkIcon } from '@navikt/aksel-icons';
import { useTranslation } from 'react-i18next';
import type { SignerStatus } from '../../../shared/job/job.ts';
import { isTheirTurn } from '../../../shared/job/signer-turns.ts';
import type { JobView } from '../../../shared/rpc/views.ts';
import { useMay } from '../../host/session.ts';
import { formatMoment } from '../../i18n/format.ts';
import { Initials } from '../../ui/initials.tsx';
import { Pill } from '../../ui/pill.tsx';
import type { Tone } from '../../ui/pill.tsx';
import type { NextStep } from './next-step.ts';
import { CopyLine } from './copy-line.tsx';
import { stateWords } from './remote-words.ts';
import { SignerFollowing } from './signer-following.tsx';
import { PickUpLine } from './pick-up-line.tsx';
import { shownBefore, signerProofWords } from './signer-proof.ts';

function toneOf(state: string, turn: boolean): Tone {
  if (state === 'SIGNED') return 'green';
  if (state === 'WAITING') return turn ? 'brass' : 'neutral';
  if (state === 'REJECTED' || state === 'FAILED' || state === 'BLOCKED') return 'red';
  return 'neutral';
}

/** Which proof they gave: never more than what was shown, and never by another's name. */
function SignerProof({ events, signer }: Pick<JobView, 'events'> & { signer: string }) {
  const { t } = useTranslation('jobs');
  const shown = shownBefore(events, signer);
  if (shown === null) return null;
  const [first, ...others] = signerProofWords(t, shown);
  if (first === undefined) return null;
  return (
    <p className="small row job-signer-proof">
      <PersonCheckmarkIcon aria-hidden="true" />
      <span>{[first, ...others].join(' · ')}</span>
    </p>
  );
}

/** At the service a signature has papers of its own. */
function signedHere({ events }: JobView, signer: string): boolean {
  return events.some(({ event }) => event.type === 'signed' && event.signer === signer);
}

/** In order; equal numbers may come at the same time. An unknown word of the service is shown as it is. */
export function JobSigners({
  view,
  next,
  onCallUp,
  onPickUp,
}: {
  view: JobView;
  next: NextStep;
  onCallUp: (signer: SignerStatus) => void;
  onPickUp: (signer: SignerStatus) => void;
}) {
  const { t } = useTranslation('jobs');
  const handler = useMay('handler');
  const { job } = view;
  const draft = job.state === 'draft';
  const signers: readonly SignerStatus[] = draft
    ? job.spec.signers.map((signer) => ({ ...signer, state: 'WAITING', since: null }))
    : job.signers;
  if (signers.length === 0) return null;
  const groups = [...new Set(signers.map((signer) => signer.order))].sort((a, b) => a - b);
  return (
    <section className="job-signers" aria-labelledby="job-signers-title">
      <h3 id="job-signers-title">{t('page.signers')}</h3>
      <ol className="plain">
        {groups.flatMap((group) =>
          signers
            .filter((signer) => signer.order === group)
            .map((signer) => {
              const turn = isTheirTurn(job, signer.id);
              const other =
                handler &&
                turn &&
                job.state === 'open' &&
                job.atKiosk === null &&
                !(next.type === 'call-up' && next.signer.id === signer.id);
              return (
                <li key={signer.id} className="job-signer">
                  <Initials
                    name={signer.name}
                    mark={
                      signer.state === 'SIGNED'
                        ? 'signed'
                        : signer.state !== 'WAITING'
                          ? 'stopped'
                          : turn
                            ? 'turn'
                            : 'waiting'
                    }
                  />
                  <div className="grow">
                    <div className="row job-signer-line">
                      <strong>{signer.name === '' ? t('signer.unnamed') : signer.name}</strong>
                      {!draft && !other && (
                        <Pill tone={toneOf(signer.state, turn)}>
                          {signer.state === 'SIGNED' && signer.since !== null
                            ? t('signer.signedAt', { moment: formatMoment(signer.since) })
                            : signer.state === 'WAITING'
                              ? job.state === 'at-service'
                                ? t('signer.state.WAITING')
                                : turn
                                  ? t('signer.turn')
                                  : t('signer.later')
                              : stateWords(t, signer.state)}
                        </Pill>
                      )}
                    </div>
                    <p className="muted small">
                      {[
                        signer.title,
                        signer.role === 'signer' ? '' : t(`role.${signer.role}`),
                        signer.onBehalfOf === 'OTHER' && signer.forWhom !== undefined
                          ? t('signer.for', { name: signer.forWhom })
                          : '',
                        t(`kind.${signer.kind}`),
                        groups.length > 1
                          ? t('signer.order', { number: groups.indexOf(group) + 1 })
                          : '',
                      ]
                        .filter(Boolean)
                        .filter((part, at, all) => all.indexOf(part) === at)
                        .join(' · ')}
                    </p>
                    <SignerProof events={view.events} signer={signer.id} />
                    {handler && signedHere(view, signer.id) && (
                      <CopyLine job={job} signer={signer} />
                    )}
                    {handler &&
                      job.state === 'open' &&
                      job.atKiosk === null &&
                      signer.state === 'WAITING' && <SignerFollowing job={job} signer={signer} />}
                    {handler && turn && job.state === 'open' && job.atKiosk === null && (
                      <PickUpLine
                        job={job}
                        signer={signer}
                        onMake={() => {
                          onPickUp(signer);
                        }}
                      />
                    )}
                  </div>
                  {other && (
                    <Button
                      variant="secondary"
                      onClick={() => {
                        onCallUp(signer);
                      }}
                    >
                      {t('signer.callUp')}
                    </Button>
                  )}
                </li>
              );
            }),
        )}
      </ol>
    </section>
  );
}
