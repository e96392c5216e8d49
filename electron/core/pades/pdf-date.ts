/** Dates as PDF writes them (ISO 32000-2, 7.9.4). The core has no clock; these are sums. */

const day = 86_400_000;

/** Year, month and day of a number of days since 1970-01-01 in the Gregorian calendar. */
function civil(days: number): { year: number; month: number; date: number } {
  // Counted from 1 March of year 0, so that the leap day ends a year (H. Hinnant, chrono algorithms).
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    date: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}

/**
 * `D:YYYYMMDDHHmmSS+HH'mm'`: local time with its zone.
 *
 * @param instant milliseconds since 1970-01-01T00:00Z
 * @param zoneOffset minutes east of UTC
 */
export function pdfDate(instant: number, zoneOffset: number): string {
  const local = instant + zoneOffset * 60_000;
  const days = Math.floor(local / day);
  const seconds = Math.floor((local - days * day) / 1000);
  const { year, month, date } = civil(days);
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const zone = Math.abs(Math.round(zoneOffset));
  const offset = `${zoneOffset < 0 ? '-' : '+'}${two(Math.floor(zone / 60))}'${two(zone % 60)}'`;
  return `D:${String(year).padStart(4, '0')}${two(month)}${two(date)}${clock.map(two).join('')}${offset}`;
}
