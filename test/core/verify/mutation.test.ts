import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import { memorySource } from '../../../electron/core/pdf/objects.ts';
import { verifyPdf } from '../../../electron/core/verify/verify.ts';
import { qpdfRewritten } from '../../support/other-readers.ts';
import { plainPdf } from '../../support/plain-pdf.ts';
import { authority, signedWith, signingTime } from '../../support/signing.ts';

const table = await signedWith(await signedWith(plainPdf()));
const packed = await signedWith(
  await signedWith(qpdfRewritten(plainPdf(), ['--object-streams=generate'])),
);

async function answer(bytes: Uint8Array) {
  const options = { file: 'm.pdf', anchors: [authority.root.certificate], at: signingTime };
  return verifyPdf(memorySource(bytes), options, { crypto: nodeCrypto });
}

/** Hexadecimal digits of either case say the same. */
function foldedCase(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1').toLowerCase();
}

describe.each([
  ['a cross-reference table', table],
  ['object and cross-reference streams', packed],
])('mutants of a file with %s', (_, good) => {
  test('one byte changed: an answer, and never a pass', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(good.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, by) => {
          const bytes = Uint8Array.from(good);
          bytes[at] = (bytes[at] ?? 0) ^ by;
          const result = await answer(bytes);
          if (result.ok && result.value.indication === 'TOTAL-PASSED')
            expect(foldedCase(bytes)).toBe(foldedCase(good));
        },
      ),
      { seed: 20261124, numRuns: 300 },
    );
  });

  test('pieces cut out, doubled or swapped: an answer, and never a pass', async () => {
    const place = fc.nat(good.length - 1);
    await fc.assert(
      fc.asyncProperty(place, place, place, async (a, b, c) => {
        const [from = 0, to = 0] = [a, b].sort((x, y) => x - y);
        const piece = good.subarray(from, to);
        for (const bytes of [
          Buffer.concat([good.subarray(0, from), good.subarray(to)]),
          Buffer.concat([good.subarray(0, c), piece, good.subarray(c)]),
        ]) {
          if (Buffer.compare(bytes, good) === 0) continue;
          const result = await answer(new Uint8Array(bytes));
          if (result.ok) expect(result.value.indication).not.toBe('TOTAL-PASSED');
        }
      }),
      { seed: 20261124, numRuns: 100 },
    );
  });

  test('cut off anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), async (length) => {
        const result = await answer(good.subarray(0, length));
        // The first signed revision is a whole file; only there may one signature pass.
        if (result.ok && result.value.indication === 'TOTAL-PASSED')
          expect(result.value.signatures).toHaveLength(1);
      }),
      { seed: 20261124, numRuns: 150 },
    );
  });
});
