/** CMS signatures of every kind, for the tests of their writing and their reading. */
import { createHash } from 'node:crypto';
import { nodeCrypto } from '../../electron/adapters/node-crypto.ts';
import type { TrialKeyType } from '../../electron/adapters/trial-pki.ts';
import { makeTrialAuthority, signingKeyOf } from '../../electron/adapters/trial-pki.ts';
import { trialTimestamps } from '../../electron/adapters/trial-timestamp-authority.ts';
import { digestFor } from '../../electron/core/cms/algorithms.ts';
import type { ParsedSignedData } from '../../electron/core/cms/parsed-signed-data.ts';
import { parseSignedData } from '../../electron/core/cms/parsed-signed-data.ts';
import type { AttributeDigest } from '../../electron/core/cms/signed-attributes.ts';
import { encodeSignedAttributes } from '../../electron/core/cms/signed-attributes.ts';
import { encodeSignedData } from '../../electron/core/cms/signed-data.ts';
import type { SignatureScheme } from '../../electron/core/ports.ts';
import { unwrap } from '../../shared/result.ts';

const now = new Date();
export const authority = makeTrialAuthority({ name: 'Prøve', now });
export const tsa = authority.issueTimestamper();
export const data = new TextEncoder().encode('%PDF-1.7 det som skrives under');

export interface Made {
  readonly cms: Uint8Array;
  readonly attributes: Uint8Array;
  readonly signature: Uint8Array;
  readonly certificate: Uint8Array;
}

/** A detached CMS over `data` by a fresh signer. */
export async function makeCms(
  type: TrialKeyType,
  scheme?: SignatureScheme,
  stamped = false,
): Promise<Made> {
  const key = signingKeyOf(authority.issue('Kari Nordmann', type));
  const chosen = scheme ?? key.schemes[0];
  if (chosen === undefined) throw new Error('a key without schemes');
  const digestAlgorithm = digestFor(chosen) as AttributeDigest;
  const digest = nodeCrypto.hash(digestAlgorithm)?.update(data).digest() ?? new Uint8Array();
  const { certificate, chain } = key;
  const attributes = encodeSignedAttributes({
    digest,
    digestAlgorithm,
    certificate,
    crypto: nodeCrypto,
  });
  const signature = unwrap(await key.sign(attributes, chosen));
  const timestamps = trialTimestamps({ ...tsa, clock: { now: () => now } });
  const imprint = {
    algorithm: 'sha256',
    digest: createHash('sha256').update(signature).digest(),
  } as const;
  const cms = encodeSignedData({
    signedAttributes: attributes,
    signature,
    scheme: chosen,
    digestAlgorithm,
    certificate,
    chain,
    ...(stamped ? { timestampToken: unwrap(await timestamps.stamp(imprint)) } : {}),
  });
  return { cms, attributes, signature, certificate };
}

export function parsedCms(der: Uint8Array): ParsedSignedData {
  return unwrap(parseSignedData(der));
}
