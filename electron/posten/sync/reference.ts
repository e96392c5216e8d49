/**
 * What the service echoes in every answer: which job of the archive, and which attempt. Letters only, as
 * eleven digits in a row could be taken for somebody's number (and are refused, `job-rules.ts`).
 */

const hexDigits = '0123456789abcdef';
const letters = 'abcdefghijklmnop';

/** `job`: 32 hex digits. */
export function referenceOf(job: string, attempt: number): string {
  return `${inLetters(job)}-${attempt}`;
}

/** Null for a reference that is not one of ours. */
export function readReference(
  reference: string | null,
): { readonly job: string; readonly attempt: number } | null {
  const [, name = '', attempt = ''] = /^([a-p]{32})-([1-9]\d{0,3})$/.exec(reference ?? '') ?? [];
  if (name === '') return null;
  const job = Array.from(name, (letter) => hexDigits[letters.indexOf(letter)]).join('');
  return { job, attempt: Number(attempt) };
}

/** Hex as letters. */
export function inLetters(hex: string): string {
  return Array.from(hex, (digit) => letters[hexDigits.indexOf(digit)]).join('');
}
