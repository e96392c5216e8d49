/** A real mail server on this machine, with TLS and one user: it keeps what it takes. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';

export interface TakenMail {
  readonly to: readonly string[];
  readonly secure: boolean;
  /** As it came over the line, quoted-printable decoded. */
  readonly text: string;
}

export interface MailServerOptions {
  /** False: offers no STARTTLS. */
  readonly tls?: boolean;
  /** Called before a mail is taken: a crash in the middle. */
  readonly onData?: () => void;
}

export interface TestMailServer {
  readonly port: number;
  /** PEM of who vouches for it. */
  readonly authority: string;
  readonly user: string;
  readonly password: string;
  readonly taken: TakenMail[];
  close(): Promise<void>;
}

const user = 'skranke';
const password = 'post-hemmelig';

export async function startMailServer(options: MailServerOptions = {}): Promise<TestMailServer> {
  const { key, certificate } = makeCertificate();
  const taken: TakenMail[] = [];
  const server = new SMTPServer({
    ...{ key, cert: certificate, authMethods: ['PLAIN', 'LOGIN'], logger: false },
    ...(options.tls === false ? { disabledCommands: ['STARTTLS'] } : {}),
    onAuth(auth, _session, answer) {
      if (auth.username === user && auth.password === password) answer(null, { user });
      else answer(new Error('no'));
    },
    onRcptTo({ address }, _session, answer) {
      if (address.startsWith('ukjent')) {
        answer(Object.assign(new Error('no such user'), { responseCode: 550 }));
      } else answer();
    },
    onData(stream, session, answer) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        options.onData?.();
        const { rcptTo } = session.envelope;
        taken.push({
          to: rcptTo.map(({ address }) => address),
          secure: session.secure,
          text: decoded(Buffer.concat(parts).toString('latin1')),
        });
        answer();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    ...{ authority: certificate, user, password, taken },
    close: () =>
      new Promise((done) => {
        server.close(done);
      }),
  };
}

/** Its own authority, for `localhost`. */
function makeCertificate(): { readonly key: string; readonly certificate: string } {
  const folder = mkdtempSync(join(tmpdir(), 'skranke-mail-'));
  const file = (name: string) => join(folder, name);
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-keyout', file('key.pem'), '-out', file('certificate.pem'), '-days', '30'],
      ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
      ...['-addext', 'basicConstraints=critical,CA:TRUE'],
    ],
    { stdio: 'ignore' },
  );
  const made = {
    key: readFileSync(file('key.pem'), 'utf8'),
    certificate: readFileSync(file('certificate.pem'), 'utf8'),
  };
  rmSync(folder, { recursive: true, force: true });
  return made;
}

/** Quoted-printable (RFC 2045, 6.7) and encoded words (RFC 2047) as people read them. */
function decoded(raw: string): string {
  const bytes = (text: string) =>
    text
      .replace(/=\r?\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  const words = raw.replace(/=\?UTF-8\?Q\?([^?]*)\?=\s*/gi, (_, text: string) =>
    bytes(text.replaceAll('_', ' ')),
  );
  return Buffer.from(bytes(words), 'latin1').toString('utf8');
}
