/**
 * Words of the search index that nobody can type and no document can hold: who sees a job, who made it,
 * who signs it and by when. They make every condition of the list a question to one index. Pure.
 */
import { hash } from 'node:crypto';
import { keyOf, keysOf, peopleOf, type Seen, type Viewer } from '../../shared/job/visibility.ts';
import type { JobFilter } from './archive.ts';
import { addDays, ownWord } from './search-dates.ts';
import { anyOf, foldText, quoted } from './search-words.ts';

/** Who sees a job. */
export function audienceWords(job: Seen): readonly string[] {
  return [keyOf(job.audience), ...peopleOf(job).map(personKey)].map(secretWord);
}

export function seenWords(viewer: Viewer): readonly string[] {
  return [...keysOf(viewer), personKey(viewer.user)].map(secretWord);
}

export function makerWord(user: string): string {
  return secretWord(`maker:${user}`);
}

export function dueWord(day: string): string {
  return `${ownWord}f${day.replaceAll('-', '')}`;
}

export function signerWords(name: string): readonly string[] {
  return wordsIn(name).map((word) => `${ownWord}s${word}`);
}

/** Days from today within which a deadline is soon. */
export const soonDays = 7;

/** The conditions of a filter in FTS5's language. */
export function filterTerms(filter: JobFilter, today: string): readonly string[] {
  const { madeBy, unit, signer, dueSoon } = filter;
  const unitKeys =
    unit === undefined ? [] : [keyOf({ unit, only: null }), keyOf({ unit, only: [] })];
  return [
    ...(madeBy === undefined ? [] : [quoted(makerWord(madeBy))]),
    ...(unitKeys.length === 0 ? [] : [anyOf(unitKeys.map(secretWord).map(quoted))]),
    ...signerWords(signer ?? '').map((word) => `${quoted(word)}*`),
    ...(dueSoon === true ? [anyOf(soon(today).map(dueWord).map(quoted))] : []),
  ];
}

function soon(today: string): readonly string[] {
  return Array.from({ length: soonDays + 1 }, (_, index) => addDays(today, index));
}

function wordsIn(text: string): readonly string[] {
  return foldText(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

function personKey(user: string): string {
  return `user:${user}`;
}

/** Units and people are few, the jobs they see are many. */
const secretWords = new Map<string, string>();
const mostSecretWords = 1_000;

function secretWord(key: string): string {
  const known = secretWords.get(key);
  if (known !== undefined) return known;
  const word = `${ownWord}${hash('sha256', key).slice(0, 32)}`;
  if (secretWords.size >= mostSecretWords) secretWords.clear();
  secretWords.set(key, word);
  return word;
}
