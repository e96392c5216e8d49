/** Which keys stand on the screen's keyboard, page by page. Pure. */

export type Writing = 'name' | 'text' | 'email' | 'secret';

const letters = ['qwertyuiopå', 'asdfghjkløæ', 'zxcvbnm'] as const;
const digits = '1234567890';
/** What stands behind the last row of letters. */
const beside: Record<Writing, string> = {
  name: "-'",
  text: ",.-'",
  email: '.-_+@',
  secret: ',.-',
};
/** In the names of people who come to a counter in Norway. */
const foreign = 'áàâäãăąćčçđéèêëęíìîïłńñŋóòôöõőřśšșţțŧúùûüűýžźżßþð';
const symbols = '!"#%&/()=?@£$€{[]}\\+*:;_<>|~^§';

/** A row of the widest page: eleven letters. */
const widest = 11;
/** In the hand: so few that each is wide enough for a thumb. */
const narrowest = 6;

/** The letters of the texts that no other page has: those of the languages an office has added. */
export function ownLetters(texts: readonly string[]): string {
  const known = letters.join('') + foreign;
  const found = new Set<string>();
  for (const letter of texts.join('').toLocaleLowerCase().match(/\p{L}/gu) ?? [])
    if (!known.includes(letter)) found.add(letter);
  return [...found].sort((a, b) => a.localeCompare(b)).join('');
}

function inRows(keys: string, length: number): readonly string[] {
  const all = [...keys];
  return Array.from({ length: Math.ceil(all.length / length) }, (_, row) =>
    all.slice(row * length, (row + 1) * length).join(''),
  );
}

/** The first page is the one most people need; `own` stands second, where there is any. */
export function pagesOf(
  writing: Writing,
  own: string,
  narrow: boolean,
): readonly (readonly string[])[] {
  const length = narrow ? narrowest : widest;
  const numbers = writing === 'name' ? [] : inRows(digits, narrow ? 5 : widest);
  const alphabet = narrow
    ? inRows(
        [...letters.join('')].sort((a, b) => a.localeCompare(b, 'nb')).join('') + beside[writing],
        length,
      )
    : [...letters.slice(0, 2), letters[2] + beside[writing]];
  return [
    [...numbers, ...alphabet],
    ...(own === '' || writing === 'email' ? [] : [inRows(own, length)]),
    ...(writing === 'email' ? [] : [inRows(foreign, length)]),
    ...(writing === 'name' || writing === 'email' ? [] : [inRows(symbols, length)]),
  ];
}
