import { randomBytes } from 'node:crypto';
import type { Random } from '../core/ports.ts';

export const nodeRandom: Random = {
  // A copy: `randomBytes` hands out slices of a pool that other code can reach through `.buffer`.
  bytes: (count) => new Uint8Array(randomBytes(count)),
};
