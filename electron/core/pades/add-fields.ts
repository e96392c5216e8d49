import type { Result } from '../../../shared/result.ts';
import { attempt } from '../../../shared/result.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { beginUpdate } from '../pdf/update.ts';
import { createFieldInk } from './field-ink.ts';
import { fillFields } from './fill.ts';
import type { Filling } from './fill.ts';
import { takenNames, writeNewFields } from './new-fields.ts';
import { refuseDamaged, standingOf } from './permission.ts';
import type { FieldRequest, SigningPorts } from './signature.ts';

/**
 * A revision that only adds fields, and fills in what is known already; answers its tail.
 * Fails with what `fillFields` refuses, and `pdf.damaged`, `sign.no-page`, `sign.off-page`, `sign.field-name`, `sign.field-exists`,
 * `sign.certified-no-changes`, `sign.field-locked`, `sign.not-allowed`.
 */
export function addFields(
  document: PdfDocument,
  fields: readonly FieldRequest[],
  ports: Pick<SigningPorts, 'random' | 'fonts'>,
  fill: readonly Filling[] = [],
): Result<Uint8Array> {
  return attempt(() => {
    const standing = standingOf(document);
    const update = beginUpdate(document, ports);
    const requests = fields.map((request) => ({ request }));
    const ink = createFieldInk(update, ports.fonts);
    fillFields(update, standing, fill, ink);
    writeNewFields(update, standing, takenNames(document), requests, ink);
    refuseDamaged(document);
    return update.build().tail;
  });
}
