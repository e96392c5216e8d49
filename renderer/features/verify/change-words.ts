/** What was changed after a signature, in the reader's language: by code, never by the core's English. */
import type { TFunction } from 'i18next';
import type { ChangeFact } from '../../../shared/report.ts';

/** Names in a PDF are its own words; a control character in one must not break the sentence. */
function plain(name: string): string {
  return name.replace(/\p{C}+/gu, ' ').trim();
}

/** One sentence. `has` tells whether there are words under a key: a newer core may know more changes. */
export function changeWords(
  t: TFunction<'verify'>,
  has: (key: string) => boolean,
  fact: ChangeFact,
): string {
  const key = `change.${fact.code}`;
  if (!has(key)) return t('changeAbout.unknown', { code: fact.code });
  const field = plain(fact.field ?? '');
  return t(key, {
    where:
      fact.page === undefined
        ? t('changeAbout.somewhere')
        : t('changeAbout.where', { page: fact.page + 1 }),
    field: field === '' ? t('changeAbout.unknownField') : field,
    entry: plain(fact.entry ?? ''),
    annotation: plain(fact.annotation ?? ''),
  });
}

/** The pages that changes speak of, 0-based and in order. */
export function pagesChanged(changes: readonly ChangeFact[]): readonly number[] {
  const pages = changes.flatMap(({ page }) => page ?? []);
  return [...new Set(pages)].toSorted((a, b) => a - b);
}
