/** Loaded only where issuers may be asked. */
import { httpRevocation } from '../adapters/http-revocation.ts';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { nodeRandom } from '../adapters/node-random.ts';
import { systemClock } from '../adapters/system-clock.ts';
import type { Revocation } from '../core/ports.ts';

export function revocationOverHttp(): Revocation {
  return httpRevocation({ clock: systemClock, crypto: nodeCrypto, random: nodeRandom });
}
