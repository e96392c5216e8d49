/** What is odd about a file as a whole: an English sentence, and the code under which the language files have theirs. */
import type { AnomalyFact } from '../../../shared/report.ts';
import type { Anomaly } from '../pdf/document.ts';

export interface Oddity extends AnomalyFact {
  readonly text: string;
}

interface About {
  readonly field?: string;
  readonly object?: number;
}

/** What verification itself finds; the reader of PDF has codes of its own (`structure.*`). */
export const ODDITY_TEXT = {
  'file.bytes-behind': () => 'Bytes stand behind the last revision.',
  'file.misplaced': ({ object }) =>
    `Object ${object} does not stand where the cross-reference says.`,
  'file.named-twice': () => 'A cross-reference names an object twice.',
  'signature.no-value': ({ field }) =>
    `The value of the signature field "${field}" is no signature.`,
  'signature.shared': ({ field }) => `Two fields share one signature: "${field}".`,
  'signature.stray': ({ object }) => `A signature stands in no field (object ${object}).`,
  'signature.inside': ({ object }) => `Object ${object} is said to lie inside a signature.`,
} as const satisfies Readonly<
  Record<string, (about: { readonly field: string; readonly object: number }) => string>
>;

/** One thing that verification found. */
export function oddity(code: keyof typeof ODDITY_TEXT, about: About = {}): Oddity {
  const text = ODDITY_TEXT[code]({ field: about.field ?? '', object: about.object ?? 0 });
  return { code, ...about, text };
}

/** What the reader noted. */
export function notedOddity({ code, detail }: Anomaly): Oddity {
  return { code, text: detail };
}

/** The same sentence once, and every code of it without the English. */
export function asReported(all: readonly Oddity[]): {
  readonly anomalies: readonly string[];
  readonly anomalyCodes: readonly AnomalyFact[];
} {
  const once = [...new Map(all.map((one) => [one.text, one])).values()];
  return {
    anomalies: once.map(({ text }) => text),
    anomalyCodes: once.map(({ code, field, object }) => ({
      code,
      ...(field === undefined ? {} : { field }),
      ...(object === undefined ? {} : { object }),
    })),
  };
}
