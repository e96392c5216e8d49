/**
 * National identity numbers: which are real, which are made to test with, and which date of birth they
 * say. The check digits are the validator's matter (`CheckDigits`): both rooms hand in the same one.
 */

/** What `@navikt/fnrvalidator` says; it knows the four first check digits that are right from 2032. */
export type CheckDigits = (digits: string) => { readonly reasons: readonly string[] };

export type NationalId =
  /** A birth number or, with 40 on the day, a D-number. */
  | { readonly kind: 'real'; readonly dNumber: boolean }
  /**
   * With 80 on the month the tax administration's (Tenor), with 40 the welfare administration's, with
   * 65 those of its test portal (Dolly). Hospitals' own help numbers have 40 on the month, too: they
   * name nobody outside of that hospital, and cannot be told apart.
   */
  | { readonly kind: 'synthetic'; readonly by: 'tenor' | 'nav' | 'dolly' }
  | { readonly kind: 'wrong' };

const wrong = { kind: 'wrong' } as const;

/** `digits`: eleven, without spaces. */
export function judgeNationalId(digits: string, check: CheckDigits): NationalId {
  if (!/^\d{11}$/.test(digits)) return wrong;
  // The validator does not know Dolly's months: of what it says, the date is judged here.
  if (check(digits).reasons.some((reason) => reason !== 'invalid date')) return wrong;
  const parts = partsOf(digits);
  if (parts === null) return wrong;
  switch (parts.added) {
    case 0:
      return { kind: 'real', dNumber: parts.dNumber };
    case 40:
      return { kind: 'synthetic', by: 'nav' };
    case 65:
      return { kind: 'synthetic', by: 'dolly' };
    case 80:
      return { kind: 'synthetic', by: 'tenor' };
  }
}

interface Parts {
  readonly day: number;
  readonly month: number;
  /** The last two digits of the year. */
  readonly year: number;
  readonly added: 0 | 40 | 65 | 80;
  readonly dNumber: boolean;
}

function partsOf(digits: string): Parts | null {
  const two = (at: number) => Number(digits.slice(at, at + 2));
  const dNumber = two(0) > 40;
  const day = dNumber ? two(0) - 40 : two(0);
  const year = two(4);
  for (const added of [0, 40, 65, 80] as const) {
    const month = two(2) - added;
    if (month < 1 || month > 12) continue;
    // Of the years that end in 00, 2000 had a 29th of February.
    const february = year % 4 === 0 ? 29 : 28;
    const longest = month === 2 ? february : [4, 6, 9, 11].includes(month) ? 30 : 31;
    return day >= 1 && day <= longest ? { day, month, year, added, dNumber } : null;
  }
  return null;
}

/**
 * Whether a number and an ISO date can be the same birth. The century counts where the individual
 * number tells it; numbers of the series from 2032 (another first check digit) do not.
 */
export function agreesWithBirthDate(digits: string, birthDate: string): boolean {
  const parts = partsOf(digits);
  if (parts === null) return false;
  const [year = 0, month = 0, day = 0] = birthDate.split('-').map(Number);
  if (month !== parts.month || day !== parts.day || year % 100 !== parts.year) return false;
  const century = centuryOf(digits, parts.year);
  return century === null || Math.floor(year / 100) === century;
}

const firstWeights = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1];

/** The tax administration's table of individual numbers. */
function centuryOf(digits: string, year: number): 18 | 19 | 20 | null {
  const sum = firstWeights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  if (sum % 11 !== 0) return null;
  const individual = Number(digits.slice(6, 9));
  if (individual < 500) return 19;
  if (year < 40) return 20;
  if (individual >= 900) return 19;
  return individual < 750 && year >= 54 ? 18 : null;
}

/** Where a text has a number in it, however it is spaced: from, to. Longer runs of digits are no number. */
export function nationalIdsIn(
  text: string,
  check: CheckDigits,
): readonly { readonly from: number; readonly to: number }[] {
  const runs = [...text.matchAll(/\p{Nd}+/gu)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    digits: match[0].normalize('NFKC').replace(/\D/g, ''),
  }));
  const found: { from: number; to: number }[] = [];
  for (let first = 0; first < runs.length; first++) {
    let digits = '';
    for (let last = first; last < runs.length && digits.length < 11; last++) {
      const run = runs[last];
      const before = runs[last - 1];
      if (run === undefined) break;
      if (last > first && before !== undefined && !isGap(text.slice(before.to, run.from))) break;
      digits += run.digits;
      if (judgeNationalId(digits, check).kind === 'wrong') continue;
      found.push({ from: runs[first]?.from ?? 0, to: run.to });
      first = last;
      break;
    }
  }
  return found;
}

/** What people write inside a number: spaces of any kind, dashes, full stops, nothing that is seen. */
function isGap(between: string): boolean {
  return between.length <= 3 && /^[\s\p{Pd}\p{Cf}\u2212./_]*$/u.test(between);
}

/** The same text with six digits of each number left, fit for a file name. */
export function withoutNationalIds(text: string, check: CheckDigits): string {
  let out = '';
  let at = 0;
  for (const { from, to } of nationalIdsIn(text, check)) {
    const digits = text.slice(from, to).normalize('NFKC').replace(/\D/g, '');
    out += `${text.slice(at, from)}${digits.slice(0, 6)}xxxxx`;
    at = to;
  }
  return out + text.slice(at);
}
