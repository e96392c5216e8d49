/** Every web contents, whoever makes it: no navigation, no new windows, no webviews, no downloads. */
import { app } from 'electron';
import type { Session, WebContents } from 'electron';
import { mayNavigate, permissionFor } from './policy.ts';

type Rule = (address: string) => boolean;

/** Contents that follow a rule of their own: a login's pages. */
const ownRules = new WeakMap<WebContents, Rule>();

/** Before its first page: where these contents may go instead of nowhere. */
export function navigatesBy(contents: WebContents, rule: Rule): void {
  ownRules.set(contents, rule);
}

/** Before `ready`: rules that hold for every page this process will ever show. */
export function lockDown(): void {
  app.enableSandbox();
  app.on('web-contents-created', (_, contents) => {
    const may: Rule = (address) => (ownRules.get(contents) ?? mayNavigate)(address);
    contents.on('will-navigate', (event) => {
      if (!may(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      if (!may(event.url)) event.preventDefault();
    });
    contents.on('will-frame-navigate', (event) => {
      if (!may(event.url)) event.preventDefault();
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
