/**
 * A short PIN that only unlocks a running session: it opens no key slot, so a slow hash and a growing
 * delay are enough, and its hash stands in the encrypted archive alone.
 */
import { scrypt, timingSafeEqual } from 'node:crypto';
import type { Random } from '../core/ports.ts';

export interface PinHash {
  readonly salt: string;
  readonly hash: string;
}

export async function hashPin(pin: string, random: Random): Promise<PinHash> {
  const salt = random.bytes(16);
  const hash = await derive(pin, salt);
  return { salt: Buffer.from(salt).toString('base64'), hash: hash.toString('base64') };
}

export async function isPin(pin: string, stored: PinHash): Promise<boolean> {
  const expected = Buffer.from(stored.hash, 'base64');
  const given = await derive(pin, Buffer.from(stored.salt, 'base64'));
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function derive(pin: string, salt: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // Runs on Node's own thread pool: the host's thread stays free.
    scrypt(pin, salt, 32, { N: 2 ** 15, maxmem: 64 * 1024 * 1024 }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
