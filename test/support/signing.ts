/** A trial authority, its signers, and files signed with them: what the tests of the signature room share. */
import { interFonts } from '../../electron/adapters/fonts.ts';
import { nodeCrypto } from '../../electron/adapters/node-crypto.ts';
import { nodeRandom } from '../../electron/adapters/node-random.ts';
import { makeTrialAuthority, signingKeyOf } from '../../electron/adapters/trial-pki.ts';
import type { TrialKeyType } from '../../electron/adapters/trial-pki.ts';
import type { SignatureRequest, SigningPorts } from '../../electron/core/pades/signature.ts';
import { sign } from '../../electron/core/pades/sign.ts';
import type { PdfDocument } from '../../electron/core/pdf/document.ts';
import { memorySource } from '../../electron/core/pdf/objects.ts';
import { openPdf } from '../../electron/core/pdf/open.ts';
import { verifyPdf } from '../../electron/core/verify/verify.ts';
import type { SigningKey } from '../../electron/core/ports.ts';
import type { VerificationReport } from '../../shared/report.ts';
import { unwrap } from '../../shared/result.ts';

// The tools beside us (pdfsig, openssl) judge by their own clock, so the certificates live now.
export const signingTime = new Date();
export const authority = makeTrialAuthority({ name: 'Trial', now: signingTime });

export const ports: SigningPorts = {
  crypto: nodeCrypto,
  random: nodeRandom,
  fonts: interFonts(),
};

const keys = new Map<TrialKeyType, SigningKey>();

/** A signer's key with a chain of two certificates. */
export function trialKey(type: TrialKeyType = 'p-256'): SigningKey {
  const known = keys.get(type) ?? signingKeyOf(authority.issue('Kari Nordmann', type));
  keys.set(type, known);
  return known;
}

/** An invisible B-B signature in a new field, unless `changes` say otherwise. */
export function requestOf(changes: Partial<SignatureRequest> = {}): SignatureRequest {
  return {
    field: null,
    mark: null,
    time: signingTime,
    zoneOffset: 60,
    name: 'Kari Nordmann',
    digest: 'sha256',
    ...changes,
  };
}

export function opened(bytes: Uint8Array, password?: string): PdfDocument {
  return unwrap(openPdf(memorySource(bytes), password === undefined ? {} : { password }));
}

export function appended(bytes: Uint8Array, tail: Uint8Array): Uint8Array {
  const whole = new Uint8Array(bytes.length + tail.length);
  whole.set(bytes);
  whole.set(tail, bytes.length);
  return whole;
}

/** The file with one more signature. Throws the `Refusal` where signing is refused. */
export async function signedWith(
  bytes: Uint8Array,
  changes: Partial<SignatureRequest> = {},
  key: SigningKey = trialKey(),
  password?: string,
): Promise<Uint8Array> {
  const { tail } = unwrap(await sign(opened(bytes, password), requestOf(changes), key, ports));
  return appended(bytes, tail);
}

/** What our own validator says, with the trial root as only anchor. */
export async function verified(bytes: Uint8Array, password?: string): Promise<VerificationReport> {
  const options = {
    file: 'test.pdf',
    anchors: [authority.root.certificate],
    at: signingTime,
    ...(password === undefined ? {} : { password }),
  };
  return unwrap(await verifyPdf(memorySource(bytes), options, { crypto: nodeCrypto }));
}

/** The indication of each signature, oldest first. */
export async function verdicts(bytes: Uint8Array, password?: string): Promise<readonly string[]> {
  return (await verified(bytes, password)).signatures.map(({ indication }) => indication);
}
