import type { Result } from '../../../shared/result.ts';
import { attempt } from '../../../shared/result.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { beginUpdate } from '../pdf/update.ts';
import { takenNames, writeNewFields } from './new-fields.ts';
import { refuseDamaged, standingOf } from './permission.ts';
import type { FieldRequest, SigningPorts } from './signature.ts';

/**
 * A revision that only adds empty signature fields; answers its tail.
 * Fails with `pdf.damaged`, `sign.no-page`, `sign.off-page`, `sign.field-name`, `sign.field-exists`,
 * `sign.certified-no-changes`, `sign.field-locked`, `sign.not-allowed`.
 */
export function addFields(
  document: PdfDocument,
  fields: readonly FieldRequest[],
  ports: Pick<SigningPorts, 'random'>,
): Result<Uint8Array> {
  return attempt(() => {
    const standing = standingOf(document);
    const update = beginUpdate(document, ports);
    const requests = fields.map((request) => ({ request }));
    writeNewFields(update, standing, takenNames(document), requests);
    refuseDamaged(document);
    return update.build().tail;
  });
}
