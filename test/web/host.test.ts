/** The web host against whoever else can reach a loopback port: other pages, other programs. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWebHost, type WebHost } from '../../electron/web/host.ts';
import { contentSecurityPolicy } from '../../shared/csp.ts';
import { decode, encode } from '../../shared/rpc/codec.ts';
import type { Result } from '../../shared/result.ts';
import { samples } from '../rpc/samples.ts';
import { samplePath } from '../support/desk.ts';

const folder = mkdtempSync(join(tmpdir(), 'skranke-web-'));
const renderer = join(folder, 'renderer');
mkdirSync(join(renderer, 'assets'), { recursive: true });
writeFileSync(join(renderer, 'index.html'), '<!doctype html><title>Skranke</title>');
writeFileSync(join(renderer, 'assets/app-Ab3_x9-Z.js'), 'export {};');
writeFileSync(join(folder, 'secret.txt'), 'secret');

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

let host: WebHost;
let name = '';
let port = 0;
let cookie = '';

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: Uint8Array | string;
}

/** By address, with the name in the Host header: not every machine resolves `.localhost`. */
function ask(path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        ...{ host: '127.0.0.1', port, path, method, agent: false },
        headers: { host: `${name}:${port}`, ...headers },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          const { statusCode: status = 0, headers: got } = response;
          resolve({ status, headers: got, body: Buffer.concat(parts) });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const own = () => ({ cookie, origin: `http://${name}:${port}` });

async function call(method: string, input: unknown, headers: Record<string, string> = own()) {
  const answer = await ask(`/rpc/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: encode(input),
  });
  const text = answer.body.toString();
  return { status: answer.status, result: text === '' ? null : (decode(text) as Result<never>) };
}

async function enter(address: string): Promise<Answer> {
  const url = new URL(address);
  return ask(`${url.pathname}${url.search}`);
}

beforeAll(async () => {
  host = await startWebHost({ home: join(folder, 'home'), renderer, log: () => undefined });
  const url = new URL(host.url);
  name = url.hostname;
  port = Number(url.port);
  const entered = await enter(host.url);
  cookie = (entered.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
});
afterAll(async () => {
  await host.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the address', () => {
  it('is a random name on loopback with a token that is worth one cookie', async () => {
    expect(name).toMatch(/^[0-9a-f]{20}\.localhost$/);
    const address = host.address();
    const first = await enter(address);
    expect(first.status).toBe(200);
    expect(first.headers['set-cookie']?.[0]).toMatch(
      /^skranke=[0-9a-f]{64}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(first.headers['set-cookie']?.[0]).not.toContain(cookie);
    const second = await enter(address);
    expect(second.status).toBe(403);
    expect(second.headers['set-cookie']).toBeUndefined();
    expect((await ask(`/?token=${'0'.repeat(64)}`)).status).toBe(403);
  });

  it('gives the page a policy under which nothing foreign runs', async () => {
    const page = await ask('/', { headers: own() });
    expect(page.status).toBe(200);
    expect(page.body.toString()).toContain('Skranke');
    expect(page.headers).toMatchObject({
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
  });
});

describe('the gate', () => {
  it('answers to its own name alone', async () => {
    for (const other of [`127.0.0.1:${port}`, `localhost:${port}`, `evil.example:${port}`, name])
      expect((await ask('/', { headers: { ...own(), host: other } })).status).toBe(403);
  });

  it('takes calls from its own origin alone', async () => {
    expect((await call('session.state', {})).status).toBe(200);
    for (const origin of [
      'http://evil.example',
      `http://localhost:${port}`,
      'null',
      `https://${name}:${port}`,
    ])
      expect((await call('session.state', {}, { cookie, origin })).status).toBe(403);
    // No origin at all: not a browser's page.
    expect((await call('session.state', {}, { cookie })).status).toBe(403);
    const site = { ...own(), 'sec-fetch-site': 'cross-site' };
    expect((await call('session.state', {}, site)).status).toBe(403);
    expect((await ask('/', { headers: { ...own(), 'sec-fetch-site': 'same-site' } })).status).toBe(
      403,
    );
  });

  it('opens nothing without the cookie', async () => {
    const origin = `http://${name}:${port}`;
    for (const wrong of [
      '',
      'skranke=',
      `skranke=${'0'.repeat(64)}`,
      cookie.replace('skranke', 'other'),
    ]) {
      for (const path of ['/', '/events', '/document/abcdefgh/0', '/assets/app-Ab3_x9-Z.js'])
        expect((await ask(path, { headers: { cookie: wrong } })).status, path).toBe(403);
      expect((await call('session.state', {}, { cookie: wrong, origin })).status).toBe(403);
      const put = { method: 'PUT', headers: { cookie: wrong, origin }, body: 'x' };
      expect((await ask('/upload', put)).status).toBe(403);
    }
  });

  it('takes JSON alone, so that no form of another page can call', async () => {
    const headers = { ...own(), 'content-type': 'text/plain' };
    const answer = await ask('/rpc/session.state', { method: 'POST', headers, body: '{}' });
    expect(answer.status).toBe(415);
    const broken = { ...own(), 'content-type': 'application/json' };
    expect(
      (await ask('/rpc/session.state', { method: 'POST', headers: broken, body: '{' })).status,
    ).toBe(400);
    const large = await ask('/rpc/session.state', {
      ...{ method: 'POST', headers: broken },
      body: `"${'x'.repeat(9 * 1024 * 1024)}"`,
    }).catch(() => ({ status: 413 }));
    expect(large.status).toBe(413);
  });

  it('serves the files it listed at boot and no others', async () => {
    const script = await ask('/assets/app-Ab3_x9-Z.js', { headers: own() });
    expect(script.headers).toMatchObject({ 'content-type': 'text/javascript; charset=utf-8' });
    for (const path of [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/assets',
      '/x.js',
    ])
      expect((await ask(path, { headers: own() })).status, path).toBe(404);
    expect((await ask('/%ff', { headers: own() })).status).toBe(400);
    expect((await ask('/', { method: 'DELETE', headers: own() })).status).toBe(405);
  });
});

