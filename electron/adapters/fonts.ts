/** The static Inter files that appearances embed: Latin first, then the other scripts it has. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Fonts } from '../core/pades/signature.ts';

const subsets = [
  'latin',
  'latin-ext',
  'vietnamese',
  'greek',
  'greek-ext',
  'cyrillic',
  'cyrillic-ext',
];
const loaded = new Map<400 | 600, Fonts>();

/** Read once per process, and only when something visible is made. 600 is for headings of our own pages. */
export function interFonts(weight: 400 | 600 = 400): Fonts {
  const known = loaded.get(weight);
  if (known !== undefined) return known;
  const fonts = {
    files: subsets.map((subset) => {
      const name = `inter-${subset}-${weight}-normal.woff`;
      const url = import.meta.resolve(`@fontsource/inter/files/${name}`);
      return { name, bytes: new Uint8Array(readFileSync(fileURLToPath(url))) };
    }),
  };
  loaded.set(weight, fonts);
  return fonts;
}

/** The two weights of everything that is put on paper. */
export function paperFonts() {
  return { regular: interFonts(), bold: interFonts(600) };
}
