/**
 * The office's own words for what a signer confirms. Versions are only added: what was confirmed once
 * has its words in the event, and its version names exactly one text.
 */
import type { Language } from '../../shared/job/job.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { ConfirmationView, ConfirmationWords } from '../../shared/rpc/views-counter.ts';
import { builtInConfirmation } from './confirmation.ts';
import type { Desk } from './desk.ts';
import { settingsOf } from './settings-store.ts';

export interface OfficeConfirmation {
  /** How many versions there have been: the next one's number. */
  readonly made: number;
  readonly inForce: (ConfirmationWords & { readonly version: string; readonly at: string }) | null;
}

const languages: readonly Language[] = ['nb', 'nn', 'en'];
/** Shorter is no sentence that says what is signed. */
const leastLetters = 40;

export function confirmations(desk: Pick<Desk, 'archive'>): Result<readonly ConfirmationView[]> {
  const kept = settingsOf(desk.archive).get('confirmations');
  return ok(
    languages.map((language) => {
      const { text, textFor } = builtInConfirmation(language);
      return { language, builtIn: { text, textFor }, own: kept[language]?.inForce ?? null };
    }),
  );
}

export function putConfirmation(
  desk: Desk,
  { language, own }: ParsedOf<'settings.putConfirmation'>,
  actor: string,
): Result<readonly ConfirmationView[]> {
  const settings = settingsOf(desk.archive);
  const kept = settings.get('confirmations');
  const before = kept[language] ?? { made: 0, inForce: null };
  const put = (next: OfficeConfirmation) => {
    settings.change('confirmations', (now) => ({ ...now, [language]: next }), actor);
    return confirmations(desk);
  };
  if (own === null)
    return before.inForce === null ? confirmations(desk) : put({ ...before, inForce: null });
  const wrong = wrongWords(own.text, ['signer']) ?? wrongWords(own.textFor, ['signer', 'forWhom']);
  if (wrong !== null) return wrong;
  const { inForce } = before;
  if (inForce?.text === own.text && inForce.textFor === own.textFor) return confirmations(desk);
  const made = before.made + 1;
  const at = desk.clock.now().toISOString();
  return put({ made, inForce: { ...own, version: `office-${String(made)}`, at } });
}

/** A text that names the signer, nobody who is not there, and says something. */
function wrongWords(text: string, names: readonly string[]): ReturnType<typeof fail> | null {
  const used = [...text.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
  const missing = names.find((name) => !used.includes(name));
  if (missing !== undefined)
    return fail('confirmation.name-missing', 'A name has no place.', { name: missing });
  const unknown = used.find((name) => !names.includes(name));
  if (unknown !== undefined)
    return fail('confirmation.name-unknown', 'There is nothing to put there.', {
      name: unknown.slice(0, 40),
    });
  return text.replace(/\{[^{}]*\}/g, '').trim().length < leastLetters
    ? fail('confirmation.short', 'Too short to say what is signed.', { least: leastLetters })
    : null;
}
