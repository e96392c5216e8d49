import { expect, test } from 'vitest';
import { answerTo } from '../../support/attacks/attacks.ts';
import { forgeries } from '../../support/attacks/forgery.ts';
import { makeTarget } from '../../support/attacks/target.ts';
import { wrappings } from '../../support/attacks/wrapping.ts';
import { unwrap } from '../../../shared/result.ts';

const target = await makeTarget('signed');

test.each([...forgeries, ...wrappings])('$row: $name', async ({ make }) => {
  const { indication, signatures } = unwrap(await answerTo(await make(target)));
  expect(indication).toBe('TOTAL-FAILED');
  // Nothing of it is believed: what the range does not hold was never signed.
  expect(signatures.map(({ subIndication, intact }) => [subIndication, intact])).toEqual([
    ['FORMAT_FAILURE', false],
  ]);
});

test('the signature as it was made is good', async () => {
  expect(unwrap(await answerTo(target.bytes)).signatures[0]).toMatchObject({
    indication: 'TOTAL-PASSED',
    subIndication: null,
    intact: true,
  });
});
