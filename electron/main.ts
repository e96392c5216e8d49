/** Electron's boot order and nothing else. */
import { join } from 'node:path';
import { app } from 'electron';
import { createApp, type App } from './app.ts';
import { dataFolder } from './adapters/data-folder.ts';
import { createPairedHost } from './web/paired-host.ts';
import { listStaticFiles } from './web/static-files.ts';
import { utilityCardProcess } from './shell/card-process.ts';
import { catchCrashes } from './shell/crash.ts';
import { createDeskWindows } from './shell/desk-windows.ts';
import { answerCalls } from './shell/ipc.ts';
import { lockDown } from './shell/lockdown.ts';
import { createLoginWindows } from './shell/login-window.ts';
import { registerAppScheme } from './shell/scheme.ts';
import { createScreenWindows } from './shell/screen-windows.ts';
import { osSecretStore } from './shell/secrets.ts';
import { preloadPath } from './shell/window.ts';

process.umask(0o077);
registerAppScheme();
lockDown();

if (!app.requestSingleInstanceLock()) app.quit();
else void start();

async function start(): Promise<void> {
  const log = (line: string): void => console.error(line);
  catchCrashes(log);
  await app.whenReady();
  const root = app.getAppPath();
  const files = listStaticFiles(join(root, 'dist/renderer'));
  const preload = preloadPath(import.meta.dirname);
  const icon = join(root, 'resources/icons/icon.png');
  const screens = createScreenWindows(() => ({ app: desk, files, preload, icon }));
  const desk: App = createApp({
    home: dataFolder(),
    host: 'electron',
    secrets: osSecretStore(),
    loginHost: createLoginWindows(() => desk),
    screenHost: screens,
    screenNetwork: createPairedHost({ app: () => desk, files, log }),
    cards: { spawn: () => utilityCardProcess(join(import.meta.dirname, 'card-process.js')) },
    log,
  });
  const onLeft = (): void => screens.closeAll();
  const windows = createDeskWindows({ app: desk, files, preload, icon, onLeft });
  answerCalls(desk, windows, screens);
  app.on('second-instance', () => windows.focus());
  app.on('window-all-closed', () => app.quit());
  let closing = false;
  app.on('before-quit', (event) => {
    if (closing) return;
    closing = true;
    event.preventDefault();
    void desk.close().finally(() => app.exit(0));
  });
}
