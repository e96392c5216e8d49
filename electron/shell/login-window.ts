/**
 * A window with an e-ID provider's pages: it lives as long as one login, in a session that is in memory
 * alone and is emptied before it goes. Never the system's browser: a kiosk is everybody's.
 */
import { BrowserWindow, session as sessions } from 'electron';
import type { Session, WebContents } from 'electron';
import { ok } from '../../shared/result.ts';
import type { App } from '../app.ts';
import type { LoginHost, ShownLogin } from '../desk/logins.ts';
import { lockDownSession, navigatesBy } from './lockdown.ts';
import { isLoginAnswer, mayGoDuringLogin } from './login-policy.ts';

/** A provider's logout that does not come back is left behind after so long, in milliseconds. */
const logoutPatience = 8000;

interface LoginWindow {
  readonly window: BrowserWindow;
  readonly session: Session;
}

let made = 0;

export function createLoginWindows(app: () => App): LoginHost {
  const open = new Map<string, LoginWindow>();

  function close(state: string): void {
    const found = open.get(state);
    if (found === undefined) return;
    open.delete(state);
    if (!found.window.isDestroyed()) found.window.destroy();
    void found.session.clearStorageData().then(() => found.session.clearCache());
  }

  async function answered(login: ShownLogin, address: string): Promise<void> {
    const { logins } = app();
    const shown = open.get(login.state);
    const taken = await logins.answer(new URL(address));
    if (taken.ok && taken.value.logout !== null && shown?.window.isDestroyed() === false) {
      shown.window.hide();
      const gone = new Promise((resolve) => {
        shown.window.once('closed', () => resolve(null));
      });
      const late = new Promise((resolve) => setTimeout(resolve, logoutPatience));
      const left = new Promise((resolve) =>
        watch(shown.window.webContents, login, (to) => {
          if (isLoginAnswer(to, login.loggedOutUri)) resolve(null);
        }),
      );
      void shown.window.loadURL(taken.value.logout).catch(() => undefined);
      await Promise.race([gone, late, left]);
    }
    logins.returned(login.state);
    close(login.state);
  }

  return {
    show(login) {
      made += 1;
      // Without `persist:` it is in memory alone.
      const session = sessions.fromPartition(`login-${made}`, { cache: false });
      lockDownSession(session);
      const window = new BrowserWindow({
        ...{ width: 1000, height: 760, show: false, autoHideMenuBar: true, title: 'e-ID' },
        alwaysOnTop: true,
        webPreferences: {
          ...{ session, contextIsolation: true, sandbox: true, nodeIntegration: false },
          ...{ webviewTag: false, spellcheck: false, devTools: false },
        },
      });
      window.removeMenu();
      open.set(login.state, { window, session });
      let done = false;
      const { webContents } = window;
      navigatesBy(
        webContents,
        (to) => mayGoDuringLogin(to, login.loopback) && !isAnswer(login, to),
      );
      watch(webContents, login, (to) => {
        if (done || !isAnswer(login, to)) return;
        done = true;
        if (login.service === true) app().visits.answer(new URL(to));
        else void answered(login, to);
      });
      window.on('closed', () => {
        if (!done && login.service !== true) app().logins.cancel(login.client);
        else if (!done) app().visits.end(login.client);
      });
      window.once('ready-to-show', () => window.show());
      void window.loadURL(login.url).catch(() => undefined);
      return Promise.resolve(ok({ go: null }));
    },
    hide: close,
  };
}

function isAnswer({ redirectUri, loggedOutUri, service }: ShownLogin, to: string): boolean {
  if (service === true) return to.startsWith(`${redirectUri}/`);
  return isLoginAnswer(to, redirectUri) || isLoginAnswer(to, loggedOutUri);
}

/** Hears where the pages want to go; whether they may is `navigatesBy`'s. */
function watch(contents: WebContents, _: ShownLogin, heard: (address: string) => void): void {
  contents.on('will-redirect', (event) => {
    if (event.isMainFrame) heard(event.url);
  });
  contents.on('will-navigate', (event) => {
    if (event.isMainFrame) heard(event.url);
  });
}
