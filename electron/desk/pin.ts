/**
 * A short PIN that only unlocks a running session: it opens no key slot, so a slow hash and a growing
 * delay are enough, and its hash stands in the encrypted archive alone. In the worker.
 */
import { scrypt, timingSafeEqual } from 'node:crypto';
import { ok, type Result } from '../../shared/result.ts';
import type { Random } from '../core/ports.ts';
import { isSecretOf, newSalt, slowHash, usualSlowness, type SlowHash } from './slow-hash.ts';

/** Archives of the first versions hold scrypt's hashes, without parameters. Base64. */
export type PinHash = SlowHash | { readonly salt: string; readonly hash: string };

export function hashPin(pin: string, random: Random): Promise<SlowHash> {
  return slowHash(pin, newSalt(random));
}

export async function makePinHash(
  { random }: { readonly random: Random },
  { pin }: { readonly pin: string },
): Promise<Result<SlowHash>> {
  return ok(await hashPin(pin, random));
}

/** Whether it is right, and a hash as we make them today where the stored one is not. */
export async function checkPinHash(
  { random }: { readonly random: Random },
  { pin, stored }: { readonly pin: string; readonly stored: PinHash },
): Promise<Result<{ right: boolean; better: SlowHash | null }>> {
  const right = 'cost' in stored ? await isSecretOf(pin, stored) : await isScrypt(pin, stored);
  const today = 'cost' in stored && stored.cost.memory >= usualSlowness.memory;
  return ok({ right, better: right && !today ? await hashPin(pin, random) : null });
}

async function isScrypt(pin: string, stored: PinHash): Promise<boolean> {
  const expected = Buffer.from(stored.hash, 'base64');
  const given = await new Promise<Buffer>((resolve, reject) => {
    const options = { N: 2 ** 15, maxmem: 64 * 1024 * 1024 };
    scrypt(pin, Buffer.from(stored.salt, 'base64'), 32, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
  return given.length === expected.length && timingSafeEqual(given, expected);
}
