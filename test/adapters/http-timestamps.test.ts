import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createServer as createPlainServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { httpTimestamps } from '../../electron/adapters/http-timestamps.ts';
import type { HttpTimestampOptions } from '../../electron/adapters/http-timestamps.ts';
import { nodeCrypto } from '../../electron/adapters/node-crypto.ts';
import { nodeRandom } from '../../electron/adapters/node-random.ts';
import { makeTrialAuthority } from '../../electron/adapters/trial-pki.ts';
import {
  answerTimestampRequest,
  startTrialTimestampAuthority,
} from '../../electron/adapters/trial-timestamp-authority.ts';
import { parseTimestampToken } from '../../electron/core/cms/timestamp-token.ts';
import type { Clock } from '../../electron/core/ports.ts';
import { unwrap } from '../../shared/result.ts';
import { pemOf } from '../support/openssl.ts';

const now = new Date('2031-03-04T05:06:07Z');
const clock: Clock = { now: () => now };
const authority = makeTrialAuthority({ name: 'Prøve', now });
const tsa = authority.issueTimestamper();
const imprint = {
  algorithm: 'sha256',
  digest: new Uint8Array(createHash('sha256').update('x').digest()),
} as const;

const closers: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

type Answer = (body: Uint8Array, response: ServerResponse, request: IncomingMessage) => void;

/** An authority that does as it is told. */
async function authorityThat(answer: Answer): Promise<string> {
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => answer(new Uint8Array(Buffer.concat(pieces)), response, request));
  });
  return `http://${await listening(server)}/tsa`;
}

const reply = { 'content-type': 'application/timestamp-reply' };
const right: Answer = (body, response) => {
  response.writeHead(200, reply).end(answerTimestampRequest(body, tsa, now));
};

function client(urls: HttpTimestampOptions['urls'], changes: Partial<HttpTimestampOptions> = {}) {
  return httpTimestamps({
    urls,
    clock,
    random: nodeRandom,
    crypto: nodeCrypto,
    timeoutMs: 30_000,
    ...changes,
  });
}

async function codeFrom(
  answer: Answer,
  changes: Partial<HttpTimestampOptions> = {},
): Promise<string> {
  const result = await client([{ url: await authorityThat(answer) }], changes).stamp(imprint);
  return result.ok ? 'ok' : result.error.code;
}

describe('a timestamp over HTTP', () => {
  it('comes from our own authority', async () => {
    const running = await startTrialTimestampAuthority({ ...tsa, clock });
    closers.push(running.close);
    const timestamps = client([{ url: running.url }]);
    for (const algorithm of ['sha256', 'sha384', 'sha512'] as const) {
      const digest = new Uint8Array(createHash(algorithm).update('x').digest());
      const der = unwrap(await timestamps.stamp({ algorithm, digest }));
      const token = unwrap(parseTimestampToken(der));
      expect(token.genTime).toEqual(now);
      expect(token.imprint.digest).toEqual(digest);
      expect(der.length).toBeLessThan(timestamps.tokenSize);
    }
  });

  it('asks for little more room than an authority has been seen to need', async () => {
    const url = await authorityThat(right);
    const before = client([{ url }]).tokenSize;
    const { length } = unwrap(await client([{ url }]).stamp(imprint));
    // Another port of the same program: a job and the next one.
    const after = client([{ url }]).tokenSize;
    expect(after).toBeLessThan(before);
    expect(after).toBeGreaterThan(length);
    expect(after).toBeLessThan(length + 200);
    expect(client([{ url: `${url}/another` }], { tokenSize: 5000 }).tokenSize).toBe(5000);
  });

  it('asks with the right headers, a fresh nonce, and credentials where there are any', async () => {
    const seen: { headers: IncomingMessage['headers']; body: string }[] = [];
    const url = await authorityThat((body, response, request) => {
      seen.push({ headers: request.headers, body: Buffer.from(body).toString('hex') });
      right(body, response, request);
    });
    await client([{ url }]).stamp(imprint);
    await client([{ url, user: 'kommune', password: 'blåbær' }]).stamp(imprint);
    await client([{ url: url.replace('http://', 'http://a%40b:c@') }]).stamp(imprint);
    expect(seen.map(({ headers }) => headers['content-type'])).toEqual(
      Array(3).fill('application/timestamp-query'),
    );
    expect(seen.map(({ headers }) => headers.authorization)).toEqual([
      undefined,
      `Basic ${Buffer.from('kommune:blåbær').toString('base64')}`,
      `Basic ${Buffer.from('a@b:c').toString('base64')}`,
    ]);
    expect(new Set(seen.map(({ body }) => body)).size).toBe(3);
  });

  it('comes over TLS only from a host whose certificate is trusted', async () => {
    const host = authority.issue('127.0.0.1', 'p-256', {
      subjectAltNames: [{ type: 'dns', value: 'localhost' }],
    });
    const server = createTlsServer(
      {
        key: host.key.privateKey.export({ type: 'pkcs8', format: 'pem' }),
        cert: pemOf(host.certificate),
      },
      (_, response) => response.end(),
    );
    const url = `https://${(await listening(server)).replace('127.0.0.1', 'localhost')}/`;
    const result = await client([{ url }]).stamp(imprint);
    expect(result).toMatchObject({ error: { code: 'timestamp.unreachable' } });
  });
});

