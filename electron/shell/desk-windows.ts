/**
 * The window people see and the one that waits behind it. Full screen while a signer holds the kiosk;
 * leaving destroys the window (its process and all it remembers) and shows the pre-warmed one.
 */
import type { App } from '../app.ts';
import { visitor } from '../rpc/sessions.ts';
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

export function createDeskWindows(
  ports: WindowPorts & { readonly onLeft: () => void },
): DeskWindows {
  const { app } = ports;
  const open = new Map<number, DeskWindow>();
  let current = make();
  let next: DeskWindow | null = null;

  function make(): DeskWindow {
    const made = makeWindow(ports);
    const { webContents } = made.window;
    const contentsId = webContents.id;
    open.set(contentsId, made);
    const stop = app.events.listen(made.client, (event) => {
      if (!made.window.isDestroyed()) webContents.send('event', event);
    });
    made.window.on('closed', () => {
      stop();
      open.delete(contentsId);
      // The window that waits must not keep the program alive behind nobody's back.
      if (made !== current) return;
      next?.window.destroy();
      ports.onLeft();
    });
    webContents.on('render-process-gone', () => {
      // A page that died while somebody signed: nothing is confirmed, the job waits again.
      app.lost(made.client);
      restart(made);
    });
    return made;
  }
  function restart(leaving: DeskWindow): void {
    if (leaving !== current) return;
    const fresh = next ?? make();
    const bounds = leaving.window.getBounds();
    inherit(app, leaving.client, fresh.client);
    current = fresh;
    next = null;
    fresh.window.setBounds(bounds);
    fresh.show();
    leaving.window.destroy();
    next = make();
  }

  app.sessions.onChange((client) => {
    for (const { client: own, window } of open.values())
      if (own === client && !window.isDestroyed())
        holdKiosk(window, app.sessions.standing(client).state === 'signer');
  });
  current.window.once('ready-to-show', () => {
    current.show();
    next = make();
  });

  return {
    clientOf: (contentsId) => open.get(contentsId)?.client ?? null,
    focus() {
      if (current.window.isMinimized()) current.window.restore();
      current.window.focus();
    },
    restart(contentsId) {
      const asking = open.get(contentsId);
      if (asking !== undefined) restart(asking);
    },
  };
}

/**
 * Who stood behind the old window stands behind the new one: the page is thrown away, not the person.
 * The old client is nobody before it closes, or its closing would hand the signer's job back.
 */
function inherit(app: App, from: string, to: string): void {
  const standing = app.sessions.standing(from);
  app.sessions.set(from, visitor);
  app.sessions.set(to, standing);
}
