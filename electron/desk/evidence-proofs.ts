/**
 * What signers showed to be who they are, as it leaves the office: certificates whole, logins by their
 * hash, header and claims with national identity numbers masked. An ID token goes out whole only where
 * the job prints the number anyway, or where a records manager asks for the complete record.
 */
import type { CertificateProof, IdentityProof, LoginProof } from '../../shared/job/proof.ts';
import { maskId, maskedProof } from '../../shared/job/masks.ts';
import type { Json } from '../../shared/result.ts';
import type { ChainedEvent } from '../archive/archive.ts';

/** Claims that say who, how and when; `sub` and what a provider adds of its own stay behind. */
const shownClaims = new Set([
  ...['iss', 'aud', 'exp', 'iat', 'auth_time', 'nonce', 'acr', 'amr', 'jti'],
  ...['name', 'given_name', 'family_name', 'middle_name', 'birthdate', 'pid', 'nnin', 'locale'],
]);

export type ExportedProof = (
  CertificateProof | (LoginProof & { readonly header: Json; readonly claims: Json })
) & {
  /** Version of the event, whose proof it was, and who found that it fits: the proof itself, or a clerk. */
  readonly event: number;
  readonly signer: string;
  readonly at: string;
  readonly matches: boolean;
  readonly acceptedBy: string | null;
};

export function exportedProofs(
  events: readonly ChainedEvent[],
  whole: boolean,
): readonly ExportedProof[] {
  return events.flatMap(({ event, version, at }) => {
    if (event.type !== 'proof-given') return [];
    const { signer, proof, matches } = event;
    const accepted = events.find(
      (later) =>
        later.version > version &&
        later.event.type === 'proof-accepted' &&
        later.event.signer === signer &&
        later.event.proof === proof.id,
    );
    return [
      {
        ...{ event: version, signer, at, matches, acceptedBy: accepted?.actor ?? null },
        ...shownProof(proof, whole),
      },
    ];
  });
}

function shownProof(
  proof: IdentityProof,
  whole: boolean,
): CertificateProof | (LoginProof & { readonly header: Json; readonly claims: Json }) {
  if (proof.means !== 'login') return proof;
  const [header, claims] = (proof.idToken ?? '').split('.').slice(0, 2).map(decoded);
  const left = Object.entries((claims ?? {}) as Record<string, Json>)
    .filter(([name]) => shownClaims.has(name))
    .map(([name, value]) => [name, withoutNumbers(value)]);
  const bare = whole ? proof : (maskedProof(proof) as LoginProof);
  return { ...bare, header: header ?? null, claims: Object.fromEntries(left) as Json };
}

function decoded(part: string): Json {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString()) as Json;
  } catch {
    // Providers of old logs may be read differently one day: the token's hash still stands.
    return null;
  }
}

/** Whatever somebody typed: eleven digits in a row leave as their first six. */
export function withoutNumbers(value: Json): Json {
  if (typeof value === 'string')
    return value.replace(/(?<!\d)\d{11}(?!\d)/g, (number) => maskId(number));
  if (Array.isArray(value)) return value.map(withoutNumbers);
  return value;
}
