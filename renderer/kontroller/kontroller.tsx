/** What an inspector sees: whom they trust, and the same verdict as at the desk. */
import { Button } from '@digdir/designsystemet-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../shared/job/job.ts';
import { useChecker } from '../features/verify/check-file.ts';
import { useVerify } from '../features/verify/store.ts';
import { Verify } from '../features/verify/verify.tsx';
import { useTask } from '../host/task.ts';
import { currentLanguage, languageNames, speak } from '../i18n/i18n.ts';
import { useDropped } from './dropped.ts';
import { EvidencePanel } from './evidence-panel.tsx';
import { readEvidence } from './evidence.ts';
import { anchorsIn, useTrust } from './trust.ts';
import './kontroller.css';

function Languages() {
  const { t } = useTranslation('kontroller');
  const now = currentLanguage();
  return (
    <div className="kontroller-languages" role="group" aria-label={t('language')}>
      {Object.entries(languageNames).map(([language, name]) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={language === now}
          onClick={() => void speak(language as Language)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

/** Trust comes from elsewhere: what an export brings along would only vouch for itself. */
function Trust({ take }: { take: (files: readonly File[]) => void }) {
  const { t } = useTranslation('kontroller');
  const { anchors, clear } = useTrust();
  const odd = useDropped((state) => state.odd);
  const input = useRef<HTMLInputElement>(null);
  const restart = useVerify((state) => state.set);
  return (
    <section className="kontroller-trust" aria-labelledby="kontroller-trust">
      <h2 id="kontroller-trust">{t('trust.title')}</h2>
      <p className="muted small">{t('trust.explain')}</p>
      {anchors.length > 0 && (
        <ul>
          {anchors.map(({ name }, index) => (
            <li key={index}>{name}</li>
          ))}
        </ul>
      )}
      <div className="row">
        <Button variant="secondary" type="button" onClick={() => input.current?.click()}>
          {t('trust.add')}
        </Button>
        {anchors.length > 0 && (
          <Button
            variant="tertiary"
            type="button"
            onClick={() => {
              clear();
              restart({ state: 'empty' });
            }}
          >
            {t('trust.clear')}
          </Button>
        )}
      </div>
      {odd !== null && (
        <p role="alert" className="kontroller-wrong">
          {t('trust.none', { name: odd })}
        </p>
      )}
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept=".pem,.crt,.cer,.der,.json"
        aria-label={t('trust.add')}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          take(files);
        }}
      />
    </section>
  );
}

/** Sorts what was dropped by what it is: documents, the record beside them, certificates. */
function useIntake() {
  const checker = useChecker(useTask());
  const add = useTrust((state) => state.add);
  const set = useDropped((state) => state.set);
  return async (files: readonly File[]) => {
    set({ odd: null });
    const last = useVerify.getState().checking;
    for (const file of files.filter(({ name }) => !isPdf(name))) {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const evidence = readEvidence(new TextDecoder().decode(bytes));
      const anchors = evidence === null ? anchorsIn(bytes) : [];
      if (evidence !== null) set({ evidence });
      else if (anchors.length > 0) add(anchors);
      else set({ odd: file.name });
    }
    const document = files.find(({ name }) => isPdf(name));
    if (document !== undefined) await checker.file(document);
    // Somebody new to trust: the same file is judged again.
    else if (last.state === 'report') await checker.again(last.subject);
  };
}

const isPdf = (name: string) => /\.pdf$/i.test(name);

export function Kontroller() {
  const { t } = useTranslation('kontroller');
  const intake = useIntake();
  return (
    <div
      className="kontroller"
      onDropCapture={(event) => {
        const files = [...event.dataTransfer.files];
        // One document alone goes the way it goes at the desk.
        if (files.length === 0 || (files.length === 1 && isPdf(files[0]?.name ?? ''))) return;
        event.preventDefault();
        void intake(files);
      }}
    >
      <header className="kontroller-head">
        <p className="kontroller-name">{t('name')}</p>
        <Languages />
      </header>
      <main>
        <Verify />
        <EvidencePanel />
        <Trust take={(files) => void intake(files)} />
      </main>
      <footer className="muted small">{t('offline')}</footer>
    </div>
  );
}
