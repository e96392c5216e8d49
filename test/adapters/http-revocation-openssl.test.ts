/** Debian's openssl as an independent responder, client, and reader of lists. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { httpRevocation } from '../../electron/adapters/http-revocation.ts';
import { nodeCrypto } from '../../electron/adapters/node-crypto.ts';
import { nodeRandom } from '../../electron/adapters/node-random.ts';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import { makeTrialAuthority } from '../../electron/adapters/trial-pki.ts';
import type { TrialCertificate, TrialKeyType } from '../../electron/adapters/trial-pki.ts';
import { makeCrl, serialOf } from '../../electron/adapters/trial-revocation.ts';
import { startTrialRevocation } from '../../electron/adapters/trial-revocation-server.ts';
import type { RunningRevocation } from '../../electron/adapters/trial-revocation-server.ts';
import { hex } from '../../electron/core/cms/certificate.ts';
import { createCertificateReader } from '../../electron/core/trust/certificates.ts';
import { pemOf } from '../support/openssl.ts';

const now = systemClock.now();
const hour = 60 * 60 * 1000;
const later = (hours: number): Date => new Date(now.getTime() + hours * hour);
const authority = makeTrialAuthority({ name: 'Interop', now });
const { root, intermediate } = authority;
const folder = mkdtempSync(join(tmpdir(), 'openssl-ocsp-'));
const path = (name: string): string => join(folder, name);
const read = createCertificateReader();

function appoint(type: TrialKeyType): TrialCertificate {
  return authority.issue('Interop Responder', type, {
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: { purposes: ['1.3.6.1.5.5.7.3.9'] },
    extensions: [{ oid: '1.3.6.1.5.5.7.48.1.5', critical: false, value: Uint8Array.of(5, 0) }],
  });
}

function keyPem({ key }: TrialCertificate): string {
  return key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** openssl's register: status, expiry, revocation, number, file, name. */
function registerOf(entries: readonly (readonly [TrialCertificate, string])[]): string {
  return entries
    .map(([{ certificate }, revoked]) => {
      const status = revoked === '' ? 'V' : 'R';
      const number = hex(serialOf(certificate)).toUpperCase();
      return `${status}\t401231235959Z\t${revoked}\t${number}\tunknown\t/CN=Somebody\n`;
    })
    .join('');
}

