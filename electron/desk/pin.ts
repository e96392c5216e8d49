/**
 * A short PIN that only unlocks a running session: it opens no key slot, so a slow hash and a growing
 * delay are enough, and its hash stands in the encrypted archive alone.
 */
import { scrypt, timingSafeEqual } from 'node:crypto';
import type { Clock, Random } from '../core/ports.ts';

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

export interface Throttle {
  /** Seconds until this key may be tried again; 0 for now. */
  wait(key: string): number;
  failed(key: string): void;
  succeeded(key: string): void;
}

/** Three tries are free; then 5, 10, 20 … seconds, at most 15 minutes. */
export function createThrottle(clock: Clock): Throttle {
  const tries = new Map<string, { failures: number; until: number }>();
  return {
    wait(key) {
      const left = (tries.get(key)?.until ?? 0) - clock.now().getTime();
      return Math.max(0, Math.ceil(left / 1000));
    },
    failed(key) {
      const failures = (tries.get(key)?.failures ?? 0) + 1;
      const seconds = failures < 3 ? 0 : Math.min(900, 5 * 2 ** (failures - 3));
      tries.set(key, { failures, until: clock.now().getTime() + seconds * 1000 });
    },
    succeeded(key) {
      tries.delete(key);
    },
  };
}
