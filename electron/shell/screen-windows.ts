/**
 * Windows that are kiosks alone, each full screen on a display of its own. The client outlives the window:
 * whenever a signer has left, the window is destroyed with all it remembers and a fresh one takes its place.
 */
import { BrowserWindow, screen as displays } from 'electron';
import { fail, ok } from '../../shared/result.ts';
import type { ScreenHost } from '../desk/screens.ts';
import { holdKiosk } from './kiosk.ts';
import { freeDisplay } from './second-display.ts';
import { makeWindow, type DeskWindow, type WindowPorts } from './window.ts';

export interface ScreenWindows extends ScreenHost {
  /** The client behind a web contents; null for any other contents. */
  clientOf(contentsId: number): string | null;
  /** A fresh window in the place of this one. */
  restart(contentsId: number): void;
  closeAll(): void;
}

interface ScreenWindow extends DeskWindow {
  readonly display: number;
}

export function createScreenWindows(ports: () => WindowPorts): ScreenWindows {
  const open = new Map<string, ScreenWindow>();
  let watching = false;

  function show(client: string, display: Electron.Display): void {
    const { app } = ports();
    const made: ScreenWindow = { ...makeWindow(ports(), client), display: display.id };
    const { window } = made;
    const before = open.get(client);
    open.set(client, made);
    const stop = app.events.listen(client, (event) => {
      if (!window.isDestroyed()) window.webContents.send('event', event);
    });
    window.on('closed', () => {
      stop();
      // Another has taken its place, or the display is gone and the signer with it.
      if (open.get(client) !== made) return;
      open.delete(client);
      app.closeClient(client);
    });
    window.webContents.on('render-process-gone', () => {
      app.lost(client);
      if (open.get(client) === made) show(client, display);
    });
    window.setBounds(display.bounds);
    window.once('ready-to-show', () => {
      made.show();
      holdKiosk(window, true);
    });
    before?.window.destroy();
  }

  function close(client: string): void {
    open.get(client)?.window.destroy();
  }

  function watchDisplays(): void {
    if (watching) return;
    watching = true;
    displays.on('display-removed', (_, gone) => {
      for (const [client, { display }] of [...open]) if (display === gone.id) close(client);
    });
  }

  return {
    open(client) {
      watchDisplays();
      const taken = new Set([...open.values()].map(({ display }) => display));
      for (const window of BrowserWindow.getAllWindows())
        if (window.isVisible()) taken.add(displays.getDisplayMatching(window.getBounds()).id);
      const display = freeDisplay(displays.getAllDisplays(), taken);
      if (display === null)
        return Promise.resolve(fail('screen.no-display', 'There is one display only.'));
      show(client, display);
      return Promise.resolve(ok({ go: null }));
    },
    close,
    clientOf: (contentsId) =>
      [...open].find(([, { window }]) => window.webContents.id === contentsId)?.[0] ?? null,
    restart(contentsId) {
      const found = [...open].find(([, { window }]) => window.webContents.id === contentsId);
      if (found === undefined) return;
      const [client, { display }] = found;
      const where = displays.getAllDisplays().find(({ id }) => id === display);
      if (where !== undefined) show(client, where);
    },
    closeAll() {
      for (const client of [...open.keys()]) close(client);
    },
  };
}
