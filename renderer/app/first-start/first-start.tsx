import { CheckmarkIcon } from '@navikt/aksel-icons';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import { call } from '../../host/client.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { CounterScene } from '../counter-scene.tsx';
import { Front } from '../front.tsx';
import { ChecklistStep } from './checklist-step.tsx';
import { CodeStep } from './code-step.tsx';
import { emptyDraft } from './draft.ts';
import type { Draft } from './draft.ts';
import { OrganisationStep } from './organisation-step.tsx';
import { PersonStep } from './person-step.tsx';
import { SealStep } from './seal-step.tsx';
import { WelcomeStep } from './welcome-step.tsx';

const steps = ['welcome', 'organisation', 'person', 'seal', 'code', 'checklist'] as const;
type Step = (typeof steps)[number];

/** One idea a screen; nothing is made before the seal step's button. */
export function FirstStart({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('app');
  const [step, setStep] = useState<Step>('welcome');
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [code, setCode] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const at = steps.indexOf(step);
  useEffect(() => {
    sheet.current?.querySelector('h1')?.focus();
  }, [step]);

  const change = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
  };

  /** Makes the archive; a key file is put in after it, so that a wrong one costs nothing. */
  async function setUp() {
    setBusy(true);
    setFailure(null);
    let recoveryCode = code;
    if (recoveryCode === null) {
      const made = await call('session.setUp', {
        organisation: draft.organisation.trim(),
        organisationNumber: draft.organisationNumber,
        sector: draft.sector ?? 'public',
        name: draft.name.trim(),
        passphrase: draft.passphrase,
        pin: draft.pin,
        trialSeal: draft.seal === 'trial',
        language: currentLanguage(),
      });
      if (!made.ok) {
        setBusy(false);
        setFailure(made.error);
        return;
      }
      recoveryCode = made.value.recoveryCode;
      setCode(recoveryCode);
    }
    const sealed =
      draft.seal === 'key' && draft.keyFile !== null
        ? await call('settings.sealFromKeyFile', {
            bytes: draft.keyFile.bytes,
            passphrase: draft.keyPassphrase,
          })
        : draft.seal === 'trial' && code !== null
          ? await call('settings.trialSeal', {})
          : null;
    setBusy(false);
    if (sealed !== null && !sealed.ok) {
      setFailure(sealed.error);
      return;
    }
    setDraft({ ...draft, passphrase: '', pin: '', keyPassphrase: '', keyFile: null });
    setStep('code');
  }

  const back = (to: Step) => () => {
    setFailure(null);
    setStep(to);
  };

  return (
    <Front
      aside={
        step === 'welcome' ? (
          <div className="front-words">
            <CounterScene />
            <p className="front-lead">{t('first.motto')}</p>
          </div>
        ) : (
          <>
            <ol className="front-steps plain" aria-label={t('first.steps')}>
              {steps.slice(1).map((each, index) => {
                const done = index + 1 < at;
                return (
                  <li
                    key={each}
                    data-done={done || undefined}
                    aria-current={each === step ? 'step' : undefined}
                  >
                    <span className="front-step" aria-hidden="true">
                      {done ? <CheckmarkIcon /> : index + 1}
                    </span>
                    {t(`first.step.${each}`)}
                    {done && <span className="ds-sr-only">{t('first.done')}</span>}
                  </li>
                );
              })}
            </ol>
            <CounterScene />
          </>
        )
      }
    >
      <div ref={sheet} className="stack front-step-sheet">
        {step === 'welcome' && <WelcomeStep onNext={back('organisation')} />}
        {step === 'organisation' && (
          <OrganisationStep
            draft={draft}
            onChange={change}
            onBack={back('welcome')}
            onNext={back('person')}
          />
        )}
        {step === 'person' && (
          <PersonStep
            draft={draft}
            onChange={change}
            onBack={back('organisation')}
            onNext={back('seal')}
          />
        )}
        {step === 'seal' && (
          <SealStep
            draft={draft}
            onChange={change}
            // Once the archive exists there is no way back to who made it.
            onBack={code === null ? back('person') : null}
            onNext={() => void setUp()}
            busy={busy}
            failure={failure}
          />
        )}
        {step === 'code' && code !== null && (
          <CodeStep
            code={code}
            organisation={draft.organisation}
            onNext={() => {
              setCode(null);
              setStep('checklist');
            }}
          />
        )}
        {step === 'checklist' && <ChecklistStep onNext={onDone} />}
      </div>
    </Front>
  );
}
