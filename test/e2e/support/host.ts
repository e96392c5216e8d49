/**
 * One small interface in front of the two hosts. A journey is written once: `HOST=web` (the default)
 * opens the printed address in Chromium, `HOST=electron` launches the built program.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { _electron, expect, test as base } from '@playwright/test';
import type { Browser, ElectronApplication, Page } from '@playwright/test';
import type { Clock } from '../../../electron/core/ports.ts';
import { startWebHost } from '../../../electron/web/host.ts';
import type { InputOf, MethodName, OutputOf } from '../../../shared/rpc/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { builtWorker } from '../../support/built.ts';
import { root } from '../../support/cli.ts';

export type HostName = 'web' | 'electron';
export const hostName: HostName = process.env['HOST'] === 'electron' ? 'electron' : 'web';

const electronFolder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
const noRuntime = hostName === 'electron' && !existsSync(join(electronFolder, 'dist'));
let said = false;

/** A running program on a data folder of its own, with its window. */
export interface OpenedHost {
  /** The window as it is now: Electron opens a fresh one when a signer leaves. */
  readonly page: Page;
  /** The data folder; its parent is free for whatever the journey writes. */
  readonly home: string;
  readonly folder: string;
  /** What the consoles and the policy complained about. */
  readonly complaints: string[];
  /** Stops the program and starts it anew on the same folder. */
  restart(): Promise<void>;
  /** The program's clock goes on by so many milliseconds, and the page's with it; the web host alone. */
  ahead(milliseconds: number): Promise<void>;
  /** A second browser of the same program; the web host alone has one. */
  another(): Promise<Page>;
  /** A call from the window's own session, as its page would make it. */
  try<M extends MethodName>(method: M, input: InputOf<M>): Promise<Result<OutputOf<M>>>;
  /** The same; what is refused is an error here. */
  call<M extends MethodName>(method: M, input: InputOf<M>): Promise<OutputOf<M>>;
  close(): Promise<void>;
}

interface Running {
  page(): Page;
  another(): Promise<Page>;
  stop(): Promise<void>;
}

async function startWeb(home: string, browser: Browser, seen: (page: Page) => void, clock: Clock) {
  // `RENDERER` names another build than dist/renderer, which somebody may just be building.
  const { RENDERER: renderer } = process.env;
  const host = await startWebHost({
    ...{ home, log: () => undefined, zone: 'Europe/Oslo', eid: { loopback: true }, clock },
    ...builtWorker,
    ...(renderer === undefined ? {} : { renderer }),
  });
  const pages: Page[] = [];
  const open = async () => {
    // The stand-in's pages for a signer have a certificate of their own.
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    seen(page);
    pages.push(page);
    await page.goto(host.address());
    await page.waitForURL((url) => url.search === '');
    return page;
  };
  const first = await open();
  return {
    page: () => first,
    another: open,
    async stop() {
      for (const page of pages) await page.context().close();
      await host.close();
    },
  } satisfies Running;
}

async function startElectron(home: string, seen: (page: Page) => void): Promise<Running> {
  const program: ElectronApplication = await _electron.launch({
    args: [root, ...(process.platform === 'linux' ? ['--no-sandbox'] : [])],
    env: { ...process.env, SKRANKE_HOME: home } as Record<string, string>,
  });
  program.on('window', seen);
  await program.firstWindow();
  return {
    page() {
      const page = program.windows().findLast((each) => !each.isClosed());
      if (page === undefined) throw new Error('no window is open');
      return page;
    },
    another: () => Promise.reject(new Error('Electron has one window')),
    stop: () => program.close(),
  };
}

/** How the page itself reaches its host, with JSON alone. */
export async function askFrom(page: Page, method: string, input: unknown): Promise<Result<never>> {
  return page.evaluate(
    async ([name, body]) => {
      const own = (
        window as unknown as { host?: { call(m: string, i: unknown): Promise<unknown> } }
      ).host;
      if (own !== undefined) return (await own.call(name, JSON.parse(body))) as Result<never>;
      const response = await fetch(`/rpc/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      return (await response.json()) as Result<never>;
    },
    [method, JSON.stringify(input)] as const,
  );
}

export async function openHost(browser: Browser): Promise<OpenedHost> {
  const folder = mkdtempSync(join(tmpdir(), 'skranke-e2e-'));
  const home = join(folder, 'home');
  const complaints: string[] = [];
  const seen = (page: Page) => {
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      // The host's refusals are asserted where they are provoked; the browser logs each as an error.
      const network = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !network) complaints.push(message.text());
    });
  };
  let ahead = 0;
  const clock: Clock = { now: () => new Date(Date.now() + ahead) };
  const start = (): Promise<Running> =>
    hostName === 'web' ? startWeb(home, browser, seen, clock) : startElectron(home, seen);
  let running = await start();
  return {
    get page() {
      return running.page();
    },
    ...{ home, folder, complaints },
    async restart() {
      await running.stop();
      running = await start();
    },
    async ahead(milliseconds) {
      if (hostName !== 'web') throw new Error('Electron keeps its own clock');
      ahead += milliseconds;
      await running.page().clock.setSystemTime(clock.now());
    },
    another: () => running.another(),
    try: (method, input) => askFrom(running.page(), method, input),
    async call(method, input) {
      const answer: Result<OutputOf<typeof method>> = await askFrom(running.page(), method, input);
      if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
      return answer.value;
    },
    async close() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Every journey gets a program of its own, and none may leave a complaint in the console. */
export const test = base.extend<{ desk: OpenedHost }>({
  desk: async ({ browser }, use) => {
    if (noRuntime && !said) {
      said = true;
      console.warn(
        `SKIPPED: HOST=electron, but Electron’s runtime is not in ${electronFolder}/dist (npm start fetches it).`,
      );
    }
    base.skip(noRuntime, 'Electron’s runtime is absent');
    const desk = await openHost(browser);
    await use(desk);
    await desk.close();
    expect(desk.complaints, 'complaints in the console').toEqual([]);
  },
});

export { expect };
