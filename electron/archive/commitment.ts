/** What an office event says of a value it does not tell: a hash behind a salt. */
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { Json } from '../../shared/result.ts';
import type { Random } from '../core/ports.ts';
import { sha256 } from './chain.ts';

/** Hex. */
export interface Commitment {
  readonly salt: string;
  readonly sha256: string;
}

/** `SHA-256(salt | canonical JSON of the value)`. */
export function commit(value: Json, random: Random): Commitment {
  const salt = Buffer.from(random.bytes(16)).toString('hex');
  return { salt, sha256: hashOf(salt, value) };
}

export function isCommittedTo(commitment: Commitment, value: Json): boolean {
  return hashOf(commitment.salt, value) === commitment.sha256;
}

function hashOf(salt: string, value: Json): string {
  return sha256(
    Buffer.concat([Buffer.from(salt, 'hex'), Buffer.from(canonicalJson(value))]),
  ).toString('hex');
}
