/** The service's settings: who we are there, with which certificate, and whom we believe to be the service. */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { PostenSettingsView } from '../../shared/rpc/views-posten.ts';
import { certificatesIn } from '../adapters/anchors.ts';
import { parseCertificate } from '../core/cms/certificate.ts';
import { openKeyFile } from '../eid/key-file.ts';
import { certificateFacts } from '../posten/certificate-facts.ts';
import { production, test, type Environment } from '../posten/environments.ts';
import { inLetters } from '../posten/sync/reference.ts';
import { type Act, type Desk } from './desk.ts';
import type { HeldSealKey } from './held-seal-key.ts';
import { heldOf, openOfficeKey } from './office-key.ts';
import { fromBase64, summaryOf, toBase64 } from './seal.ts';
import { settingsOf, type PostenSettings } from './settings-store.ts';

const day = 86_400_000;

export function postenOf(desk: Pick<Desk, 'archive'>): PostenSettings {
  return settingsOf(desk.archive).get('posten');
}

export function postenSettings(
  desk: Pick<Desk, 'archive' | 'clock'>,
  key: PostenSettingsView['key'],
): PostenSettingsView {
  const { on, environment, root, certificate, authorities, queue, share } = postenOf(desk);
  return {
    ...{ on, environment, root, sender: senderOf(desk), key, queue },
    share: share ?? { of: 1, number: 1 },
    certificate: certificate === null ? null : certificateView(desk, certificate.certificate),
    authorities: authorities.map((der) => summaryOf(fromBase64(der))),
  };
}

function certificateView(
  desk: Pick<Desk, 'clock'>,
  base64: string,
): PostenSettingsView['certificate'] {
  const der = fromBase64(base64);
  const facts = certificateFacts(der);
  const left = (facts?.notAfter.getTime() ?? 0) - desk.clock.now().getTime();
  return {
    summary: summaryOf(der),
    organisation: facts?.organisation ?? null,
    daysLeft: Math.max(0, Math.floor(left / day)),
  };
}

/** In whose name: the office's own number, unless it sends for another. */
export function senderOf(desk: Pick<Desk, 'archive'>): string {
  const { sender } = postenOf(desk);
  return sender === '' ? settingsOf(desk.archive).get('organisation').number : sender;
}

export function environmentOf({ environment, root }: PostenSettings): Environment {
  switch (environment) {
    case 'production':
      return production;
    case 'test':
      return test;
    case 'own':
      return { ...{ name: 'own', root, authorities: null }, serverOrganisation: '984661185' };
  }
}

export function putPosten(
  desk: Desk,
  input: ParsedOf<'settings.putPosten'>,
  actor: string,
): Result<null> {
  const { on, environment, root, sender } = input;
  const before = postenOf(desk);
  if (environment === 'own' && root === '')
    return fail('posten.root-missing', 'Give the address of the service.');
  if (on && before.certificate === null)
    return fail('posten.certificate-missing', 'There is no enterprise certificate.');
  const authorities: string[] = [];
  for (const text of input.authorities) {
    const kept = before.authorities.find((der) => summaryOf(fromBase64(der)).fingerprint === text);
    const found = kept === undefined ? certificatesIn(Buffer.from(text, 'utf8')) : [];
    if (kept !== undefined) authorities.push(kept);
    else if (found.length === 0 || found.some((der) => !parseCertificate(der).ok))
      return fail('trust.no-certificate', 'A trust anchor is no certificate.');
    authorities.push(...found.map(toBase64));
  }
  const own = settingsOf(desk.archive).get('organisation').number;
  const fresh = newQueue(desk);
  const changed = (now: PostenSettings): PostenSettings => ({
    ...now,
    ...{ on, environment, authorities: [...new Set(authorities)] },
    root: environment === 'own' ? root.replace(/\/+$/, '') : '',
    sender: sender === own ? '' : sender,
    share: input.share ?? now.share ?? { of: 1, number: 1 },
    queue: now.queue ?? fresh,
  });
  settingsOf(desk.archive).change('posten', changed, actor);
  return ok(null);
}

/** One per archive: updates in a queue that somebody else empties are lost to us. */
export function newQueue({ random }: Pick<Desk, 'random'>): string {
  return `skranke-${inLetters(Buffer.from(random.bytes(8)).toString('hex'))}`;
}

/**
 * The enterprise certificate's key file, kept closed by its own passphrase as the seal's is. In the worker.
 */
export async function postenKeyFile(
  desk: Desk,
  input: { readonly bytes: Uint8Array; readonly passphrase: string },
  act: Act,
): Promise<Result<HeldSealKey>> {
  const opened = await openOfficeKey(desk, input);
  if (!opened.ok) return opened;
  const key = opened.value;
  const certificate = {
    keyFile: toBase64(input.bytes),
    certificate: toBase64(key.certificate),
    chain: key.chain.map(toBase64),
  };
  settingsOf(desk.archive).change('posten', (now) => ({ ...now, certificate }), act.actor);
  return ok(heldOf(key));
}

/** After a start without a secret store. In the worker. */
export async function unlockPosten(
  desk: Desk,
  { passphrase }: { readonly passphrase: string },
  _act: Act,
): Promise<Result<HeldSealKey>> {
  const { certificate } = postenOf(desk);
  if (certificate === null)
    return fail('posten.certificate-missing', 'There is no enterprise certificate.');
  const opened = await openKeyFile(fromBase64(certificate.keyFile), passphrase);
  return opened.ok ? ok(heldOf(opened.value)) : opened;
}
