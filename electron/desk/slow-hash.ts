/**
 * Secrets short enough to be tried out, behind Argon2id (RFC 9106) with its parameters beside the hash:
 * they can be raised without anybody choosing anew. It computes on purpose: in the worker.
 */
import { timingSafeEqual } from 'node:crypto';
import { argon2id } from 'hash-wasm';
import { Refusal } from '../../shared/result.ts';
import type { Random } from '../core/ports.ts';

/** Memory in KiB. */
export interface SlowCost {
  readonly memory: number;
  readonly passes: number;
  readonly lanes: number;
}

export interface SlowHash {
  readonly cost: SlowCost;
  /** Base64. */
  readonly salt: string;
  readonly hash: string;
}

/** A tenth of a second on an office PC: somebody stands and waits, and the delay grows anyway. */
export const usualSlowness: SlowCost = { memory: 32 * 1024, passes: 2, lanes: 1 };

export async function slowHash(
  secret: string,
  salt: Uint8Array,
  cost: SlowCost = usualSlowness,
): Promise<SlowHash> {
  const hash = await derive(secret, salt, cost);
  return { cost, salt: toBase64(salt), hash: toBase64(hash) };
}

export function newSalt(random: Random): Uint8Array {
  return random.bytes(16);
}

export async function isSecretOf(secret: string, stored: SlowHash): Promise<boolean> {
  const expected = Buffer.from(stored.hash, 'base64');
  const given = await derive(secret, Buffer.from(stored.salt, 'base64'), stored.cost);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

async function derive(secret: string, salt: Uint8Array, cost: SlowCost): Promise<Uint8Array> {
  const { memory, passes, lanes } = cost;
  // A damaged setting must not ask for all the memory there is.
  if (!(memory >= 8 && memory <= 1024 * 1024 && passes >= 1 && passes <= 64 && lanes <= 16))
    throw new Refusal('archive.damaged', 'The parameters of a hash are not ours');
  return argon2id({
    ...{ password: secret, salt, parallelism: lanes, iterations: passes, memorySize: memory },
    ...{ hashLength: 32, outputType: 'binary' },
  });
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
