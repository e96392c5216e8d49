/** Every attack on PDF signatures, row by row, and the files that come of it. */
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import { memorySource } from '../../../electron/core/pdf/objects.ts';
import { verifyPdf } from '../../../electron/core/verify/verify.ts';
import type { VerificationReport } from '../../../shared/report.ts';
import type { Result } from '../../../shared/result.ts';
import { authority, signingTime } from '../signing.ts';
import { actions } from './actions.ts';
import type { Attack, Variant } from './attack.ts';
import { cmsTricks } from './cms-tricks.ts';
import { exhaustions } from './exhaustion.ts';
import { falseEvidence } from './false-evidence.ts';
import { forgeries } from './forgery.ts';
import { savings } from './incremental-saving.ts';
import { preparedShadows, shadows } from './shadow.ts';
import { sneakyMarks } from './sneaky-marks.ts';
import type { Target } from './target.ts';
import { wrappings } from './wrapping.ts';

export const attacks: readonly Attack[] = [
  ...forgeries,
  ...savings,
  ...wrappings,
  ...shadows,
  ...preparedShadows,
  ...sneakyMarks,
  ...actions,
  ...cmsTricks,
  ...falseEvidence,
  ...exhaustions,
];

/** One of our signed files in, every variant out. */
export async function* variantsOf(target: Target): AsyncGenerator<Variant> {
  for (const { row, name, on, must, leavesSignatureWhole = false, make } of attacks) {
    if (on !== undefined && !on.includes(target.name)) continue;
    yield {
      ...{ row, name, target: target.name, leavesSignatureWhole },
      must: typeof must === 'function' ? must(target.name) : must,
      bytes: await make(target),
    };
  }
}

/** What our verifier says of it, offline, with the trial root as only anchor. */
export function answerTo(bytes: Uint8Array): Promise<Result<VerificationReport>> {
  const options = { file: 'a.pdf', anchors: [authority.root.certificate], at: signingTime };
  return verifyPdf(memorySource(bytes), options, { crypto: nodeCrypto });
}
