/** What was found in a file, for the printed report: the windows' own sentences. */
import type { Language } from '../../shared/job/job.ts';
import type { AnomalyFact, ChangeFact } from '../../shared/report.ts';
import { aboutAnomaly, aboutChange } from '../../shared/words/about.ts';
import en from '../../shared/words/findings.en.json' with { type: 'json' };
import nb from '../../shared/words/findings.nb.json' with { type: 'json' };
import nn from '../../shared/words/findings.nn.json' with { type: 'json' };
import { say } from './words.ts';

const byLanguage = { nb, nn, en } as const;

/** One sentence of something that was changed after a signature. */
export function changeLine(language: Language, fact: ChangeFact): string {
  const { change, about } = byLanguage[language];
  const words: string | undefined = (change as Readonly<Record<string, string>>)[fact.code];
  if (words === undefined) return say(about.unknown, { code: fact.code });
  const { page, field, entry, annotation } = aboutChange(fact);
  return say(words, {
    where: page === null ? about.somewhere : say(about.where, { page }),
    field: field === '' ? about.unknownField : field,
    entry,
    annotation,
  });
}

/** One sentence of something odd about the file. */
export function anomalyLine(language: Language, fact: AnomalyFact): string {
  const { anomaly, about } = byLanguage[language];
  const [family = '', code = ''] = fact.code.split('.');
  const families: Readonly<Record<string, Readonly<Record<string, string>>>> = anomaly;
  const words = families[family]?.[code];
  if (words === undefined) return say(about.unknownAnomaly, { code: fact.code });
  const { field, object } = aboutAnomaly(fact);
  return say(words, { field: field === '' ? about.unknownField : field, object });
}
