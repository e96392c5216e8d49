/** Raising what has just been signed to B-LT or B-LTA. Loaded only where that is asked for. */
import type { Result } from '../../shared/result.ts';
import { readAnchors } from '../adapters/anchors.ts';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { nodeRandom } from '../adapters/node-random.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { extendDocument } from '../core/pades/extend.ts';
import type { Extended, ExtendLevel } from '../core/pades/extend.ts';
import type { ByteSource, Timestamps } from '../core/ports.ts';
import { revocationOverHttp } from './revocation-over-http.ts';

export type RaiseLevel = (signed: ByteSource) => Promise<Result<Extended>>;

/** `trust`: files and folders of anchors. Answers are remembered from one file to the next. */
export function raiseLevel(input: {
  readonly level: ExtendLevel;
  readonly trust: readonly string[];
  readonly timestamps: Timestamps;
  readonly password: string | undefined;
}): RaiseLevel {
  const { level, trust, timestamps, password } = input;
  const anchors = readAnchors(trust);
  const revocation = revocationOverHttp();
  const ports = { crypto: nodeCrypto, random: nodeRandom, clock: systemClock };
  return (signed) =>
    extendDocument(
      signed,
      { level, anchors, ...(password === undefined ? {} : { password }) },
      { ...ports, timestamps, revocation },
    );
}
