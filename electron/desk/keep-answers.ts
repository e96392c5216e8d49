/**
 * The second half of sealing: what the issuers say of the certificates, and a timestamp over it. The first
 * timestamp stands by then, so the answers are about a time that is proven.
 */
import { ok, type Result } from '../../shared/result.ts';
import { gatherValidationData } from '../core/pades/gather.ts';
import { timestampDocument } from '../core/pades/timestamp-document.ts';
import { addValidationData } from '../core/pades/validation-store.ts';
import type { DigestAlgorithm, Timestamps } from '../core/ports.ts';
import type { Desk } from './desk.ts';
import { revocationOf } from './revocation.ts';
import { trustedServicesOf } from './trusted-lists.ts';
import { trustOf } from './verification.ts';
import type { WorkingFile } from './working-file.ts';

/**
 * Adds the answers as one revision and the timestamp as another. `kept` is false, and nothing added,
 * where no certificate names anybody to ask, where an issuer is not trusted here, and where one does not
 * answer: the seal is as good as its timestamp then, and a verifier asks for itself.
 */
export async function keepAnswers(
  desk: Desk,
  file: WorkingFile,
  timestamps: Timestamps,
  digest: DigestAlgorithm,
): Promise<Result<{ readonly kept: boolean }>> {
  const { clock, crypto, random } = desk;
  const pdf = file.pdf();
  if (!pdf.ok) return pdf;
  const services = await trustedServicesOf(desk);
  const lists = services === null ? {} : { services };
  const gathered = await gatherValidationData(
    pdf.value.source,
    { file: '', ...trustOf(desk), ...lists, at: clock.now() },
    { crypto, revocation: revocationOf(desk) },
  );
  if (!gathered.ok || gathered.value.ocsps.length + gathered.value.crls.length === 0)
    return ok({ kept: false });
  const added = addValidationData(pdf.value, gathered.value, { random });
  if (!added.ok || added.value === null) return ok({ kept: false });
  file.add(added.value);
  const extended = file.pdf();
  if (!extended.ok) return extended;
  const ports = { timestamps, crypto, random, hashed: file.hashed() };
  const stamped = await timestampDocument(extended.value, ports, digest);
  // The answers stand without it, too, for as long as whoever gave them has a valid certificate.
  if (stamped.ok) file.add(stamped.value.tail);
  return ok({ kept: true });
}
