/** `kontroller.html`: the verifier as one page. `window.host` must be there before any screen is loaded. */
import './install-host.ts';
import '../ui/theme/skranke.css';
import '@digdir/designsystemet-css';
import '@fontsource-variable/inter/index.css';
import '../ui/base.css';
import '../ui/forced-colors.css';
import '../ui/kit.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startWords } from '../i18n/i18n.ts';
import { Kontroller } from './kontroller.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');

// A file that misses the place must not replace the page.
for (const type of ['dragover', 'drop'] as const)
  window.addEventListener(type, (event) => {
    event.preventDefault();
  });

await startWords(/^(nb|nn|no|da|sv)\b/i.test(navigator.language) ? 'nb' : 'en');
createRoot(root).render(
  <StrictMode>
    <Kontroller />
  </StrictMode>,
);
