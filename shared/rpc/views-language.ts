/** Added languages, as the windows see them. */
import type { AddedLanguage } from '../added-language.ts';

/** For whoever stands at the screen: without what nobody has answered for. */
export interface SpokenLanguage {
  readonly code: string;
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  readonly fallback: AddedLanguage['fallback'];
  readonly texts: AddedLanguage['texts'];
  /** Whether the steps at which a legal act is made are shown in it. */
  readonly approved: boolean;
}

/** For the administrator: all of it. */
export interface KeptLanguage extends AddedLanguage {
  /** Hex, of everything that is said where a legal act is made. */
  readonly legalSha256: string;
  /** Of that very text; null where nobody has. */
  readonly approved: { readonly by: string; readonly at: string } | null;
}
