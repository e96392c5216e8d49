/** The host where it is not wanted, killed in the middle, or without a place to write. */
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  chmodSync,
  chownSync,
  mkdirSync,
} from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { root } from '../support/cli.ts';
import { makeDraft, passphrase, setUp, until } from '../support/desk.ts';
import { hostOn, startHostProcess, type HostProcess } from '../support/host-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'skranke-hard-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Root may write everywhere: as somebody who owns nothing. */
const uid = process.getuid?.() === 0 ? 65534 : undefined;
const start = join(root, 'electron/start.ts');

async function startAsNobody(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<HostProcess | null> {
  try {
    return await startHostProcess(args, { env, ...(uid === undefined ? {} : { uid }) });
  } catch (error) {
    if (
      !(error instanceof Error) ||
      !/EACCES|ERR_MODULE_NOT_FOUND|MODULE_NOT_FOUND/.test(error.message)
    )
      throw error;
    console.warn('SKIPPED: others than root cannot read this checkout');
    return null;
  }
}

function folderOfNobody(name: string): string {
  const own = join(folder, name);
  mkdirSync(own);
  chmodSync(folder, 0o755);
  if (uid !== undefined) chownSync(own, uid, uid);
  return own;
}

describe('npm start', () => {
  it('works for somebody who may not make the machine-wide folder, in a folder of their own', async () => {
    const own = folderOfNobody('person');
    const env = {
      HOME: own,
      SKRANKE_HOST: 'web',
      XDG_DATA_HOME: join(own, 'data'),
      SKRANKE_HOME: '',
    };
    const host = await startAsNobody([start], env);
    if (host === null) return;
    const browser = await openBrowser(host.url);
    await setUp(browser);
    expect((await browser.call('settings.get', {})).dataFolder).toBe(join(own, 'data/skranke'));
    await makeDraft(browser, []);
    browser.close();
    expect(await host.end()).toBe(0);
    expect(existsSync(join(own, 'data/skranke/archive.db'))).toBe(true);
  });

  it('says so where a data folder is there that this person may not look into', async () => {
    const own = folderOfNobody('stranger');
    const closed = join(folder, 'closed');
    mkdirSync(closed, { mode: 0o000 });
    const env = { HOME: own, SKRANKE_HOST: 'web', SKRANKE_HOME: closed };
    const host = await startAsNobody([start], env);
    if (host === null) return;
    const browser = await openBrowser(host.url);
    for (const method of ['session.state', 'session.setUp'] as const) {
      const { result } = await browser.post(
        method,
        method === 'session.state'
          ? {}
          : {
              ...{ organisation: 'X', organisationNumber: '123456785', sector: 'public' },
              ...{ name: 'X', passphrase, pin: '1234', trialSeal: false, language: 'nb' },
            },
      );
      expect(result).toMatchObject({ ok: false, error: { code: 'archive.read-only' } });
    }
    browser.close();
    await host.end();
  });
});

describe('a host that is killed in the middle of an upload', () => {
  it('leaves nothing of the file behind once the next one has started', async () => {
    const home = join(folder, 'killed');
    const host = await startHostProcess(hostOn(home));
    const browser = await openBrowser(host.url);
    await setUp(browser);
    const whole = await browser.upload(Buffer.alloc(300_000, 'persondata'));
    const { hostname, port } = new URL(host.url);
    const upload = request({
      ...{ host: '127.0.0.1', port, path: '/upload', method: 'PUT', agent: false },
      headers: {
        ...{
          host: `${hostname}:${port}`,
          cookie: browser.id,
          origin: `http://${hostname}:${port}`,
        },
        'content-length': '10000000',
      },
    });
    upload.on('error', () => undefined);
    upload.write(Buffer.alloc(400_000, 'persondata'));
    const uploads = join(home, 'uploads');
    const files = () =>
      existsSync(uploads)
        ? readdirSync(uploads, { recursive: true, encoding: 'utf8' }).filter((name) =>
            /[0-9a-f]{32}$/.test(name),
          )
        : [];
    // The one that came whole and the one on its way.
    await until(() => files().length === 2);
    expect(files().some((name) => name.endsWith(whole))).toBe(true);
    await host.end('SIGKILL');
    browser.close();
    expect(files()).toHaveLength(2);

    const next = await startHostProcess(hostOn(home));
    expect(files()).toEqual([]);
    const again = await openBrowser(next.url);
    await again.call('session.signIn', { user: 'Kari Skrankevakt', passphrase });
    expect((await again.call('archive.verify', {})).problems).toEqual([]);
    await makeDraft(again, []);
    again.close();
    expect(await next.end()).toBe(0);
    expect(files()).toEqual([]);
  });
});
