/** The texts that a signer may confirm here now: in each language that somebody has answered for. */
import { builtIn } from '../../shared/added-language.ts';
import type { Language, SignerSpec } from '../../shared/job/job.ts';
import { confirmationFor, withNames, type Confirmation } from './confirmation.ts';
import { sha256Hex, type Desk } from './desk.ts';
import { approvedLanguages, legalSha256 } from './languages.ts';
import { settingsOf } from './settings-store.ts';

type Reader = Parameters<typeof confirmationFor>[0] & Pick<SignerSpec, 'kioskLanguage'>;

export interface OfferedConfirmation extends Confirmation {
  /** What is written into the documents: the language itself, or the one that stands in for it. */
  readonly builtIn: Language;
  /** Hash of what an administrator has answered for; null for a language of the program's own. */
  readonly approved: string | null;
}

export function confirmationsFor(
  desk: Pick<Desk, 'archive'>,
  signer: Reader,
): readonly OfferedConfirmation[] {
  const office = settingsOf(desk.archive).get('confirmations');
  const own = builtIn.map((language) => ({
    ...confirmationFor({ ...signer, language }, office[language]?.inForce ?? null),
    ...{ builtIn: language, approved: null },
  }));
  const added = approvedLanguages(desk).flatMap((language) => {
    const { code, fallback, confirmation } = language;
    if (confirmation === null) return [];
    const approved = legalSha256(language);
    const text = withNames(confirmation, signer);
    const version = `${code}-${approved.slice(0, 16)}`;
    return [
      { language: code, version, sha256: sha256Hex(text), text, builtIn: fallback, approved },
    ];
  });
  return [...own, ...added];
}

/** In the signer's language where it may be confirmed in it, else in the one that stands in for it. */
export function firstConfirmation(
  offered: readonly OfferedConfirmation[],
  { kioskLanguage, language }: Reader,
): OfferedConfirmation {
  const of = (code?: string) => offered.find((each) => each.language === code);
  const found = of(kioskLanguage) ?? of(language);
  if (found === undefined) throw new Error('a language without a confirmation');
  return found;
}