const processes: ChildProcess[] = [];
afterAll(() => {
  for (const process of processes) process.kill();
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, content: string | Uint8Array): string {
  writeFileSync(path(name), content);
  return path(name);
}

/** Starts `openssl ocsp` as a responder; its address, from the port it says it listens on. */
function startOpenssl(responder: TrialCertificate, register: string, more: readonly string[] = []) {
  const process = spawn('openssl', [
    ...['ocsp', '-port', '0', '-index', write('register.txt', register)],
    ...['-CA', write('issuer.pem', pemOf(intermediate.certificate))],
    ...['-rsigner', write('responder.pem', pemOf(responder.certificate))],
    ...['-rkey', write('responder.key', keyPem(responder)), '-ndays', '1', ...more],
  ]);
  processes.push(process);
  return new Promise<string>((resolve, reject) => {
    let said = '';
    const listen = (piece: Buffer): void => {
      said += piece.toString();
      const port = /ACCEPT \S*:(\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve(`http://127.0.0.1:${port}/`);
    };
    process.stdout.on('data', listen);
    process.stderr.on('data', listen);
    process.on('error', reject);
    process.on('exit', () => reject(new Error(`openssl ended: ${said}`)));
  });
}

function runOpenssl(args: readonly string[]): Promise<{ accepted: boolean; text: string }> {
  const process = spawn('openssl', args);
  processes.push(process);
  let text = '';
  process.stdout.on('data', (piece: Buffer) => (text += piece.toString()));
  process.stderr.on('data', (piece: Buffer) => (text += piece.toString()));
  return new Promise((resolve, reject) => {
    process.on('error', reject);
    process.on('close', (status) => resolve({ accepted: status === 0, text }));
  });
}

const chainPem = pemOf(intermediate.certificate, root.certificate);

describe('openssl as the responder', () => {
  test.each([
    ['p-256', []],
    ['rsa-2048', ['-resp_key_id']],
    ['ed25519', []],
  ] as const)('answers us (%s)', async (type, more) => {
    const responder = appoint(type);
    const [good, revoked, stranger] = ['Kari', 'Ola', 'Eva'].map((name) => authority.issue(name));
    if (good === undefined || revoked === undefined || stranger === undefined) throw new Error();
    const when = later(-30).toISOString().replace(/[-:T]/g, '').slice(2, 14);
    const register = registerOf([
      [good, ''],
      [revoked, `${when}Z,keyCompromise`],
    ]);
    const url = await startOpenssl(responder, register, more);
    const ask = (about: TrialCertificate) => {
      const [certificate, ...issuers] = read([about.certificate, ...about.chain]);
      if (certificate === undefined) throw new Error('no certificate');
      return httpRevocation({
        clock: systemClock,
        crypto: nodeCrypto,
        random: nodeRandom,
        timeoutMs: 30_000,
        budgetMs: 30_000,
      }).check({
        // Signed without an address, because that is known only now.
        certificate: { ...certificate, ocspUrls: [url] },
        issuers,
        pool: [],
        at: systemClock.now(),
      });
    };
    expect(await ask(good)).toMatchObject({ status: 'good', problems: [] });
    expect(await ask(revoked)).toMatchObject({ status: 'revoked', reason: 'keyCompromise' });
    expect(await ask(stranger)).toMatchObject({ status: 'unknown' });
  });
});

describe('openssl as the client', () => {
  let running: RunningRevocation;
  const good = authority.issue('Kari');
  const revoked = authority.issue('Ola');
  beforeAll(async () => {
    running = await startTrialRevocation({
      issuer: intermediate,
      responder: appoint('p-256'),
      clock: systemClock,
    });
    running.revoke(revoked.certificate, later(-3), 1);
  });
  afterAll(() => running.close());

  test.each(['sha1', 'sha256'])('believes our answers (%s)', async (digest) => {
    const ask = ({ certificate }: TrialCertificate) =>
      runOpenssl([
        ...['ocsp', `-${digest}`, '-issuer', write('issuer.pem', pemOf(intermediate.certificate))],
        ...['-cert', write('about.pem', pemOf(certificate)), '-url', running.ocspUrl],
        ...['-CAfile', write('chain.pem', chainPem), '-nonce'],
      ]);
    const fine = await ask(good);
    expect(fine.text).toContain('Response verify OK');
    expect(fine.text).toContain('about.pem: good');
    expect(fine.text).not.toContain('WARNING');
    const bad = await ask(revoked);
    expect(bad.text).toContain('Response verify OK');
    expect(bad.text).toMatch(/about\.pem: revoked[\s\S]*Reason: keyCompromise/);
  });

  test('believes our lists', async () => {
    const list = { thisUpdate: later(-1), nextUpdate: later(9) };
    const der = makeCrl(intermediate, {
      ...list,
      revoked: [{ serial: serialOf(revoked.certificate), at: later(-3), reason: 1 }],
    });
    const pem = async (name: string, bytes: Uint8Array): Promise<string> => {
      await runOpenssl([
        ...['crl', '-inform', 'DER', '-in', write(`${name}.der`, bytes), '-out', path(name)],
      ]);
      return path(name);
    };
    const own = await pem('own.pem', der);
    const above = await pem('above.pem', makeCrl(root, list));
    const verify = ({ certificate }: TrialCertificate) =>
      runOpenssl([
        ...['verify', '-crl_check_all', '-CAfile', write('root.pem', pemOf(root.certificate))],
        ...['-untrusted', write('issuer.pem', pemOf(intermediate.certificate))],
        ...['-CRLfile', own, '-CRLfile', above, write('about.pem', pemOf(certificate))],
      ]);
    expect(await verify(good)).toMatchObject({ accepted: true });
    const bad = await verify(revoked);
    expect(bad.accepted).toBe(false);
    expect(bad.text).toContain('certificate revoked');
  });
});
