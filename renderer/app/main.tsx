import '../ui/theme/skranke.css';
import '@digdir/designsystemet-css';
import '@fontsource-variable/inter/index.css';
import '../ui/base.css';
import '../ui/forced-colors.css';
import '../ui/kit.css';
import './app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startWords } from '../i18n/i18n.ts';
import { keepDigits } from '../ui/typed-ahead.ts';
import { App } from './app.tsx';
import { CrashScreen } from './crash-screen.tsx';
import { rememberedLanguage } from './language.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

// A file that misses the window must not replace it: drops count only where a screen takes them.
for (const type of ['dragover', 'drop'] as const) {
  window.addEventListener(type, (event) => {
    event.preventDefault();
  });
}

keepDigits();
await startWords(rememberedLanguage() ?? 'nb');
createRoot(root).render(
  <StrictMode>
    <CrashScreen>
      <App />
    </CrashScreen>
  </StrictMode>,
);
