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
let loaded: Fonts | undefined;

/** Read once per process, and only when something visible is made. */
export function interFonts(): Fonts {
  loaded ??= {
    files: subsets.map((subset) => {
      const name = `inter-${subset}-400-normal.woff`;
      const url = import.meta.resolve(`@fontsource/inter/files/${name}`);
      return { name, bytes: new Uint8Array(readFileSync(fileURLToPath(url))) };
    }),
  };
  return loaded;
}
