/** How text becomes words, the same way for what is stored and for what is searched. Pure. */
import { dateWordsIn, ownWord, readTypedDates } from './search-dates.ts';

/**
 * Lower case without accents, but å, æ and ø stay letters of their own as Norwegian has them; their
 * Swedish, German and Danish spellings ä and ö count as æ and ø.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('å', '\u0001')
    .replaceAll('ä', 'æ')
    .replaceAll('ö', 'ø')
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('\u0001', 'å')
    .replaceAll(ownWord, ' ');
}

/** What a document's text is found by: its words, and the dates that stand in it. */
export function textWords(text: string): string {
  const folded = foldText(text);
  const dates = dateWordsIn(folded);
  return dates === '' ? folded : `${folded}\n${dates}`;
}

const mostWords = 12;

/**
 * A query in FTS5's language for what somebody typed: every word must be there, the start of a word
 * is enough, and a date is found however it is written. Words are quoted, so nothing typed is syntax.
 * Null where nothing is left to look for: a last single letter is somebody who has only begun to type.
 */
export function searchQuery(typed: string, today: string): string | null {
  const { dates, rest } = readTypedDates(foldText(typed), today);
  const words = rest.match(/[\p{L}\p{N}]+/gu) ?? [];
  const last = words.at(-1);
  const used = last !== undefined && /^\p{L}$/u.test(last) ? words.slice(0, -1) : words;
  const terms = [
    ...dates.map((date) => anyOf([...date.words.map(quoted), ...literally(date.literally)])),
    ...used.map(beginning),
  ];
  return terms.length === 0 ? null : terms.slice(0, mostWords).join(' AND ');
}

/** What looks like a date may be a case number, or words. */
function literally(text: string): readonly string[] {
  const words = (text.match(/[\p{L}\p{N}]+/gu) ?? []).filter(
    (word) => word.length > 1 || /\d/u.test(word),
  );
  return words.length === 0 ? [] : [`(${words.map(beginning).join(' AND ')})`];
}

export function anyOf(terms: readonly string[]): string {
  return `(${terms.join(' OR ')})`;
}

export function quoted(word: string): string {
  return `"${word}"`;
}

function beginning(word: string): string {
  return word.length === 1 ? quoted(word) : `${quoted(word)}*`;
}
