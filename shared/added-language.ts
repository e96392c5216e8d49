/**
 * A language that an office adds as a file: the kiosk's texts are enough. Nothing in it may change what
 * the screens do, and what is said where a legal act is made is shown only when somebody has answered for
 * that very text.
 */
import { z } from 'zod';
import type { Language } from './job/job.ts';

export const languageFormat = 'skranke-language-1';
export const builtIn: readonly Language[] = ['nb', 'nn', 'en'];
/** Of the file, in bytes: all of the kiosk's texts are some 20 kB. */
export const longestFile = 500_000;
export const mostLanguages = 20;

/** Steps at which somebody declares, refuses or signs. One who has said who they are has not yet. */
const legal =
  /^(?:kiosk:(?:confirm|sign|own|login|decline|otherWay)\.|kiosk:(?:read\.done$|pages_)|fields:kiosk\.(?:answers|change|ticked|unticked|empty)$)/;

export function isLegal(key: string): boolean {
  return legal.test(key);
}

/** Bidi overrides and control characters could make a text say something else than it does. */
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
/** `$t(…)` would fetch another text into this one. */
const nested = /\$t\(/;
const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !unseen.test(text) && !nested.test(text));

export const languageCode = z
  .string()
  .regex(/^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?$/);

export const addedLanguageInput = z.strictObject({
  /** BCP 47: `ar`, `sr-Latn`, `pt-BR`. */
  code: languageCode.refine((each) => !builtIn.some((own) => own === each.split('-')[0])),
  /** As its speakers call it. */
  name: line(60),
  direction: z.enum(['ltr', 'rtl']),
  /** What stands where a text is missing, and in what is written into the documents. */
  fallback: z.enum(['nb', 'nn', 'en']),
  translatedBy: line(200),
  /** Somebody else, who knows the language and has read it; empty until then. */
  readBy: z.union([z.literal(''), line(200)]),
  texts: z.record(z.string().regex(/^[a-zA-Z]+:[\w.-]{1,100}$/), line(1000)),
  /** What the signer confirms; `{signer}` and `{forWhom}` stand for the names. */
  confirmation: z.strictObject({ text: line(2000), textFor: line(2000) }).nullable(),
});

export type AddedLanguage = z.infer<typeof addedLanguageInput>;

/** Placeholders that the two sentences of a confirmation must have, each once. */
export function confirmationIsWhole({ text, textFor }: { text: string; textFor: string }): boolean {
  const of = (sentence: string) => (sentence.match(/\{\w+\}/g) ?? []).toSorted().join(' ');
  return of(text) === '{signer}' && of(textFor) === '{forWhom} {signer}';
}

/** What an administrator answers for, in an order that does not depend on the file's. */
export function legalTexts({
  code,
  texts,
  confirmation,
}: Pick<AddedLanguage, 'code' | 'texts' | 'confirmation'>): {
  readonly code: string;
  readonly confirmation: AddedLanguage['confirmation'];
  readonly texts: readonly (readonly [string, string])[];
} {
  const said = Object.entries(texts).filter(([key]) => isLegal(key));
  return { code, confirmation, texts: said.toSorted(([a], [b]) => (a < b ? -1 : 1)) };
}
