/** The authorities of `--tsa`, asked in order. */
import { httpTimestamps } from '../adapters/http-timestamps.ts';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { nodeRandom } from '../adapters/node-random.ts';
import { systemClock } from '../adapters/system-clock.ts';
import type { Timestamps } from '../core/ports.ts';

/** Long enough for a slow authority, short enough for somebody at the counter. */
const timeoutMs = 15_000;

export function timestampsOverHttp(urls: readonly string[]): Timestamps {
  return httpTimestamps({
    urls: urls.map((url) => ({ url })),
    clock: systemClock,
    random: nodeRandom,
    crypto: nodeCrypto,
    timeoutMs,
  });
}
