/** Languages that the office has added as files, and who has answered for what they say. */
import {
  confirmationIsWhole,
  isLegal,
  legalTexts,
  mostLanguages,
  type AddedLanguage,
} from '../../shared/added-language.ts';
import { canonicalJson } from '../../shared/canonical-json.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { KeptLanguage, SpokenLanguage } from '../../shared/rpc/views-language.ts';
import { sha256Hex, type Desk } from './desk.ts';
import { note } from './office-log.ts';
import { settingsOf, type StoredLanguage } from './settings-store.ts';

type Kept = Pick<Desk, 'archive'>;

function stored(desk: Kept): readonly StoredLanguage[] {
  return settingsOf(desk.archive).get('addedLanguages');
}

export function legalSha256(language: AddedLanguage): string {
  return sha256Hex(canonicalJson(legalTexts(language)));
}

/** That very text: a word changed since, and nobody has answered for it. */
export function isApproved(language: StoredLanguage): boolean {
  return language.approved?.sha256 === legalSha256(language);
}

/** One that may be shown where a legal act is made; null where the code is none such. */
export function approvedLanguage(desk: Kept, code: string): StoredLanguage | null {
  const found = stored(desk).find((each) => each.code === code);
  return found !== undefined && isApproved(found) ? found : null;
}

export function approvedLanguages(desk: Kept): readonly StoredLanguage[] {
  return stored(desk).filter(isApproved);
}

export function spokenLanguages(desk: Desk): Result<readonly SpokenLanguage[]> {
  return ok(
    stored(desk).map((language) => {
      const { code, name, direction, fallback, texts } = language;
      const approved = isApproved(language);
      const said = Object.entries(texts).filter(([key]) => approved || !isLegal(key));
      return { code, name, direction, fallback, approved, texts: Object.fromEntries(said) };
    }),
  );
}

export function listLanguages(desk: Desk): Result<readonly KeptLanguage[]> {
  return ok(
    stored(desk).map(({ approved, ...language }) => {
      const sha256 = legalSha256(language);
      const by = approved !== null && approved.sha256 === sha256 ? approved : null;
      return {
        ...{ ...language, legalSha256: sha256 },
        approved: by === null ? null : { by: by.by, at: by.at },
      };
    }),
  );
}

export function putLanguage(
  desk: Desk,
  input: ParsedOf<'language.put'>,
  actor: string,
): Result<readonly KeptLanguage[]> {
  if (input.confirmation !== null && !confirmationIsWhole(input.confirmation))
    return fail('language.confirmation', 'The confirmation does not name who signs, or for whom.');
  const before = stored(desk);
  const same = before.find(({ code }) => code === input.code);
  if (same === undefined && before.length >= mostLanguages)
    return fail('language.too-many', 'There is no room for more languages.', {
      most: mostLanguages,
    });
  const next: StoredLanguage = { ...input, approved: same?.approved ?? null };
  const others = before.filter(({ code }) => code !== input.code);
  keep(desk, [...others, next], actor);
  return listLanguages(desk);
}

export function removeLanguage(
  desk: Desk,
  { code }: ParsedOf<'language.remove'>,
  actor: string,
): Result<readonly KeptLanguage[]> {
  const before = stored(desk);
  if (!before.some((each) => each.code === code)) return unknown();
  const left = before.filter((each) => each.code !== code);
  keep(desk, left, actor);
  return listLanguages(desk);
}

export function approveLanguage(
  desk: Desk,
  { code, sha256 }: ParsedOf<'language.approve'>,
  actor: string,
): Result<readonly KeptLanguage[]> {
  const language = stored(desk).find((each) => each.code === code);
  if (language === undefined) return unknown();
  if (language.readBy === '')
    return fail('language.unread', 'Nobody is named who has read the translation.');
  if (language.confirmation === null)
    return fail('language.no-confirmation', 'The language has no text to confirm.');
  if (legalSha256(language) !== sha256)
    return fail('language.changed', 'The text is no longer the one that was read.');
  const approved = { sha256, by: actor, at: desk.clock.now().toISOString() };
  const others = stored(desk).map((each) => (each.code === code ? { ...each, approved } : each));
  keep(desk, others, actor);
  note(desk, actor, { type: 'language-approved', language: code, sha256 });
  return listLanguages(desk);
}

function keep(desk: Desk, languages: readonly StoredLanguage[], actor: string): void {
  const inOrder = languages.toSorted((a, b) => (a.code < b.code ? -1 : 1));
  settingsOf(desk.archive).put('addedLanguages', inOrder, actor);
}

function unknown() {
  return fail('language.unknown', 'The office has no such language.');
}
