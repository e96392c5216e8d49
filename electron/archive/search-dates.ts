/**
 * Dates as words of the search index: "24.11.2026", "24. november 2026" and "November 24, 2026" are one
 * day, whoever wrote it and however it is looked for. Works on folded text (search-words.ts). Pure.
 */

/** Begins our own words: `foldText` takes it out of everything else. */
export const ownWord = '\uE000';

/** A day, a month of a year (`day` 0), or a day of any year (`year` 0). */
interface Written {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Bokmål, nynorsk and English; what a month is shortened to. */
const monthNames: readonly (readonly string[])[] = [
  ['januar', 'january', 'jan'],
  ['februar', 'february', 'feb'],
  ['mars', 'march', 'mar'],
  ['april', 'apr'],
  ['mai', 'may'],
  ['juni', 'june', 'jun'],
  ['juli', 'july', 'jul'],
  ['august', 'aug'],
  ['september', 'sept', 'sep'],
  ['oktober', 'october', 'okt', 'oct'],
  ['november', 'nov'],
  ['desember', 'december', 'des', 'dec'],
];
const monthOf = new Map(
  monthNames.flatMap((names, index) => names.map((name) => [name, index + 1] as const)),
);
const whole = [...monthOf.keys()].join('|');
/** Somebody who types has not finished the word. */
const begun = [...new Set([...monthOf.keys()].flatMap(beginnings))]
  .sort((one, other) => other.length - one.length)
  .join('|');

function beginnings(name: string): readonly string[] {
  return Array.from({ length: Math.max(0, name.length - 2) }, (_, less) =>
    name.slice(0, name.length - less),
  );
}

function forms(month: string): string {
  return [
    String.raw`(?<y1>\d{4})-(?<m1>\d{1,2})-(?<d1>\d{1,2})`,
    String.raw`(?<d2>\d{1,2})[./-]\s?(?<m2>\d{1,2})[./\s-]\s?(?<y2>\d{4}|\d{2})`,
    String.raw`(?<d3>\d{1,2})(?:\.|st|nd|rd|th)?\s?(?<m3>${month})\b\.?(?:,?\s(?<y3>\d{4}))?`,
    String.raw`(?<m4>${month})\s(?<d4>\d{1,2})(?:st|nd|rd|th)?(?:,?\s(?<y4>\d{4}))?`,
    String.raw`(?<m5>${month})\.?\s(?<y5>\d{4})`,
  ].join('|');
}
const edges = (inner: string) => String.raw`(?<![\p{L}\p{N}/])(?:${inner})(?![\p{L}\p{N}/])`;
const inText = new RegExp(edges(forms(whole)), 'gu');
const typedForms = new RegExp(
  edges(
    [
      forms(begun),
      String.raw`(?<d6>\d{1,2})[./](?<m6>\d{1,2})\.?`,
      String.raw`(?<m7>\d{1,2})[./](?<y7>\d{4})`,
      String.raw`(?<m8>${begun})`,
      String.raw`(?<said>i dag|i gar|i går|i forgårs|i førgår|i morgen|i morgon|today|yesterday|tomorrow)`,
      String.raw`(?<which>denne|forrige|førre|sist|neste|this|last|next) (?<span>uke|uken|uka|veke|veka|måned|måneden|månad|månaden|week|month)`,
    ].join('|'),
  ),
  'gu',
);

const saidDays: ReadonlyMap<string, number> = new Map([
  ...['i dag', 'today'].map((said) => [said, 0] as const),
  ...['i går', 'i gar', 'yesterday'].map((said) => [said, -1] as const),
  ...['i forgårs', 'i førgår'].map((said) => [said, -2] as const),
  ...['i morgen', 'i morgon', 'tomorrow'].map((said) => [said, 1] as const),
]);
const saidSpans: ReadonlyMap<string, number> = new Map([
  ...['denne', 'this'].map((said) => [said, 0] as const),
  ...['forrige', 'førre', 'sist', 'last'].map((said) => [said, -1] as const),
  ...['neste', 'next'].map((said) => [said, 1] as const),
]);

/** The words by which an ISO day is found. */
export function wordsOfDay(iso: string): readonly string[] {
  const [year = 0, month = 0, day = 0] = iso.split('-').map(Number);
  return wordsOf({ year, month, day });
}

/** The words of every date that stands in a folded text. */
export function dateWordsIn(folded: string): string {
  const found = new Set<string>();
  for (const match of folded.matchAll(inText)) {
    const date = writtenIn(match.groups ?? {});
    if (date !== null) for (const word of wordsOf(date)) found.add(word);
  }
  return [...found].join(' ');
}

export interface TypedDates {
  /** For each date that was typed: any of `words`, or all of `literally` as plain text. */
  readonly dates: readonly { readonly words: readonly string[]; readonly literally: string }[];
  readonly rest: string;
}

/** `today`: ISO date, for "i går" and the like. */
export function readTypedDates(folded: string, today: string): TypedDates {
  const dates: { words: readonly string[]; literally: string }[] = [];
  const rest = folded.replace(typedForms, (literally, ...more) => {
    const groups = more.at(-1) as Readonly<Record<string, string | undefined>>;
    const words = typedWords(groups, today);
    if (words === null) return literally;
    dates.push({ words, literally });
    return ' ';
  });
  return { dates, rest };
}

function typedWords(
  groups: Readonly<Record<string, string | undefined>>,
  today: string,
): readonly string[] | null {
  const { said, which, span } = groups;
  if (said !== undefined) return [dayWord(addDays(today, saidDays.get(said) ?? 0))];
  if (which !== undefined && span !== undefined) {
    const by = saidSpans.get(which) ?? 0;
    return /^(m)/u.test(span) ? [monthWord(today, by)] : weekWords(today, by);
  }
  const date = writtenIn(groups);
  const word = date === null ? undefined : wordsOf(date)[0];
  return word === undefined ? null : [word];
}

/** The most telling word first. */
function wordsOf({ year, month, day }: Written): readonly string[] {
  const two = (value: number) => String(value).padStart(2, '0');
  const ofMonth = `${ownWord}n${two(month)}`;
  const ofYear = `${ownWord}m${year}${two(month)}`;
  const anyYear = `${ownWord}y${two(month)}${two(day)}`;
  if (day === 0) return year === 0 ? [ofMonth] : [ofYear, ofMonth];
  if (year === 0) return [anyYear, ofMonth];
  return [`${ownWord}d${year}${two(month)}${two(day)}`, anyYear, ofYear, ofMonth];
}

function writtenIn(groups: Readonly<Record<string, string | undefined>>): Written | null {
  const of = (letter: string) =>
    [1, 2, 3, 4, 5, 6, 7, 8].map((form) => groups[`${letter}${form}`]).find(Boolean);
  const said = of('m');
  if (said === undefined) return null;
  const month = /^\d/u.test(said) ? Number(said) : monthCalled(said);
  const day = Number(of('d') ?? 0);
  const short = of('y') ?? '0';
  const year = short.length === 2 ? 2000 + Number(short) : Number(short);
  if (month < 1 || month > 12 || day > daysOf(year, month)) return null;
  if (of('d') !== undefined && day === 0) return null;
  if (year !== 0 && (year < 1800 || year > 2199)) return null;
  return { year, month, day };
}

function monthCalled(said: string): number {
  const known = monthOf.get(said);
  if (known !== undefined) return known;
  for (const [name, month] of monthOf) if (name.startsWith(said)) return month;
  return 0;
}

function daysOf(year: number, month: number): number {
  // Of no year in particular there may be a 29 February.
  return new Date(Date.UTC(year === 0 ? 2024 : year, month, 0)).getUTCDate();
}

/** ISO day so many days from an ISO day. */
export function addDays(iso: string, days: number): string {
  return new Date(Date.parse(`${iso}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function dayWord(iso: string): string {
  return `${ownWord}d${iso.replaceAll('-', '')}`;
}

function monthWord(today: string, by: number): string {
  const [year = 0, month = 1] = today.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + by, 1)).toISOString();
  return `${ownWord}m${first.slice(0, 7).replace('-', '')}`;
}

/** Weeks begin on Monday (ISO 8601). */
function weekWords(today: string, by: number): readonly string[] {
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
  const monday = addDays(today, by * 7 - weekday);
  return Array.from({ length: 7 }, (_, index) => dayWord(addDays(monday, index)));
}

const office = new Intl.DateTimeFormat('sv-SE', {
  ...{ timeZone: 'Europe/Oslo', year: 'numeric', month: '2-digit', day: '2-digit' },
} as const);

/**
 * The ISO day of an instant where the offices are. Not the machine's zone: the views must come out the
 * same wherever they are made and checked.
 */
export function officeDay(instant: string): string {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? '' : office.format(at);
}
