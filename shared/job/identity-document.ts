/** What a person shows at the counter to prove who they are. */
export const identityDocuments = [
  'passport',
  'national-id',
  'driving-licence',
  'residence-permit',
  'travel-document',
  'bank-card',
  'other',
] as const;

export type IdentityDocument = (typeof identityDocuments)[number];

/**
 * Whether a document of this kind always says until when it is valid: then the date is recorded with
 * the check (DOMAIN, the kiosk, step 2), and nobody can leave it out to get past an expired one.
 */
export function isDated(document: IdentityDocument): boolean {
  return document !== 'other';
}
