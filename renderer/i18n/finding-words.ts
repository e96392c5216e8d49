/** What was found in a file, in the reader's language: by code, never by the core's English. */
import type { AnomalyFact, ChangeFact } from '../../shared/report.ts';
import { aboutAnomaly, aboutChange } from '../../shared/words/about.ts';
import { i18n } from './i18n.ts';

const has = (key: string) => i18n.exists(key, { ns: 'findings' });
const say = (key: string, values: Readonly<Record<string, string | number>> = {}) =>
  i18n.t(key, { ns: 'findings', ...values });

/** One sentence; a newer core may know more changes than there are words for. */
export function changeWords(fact: ChangeFact): string {
  const key = `change.${fact.code}`;
  if (!has(key)) return say('about.unknown', { code: fact.code });
  const { page, field, entry, annotation } = aboutChange(fact);
  return say(key, {
    where: page === null ? say('about.somewhere') : say('about.where', { page }),
    field: field === '' ? say('about.unknownField') : field,
    entry,
    annotation,
  });
}

/** One sentence. */
export function anomalyWords(fact: AnomalyFact): string {
  const key = `anomaly.${fact.code}`;
  if (!has(key)) return say('about.unknownAnomaly', { code: fact.code });
  const { field, object } = aboutAnomaly(fact);
  return say(key, { field: field === '' ? say('about.unknownField') : field, object });
}