describe('a clerk in the browser', () => {
  const sample = readFileSync(samplePath);

  beforeAll(async () => {
    const { status } = await call('session.setUp', samples['session.setUp']);
    expect(status).toBe(200);
  });

  it('brings in a file, sees it in ranges, and hears of what changes', async () => {
    const events: string[] = [];
    const stream = request({
      ...{ host: '127.0.0.1', port, path: '/events' },
      headers: { host: `${name}:${port}`, cookie },
    });
    const heard = new Promise<void>((resolve) => {
      stream.on('response', (response) => {
        expect(response.headers['content-type']).toContain('text/event-stream');
        response.on('data', (part: Buffer) => {
          events.push(part.toString());
          if (events.join('').includes('job.changed')) resolve();
        });
      });
    });
    stream.end();
    const put = await ask('/upload', { method: 'PUT', headers: own(), body: sample });
    const { upload } = JSON.parse(put.body.toString()) as { upload: string };
    expect(upload).toMatch(/^[0-9a-f]{32}$/);
    const range = { ...own(), range: 'bytes=0-7' };
    const staged = await ask(`/document/upload%3A${upload}/0`, { headers: range });
    expect(staged.status).toBe(206);
    expect(staged.body.toString()).toBe(sample.subarray(0, 8).toString());

    const made = await call('job.create', { spec: { title: 'Avtale' } });
    const { job } = made.result?.ok === true ? (made.result.value as { job: string }) : { job: '' };
    const imported = await call('document.import', { job, upload, name: 'avtale.pdf' });
    expect(imported.result?.ok).toBe(true);
    const { document } = (imported.result as unknown as { value: { document: { id: string } } })
      .value;
    const whole = await ask(`/document/${document.id}/0`, { headers: own() });
    expect(whole.body.equals(sample)).toBe(true);
    expect(whole.headers).toMatchObject({
      ...{ 'content-type': 'application/pdf', 'cache-control': 'no-store' },
      'accept-ranges': 'bytes',
    });
    // The upload is gone with its import.
    expect((await ask(`/document/upload:${upload}/0`, { headers: own() })).status).toBe(403);
    await heard;
    stream.destroy();
  });

  it('shares nothing with another browser of the same machine', async () => {
    const entered = await enter(host.address());
    const other = (entered.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
    const headers = { cookie: other, origin: `http://${name}:${port}` };
    expect((await call('job.list', { limit: 1 }, headers)).status).toBe(403);
    const put = await ask('/upload', { method: 'PUT', headers, body: sample });
    expect(put.status).toBe(403);
    expect((await call('job.nothing', {})).status).toBe(404);
    expect((await call('job.get', { job: 1 })).status).toBe(400);
  });
});