describe('the list of authorities', () => {
  it('is asked in order until one answers rightly', async () => {
    const asked: string[] = [];
    const named = (name: string, answer: Answer) =>
      authorityThat((body, response, request) => {
        asked.push(name);
        answer(body, response, request);
      });
    const urls = [
      { url: 'http://127.0.0.1:1/' },
      { url: await named('broken', (_, response) => response.writeHead(500).end()) },
      {
        url: await named('lying', (body, response) => {
          const other = Uint8Array.from(body);
          other[30] = (other[30] ?? 0) ^ 1;
          response.writeHead(200, reply).end(answerTimestampRequest(other, tsa, now));
        }),
      },
      { url: await named('right', right) },
      { url: await named('never asked', right) },
    ];
    expect(await client(urls).stamp(imprint)).toMatchObject({ ok: true });
    expect(asked).toEqual(['broken', 'lying', 'right']);
  });

  it('is asked for each one’s own policy, and waits for each as long as it says', async () => {
    const silent = await authorityThat(() => undefined);
    const own = await authorityThat(right);
    // The trial authority stamps under its own policy alone.
    const urls = [{ url: silent, seconds: 1 }, { url: own, policy: '1.2.3.4' }, { url: own }];
    expect(await client(urls).stamp(imprint)).toMatchObject({ ok: true });
    const strict = await client(urls.slice(0, 2)).stamp(imprint);
    expect(strict).toMatchObject({
      error: {
        detail: { tried: [{ code: 'timestamp.too-slow' }, { code: 'timestamp.refused' }] },
      },
    });
  });

  it('answers the last failure and all that was tried, without secrets', async () => {
    const url = await authorityThat((_, response) => response.writeHead(403).end());
    const secret = url.replace('http://', 'http://kommune:hemmelig@') + '?key=hemmelig';
    const result = await client([{ url: 'http://127.0.0.1:1/' }, { url: secret }]).stamp(imprint);
    expect(result).toMatchObject({
      error: {
        code: 'timestamp.refused',
        detail: {
          httpStatus: 403,
          tried: [
            { host: '127.0.0.1:1', code: 'timestamp.unreachable' },
            { host: new URL(url).host, code: 'timestamp.refused' },
          ],
        },
      },
    });
    expect(JSON.stringify(result)).not.toContain('hemmelig');
    expect(client([{ url: secret }]).name).toBe(new URL(url).host);
  });

  it('may be empty or nonsense', async () => {
    expect(await client([]).stamp(imprint)).toMatchObject({ error: { code: 'timestamp.none' } });
    for (const url of [
      'tull',
      'file:///etc/passwd',
      'ftp://example.org/',
      'http://nowhere.invalid/',
    ]) {
      expect(await client([{ url }]).stamp(imprint)).toMatchObject({
        error: { code: 'timestamp.unreachable' },
      });
    }
  });
});

