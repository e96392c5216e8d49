/** The operating system's secret store as a key slot, where it really protects something. */
import { safeStorage } from 'electron';
import type { SecretStore } from '../archive/keys.ts';

/**
 * Null where there is none: on Linux the `basic_text` backend encrypts with a password that stands in
 * Electron's source, so it is refused and the passphrase is the only way in.
 */
export function osSecretStore(): Pick<SecretStore, 'wrap' | 'unwrap'> | null {
  if (!safeStorage.isEncryptionAvailable()) return null;
  if (process.platform === 'linux') {
    const backend = safeStorage.getSelectedStorageBackend();
    if (backend === 'basic_text' || backend === 'unknown') return null;
  }
  return {
    wrap: (secret) =>
      new Uint8Array(safeStorage.encryptString(Buffer.from(secret).toString('base64'))),
    unwrap(wrapped) {
      try {
        const text = safeStorage.decryptString(Buffer.from(wrapped));
        return new Uint8Array(Buffer.from(text, 'base64'));
      } catch {
        // Another machine's, or another account's.
        return null;
      }
    },
  };
}
