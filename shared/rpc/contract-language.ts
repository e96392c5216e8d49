/** Languages that the office has added. */
import { z } from 'zod';
import { addedLanguageInput } from '../added-language.ts';
import { admins, everyone, method, operators } from './contract-method.ts';
import { hex256, nothing } from './inputs.ts';
import type { KeptLanguage, SpokenLanguage } from './views-language.ts';

const { code } = addedLanguageInput.shape;

export const languageMethods = {
  /** Words of the office's own screens, for whoever stands before one. */
  'language.spoken': method<readonly SpokenLanguage[]>()(everyone, nothing),
  'language.list': method<readonly KeptLanguage[]>()(operators, nothing),
  /** One of the same code is replaced; what was approved in it and is unchanged, stays approved. */
  'language.put': method<readonly KeptLanguage[]>()(admins, addedLanguageInput),
  'language.remove': method<readonly KeptLanguage[]>()(admins, z.strictObject({ code })),
  /** Of that very text: `sha256` is what the administrator has seen. */
  'language.approve': method<readonly KeptLanguage[]>()(
    admins,
    z.strictObject({ code, sha256: hex256 }),
  ),
} as const;
