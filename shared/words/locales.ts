/** How each language writes dates and numbers. */
import type { Language } from '../job/job.ts';

/**
 * For `Intl`, most wanted first. Chromium, and so Electron, knows no nynorsk: without the second it would
 * write the machine's own language instead. Both write dates and numbers alike.
 */
export const locales: Readonly<Record<Language, readonly string[]>> = {
  nb: ['nb-NO'],
  nn: ['nn-NO', 'nb-NO'],
  en: ['en-GB'],
};
