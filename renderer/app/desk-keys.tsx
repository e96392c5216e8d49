/** The keys of the desk and what they open; mounted with the desk, so the kiosk has none of it. */
import { Button, Dialog } from '@digdir/designsystemet-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../host/client.ts';
import { useMay } from '../host/session.ts';
import { toast } from '../ui/toasts.tsx';
import { go, useNavigation } from './navigation.ts';
import type { View } from './navigation.ts';
import { Palette } from './palette.tsx';
import type { PaletteAction } from './palette.tsx';
import { isTyping, keysFor, shortcutOf } from './shortcuts.ts';

const keys = keysFor(/Mac|iPhone|iPad/.test(navigator.userAgent));

async function newJob() {
  const made = await call('job.create', { spec: {} });
  if (made.ok) go({ at: 'prepare', job: made.value.job });
}

/** The list's search, wherever one is. */
function search() {
  go({ at: 'jobs', job: null });
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>('main input[type="search"]')?.focus();
  });
}

export function DeskKeys() {
  const { t } = useTranslation('palette');
  const handler = useMay('handler');
  const [open, setOpen] = useState<'palette' | 'help' | null>(null);
  const at = useNavigation(({ view }) => view.at);
  const close = () => {
    setOpen(null);
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const shortcut = shortcutOf(event, isTyping(event.target));
      if (shortcut === null) return;
      // Preparing has its own field for finding text; a question on screen is answered first.
      if (shortcut === 'search' && at === 'prepare') return;
      event.preventDefault();
      const asked = document.querySelector('dialog[open]') !== null;
      if (shortcut === 'save') toast(t('saved'));
      else if (asked) return;
      else if (shortcut === 'palette' || shortcut === 'help') setOpen(shortcut);
      else if (shortcut === 'search') search();
      else if (handler) void newJob();
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  }, [at, handler, t]);
  const to = (id: string, view: View): PaletteAction => ({
    ...{ id, label: t(`go.${id}`) },
    run: () => {
      go(view);
    },
  });
  const actions: readonly PaletteAction[] = [
    ...(handler
      ? [{ id: 'new', label: t('new'), keys: keys['new'], run: () => void newJob() }]
      : []),
    { id: 'search', label: t('search'), keys: keys['search'], run: search },
    to('jobs', { at: 'jobs', job: null }),
    to('archive', { at: 'archive' }),
    to('verify', { at: 'verify', document: null }),
    to('settings', { at: 'settings', section: null }),
    to('mail', { at: 'settings', section: 'mail' }),
    to('backup', { at: 'settings', section: 'backup' }),
    to('access', { at: 'settings', section: 'access' }),
    {
      ...{ id: 'help', label: t('help.title'), keys: keys['help'] },
      run: () => {
        setOpen('help');
      },
    },
    { id: 'lock', label: t('lock'), run: () => void call('session.lock', {}) },
  ];
  return (
    <>
      {open === 'palette' && (
        <Palette
          actions={actions}
          onJob={(job) => {
            go({ at: 'jobs', job });
          }}
          onClose={() => {
            setOpen((now) => (now === 'palette' ? null : now));
          }}
        />
      )}
      {open === 'help' && <Shortcuts onClose={close} />}
    </>
  );
}

const listed = [
  ...['palette', 'new', 'search', 'undo', 'redo', 'save'],
  ...['move', 'ends', 'open', 'close', 'help'],
];

function Shortcuts({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('palette');
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const node = dialog.current;
    if (node !== null && !node.open) node.showModal();
  }, []);
  return (
    <Dialog ref={dialog} closeButton={false} aria-labelledby="shortcuts-title" onClose={onClose}>
      <div className="stack">
        <h2 id="shortcuts-title">{t('help.title')}</h2>
        <dl className="shortcuts-list">
          {listed.map((each) => (
            <div key={each}>
              <dt>{t(`help.${each}`)}</dt>
              <dd>
                <kbd>{keys[each]}</kbd>
              </dd>
            </div>
          ))}
        </dl>
        <div className="row row-end">
          <Button variant="secondary" onClick={() => dialog.current?.close()}>
            {t('help.done')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
