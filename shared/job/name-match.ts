/**
 * How the name of a certificate or a login stands to the signer's. Norwegian person certificates carry
 * no national identity number, so the name is compared here and the person by the clerk.
 */
import type { NameMatch } from './proof.ts';

/** What Unicode does not take apart, as passports and cards write it. */
const spelled: Readonly<Record<string, string>> = {
  ...{ æ: 'ae', ø: 'oe', å: 'aa', ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', þ: 'th', ð: 'd', đ: 'd' },
  ...{ ł: 'l', œ: 'oe', ı: 'i' },
};

function parts(name: string): readonly string[] {
  return name
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((part) => part !== '');
}

/** One spelling for all: Åse, Aase and ASE of a card that knows no Å are the same. */
function plain(part: string): string {
  const letters = [...part].map((letter) => spelled[letter] ?? letter).join('');
  return (
    letters
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      // Cards write Ø as O, OE or Ø, Å as A or AA: folded to the shortest.
      .replace(/aa|ae/g, 'a')
      .replace(/oe/g, 'o')
      .replace(/ue/g, 'u')
  );
}

/**
 * `same`: the same words in the same order, whatever the case, hyphens and blanks. `similar`: another
 * order, spelling without the letters a card lacks, or names in the middle that only one of them has,
 * in full or by initial. Everything else is `different`: at least two words must be shared.
 */
export function nameMatch(wanted: string, shown: string): NameMatch {
  const [one, other] = [parts(wanted), parts(shown)];
  if (one.length === 0 || other.length === 0) return 'different';
  if (one.join(' ') === other.join(' ')) return 'same';
  const [few, many] = one.length <= other.length ? [one, other] : [other, one];
  // One word alone names nobody, unless it is all there is of both.
  if (few.length < 2 && many.length > 1) return 'different';
  return contains(many.map(wordOf), few.map(wordOf)) ? 'similar' : 'different';
}

interface Word {
  readonly text: string;
  /** As it is written: folded, Aa has one letter, too. */
  readonly initial: boolean;
}

function wordOf(part: string): Word {
  return { text: plain(part), initial: part.length === 1 };
}

/** Whether each of `few` stands in `many`, each once; at least two of them in full where there are two. */
function contains(many: readonly Word[], few: readonly Word[]): boolean {
  const left = [...many];
  const initials: Word[] = [];
  let whole = 0;
  for (const part of few) {
    const place = left.findIndex(({ text }) => text === part.text);
    if (place >= 0) {
      left.splice(place, 1);
      if (!part.initial) whole += 1;
    } else initials.push(part);
  }
  if (whole < Math.min(2, few.length)) return false;
  return initials.every((part) => {
    const place = left.findIndex(
      (each) => (part.initial || each.initial) && each.text[0] === part.text[0],
    );
    if (place >= 0) left.splice(place, 1);
    return place >= 0;
  });
}
