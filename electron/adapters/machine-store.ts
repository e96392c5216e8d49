/** The secret store of this machine, for one account on it. */
import { createHash } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import type { SecretStore } from '../archive/keys.ts';

/** The operating system's secret store as the archive's keys know it; null where there is none. */
export function machineStore(
  secrets: Pick<SecretStore, 'wrap' | 'unwrap'> | null,
): SecretStore | null {
  if (secrets === null) return null;
  return {
    name: storeName(),
    wrap: (secret) => secrets.wrap(secret),
    unwrap(wrapped) {
      try {
        return secrets.unwrap(wrapped);
      } catch {
        // Operating systems throw at what another account has wrapped.
        return null;
      }
    },
  };
}

/** A slot is for one machine and one account there; which ones is nobody's business. */
function storeName(): string {
  return createHash('sha256')
    .update(`${hostname()} ${userInfo().username}`)
    .digest('hex')
    .slice(0, 16);
}
