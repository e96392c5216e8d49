/** The office's mail server: what is kept, and whether it lets us in. */
import { X509Certificate } from 'node:crypto';
import type { MailedCopy } from '../../shared/job/copies.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { MailView } from '../../shared/rpc/views-follow.ts';
import type { MailServer } from '../adapters/smtp.ts';
import type { Desk } from './desk.ts';
import { given } from './jobs.ts';
import { refuseNationalId } from './national-id.ts';
import { settingsOf, type MailSettings } from './settings-store.ts';

export function mailView(desk: Pick<Desk, 'archive'>): MailView {
  const { password, copies = 'no', ...shown } = settingsOf(desk.archive).get('mail');
  return { ...shown, copies, hasPassword: password !== null };
}

export function mailServer(mail: MailSettings): MailServer {
  const { host, port, security, user, password, authority } = mail;
  return { host, port, security, user, password, authority };
}

/** A password is told to the server it belongs to, and to no other that somebody writes in its place. */
export function keptServer(
  desk: Pick<Desk, 'archive'>,
  input: ParsedOf<'settings.checkMail'>['server'],
) {
  const before = settingsOf(desk.archive).get('mail');
  const same = before.host === input.host && before.user === input.user;
  const { password, ...rest } = input;
  return { ...rest, password: password ?? (same ? before.password : null) };
}

export function putMail(
  desk: Desk,
  { server, on, texts, daysBefore, copies }: ParsedOf<'settings.putMail'>,
  actor: string,
): Result<null> {
  for (const text of Object.values(texts)) {
    const refused = refuseNationalId(`${text?.subject ?? ''} ${text?.body ?? ''}`, 'mail');
    if (refused !== null) return refused;
  }
  const before = settingsOf(desk.archive).get('mail').copies ?? 'no';
  const next: MailSettings = {
    ...keptServer(desk, server),
    ...{ on, daysBefore, copies: copies ?? before },
    ...{ texts: given(texts) as MailSettings['texts'] },
  };
  const wrong = wrongServer(next);
  if (wrong !== null && (on || wrong.error.code === 'mail.authority')) return wrong;
  settingsOf(desk.archive).put('mail', next, actor);
  return ok(null);
}

/** What a signer may ask to be sent: nothing while there is no server to send it. */
export function mailedCopy(desk: Pick<Desk, 'archive'>): MailedCopy {
  const { on, copies = 'no' } = settingsOf(desk.archive).get('mail');
  return on ? copies : 'no';
}

export function wrongServer({ host, from, authority }: MailSettings) {
  if (host.trim() === '') return fail('mail.no-host', 'The mail server has no name.');
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(from))
    return fail('mail.no-sender', 'The sender is no address.');
  return authority === null || isCertificate(authority)
    ? null
    : fail('mail.authority', 'That is no certificate.');
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).ca;
  } catch {
    return false;
  }
}
