/** CRLReason (RFC 5280, 5.3.1), in the order of their numbers; 7 is not used. */
const names = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  null,
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
] as const;

export type RevocationReason = NonNullable<(typeof names)[number]>;

/** A number nobody has given a meaning reads as `unspecified`. */
export function reasonName(number: number): RevocationReason {
  return names[number] ?? 'unspecified';
}
