import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { SignerSpec } from '../../../../shared/job/job.ts';
import {
  isTogether,
  lastGroup,
  moved,
  numbered,
  setTogether,
  without,
} from '../../../../renderer/features/prepare/order.ts';

function signer(id: string, order: number): SignerSpec {
  return {
    id,
    name: id,
    title: '',
    order,
    kind: 'simple',
    role: 'signer',
    onBehalfOf: 'SELF',
    language: 'nb',
  };
}
const shown = (signers: readonly SignerSpec[]) => signers.map(({ id, order }) => `${id}${order}`);
const three = [signer('a', 1), signer('b', 2), signer('c', 3)];

describe('the order of signers', () => {
  it('moves one and numbers the rest anew', () => {
    expect(shown(moved(three, 'c', 0))).toEqual(['c1', 'a2', 'b3']);
    expect(shown(moved(three, 'a', 2))).toEqual(['b1', 'c2', 'a3']);
  });

  it('lets one sign together with the one above, and apart again', () => {
    const together = setTogether(three, 1, true);
    expect(shown(together)).toEqual(['a1', 'b1', 'c2']);
    expect(isTogether(together, 1)).toBe(true);
    expect(shown(setTogether(together, 1, false))).toEqual(['a1', 'b2', 'c3']);
  });

  it('does not pull a follower into a stranger’s group when the first of a group leaves', () => {
    const pair = setTogether(three, 2, true);
    expect(shown(pair)).toEqual(['a1', 'b2', 'c2']);
    expect(shown(without(pair, 'b'))).toEqual(['a1', 'c2']);
    expect(shown(moved(pair, 'b', 0))).toEqual(['b1', 'a2', 'c3']);
  });

  it('ignores a place that is not there and a signer that is not there', () => {
    expect(moved(three, 'a', 3)).toBe(three);
    expect(moved(three, 'x', 0)).toBe(three);
    expect(without(three, 'x')).toBe(three);
  });

  it('keeps every number between 1 and the last group, never falling, whatever is asked', () => {
    const act = fc.tuple(fc.nat(30), fc.nat(30), fc.boolean());
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 15 }),
        fc.array(act, { maxLength: 30 }),
        (count, acts) => {
          let list: readonly SignerSpec[] = numbered(
            Array.from({ length: count }, (_, i) => signer(`s${String(i)}`, 0)),
            [],
          );
          for (const [a, b, on] of acts) {
            list = on
              ? setTogether(list, 1 + (a % Math.max(1, count - 1)), b % 2 === 0)
              : moved(list, `s${String(a % count)}`, b % count);
          }
          expect(new Set(list.map(({ id }) => id)).size).toBe(count);
          list.forEach((each, index) => {
            expect(each.order).toBeGreaterThanOrEqual(1);
            expect(each.order).toBeLessThanOrEqual(lastGroup);
            const before = list[index - 1];
            if (before !== undefined) expect(each.order).toBeGreaterThanOrEqual(before.order);
          });
        },
      ),
    );
  });
});
