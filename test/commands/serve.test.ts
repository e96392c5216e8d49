/** `skranke serve`: tells its address, lets in whoever has it once, and stops when it is told to. */
import { spawn } from 'node:child_process';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../support/cli.ts';
import { ask, codeOf, newScene, only } from './scene.ts';

const scene = newScene();
afterAll(() => scene.close());

interface Served {
  readonly url: URL;
  /** Everything on stdout. */
  said(): string;
  stop(signal: NodeJS.Signals): Promise<number | null>;
}

function serve(...flags: readonly string[]): Promise<Served> {
  const args = [join(root, 'electron/cli.ts'), 'serve', '--home', scene.path('home'), ...flags];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  let said = '';
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString('utf8');
      const url = /http:\/\/\S+?(?=["\s])/.exec(said)?.[0];
      if (url !== undefined)
        resolve({
          url: new URL(url),
          said: () => said,
          stop(signal) {
            child.kill(signal);
            return closed;
          },
        });
    });
    void closed.then((code) => reject(new Error(`it ended with ${code}: ${said}`)));
  });
}

/** A random name below localhost needs no resolver: the connection goes to the loopback address. */
function get(url: URL, path: string): Promise<{ status: number; cookie: string }> {
  return new Promise((resolve, reject) => {
    const headers = { host: url.host };
    request({ host: '127.0.0.1', port: url.port, path, headers }, (response) => {
      response.resume();
      const cookie = response.headers['set-cookie']?.[0] ?? '';
      response.on('end', () => resolve({ status: response.statusCode ?? 0, cookie }));
    })
      .on('error', reject)
      .end();
  });
}

describe('serve', () => {
  it('prints an address that works once, and stops by Ctrl+C', async () => {
    const served = await serve('--json');
    expect(JSON.parse(served.said())).toEqual({ url: served.url.href });
    expect(served.url.hostname).toMatch(/\.localhost$/);
    const entry = `/${served.url.search}`;
    expect((await get(served.url, '/')).status).toBe(403);
    const entered = await get(served.url, entry);
    expect(entered.status).toBeLessThan(400);
    expect(entered.cookie).toMatch(/HttpOnly/i);
    expect(entered.cookie).toMatch(/SameSite=Strict/i);
    expect((await get(served.url, entry)).status).toBe(403);
    expect(await served.stop('SIGINT')).toBe(0);
  });

  it('says it to people in words, and stops by SIGTERM too', async () => {
    const served = await serve();
    expect(served.said()).toContain('Open this address in a browser on this machine');
    expect(await served.stop('SIGTERM')).toBe(0);
  });

  it('takes the port of --port, and says when that is not free', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = String(typeof address === 'object' && address !== null ? address.port : 0);
    const answer = await ask(['serve', '--home', scene.path('home'), '--port', port]);
    expect([answer.code, codeOf(only(answer))]).toEqual([3, 'service.port-taken']);
    await new Promise<void>((resolve) => other.close(() => resolve()));
    const served = await serve('--port', port);
    expect(served.url.port).toBe(port);
    expect(await served.stop('SIGINT')).toBe(0);
  });
});
