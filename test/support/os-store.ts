/** What an operating system does for one account: another account has another key. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

export function osStore() {
  const key = randomBytes(32);
  return {
    wrap(secret: Uint8Array) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const body = Buffer.concat([cipher.update(secret), cipher.final()]);
      return new Uint8Array(Buffer.concat([iv, cipher.getAuthTag(), body]));
    },
    unwrap(wrapped: Uint8Array) {
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, wrapped.subarray(0, 12));
        decipher.setAuthTag(wrapped.subarray(12, 28));
        return new Uint8Array(
          Buffer.concat([decipher.update(wrapped.subarray(28)), decipher.final()]),
        );
      } catch {
        return null;
      }
    },
  };
}
