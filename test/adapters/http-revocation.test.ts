import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { httpRevocation } from '../../electron/adapters/http-revocation.ts';
import type { HttpRevocationOptions } from '../../electron/adapters/http-revocation.ts';
import { nodeCrypto } from '../../electron/adapters/node-crypto.ts';
import { nodeRandom } from '../../electron/adapters/node-random.ts';
import { makeKeyPair, makeTrialAuthority } from '../../electron/adapters/trial-pki.ts';
import type { CertificateRequest, TrialCertificate } from '../../electron/adapters/trial-pki.ts';
import {
  certificateId,
  makeCrl,
  makeOcspResponse,
  refuseOcsp,
  serialOf,
} from '../../electron/adapters/trial-revocation.ts';
import type { TrialAnswer } from '../../electron/adapters/trial-revocation.ts';
import { startTrialRevocation } from '../../electron/adapters/trial-revocation-server.ts';
import { createCertificateReader } from '../../electron/core/trust/certificates.ts';
import { checkCertificateNow } from '../../electron/core/trust/check-certificate.ts';

const now = new Date('2026-06-01T12:00:00Z');
const clock = { now: () => now };
const hour = 60 * 60 * 1000;
const later = (hours: number): Date => new Date(now.getTime() + hours * hour);
const authority = makeTrialAuthority({ name: 'Net', now });
const twin = makeTrialAuthority({ name: 'Net', now });
const { intermediate } = authority;
const noCheck = { oid: '1.3.6.1.5.5.7.48.1.5', critical: false, value: Uint8Array.of(5, 0) };
const responder = appoint();
const read = createCertificateReader();
const key = makeKeyPair('p-256');

