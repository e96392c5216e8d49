/** One window, one session in memory, one client: leaving the kiosk throws all three away. */
import { join } from 'node:path';
import { BrowserWindow, session as sessions } from 'electron';
import type { App } from '../app.ts';
import type { StaticFile } from '../web/static-files.ts';
import { lockDownSession } from './lockdown.ts';
import { appOrigin } from './policy.ts';
import { serveAppScheme } from './scheme.ts';

export interface DeskWindow {
  readonly client: string;
  readonly window: BrowserWindow;
  show(): void;
}

export interface WindowPorts {
  readonly app: App;
  readonly files: ReadonlyMap<string, StaticFile>;
  /** The bundled preload. */
  readonly preload: string;
  readonly icon: string;
}

let made = 0;

/**
 * Makes a window that is ready but not shown. Without `persist:` the partition lives in memory only:
 * nothing of a signer reaches the disk. `given`: a client that there is already, and outlives the window.
 */
export function makeWindow(ports: WindowPorts, given?: string): DeskWindow {
  const { app, files, preload, icon } = ports;
  const client = given ?? app.sessions.open();
  made += 1;
  const session = sessions.fromPartition(`window-${made}`, { cache: false });
  lockDownSession(session);
  serveAppScheme(session, client, app, files);
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    backgroundColor: '#FBF8F3',
    autoHideMenuBar: true,
    title: 'Skranke',
    icon,
    webPreferences: {
      preload,
      session,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      spellcheck: false,
      devTools: false,
      // Strokes must arrive while another window has the focus of the second screen.
      backgroundThrottling: false,
    },
  });
  window.removeMenu();
  if (given === undefined) window.on('closed', () => app.closeClient(client));
  void window.loadURL(`${appOrigin}/`);
  return {
    client,
    window,
    show() {
      window.show();
    },
  };
}

/** Where the bundles lie beside each other. */
export function preloadPath(mainFolder: string): string {
  return join(mainFolder, 'preload.cjs');
}
