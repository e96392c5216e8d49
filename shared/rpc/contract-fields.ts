/** Fields by the words of a document. */
import { z } from 'zod';
import { handlers, method } from './contract-method.ts';
import { id, task } from './inputs.ts';
import type { DocumentHits } from './views-fields.ts';

export const fieldMethods = {
  /** Where these words stand; null: the marks like `{{sign:1}}` that the document has. */
  'fields.find': method<DocumentHits>()(
    handlers,
    z.strictObject({ job: id, text: z.string().min(1).max(200).regex(/\S/).nullable(), task }),
    { long: true },
  ),
};