function appoint(changes: Partial<CertificateRequest> = {}): TrialCertificate {
  return authority.issue('Net Responder', 'p-256', {
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: { purposes: ['1.3.6.1.5.5.7.3.9'] },
    extensions: [noCheck],
    ...changes,
  });
}

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A server that does with everything what `handler` does. */
async function serve(handler: Handler): Promise<string> {
  const server: Server = createServer((request, response) => {
    request.resume();
    request.on('end', () => handler(request, response));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  opened.push(
    () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  );
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
}

const sending =
  (body: Uint8Array): Handler =>
  (_, response) =>
    response.end(body);

/** The same certificate number each time, so that answers can be made before there is an address. */
const serial = Uint8Array.of(0x51, 1, 2, 3);
function signer(changes: Partial<CertificateRequest>): TrialCertificate {
  return authority.issue('Kari Nordmann', 'p-256', { serial, key, ...changes });
}

const port = (changes: Partial<HttpRevocationOptions> = {}) =>
  httpRevocation({
    clock,
    crypto: nodeCrypto,
    random: nodeRandom,
    timeoutMs: 30_000,
    budgetMs: 60_000,
    ...changes,
  });

async function ask(about: TrialCertificate, revocation = port()) {
  const [certificate, ...issuers] = read([about.certificate, ...about.chain]);
  if (certificate === undefined) throw new Error('no certificate');
  return revocation.check({ certificate, issuers, pool: [], at: now });
}

const id = certificateId(intermediate.certificate, serial);
const fresh: TrialAnswer = { status: 'good', thisUpdate: later(-1), nextUpdate: later(1) };
const list = { thisUpdate: later(-1), nextUpdate: later(1) };
const line = { serial, at: later(-5), reason: 1 };

async function start() {
  const running = await startTrialRevocation({ issuer: intermediate, responder, clock });
  opened.push(running.close);
  return running;
}

describe('a certificate whose issuer answers', () => {
  test('is good or revoked by OCSP, with the time, the reason and the answer to keep', async () => {
    const running = await start();
    const about = signer({ ocspUrls: [running.ocspUrl] });
    const good = await ask(about);
    expect(good).toMatchObject({ status: 'good', problems: [] });
    expect(good.evidence?.map(({ type }) => type)).toEqual(['ocsp']);
    running.revoke(about.certificate, later(-3), 4);
    expect(await ask(about)).toMatchObject({
      status: 'revoked',
      revokedAt: later(-3),
      reason: 'superseded',
    });
  });

  test('is good or revoked by its list, where there is no responder', async () => {
    const running = await start();
    const about = signer({ crlUrls: [running.crlUrl] });
    const good = await ask(about);
    expect(good).toMatchObject({ status: 'good', problems: [] });
    expect(good.evidence?.map(({ type }) => type)).toEqual(['crl']);
    running.revoke(about.certificate, later(-3), 1);
    expect(await ask(about)).toMatchObject({ status: 'revoked', reason: 'keyCompromise' });
  });

  test('is asked about once until the next update', async () => {
    const running = await start();
    let time = now;
    const moving = port({ clock: { now: () => time } });
    const about = signer({ ocspUrls: [running.ocspUrl] });
    const listed = signer({ crlUrls: [running.crlUrl] });
    for (let i = 0; i < 3; i++) {
      expect(await ask(about, moving)).toMatchObject({ status: 'good' });
      expect(await ask(listed, moving)).toMatchObject({ status: 'good' });
    }
    expect(running.asked).toEqual({ ocsp: 1, crl: 1 });
    time = later(2);
    await ask(about, moving);
    await ask(listed, moving);
    expect(running.asked).toEqual({ ocsp: 2, crl: 2 });
  });

  test('is asked about at the next address where one fails', async () => {
    const running = await start();
    const broken = await serve((_, response) => response.writeHead(500).end());
    expect(await ask(signer({ ocspUrls: [broken, running.ocspUrl] }))).toMatchObject({
      status: 'good',
      problems: ['ocsp.refused'],
    });
    const stale = await serve(
      sending(makeCrl(intermediate, { thisUpdate: later(-9), nextUpdate: later(-8) })),
    );
    expect(await ask(signer({ crlUrls: [stale, running.crlUrl] }))).toMatchObject({
      status: 'good',
    });
    expect(await ask(signer({ ocspUrls: [broken], crlUrls: [running.crlUrl] }))).toMatchObject({
      status: 'good',
      problems: ['ocsp.refused'],
    });
  });

  test('is asked about by redirect, within http', async () => {
    const running = await start();
    const moved = await serve((_, response) =>
      response.writeHead(307, { location: running.ocspUrl }).end(),
    );
    expect(await ask(signer({ ocspUrls: [moved] }))).toMatchObject({ status: 'good' });
  });

  test('is found revoked by a list that came after the forged good answer', async () => {
    const forged = await serve(sending(makeOcspResponse(id, twin.intermediate, fresh)));
    const lists = await serve(sending(makeCrl(intermediate, { ...list, revoked: [line] })));
    expect(await ask(signer({ ocspUrls: [forged], crlUrls: [lists] }))).toMatchObject({
      status: 'revoked',
      problems: ['ocsp.wrong-signature'],
    });
  });
});

const other = certificateId(intermediate.certificate, Uint8Array.of(9));
const answers: readonly (readonly [string, Uint8Array])[] = [
  ['ocsp.malformed', new TextEncoder().encode('<html>Welcome to the hotel</html>')],
  ['ocsp.malformed', makeOcspResponse(id, responder, fresh).subarray(0, -20)],
  ['ocsp.other-certificate', makeOcspResponse(other, responder, fresh)],
  [
    'ocsp.other-issuer',
    makeOcspResponse(certificateId(twin.root.certificate, serial), responder, fresh),
  ],
  ['ocsp.unauthorised-responder', makeOcspResponse(id, authority.issue('Ola'), fresh)],
  ['ocsp.unauthorised-responder', makeOcspResponse(id, authority.root, fresh)],
  ['ocsp.wrong-signature', makeOcspResponse(id, { ...responder, key: twin.root.key }, fresh)],
  ['ocsp.expired-responder', makeOcspResponse(id, appoint({ notAfter: later(-2) }), fresh)],
  [
    'ocsp.stale',
    makeOcspResponse(id, responder, { ...fresh, thisUpdate: later(-9), nextUpdate: later(-8) }),
  ],
  ['ocsp.future', makeOcspResponse(id, responder, { ...fresh, thisUpdate: later(1) })],
  ['ocsp.wrong-nonce', makeOcspResponse(id, responder, { ...fresh, nonce: serial })],
];

describe('an answer that settles nothing', () => {
  test.each(answers)('%s', async (problem, body) => {
    const url = await serve(sending(body));
    expect(await ask(signer({ ocspUrls: [url] }))).toMatchObject({
      status: 'unknown',
      problems: [problem],
    });
  });

  test('the responder knows nothing of the certificate', async () => {
    const url = await serve(
      sending(makeOcspResponse(id, responder, { ...fresh, status: 'unknown' })),
    );
    expect(await ask(signer({ ocspUrls: [url] }))).toMatchObject({ status: 'unknown' });
  });

  test.each([
    ['crl.wrong-signature', makeCrl(twin.intermediate, list)],
    ['crl.other-issuer', makeCrl(authority.root, list)],
    ['crl.stale', makeCrl(intermediate, { thisUpdate: later(-9), nextUpdate: later(-8) })],
    ['crl.future', makeCrl(intermediate, { thisUpdate: later(8), nextUpdate: later(9) })],
  ])('%s', async (problem, body) => {
    const url = await serve(sending(body));
    expect(await ask(signer({ crlUrls: [url] }))).toMatchObject({
      status: 'unknown',
      problems: [problem],
    });
  });
});

const silent: readonly (readonly [string, Handler])[] = [
  ['refused', (_, response) => response.writeHead(500).end()],
  ['refused', (_, response) => response.writeHead(404).end()],
  ['too-slow', () => undefined],
  ['too-slow', (_, response) => response.write('a')],
  ['too-large', (_, response) => response.end(new Uint8Array(40 * 1024 * 1024))],
  [
    'cut-short',
    (_, response) => {
      response.writeHead(200, { 'content-length': '900' });
      response.write('abc', () => response.destroy());
    },
  ],
  ['unreachable', (request) => request.socket.destroy()],
  [
    'redirected',
    (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  ],
  ['redirected', (_, response) => response.writeHead(302, { location: 'ftp://127.0.0.1/' }).end()],
  ['redirected', (_, response) => response.writeHead(301, { location: '/' }).end()],
];

describe('a source that does not answer', () => {
  test.each(silent)('is %s', async (problem, handler) => {
    const url = await serve(handler);
    const limits = problem === 'too-slow' ? { timeoutMs: 300 } : {};
    expect(await ask(signer({ ocspUrls: [url] }), port(limits))).toMatchObject({
      status: 'unreachable',
      problems: [`ocsp.${problem}`],
    });
    expect(await ask(signer({ crlUrls: [url] }), port(limits))).toMatchObject({
      status: 'unreachable',
      problems: [`crl.${problem}`],
    });
  });

  test('is one that says to try later', async () => {
    const url = await serve(sending(refuseOcsp(3)));
    expect(await ask(signer({ ocspUrls: [url] }))).toMatchObject({
      status: 'unreachable',
      problems: ['ocsp.refused'],
    });
  });

  test('is left alone for a while', async () => {
    let asked = 0;
    const url = await serve((request) => {
      asked += 1;
      request.socket.destroy();
    });
    const about = signer({ ocspUrls: [url] });
    const revocation = port();
    await ask(about, revocation);
    await ask(about, revocation);
    expect(asked).toBe(1);
  });

  test('costs all its addresses no more than the time there is for one certificate', async () => {
    const url = await serve(() => undefined);
    const urls = Array.from({ length: 4 }, (_, i) => `${url}${i}`);
    const revocation = port({ timeoutMs: 60_000, budgetMs: 300 });
    expect(await ask(signer({ ocspUrls: urls, crlUrls: urls }), revocation)).toMatchObject({
      status: 'unreachable',
    });
  });

  test('is none at all, or none that can be asked', async () => {
    expect(await ask(signer({}))).toEqual({ status: 'no-source' });
    expect(await ask(signer({ crlUrls: ['ldap://directory.invalid/cn=list'] }))).toMatchObject({
      status: 'not-checked',
      problems: ['crl.no-address'],
    });
    expect(await ask(signer({ ocspUrls: ['file:///etc/passwd'] }))).toMatchObject({
      status: 'not-checked',
      problems: ['ocsp.no-address'],
    });
  });
});

describe('checking a certificate before it signs', () => {
  const check = (about: TrialCertificate) =>
    checkCertificateNow(about.certificate, about.chain, {
      clock,
      crypto: nodeCrypto,
      revocation: port(),
      anchors: [authority.root.certificate],
    });

  test('over the net', async () => {
    const running = await start();
    const about = signer({ ocspUrls: [running.ocspUrl] });
    expect(await check(about)).toMatchObject({ value: { revocation: 'good' } });
    running.revoke(about.certificate, later(-3));
    expect(await check(about)).toMatchObject({ error: { code: 'certificate.revoked' } });
    await running.close();
    opened.splice(0);
    expect(await check(about)).toMatchObject({ value: { revocation: 'unreachable' } });
    expect(serialOf(about.certificate)).toEqual(serial);
  });
});
