/** Every web contents, whoever makes it: no navigation, no new windows, no webviews, no downloads. */
import { app } from 'electron';
import type { Session } from 'electron';
import { mayNavigate, permissionFor } from './policy.ts';

/** Before `ready`: rules that hold for every page this process will ever show. */
export function lockDown(): void {
  app.enableSandbox();
  app.on('web-contents-created', (_, contents) => {
    contents.on('will-navigate', (event) => {
      if (!mayNavigate(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      if (!mayNavigate(event.url)) event.preventDefault();
    });
    contents.on('will-frame-navigate', (event) => {
      if (!mayNavigate(event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** Per session: permissions are asked twice (request and check), and both deny by default. */
export function lockDownSession(session: Session): void {
  session.setPermissionRequestHandler((_, permission, answer, details) =>
    answer(permissionFor(permission, details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_, permission, origin) => permissionFor(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.setSpellCheckerEnabled(false);
}
