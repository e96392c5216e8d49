import { idnr } from '@navikt/fnrvalidator';
import { agreesWithBirthDate, judgeNationalId } from '../../../shared/national-id.ts';
import type { CheckDigits } from '../../../shared/national-id.ts';

const check: CheckDigits = (digits) => {
  const said = idnr(digits);
  return said.status === 'valid' ? { reasons: [] } : said;
};

/** Why a number as it was typed does not pass, in the order a person would look for it. */
export type NationalIdTrouble = 'length' | 'date' | 'digits' | 'synthetic';

/**
 * Null for a number that the desk would take. `trial`: numbers made to test with pass, as nothing that is
 * signed proves anything. One that comes masked from the archive was checked when it was written.
 */
export function troubleWith(text: string, trial: boolean): NationalIdTrouble | null {
  if (text.includes('*')) return null;
  const digits = text.replace(/\s/g, '');
  if (!/^\d{11}$/.test(digits)) return 'length';
  const judged = judgeNationalId(digits, check);
  switch (judged.kind) {
    case 'real':
      return null;
    case 'synthetic':
      return trial ? null : 'synthetic';
    case 'wrong':
      // The validator knows no day that is no day; what it says besides is the check digits.
      return check(digits).reasons.some((reason) => reason !== 'invalid date') ? 'digits' : 'date';
  }
}

/** Whether it is a number made to test with, which passes only for now. */
export function isMadeToTest(text: string): boolean {
  return judgeNationalId(text.replace(/\s/g, ''), check).kind === 'synthetic';
}

/** Whether number and date can be the same birth; of a masked number only its date is known. */
export function isSameBirth(nationalId: string, birthDate: string): boolean {
  if (!nationalId.includes('*')) return agreesWithBirthDate(nationalId, birthDate);
  const [year = '', month = '', day = ''] = birthDate.split('-');
  const [dd, mm, yy] = [0, 2, 4].map((at) => Number(nationalId.slice(at, at + 2)));
  const plain = (value: number, added: readonly number[], most: number) =>
    added.map((each) => value - each).find((left) => left >= 1 && left <= most);
  return (
    plain(dd ?? 0, [0, 40], 31) === Number(day) &&
    plain(mm ?? 0, [0, 40, 65, 80], 12) === Number(month) &&
    yy === Number(year) % 100
  );
}
