import { malformed, tags } from './der.ts';
import type { DerNode } from './der.ts';

const utcForm = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;
const generalizedForm = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{1,9}))?Z$/;

/**
 * UTCTime or GeneralizedTime as a Date (milliseconds; finer fractions are cut). Only the forms with
 * seconds and `Z` that RFC 5280, 4.1.2.5 and RFC 3161, 2.4.2 demand; throws `der.malformed`.
 */
export function timeOf(node: DerNode | undefined, what: string): Date {
  const text = String.fromCharCode(...(node?.content.subarray(0, 40) ?? []));
  const match =
    node?.tag === tags.utcTime
      ? utcForm.exec(text)
      : node?.tag === tags.generalizedTime
        ? generalizedForm.exec(text)
        : null;
  if (match === null) throw malformed(`${what} is not a time`);
  const [, year = '', month, day, hour, minute, second, fraction = ''] = match;
  // RFC 5280, 4.1.2.5.1: 50 and above are of the twentieth century.
  const fullYear =
    year.length === 4 ? Number(year) : Number(year) + (Number(year) >= 50 ? 1900 : 2000);
  const parts = [
    fullYear,
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  ] as const;
  const date = new Date(0);
  date.setUTCFullYear(parts[0], parts[1], parts[2]);
  date.setUTCHours(parts[3], parts[4], parts[5], Number(fraction.padEnd(3, '0').slice(0, 3)));
  // What does not exist (month 13, 30 February, 24 o'clock) would have rolled over into another time.
  const stands = [
    date.getUTCFullYear(),
    date.getUTCMonth(),
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  ];
  if (stands.some((value, i) => value !== parts[i])) throw malformed(`${what} is not a time`);
  return date;
}
