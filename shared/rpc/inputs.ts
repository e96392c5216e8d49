/** The shapes that calls take, strict: an extra key is refused at the router. */
import { largestPicture } from '../mark/picture.ts';
import { z } from 'zod';
import { fieldKinds, longestText } from '../job/field.ts';
import { languageCode } from '../added-language.ts';
import { identityDocuments } from '../job/identity-document.ts';

export const id = z.string().regex(/^[0-9a-z-]{8,40}$/);
export const unitId = z.string().regex(/^[0-9a-z-]{4,40}$/);
/** Long calls name themselves, so that progress and cancel can speak of them. */
export const task = id.optional();
export const upload = z.string().regex(/^[0-9a-f]{32}$/);
export const instant = z.iso.datetime();
export const nothing = z.strictObject({});
export const short = (max: number) => z.string().max(max);
export const passphrase = z.string().min(1).max(200);
/** One that is being chosen. */
export const newPassphrase = z.string().min(8).max(200);
export const personName = z.string().min(1).max(200).regex(/\S/);
export const userRoles = z
  .array(z.enum(['admin', 'handler', 'records', 'reader']))
  .min(1)
  .max(4);
export const userUnits = z.array(unitId).min(1).max(100);
export const pin = z.string().regex(/^\d{4,8}$/);
export const language = z.enum(['nb', 'nn', 'en']);
export const hex256 = z.string().regex(/^[0-9a-f]{64}$/);

export const placementInput = z.strictObject({
  page: z.int().min(0).max(4999),
  x: z.number().min(-20000).max(20000),
  y: z.number().min(-20000).max(20000),
  width: z.number().min(1).max(20000),
  height: z.number().min(1).max(20000),
});

export const signerInput = z.strictObject({
  id,
  name: short(200),
  title: short(80),
  /** Eleven digits, or the mask that `job.get` gave: what stands behind it is kept. */
  nationalId: z
    .string()
    .regex(/^\d{6}(\d{5}|\*{5})$/)
    .optional(),
  birthDate: z.iso.date().optional(),
  order: z.int().min(0).max(9),
  kind: z.enum(['simple', 'authenticated', 'advanced']),
  level: z.union([z.literal(3), z.literal(4)]).optional(),
  role: z.enum(['signer', 'approver', 'witness', 'interpreter', 'guardian', 'parent', 'proxy']),
  onBehalfOf: z.enum(['SELF', 'OTHER']),
  forWhom: short(200).optional(),
  proof: short(200).optional(),
  language,
  email: short(100).optional(),
  person: id.optional(),
  kioskLanguage: languageCode.optional(),
  contact: z
    .strictObject({
      by: z.enum(['number', 'register', 'contact']),
      email: short(100).optional(),
      mobile: short(20).optional(),
    })
    .optional(),
});

export const fieldInput = z.strictObject({
  id,
  document: id,
  signer: id,
  placement: placementInput,
  existing: short(400).optional(),
  kind: z.enum(fieldKinds).optional(),
  label: short(120).optional(),
  required: z.boolean().optional(),
  maxLength: z.int().min(1).max(longestText).optional(),
  value: short(longestText).optional(),
  fixed: z.boolean().optional(),
});

/** What a signer wrote in their fields. */
export const filledInput = z
  .array(z.strictObject({ field: id, value: short(longestText) }))
  .max(1000);

export const specInput = z.strictObject({
  title: short(80),
  nonSensitiveTitle: short(80),
  description: short(220),
  reference: short(50),
  caseNumber: short(50),
  documentType: short(80),
  journalEntry: short(50).optional(),
  accessCode: short(20).optional(),
  accessBasis: short(200).optional(),
  shieldedTitle: short(80).optional(),
  recordsUnit: short(80).optional(),
  signers: z.array(signerInput).max(100),
  fields: z.array(fieldInput).max(1000),
  deadline: instant.nullable(),
  deadlineDays: z.int().min(1).max(3650).optional(),
  identifierInDocument: z.enum(['NAME', 'BIRTH_DATE_AND_NAME', 'NATIONAL_ID_AND_NAME']),
  place: z.enum(['counter', 'portal', 'direct']).optional(),
});

export const identityCheckInput = z.strictObject({
  method: z.enum(['document', 'known', 'eid']),
  documentType: z.enum(identityDocuments).optional(),
  lastFour: z
    .string()
    .regex(/^[0-9A-Za-z]{1,4}$/)
    .optional(),
  expires: z.iso.date().optional(),
  note: short(200).optional(),
  present: z
    .array(z.strictObject({ role: signerInput.shape.role, name: short(200) }))
    .max(5)
    .optional(),
});

/** The other clerk, who types their own PIN, where the office wants two. */
export const secondClerkInput = z.strictObject({ user: id, pin });

export const shown = z
  .array(z.strictObject({ document: id, revision: z.int().min(0), sha256: hex256 }))
  .min(1)
  .max(20);

export const point = z.strictObject({
  x: z.number().min(-0.2).max(1.2),
  y: z.number().min(-0.2).max(1.2),
  /** Milliseconds since the stroke began, and how hard: only where the office has turned that on. */
  t: z.number().min(0).max(3_600_000).optional(),
  pressure: z.number().min(0).max(1).optional(),
});
export const markInput = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('drawn'),
    aspect: z.number().min(0.2).max(20),
    paths: z.array(z.array(point).min(1).max(5000)).min(1).max(200),
  }),
  z.strictObject({ type: z.literal('typed'), text: z.string().min(1).max(200) }),
  /** Name, time and issuer alone: the signer's own key says who signed. */
  z.strictObject({ type: z.literal('plain') }),
  /** A picture of a name that was written elsewhere; only where the office takes them. PNG or JPEG. */
  z.strictObject({
    type: z.literal('image'),
    image: z.instanceof(Uint8Array).refine(({ length }) => length > 0 && length <= largestPicture),
  }),
]);

/** Initials, drawn or written; absent: the letters of the name. */
export const initialsInput = z.discriminatedUnion('type', [
  markInput.options[0],
  z.strictObject({ type: z.literal('typed'), text: z.string().trim().min(1).max(10) }),
]);

/** What can be verified: a file dropped on the window, or a document of the archive. */
export const droppedFile = {
  upload,
  name: z.string().min(1).max(255),
  password: short(200).optional(),
};
export const archivedDocument = { document: id, revision: z.int().min(0).optional() };
