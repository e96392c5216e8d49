/** The verdict on a file of either kind that carries signatures: a PDF, or a container. */
import type { VerificationReport } from '../../../shared/report.ts';
import { fail } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { ByteSource } from '../ports.ts';
import { verifyPdf } from '../verify/verify.ts';
import type { VerifyOptions, VerifyPorts } from '../verify/verify.ts';
import { zipLimits } from './read-zip.ts';
import { verifyContainer } from './verify-container.ts';

/** APPNOTE.TXT 6.3, 4.3.7: how the first entry begins. A PDF's header may stand further in, never there. */
export function isContainer(source: ByteSource): boolean {
  if (source.length < 4) return false;
  const [one, two, three, four] = source.read(0, 4);
  return one === 0x50 && two === 0x4b && three === 3 && four === 4;
}

/** Fails with the codes of `verifyPdf` and `verifyContainer`. */
export async function verifyFile(
  source: ByteSource,
  options: VerifyOptions,
  ports: VerifyPorts,
): Promise<Result<VerificationReport>> {
  if (!isContainer(source)) return verifyPdf(source, options, ports);
  const limit = zipLimits.file;
  if (source.length > limit)
    return fail('zip.limit', 'The container holds more than the reader accepts.', {
      ...{ what: 'file', limit },
    });
  return verifyContainer(source.read(0, source.length), options, ports);
}
