/** What an inspector sees: whom they trust, and the same verdict as at the desk. */
import { Button } from '@digdir/designsystemet-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../shared/job/job.ts';
import { Verify } from '../features/verify/verify.tsx';
import { useVerify } from '../features/verify/store.ts';
import { currentLanguage, languageNames, speak } from '../i18n/i18n.ts';
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
function Trust() {
  const { t } = useTranslation('kontroller');
  const { anchors, add, clear } = useTrust();
  const input = useRef<HTMLInputElement>(null);
  const [empty, setEmpty] = useState<string | null>(null);
  const restart = useVerify((state) => state.set);
  async function take(files: readonly File[]) {
    setEmpty(null);
    for (const file of files) {
      const found = anchorsIn(new Uint8Array(await file.arrayBuffer()));
      if (found.length === 0) setEmpty(file.name);
      else add(found);
    }
    restart({ state: 'empty' });
  }
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
      {empty !== null && (
        <p role="alert" className="kontroller-wrong">
          {t('trust.none', { name: empty })}
        </p>
      )}
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept=".pem,.crt,.cer,.der"
        aria-label={t('trust.add')}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          void take(files);
        }}
      />
    </section>
  );
}

export function Kontroller() {
  const { t } = useTranslation('kontroller');
  return (
    <div className="kontroller">
      <header className="kontroller-head">
        <p className="kontroller-name">{t('name')}</p>
        <Languages />
      </header>
      <main>
        <Verify />
        <Trust />
      </main>
      <footer className="muted small">{t('offline')}</footer>
    </div>
  );
}
