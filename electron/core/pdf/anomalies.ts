/** What a strict reading met, each once. */
import type { Note } from './cursor.ts';
import type { Anomaly } from './document.ts';
import { limits } from './limits.ts';

export interface Anomalies {
  readonly list: readonly Anomaly[];
  readonly note: Note;
}

/** An empty list and the function that adds to it; an object that is read twice adds nothing. */
export function createAnomalies(): Anomalies {
  const list: Anomaly[] = [];
  const seen = new Set<string>();
  return {
    list,
    note(code, detail, offset) {
      const key = `${code} ${offset ?? detail}`;
      if (seen.has(key) || list.length >= limits.anomalies) return;
      seen.add(key);
      list.push(offset === undefined ? { code, detail } : { code, detail, offset });
    },
  };
}