describe('an authority that misbehaves', () => {
  const cases: readonly (readonly [string, Answer, string])[] = [
    [
      'refuses',
      (_, response) =>
        response.writeHead(200, reply).end(answerTimestampRequest(new Uint8Array(1), tsa, now)),
      'timestamp.refused',
    ],
    [
      'sends a page',
      (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
      'timestamp.invalid',
    ],
    ['sends nothing', (_, response) => response.writeHead(200, reply).end(), 'timestamp.invalid'],
    [
      'redirects',
      (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      'timestamp.refused',
    ],
    [
      'sends too much',
      (_, response) => response.writeHead(200, reply).end(Buffer.alloc(1 << 20)),
      'timestamp.invalid',
    ],
    [
      'breaks off',
      (_, response) => {
        response.writeHead(200, { ...reply, 'content-length': 1000 });
        response.write('x', () => response.destroy());
      },
      'timestamp.unreachable',
    ],
    ['hangs up', (_, response) => response.destroy(), 'timestamp.unreachable'],
    [
      'stamps another day',
      (body, response) =>
        response
          .writeHead(200, reply)
          .end(answerTimestampRequest(body, tsa, new Date('2031-03-06T00:00:00Z'))),
      'timestamp.wrong-time',
    ],
    [
      'is not one',
      (body, response) =>
        response
          .writeHead(200, reply)
          .end(answerTimestampRequest(body, authority.issue('Kari'), now)),
      'timestamp.invalid',
    ],
  ];
  it.each(cases)('%s', async (_, answer, code) => {
    expect(await codeFrom(answer)).toBe(code);
  });

  it('stamps for another: a recorded answer is not taken twice', async () => {
    let recorded: Uint8Array | null = null;
    const replay: Answer = (body, response) => {
      recorded ??= answerTimestampRequest(body, tsa, now);
      response.writeHead(200, reply).end(recorded);
    };
    const url = await authorityThat(replay);
    expect(await client([{ url }]).stamp(imprint)).toMatchObject({ ok: true });
    expect(await client([{ url }]).stamp(imprint)).toMatchObject({
      error: { code: 'timestamp.wrong-nonce' },
    });
    const digest = new Uint8Array(32);
    expect(await client([{ url }]).stamp({ algorithm: 'sha256', digest })).toMatchObject({
      error: { code: 'timestamp.wrong-imprint' },
    });
  });

  it('is given up when it is too slow, before and within its answer', async () => {
    const changes = { timeoutMs: 100 };
    expect(await codeFrom(() => undefined, changes)).toBe('timestamp.too-slow');
    expect(
      await codeFrom((_, response) => {
        response.writeHead(200, { ...reply, 'content-length': 1000 });
        response.write('x');
      }, changes),
    ).toBe('timestamp.too-slow');
    const silent = createPlainServer((socket) => closers.push(() => void socket.destroy()));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    closers.push(() => void silent.close());
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
    expect(await client([{ url }], changes).stamp(imprint)).toMatchObject({
      error: { code: 'timestamp.too-slow' },
    });
  });
});

describe('the authority’s own server', () => {
  it('takes only questions for timestamps', async () => {
    const running = await startTrialTimestampAuthority({ ...tsa, clock });
    closers.push(running.close);
    const ask = async (init: RequestInit) => (await fetch(running.url, init)).status;
    const headers = { 'content-type': 'application/timestamp-query' };
    expect(await ask({ method: 'GET' })).toBe(405);
    expect(await ask({ method: 'POST', body: 'x' })).toBe(415);
    expect(await ask({ method: 'POST', headers, body: new Uint8Array(20_000) })).toBe(413);
    expect(await ask({ method: 'POST', headers, body: 'x' })).toBe(200);
  });
});
