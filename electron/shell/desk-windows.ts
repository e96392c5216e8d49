/**
 * The window people see and the one that waits behind it. Full screen while a signer holds the kiosk;
 * leaving destroys the window (its process and all it remembers) and shows the pre-warmed one.
 */
import type { BrowserWindow } from 'electron';
import type { App } from '../app.ts';
import type { Standing } from '../rpc/sessions.ts';
import { holdKiosk } from './kiosk.ts';
import { makeWindow } from './window.ts';
import type { DeskWindow, WindowPorts } from './window.ts';

export interface DeskWindows {
  /** The client behind a web contents; null for any other contents. */
  clientOf(contentsId: number): string | null;
  focus(): void;
  /** Destroys the current window and shows the one that waited. */
  restart(contentsId: number): void;
}

export function createDeskWindows(ports: WindowPorts): DeskWindows {
  const { app } = ports;
  let current = follow(app, makeWindow(ports));
  let next: DeskWindow | null = null;
  const clients = new Map<number, string>();
  remember(current);

  function remember(made: DeskWindow): void {
    clients.set(made.window.webContents.id, made.client);
    const forward = app.events.listen(made.client, (event) => {
      if (!made.window.isDestroyed()) made.window.webContents.send('event', event);
    });
    made.window.on('closed', forward);
    made.window.webContents.on('render-process-gone', () => {
      // A page that died while somebody signed: nothing is confirmed, the job waits again.
      app.lost(made.client);
      restart(made);
    });
  }
  function warm(): void {
    next = follow(app, makeWindow(ports));
    remember(next);
  }
  function restart(leaving: DeskWindow): void {
    if (leaving !== current) return;
    const standing = app.sessions.standing(leaving.client);
    const bounds = leaving.window.getBounds();
    const fresh = next ?? follow(app, makeWindow(ports));
    if (next === null) remember(fresh);
    next = null;
    current = fresh;
    inherit(app, standing, fresh.client);
    fresh.window.setBounds(bounds);
    fresh.show();
    leaving.window.destroy();
    warm();
  }
  current.window.once('ready-to-show', () => {
    current.show();
    warm();
  });

  return {
    clientOf: (contentsId) => clients.get(contentsId) ?? null,
    focus() {
      if (current.window.isMinimized()) current.window.restore();
      current.window.focus();
    },
    restart(contentsId) {
      if (current.window.webContents.id === contentsId) restart(current);
    },
  };
}

/** Who stood behind the old window stands behind the new one; the page, not the person, is thrown away. */
function inherit(app: App, standing: Standing, client: string): void {
  app.sessions.set(client, standing);
}

function follow(app: App, made: DeskWindow): DeskWindow {
  const window: BrowserWindow = made.window;
  app.sessions.onChange((client) => {
    if (client !== made.client || window.isDestroyed()) return;
    holdKiosk(window, app.sessions.standing(client).state === 'signer');
  });
  return made;
}
