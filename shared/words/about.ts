/** What sentences about changes and anomalies speak of (`findings.*.json`): the windows and the paper say the same. */
import type { AnomalyFact, ChangeFact } from '../report.ts';

/** Names in a PDF are its own words; a control character in one must not break the sentence. */
function plain(name: string | undefined): string {
  return (name ?? '').replace(/\p{C}+/gu, ' ').trim();
}

/** `page` is as people count, null where the fact names none; the others are empty where they are unnamed. */
export function aboutChange(fact: ChangeFact) {
  return {
    page: fact.page === undefined ? null : fact.page + 1,
    field: plain(fact.field),
    entry: plain(fact.entry),
    annotation: plain(fact.annotation),
  };
}

/** The same of something odd about a file. */
export function aboutAnomaly(fact: AnomalyFact) {
  return { field: plain(fact.field), object: String(fact.object ?? '') };
}
