/** Hands a mail to the office's own server (RFC 6409). Never in the clear: TLS, or STARTTLS before anything else. */
import nodemailer from 'nodemailer';
import { fail, ok, type Result } from '../../shared/result.ts';

export interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls';
  readonly user: string;
  readonly password: string | null;
  /** PEM. */
  readonly authority: string | null;
}

export interface Letter {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** PDF files. */
  readonly attachments?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

export interface Smtp {
  /** Connects and says who we are; nothing is sent. */
  greet(): Promise<Result<null>>;
  send(letter: Letter): Promise<Result<null>>;
  close(): void;
}

const patience = 20_000;

export function openSmtp(server: MailServer): Smtp {
  const { host, port, security, user, password, authority } = server;
  const transport = nodemailer.createTransport({
    ...{ host, port, pool: true, maxConnections: 1 },
    secure: security === 'tls',
    requireTLS: true,
    ...(user === '' ? {} : { auth: { user, pass: password ?? '' } }),
    tls: {
      ...{ minVersion: 'TLSv1.2', rejectUnauthorized: true, servername: host },
      ...(authority === null ? {} : { ca: authority }),
    },
    ...{ connectionTimeout: patience, greetingTimeout: patience, socketTimeout: patience },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  return {
    async greet() {
      try {
        await transport.verify();
        return ok(null);
      } catch (error) {
        return refused(error);
      }
    },
    async send({ from, to, subject, text, attachments = [] }) {
      try {
        await transport.sendMail({
          ...{ from, to, subject, text, disableFileAccess: true, disableUrlAccess: true },
          attachments: attachments.map(({ name, bytes }) => ({
            ...{ filename: name, content: Buffer.from(bytes), contentType: 'application/pdf' },
          })),
          // No answers by machines to a machine (RFC 3834).
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
        return ok(null);
      } catch (error) {
        return refused(error);
      }
    },
    close: () => {
      transport.close();
    },
  };
}

interface SmtpError {
  readonly code?: unknown;
  readonly responseCode?: unknown;
  readonly command?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
}

/** In our words; what the server wrote may name people and stays out. */
function refused(error: unknown): Result<never> {
  const { code, responseCode, command } = error as SmtpError;
  const detail = typeof responseCode === 'number' ? { answer: responseCode } : {};
  if (code === 'EAUTH' || code === 'ENOAUTH')
    return fail('mail.not-let-in', 'The mail server did not accept user and password.', detail);
  if (isTrustError(error))
    return fail('mail.not-trusted', 'The mail server’s certificate is not trusted.');
  if (code === 'ETLS') return fail('mail.no-tls', 'The mail server offers no encryption.');
  if (code === 'EENVELOPE')
    return command === 'MAIL FROM'
      ? fail('mail.sender-refused', 'The mail server does not accept the sender.', detail)
      : fail('mail.refused', 'The mail server does not accept the recipient.', detail);
  if (code === 'EDNS') return fail('mail.unknown-host', 'There is no server of that name.');
  if (typeof responseCode === 'number')
    return fail('mail.turned-down', 'The mail server did not take the mail.', detail);
  return fail('mail.unreachable', 'The mail server does not answer.');
}

const trustCodes = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME|ISSUER/;

function isTrustError(error: unknown): boolean {
  for (let at = error, depth = 0; depth < 4 && at instanceof Error; depth += 1) {
    const { code, message } = at as Error & { readonly code?: unknown };
    if (typeof code === 'string' && trustCodes.test(code)) return true;
    if (/certificate|self.signed|altnames/i.test(message)) return true;
    at = at.cause;
  }
  return false;
}
