/** The program as a process of its own and a browser with a profile on disk, each in folders of ours. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page, PlaywrightWorkerArgs } from '@playwright/test';
import { root } from '../../support/cli.ts';
import { askFrom, type OpenedHost } from './host.ts';

export interface Folders {
  readonly top: string;
  /** The data folder. */
  readonly home: string;
  /** What the program takes for its user's folder, for temporary files, and where it is started. */
  readonly user: string;
  readonly temporary: string;
  readonly cwd: string;
  readonly profile: string;
  readonly exports: string;
  readonly drive: string;
  readonly faults: string;
  readonly scratch: string;
}

export function makeFolders(): Folders {
  const top = mkdtempSync(join(tmpdir(), 'skranke-privacy-'));
  const made = (name: string) => {
    mkdirSync(join(top, name));
    return join(top, name);
  };
  return {
    ...{ top, home: join(top, 'home'), user: made('user'), temporary: made('temporary') },
    ...{ cwd: made('cwd'), profile: made('profile'), exports: made('exports') },
    ...{ drive: made('drive'), faults: made('faults'), scratch: made('scratch') },
  };
}

export interface Program {
  readonly url: string;
  /** All of both streams. */
  said(): string;
  end(signal?: NodeJS.Signals): Promise<number | null>;
  /** Its exit code, when it has ended by itself. */
  readonly ended: Promise<number | null>;
}

const support = join(root, 'test/support/leaks');

export function environment(folders: Folders): NodeJS.ProcessEnv {
  const { user, temporary, faults } = folders;
  return {
    ...process.env,
    ...{ HOME: user, TMPDIR: temporary, XDG_CACHE_HOME: join(user, 'cache') },
    SKRANKE_FAULTS: faults,
  };
}

/** `script`: of the program; it takes `args`. */
export function startProgram(folders: Folders, script: string, args: readonly string[]) {
  const child = spawn(
    process.execPath,
    ['--import', join(support, 'faults.ts'), join(root, script), ...args],
    { cwd: folders.cwd, stdio: ['ignore', 'pipe', 'pipe'], env: environment(folders) },
  );
  let said = '';
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return new Promise<Program>((resolve, reject) => {
    const hear = (part: Buffer) => {
      said += part.toString();
      const url = /http:\/\/\S+token=[0-9a-f]{64}/.exec(said)?.[0];
      if (url === undefined) return;
      const end = (signal: NodeJS.Signals = 'SIGTERM') => {
        child.kill(signal);
        return ended;
      };
      resolve({ url, said: () => said, end, ended });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void ended.then((code) => reject(new Error(`ended with ${String(code)}: ${said}`)));
  });
}

export interface Browsing {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Addresses, titles and console lines so far. */
  seen(): string;
}

export async function openBrowser(
  playwright: PlaywrightWorkerArgs['playwright'],
  profile: string,
  options: object,
): Promise<Browsing> {
  const context = await playwright.chromium.launchPersistentContext(profile, {
    ...options,
    ...{ viewport: { width: 1280, height: 800 }, locale: 'nb-NO', timezoneId: 'Europe/Oslo' },
  });
  const lines: string[] = [];
  const watch = (page: Page) => {
    page.on('console', (message) => lines.push(`console ${message.text()}`));
    page.on('request', (request) => lines.push(`address ${request.url()}`));
    page.on('framenavigated', (frame) => {
      lines.push(`address ${frame.url()}`);
      void frame.title().then(
        (title) => lines.push(`title ${title}`),
        () => undefined,
      );
    });
  };
  context.on('page', watch);
  const page = context.pages()[0] ?? (await context.newPage());
  watch(page);
  page.setDefaultTimeout(30_000);
  return { context, page, seen: () => lines.join('\n') };
}

/** A power cut for the browser: its processes on that profile, and no others. */
export function killBrowser(profile: string): void {
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const line = readFileSync(`/proc/${entry}/cmdline`, 'utf8');
      if (line.includes(`--user-data-dir=${profile}`)) process.kill(Number(entry), 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** What pages can keep in a browser, as the page itself would read it. */
export function keptByPage(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const found = [
      ...[JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })],
      ...[JSON.stringify(databases), JSON.stringify(await caches.keys()), document.cookie],
      ...[location.href, document.title, JSON.stringify(history.state), window.name],
    ];
    for (const name of await caches.keys())
      for (const request of await (await caches.open(name)).keys()) found.push(request.url);
    const workers = await navigator.serviceWorker.getRegistrations();
    return [...found, ...workers.map((each) => each.scope)].join('\n');
  });
}

/** The same desk for what is shared with other journeys. */
export function asDesk(page: Page, folders: Folders): OpenedHost {
  const refuse = () => Promise.reject(new Error('not in this journey'));
  return {
    ...{ page, home: folders.home, folder: folders.top, complaints: [] },
    ...{ restart: refuse, ahead: refuse, another: refuse, close: refuse },
    try: (method, input) => askFrom(page, method, input),
    async call(method, input) {
      const answer = await askFrom(page, method, input);
      if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
      return answer.value;
    },
  };
}

/** A PDF as a person reads it. */
export function textOf(pdf: Buffer): Buffer {
  return spawnSync('pdftotext', ['-', '-'], { input: pdf, maxBuffer: 64 * 1024 * 1024 }).stdout;
}
