/** Dates, times and numbers as the chosen language writes them: 24. november 2026 kl. 10.41; 1 250. */
import { locales } from '../../shared/words/locales.ts';
import { addedLanguage, currentLanguage, i18n } from './i18n.ts';

/** One of a kind for each language: making one costs more than what it writes in a whole list. */
function kept<T>(make: (locales: string[]) => T): () => T {
  const made = new Map<string, T>();
  return () => {
    const added = addedLanguage();
    const code = added?.code ?? currentLanguage();
    const held = made.get(code) ?? make(added === null ? [...locales[currentLanguage()]] : [code]);
    made.set(code, held);
    return held;
  };
}

const longDate = kept(
  (locales) => new Intl.DateTimeFormat(locales, { day: 'numeric', month: 'long', year: 'numeric' }),
);
const shortDate = kept(
  (locales) => new Intl.DateTimeFormat(locales, { day: 'numeric', month: 'long' }),
);
const time = kept(
  (locales) => new Intl.DateTimeFormat(locales, { hour: '2-digit', minute: '2-digit' }),
);
const whole = kept((locales) => new Intl.NumberFormat(locales));
const wholeUnits = kept((locales) => new Intl.NumberFormat(locales, { maximumFractionDigits: 0 }));
const tenths = kept((locales) => new Intl.NumberFormat(locales, { maximumFractionDigits: 1 }));
const list = kept((locales) => new Intl.ListFormat(locales, { type: 'conjunction' }));

const day = 86_400_000;

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** Whole calendar days from today to `date`: -1 yesterday, 0 today, 1 tomorrow. */
export function daysFromToday(iso: string, now: Date = new Date()): number {
  return Math.round((startOfDay(new Date(iso)) - startOfDay(now)) / day);
}

/** `24. november 2026`; the year is left out when it is this year's and `short` is asked for. */
export function formatDate(iso: string, style: 'long' | 'short' = 'long'): string {
  const date = new Date(iso);
  const sameYear = date.getFullYear() === new Date().getFullYear();
  return (style === 'short' && sameYear ? shortDate : longDate)().format(date);
}

/** `10.41` in Norwegian, `10:41` in English. */
export function formatTime(iso: string): string {
  const text = time().format(new Date(iso));
  const colon = addedLanguage() !== null || currentLanguage() === 'en';
  return colon ? text : text.replace(':', '.');
}

/** `24. november 2026 kl. 10.41`. */
export function formatDateTime(iso: string): string {
  return i18n.t('app:when.dateTime', { date: formatDate(iso), time: formatTime(iso) });
}

/** `i dag kl. 09.12`, `i går kl. 14.03`, else `4. november kl. 09.12`. */
export function formatMoment(iso: string): string {
  const at = formatTime(iso);
  switch (daysFromToday(iso)) {
    case 0:
      return i18n.t('app:when.today', { time: at });
    case -1:
      return i18n.t('app:when.yesterday', { time: at });
    case 1:
      return i18n.t('app:when.tomorrow', { time: at });
    default:
      return i18n.t('app:when.dateTime', { date: formatDate(iso, 'short'), time: at });
  }
}

/** `i dag`, `i morgen`, else `4. desember`. */
export function formatDay(iso: string): string {
  switch (daysFromToday(iso)) {
    case 0:
      return i18n.t('app:when.todayOnly');
    case 1:
      return i18n.t('app:when.tomorrowOnly');
    case -1:
      return i18n.t('app:when.yesterdayOnly');
    default:
      return formatDate(iso, 'short');
  }
}

export function formatNumber(value: number): string {
  return whole().format(value);
}

/** `212 kB`, `1,4 MB`: thousands, as disks and file managers count. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit >= 2 && value < 100 ? 1 : 0;
  const number = (digits === 0 ? wholeUnits : tenths)().format(value);
  return `${number} ${units[unit] ?? ''}`;
}

/** `Kari, Ola og Per`. */
export function formatList(items: readonly string[]): string {
  return list().format(items);
}
