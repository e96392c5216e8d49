/** How people are found by what somebody typed. Pure. */

/** Case, outer spaces and the way an å is encoded do not make another name. */
export function plainName(name: string): string {
  return name.trim().normalize('NFC').toLowerCase();
}

/** By id, or by the name as the sign-in screen shows it. */
export function holderOf<T extends { readonly user: string; readonly name: string }>(
  holders: readonly T[],
  typed: string,
): T | undefined {
  return (
    holders.find((one) => one.user === typed) ??
    holders.find((one) => plainName(one.name) === plainName(typed))
  );
}
