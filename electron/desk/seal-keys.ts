/** Where the seal's key comes from: a key file, or the program itself to try things out. In the worker. */
import { createPrivateKey } from 'node:crypto';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { SealView } from '../../shared/rpc/views.ts';
import { nodeSigningKey } from '../adapters/node-signing-key.ts';
import { makeTrialSeal } from '../adapters/trial-pki.ts';
import { parseCertificate } from '../core/cms/certificate.ts';
import type { SigningKey } from '../core/ports.ts';
import { openKeyFile } from '../eid/key-file.ts';
import { sha256Hex, type Act, type Desk } from './desk.ts';
import type { HeldSealKey } from './held-seal-key.ts';
import { heldOf, openOfficeKey } from './office-key.ts';
import { fromBase64, sealOf, sealView, toBase64 } from './seal.ts';
import { settingsOf, type StoredSeal } from './settings-store.ts';

/** The seal's key, ready to sign; `seal.locked` while nobody has unlocked it. */
export function sealKey(desk: Pick<Desk, 'sealKey'>, seal: StoredSeal): Result<SigningKey> {
  const pkcs8 = trialKey(seal) ?? heldKey(desk, seal);
  if (pkcs8 === null) return locked();
  return ok(
    nodeSigningKey({
      privateKey: createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }),
      certificate: fromBase64(seal.certificate),
      chain: seal.chain.map(fromBase64),
    }),
  );
}

function trialKey({ key, trial }: StoredSeal): Uint8Array | null {
  return key === undefined || !trial ? null : fromBase64(key);
}

function heldKey(desk: Pick<Desk, 'sealKey'>, { certificate }: StoredSeal): Uint8Array | null {
  const held = desk.sealKey();
  return held?.certificate === sha256Hex(fromBase64(certificate)) ? held.pkcs8 : null;
}

/** It proves nothing and says so in every signature: its key may stand in the archive. */
export function makeSeal(desk: Desk, _input: object, act: Act): Result<SealView> {
  const { name, number } = settingsOf(desk.archive).get('organisation');
  const now = desk.clock.now();
  const made = makeTrialSeal({ organisation: name, organisationNumber: number, now });
  const kept = keep(desk, act.actor, made, {
    key: toBase64(made.key.privateKey.export({ type: 'pkcs8', format: 'der' })),
  });
  if (!kept.ok) return kept;
  const view = sealView(desk);
  return view === null ? fail('seal.missing', 'The organisation has no seal.') : ok(view);
}

/**
 * The enterprise certificate's key file. It is kept as it came, closed by its own passphrase; the key
 * goes to whoever asked, to be held in memory. A file that is open to anybody is refused: the archive
 * and its backups would carry the seal itself.
 */
export async function sealFromKeyFile(
  desk: Desk,
  input: { readonly bytes: Uint8Array; readonly passphrase: string },
  act: Act,
): Promise<Result<HeldSealKey>> {
  const opened = await openOfficeKey(desk, input);
  if (!opened.ok) return opened;
  const key = opened.value;
  const kept = keep(desk, act.actor, key, { keyFile: toBase64(input.bytes) });
  return kept.ok ? ok(heldOf(key)) : kept;
}

/** After a start: the kept key file, opened by its passphrase (`key.wrong-passphrase`). */
export async function unlockSeal(
  desk: Desk,
  input: { readonly passphrase: string },
  _act: Act,
): Promise<Result<HeldSealKey>> {
  const seal = sealOf(desk);
  if (seal?.keyFile === undefined)
    return fail('seal.key-missing', 'The seal’s key file has to be given again.');
  const opened = await openKeyFile(fromBase64(seal.keyFile), input.passphrase);
  if (!opened.ok) return opened;
  const key = heldOf(opened.value);
  return key.certificate === sha256Hex(fromBase64(seal.certificate)) ? ok(key) : locked();
}

function keep(
  desk: Desk,
  actor: string,
  material: { readonly certificate: Uint8Array; readonly chain: readonly Uint8Array[] },
  key: Pick<StoredSeal, 'key' | 'keyFile'>,
): Result<null> {
  const parsed = parseCertificate(material.certificate);
  if (!parsed.ok) return parsed;
  const seal: StoredSeal = {
    ...key,
    certificate: toBase64(material.certificate),
    chain: material.chain.map(toBase64),
    subject: parsed.value.commonName,
    trial: parsed.value.trial,
  };
  settingsOf(desk.archive).put('seal', seal, actor);
  return ok(null);
}

function locked() {
  return fail('seal.locked', 'The seal is locked until its passphrase has been given.');
}
