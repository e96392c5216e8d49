import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectPdf } from '../../../electron/core/pdf/inspect.ts';
import { isStream, memorySource, ref } from '../../../electron/core/pdf/objects.ts';
import { openPdf } from '../../../electron/core/pdf/open.ts';
import { Refusal } from '../../../shared/result.ts';
import { buildPdf, bytesOf, onePage, textOf } from '../../support/pdf-builder.ts';

const seeds = (['table', 'stream', 'hybrid'] as const).map((style) =>
  textOf(
    buildPdf({
      style,
      objects: { ...onePage, 7: '<< /A [1 2 0 R (text) <AB>] >>', 8: '(eight)' },
      compressed: [7, 8],
    }),
  ),
);
const numbers = ['0', '1', '-1', '65536', '4294967296', '99999999999999999999', '7'];

type Change = (text: string) => string;
const at = (text: string, share: number) => Math.floor(share * text.length);
const share = fc.double({ min: 0, max: 0.999, noNaN: true });
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(share, fc.integer({ min: 0, max: 255 })).map(
    ([where, byte]): Change =>
      (text) =>
        text.slice(0, at(text, where)) +
        String.fromCharCode(byte) +
        text.slice(at(text, where) + 1),
  ),
  fc.tuple(share, fc.integer({ min: 1, max: 200 })).map(
    ([where, length]): Change =>
      (text) =>
        text.slice(0, at(text, where)) + text.slice(at(text, where) + length),
  ),
  fc.tuple(share, share, fc.integer({ min: 1, max: 300 })).map(
    ([where, from, length]): Change =>
      (text) =>
        text.slice(0, at(text, where)) +
        text.slice(at(text, from), at(text, from) + length) +
        text.slice(at(text, where)),
  ),
  fc.tuple(share, fc.constantFrom(...numbers)).map(([where, number]): Change => (text) => {
    const found = [...text.matchAll(/\d+/g)];
    const one = found[Math.floor(where * found.length)];
    if (one === undefined) return text;
    return text.slice(0, one.index) + number + text.slice(one.index + one[0].length);
  }),
);

/** Runs `body`; a refusal is an answer, anything else is a bug and fails the test. */
function answered(body: () => void): void {
  try {
    body();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

describe('a file that was changed at random', () => {
  it('is read or refused, never a crash', () => {
    let opened = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...seeds),
        fc.array(change, { minLength: 1, maxLength: 6 }),
        fc.constantFrom('allow' as const, 'strict' as const),
        (seed, changes, repair) => {
          const bytes = bytesOf(changes.reduce((text, one) => one(text), seed));
          const result = openPdf(memorySource(bytes), { repair });
          if (!result.ok) return;
          opened++;
          const document = result.value;
          inspectPdf(document);
          for (const number of document.objectNumbers())
            answered(() => {
              const object = document.resolve(ref(number));
              if (isStream(object)) document.decode(object);
            });
          document.revisions.forEach((_, index) => answered(() => void document.at(index)));
        },
      ),
      { numRuns: 1500, seed: 20261124 },
    );
    expect(opened).toBeGreaterThan(500);
  });
});
