/** Where the seal's key comes from: a key file, or the program itself to try things out. In the worker. */
import { createPrivateKey } from 'node:crypto';
import { ok, type Result } from '../../shared/result.ts';
import type { SealView } from '../../shared/rpc/views.ts';
import { nodeSigningKey } from '../adapters/node-signing-key.ts';
import { makeTrialSeal } from '../adapters/trial-pki.ts';
import { parseCertificate } from '../core/cms/certificate.ts';
import type { SigningKey } from '../core/ports.ts';
import { checkKeyValidity, openKeyFile } from '../eid/key-file.ts';
import type { Act, Desk } from './desk.ts';
import { fromBase64, sealView, toBase64 } from './seal.ts';
import { settingsOf, type StoredSeal } from './settings-store.ts';

/** The seal's key, ready to sign. */
export function sealKey(seal: StoredSeal): SigningKey {
  return nodeSigningKey({
    privateKey: createPrivateKey({
      key: Buffer.from(seal.key, 'base64'),
      format: 'der',
      type: 'pkcs8',
    }),
    certificate: fromBase64(seal.certificate),
    chain: seal.chain.map(fromBase64),
  });
}

export function makeSeal(desk: Desk, _input: object, act: Act): Result<SealView> {
  const { name, number } = settingsOf(desk.archive).get('organisation');
  const now = desk.clock.now();
  const made = makeTrialSeal({ organisation: name, organisationNumber: number, now });
  return keep(desk, act.actor, {
    key: made.key.privateKey.export({ type: 'pkcs8', format: 'der' }),
    certificate: made.certificate,
    chain: made.chain,
  });
}

/** The enterprise certificate's key file. The key is kept in the archive, its passphrase is not. */
export async function sealFromKeyFile(
  desk: Desk,
  input: { readonly bytes: Uint8Array; readonly passphrase: string },
  act: Act,
): Promise<Result<SealView>> {
  const opened = await openKeyFile(input.bytes, input.passphrase);
  if (!opened.ok) return opened;
  const key = opened.value;
  const valid = checkKeyValidity(key, desk.clock.now());
  if (!valid.ok) return valid;
  return keep(desk, act.actor, {
    key: key.pkcs8(),
    certificate: key.certificate,
    chain: key.chain,
  });
}

function keep(
  desk: Desk,
  actor: string,
  material: {
    readonly key: Uint8Array;
    readonly certificate: Uint8Array;
    readonly chain: readonly Uint8Array[];
  },
): Result<SealView> {
  const parsed = parseCertificate(material.certificate);
  if (!parsed.ok) return parsed;
  const seal: StoredSeal = {
    key: toBase64(material.key),
    certificate: toBase64(material.certificate),
    chain: material.chain.map(toBase64),
    subject: parsed.value.commonName,
    trial: parsed.value.trial,
  };
  settingsOf(desk.archive).put('seal', seal, actor);
  return ok(sealView(seal, desk.clock.now()));
}
