/** What verification costs in hashing: a file's signatures share one pass over it (issue 6, Shows 7). */
import { expect, test } from 'vitest';
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import { memorySource } from '../../../electron/core/pdf/objects.ts';
import { verifyPdf } from '../../../electron/core/verify/verify.ts';
import { unwrap } from '../../../shared/result.ts';
import { countingCrypto } from '../../support/counting-crypto.ts';
import { plainPdf } from '../../support/plain-pdf.ts';
import { authority, signedWith, signingTime } from '../../support/signing.ts';

test('51 signatures on 1.1 MB: at most 1.2 times the bytes of the file are hashed', async () => {
  const noise = 'ab'.repeat(550_000);
  let bytes = plainPdf({ objects: [`<< /Length ${noise.length} >>\nstream\n${noise}\nendstream`] });
  for (let count = 0; count < 51; count++) bytes = await signedWith(bytes);
  const counting = countingCrypto(nodeCrypto);
  const options = { file: 'a.pdf', anchors: [authority.root.certificate], at: signingTime };
  const report = unwrap(await verifyPdf(memorySource(bytes), options, { crypto: counting.crypto }));
  expect(report.indication).toBe('TOTAL-PASSED');
  expect(report.signatures).toHaveLength(51);
  expect(counting.hashed()).toBeGreaterThan(0.9 * bytes.length);
  expect(counting.hashed()).toBeLessThan(1.2 * bytes.length);
});
