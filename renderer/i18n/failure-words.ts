/** An error says what happened, what it means for the document, what to do, and a code to quote. */
import type { Failure } from '../../shared/result.ts';
import { i18n } from './i18n.ts';

export interface FailureWords {
  readonly what: string;
  readonly means: string;
  readonly action: string;
  /** `pdf.damaged`, and for bugs the reference of the log line. */
  readonly code: string;
}

/** The code's own sentence, else its family's (`pdf` of `pdf.damaged`), else one that is always true. */
function sentence(failure: Failure, part: 'what' | 'means' | 'action'): string {
  const family = failure.code.split('.')[0] ?? '';
  const keys = [`${failure.code}.${part}`, `family.${family}.${part}`];
  const key = keys.find((each) => i18n.exists(each, { ns: 'errors' })) ?? `unknown.${part}`;
  return i18n.t(key, { ns: 'errors', ...failure.detail });
}

/** The sentences of a failure in the language that is chosen now. */
export function failureWords(failure: Failure): FailureWords {
  const reference = failure.detail?.['reference'];
  return {
    what: sentence(failure, 'what'),
    means: sentence(failure, 'means'),
    action: sentence(failure, 'action'),
    code: typeof reference === 'string' ? `${failure.code} · ${reference}` : failure.code,
  };
}
