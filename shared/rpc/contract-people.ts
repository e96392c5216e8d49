/** The address book: people and groups that jobs take their signers from. */
import { z } from 'zod';
import { handlers, method } from './contract-method.ts';
import { id, language, personName, short, signerInput, upload } from './inputs.ts';
import type { BookImport, BookView } from './views-people.ts';

const personInput = z.strictObject({
  /** Absent for a new one. */
  id: id.optional(),
  name: personName,
  title: short(80),
  /** Eleven digits, or the mask that `person.find` gave: what stands behind it is kept. */
  nationalId: signerInput.shape.nationalId.nullable(),
  birthDate: z.iso.date().nullable(),
  email: short(100),
  mobile: short(20),
  language,
  kind: signerInput.shape.kind,
});

export const peopleMethods = {
  /** Whose name, title or address begins so; everybody for an empty text. */
  'person.find': method<BookView>()(
    handlers,
    z.strictObject({ text: short(100), limit: z.int().min(1).max(5000) }),
  ),
  'person.save': method<{ person: string }>()(handlers, personInput),
  /** A signer of a job as they stand there, because a clerk asked for it. */
  'person.keep': method<{ person: string }>()(handlers, z.strictObject({ job: id, signer: id })),
  /** Really: nobody can read it any more, in older backups neither. */
  'person.remove': method<null>()(handlers, z.strictObject({ person: id })),
  'group.save': method<{ group: string }>()(
    handlers,
    z.strictObject({
      id: id.optional(),
      name: personName.max(80),
      members: z
        .array(
          z.strictObject({
            ...{ person: id, title: short(80), role: signerInput.shape.role },
            order: z.int().min(0).max(9),
          }),
        )
        .min(1)
        .max(100),
    }),
  ),
  'group.remove': method<null>()(handlers, z.strictObject({ group: id })),
  /** The good rows of a list; the others are told. */
  'person.import': method<BookImport>()(handlers, z.strictObject({ upload })),
  /** As CSV. National identity numbers only where they are asked for, and the log says so. */
  'person.export': method<{ text: string }>()(handlers, z.strictObject({ numbers: z.boolean() })),
} as const;
