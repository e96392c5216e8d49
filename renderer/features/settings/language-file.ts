/** A language as a file: the template to fill in, and what is wrong with one that comes back. */
import {
  addedLanguageInput,
  confirmationIsWhole,
  languageFormat,
  longestFile,
  type AddedLanguage,
} from '../../../shared/added-language.ts';

/** What a person at the kiosk meets; a screen of the desk is for those who work here. */
const forTheKiosk =
  /^(?:kiosk:|(?:accessibility|copy|fields|pairing):kiosk\.|app:(?:rest|pickUp|loginAlone|when)\.|language:(?:open|screenTitle|back)$)/;

export interface Problem {
  readonly code:
    | 'tooLarge'
    | 'notJson'
    | 'notLanguage'
    | 'field'
    | 'unknownText'
    | 'text'
    | 'placeholder'
    | 'confirmation';
  readonly values: Readonly<Record<string, string | number>>;
}

/** Key and text of everything that a language for the kiosk may have. */
/** Key and text, as `sourceWords` gives those of a whole language. */
export type Texts = ReadonlyMap<string, string>;

export function kioskTexts(words: Texts): Texts {
  return new Map([...words].filter(([key]) => forTheKiosk.test(key)));
}

const plural = /_(?:zero|one|two|few|many|other)$/;

/** The text in bokmål that a key stands for: plural forms that bokmål lacks are written as its others. */
function sourceOf(key: string, source: Texts): string | undefined {
  return source.get(key) ?? source.get(key.replace(plural, '_other'));
}

function placeholders(text: string): string {
  const names = [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]);
  return [...new Set(names)].toSorted().join(' ');
}

/** Where the form of the word is the number (`صفحة واحدة`, one page), no digit need stand beside it. */
const saysItself = /_(?:zero|one|two)$/;

function fits(key: string, own: string, original: string): boolean {
  const needed = placeholders(original);
  if (placeholders(own) === needed) return true;
  return saysItself.test(key) && placeholders(`${own} {{count}}`) === needed;
}

/** The file that somebody fills in: every text with what it says in bokmål and in English. */
export function template(
  nbWords: Texts,
  enWords: Texts,
  confirmation: { readonly text: string; readonly textFor: string },
): string {
  const texts = Object.fromEntries(
    [...kioskTexts(nbWords)].map(([key, nb]) => [
      key,
      { nb, en: enWords.get(key) ?? '', text: '' },
    ]),
  );
  const file = {
    format: languageFormat,
    ...{ code: '', name: '', direction: 'ltr', fallback: 'nb', translatedBy: '', readBy: '' },
    confirmation: { source: confirmation, text: '', textFor: '' },
    texts,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

/** A text as a word for word, or beside what it translates; none where it is empty. */
function written(value: unknown): unknown {
  const text = typeof value === 'object' && value !== null ? record(value)['text'] : value;
  return typeof text === 'string' && text.trim() === '' ? undefined : text;
}

export type ReadLanguage =
  | { readonly language: AddedLanguage; readonly missing: readonly string[] }
  | { readonly problems: readonly Problem[] };

/** All that is wrong, so that it is mended in one go. */
export function readLanguageFile(text: string, words: Texts): ReadLanguage {
  const fail = (code: Problem['code'], values: Problem['values'] = {}): ReadLanguage => ({
    problems: [{ code, values }],
  });
  if (text.length > longestFile) return fail('tooLarge', { size: longestFile / 1000 });
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return fail('notJson');
  }
  const file = record(json);
  if (file['format'] !== languageFormat) return fail('notLanguage', { format: languageFormat });
  const source = kioskTexts(words);
  const texts = Object.entries(record(file['texts'])).flatMap(([key, value]) => {
    const own = written(value);
    return own === undefined ? [] : [[key, own] as const];
  });
  const asked = record(file['confirmation']);
  const sentences = [written(asked['text']), written(asked['textFor'])] as const;
  const parsed = addedLanguageInput.safeParse({
    ...{ code: file['code'], name: file['name'], direction: file['direction'] },
    ...{ fallback: file['fallback'], translatedBy: file['translatedBy'] },
    readBy: file['readBy'] ?? '',
    texts: Object.fromEntries(texts),
    confirmation: sentences.every((each) => each === undefined)
      ? null
      : { text: sentences[0], textFor: sentences[1] },
  });
  const problems: Problem[] = parsed.success
    ? []
    : parsed.error.issues.map(({ path: [first, second] }) =>
        first === 'texts'
          ? { code: 'text', values: { key: String(second) } }
          : first === 'confirmation'
            ? { code: 'confirmation', values: {} }
            : { code: 'field', values: { field: String(first) } },
      );
  for (const [key, own] of texts) {
    const original = sourceOf(key, source);
    if (original === undefined) problems.push({ code: 'unknownText', values: { key } });
    else if (typeof own === 'string' && !fits(key, own, original))
      problems.push({
        code: 'placeholder',
        values: { key, needed: placeholders(original) || '–' },
      });
  }
  if (!parsed.success) return { problems };
  const { confirmation } = parsed.data;
  if (confirmation !== null && !confirmationIsWhole(confirmation))
    problems.push({ code: 'confirmation', values: {} });
  if (problems.length > 0) return { problems };
  return { language: parsed.data, missing: missingIn(parsed.data, words) };
}

/** Keys that the language has no text for: another language stands there. */
export function missingIn(
  { texts }: Pick<AddedLanguage, 'texts'>,
  words: Texts,
): readonly string[] {
  return [...kioskTexts(words).keys()].filter((key) => {
    const other = key.replace(plural, '_other');
    return texts[key] === undefined && texts[other] === undefined;
  });
}
