/** How text becomes words, the same way for what is stored and for what is searched. Pure. */

/**
 * Lower case without accents, but å, æ and ø stay letters of their own as Norwegian has them; their
 * Swedish, German and Danish spellings ä and ö count as æ and ø.
 */
export function foldText(text: string): string {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .replaceAll('å', '\u0001')
      .replaceAll('ä', 'æ')
      .replaceAll('ö', 'ø')
      .normalize('NFD')
      .replace(/\p{M}+/gu, '')
      .replaceAll('\u0001', 'å')
      // Our own words begin with it (views-lists.ts).
      .replaceAll('\uE000', ' ')
  );
}

const mostWords = 12;

/**
 * A query in FTS5's language for what somebody typed: every word must be there, the start of a word
 * is enough. Words are quoted, so nothing typed is syntax. Null where nothing is left to look for:
 * a last single letter is somebody who has only begun to type.
 */
export function searchQuery(typed: string): string | null {
  const words = foldText(typed).match(/[\p{L}\p{N}]+/gu) ?? [];
  const last = words.at(-1);
  const used = last !== undefined && /^\p{L}$/u.test(last) ? words.slice(0, -1) : words;
  if (used.length === 0) return null;
  return used
    .slice(0, mostWords)
    .map((word) => (word.length === 1 ? `"${word}"` : `"${word}"*`))
    .join(' ');
}
