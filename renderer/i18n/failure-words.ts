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

function sentence(code: string, part: 'what' | 'means' | 'action', failure: Failure): string {
  const options = { ns: 'errors', ...failure.detail };
  return i18n.exists(`${code}.${part}`, { ns: 'errors' })
    ? i18n.t(`${code}.${part}`, options)
    : i18n.t(`unknown.${part}`, options);
}

/** The sentences of a failure in the language that is chosen now. */
export function failureWords(failure: Failure): FailureWords {
  const reference = failure.detail?.['reference'];
  return {
    what: sentence(failure.code, 'what', failure),
    means: sentence(failure.code, 'means', failure),
    action: sentence(failure.code, 'action', failure),
    code: typeof reference === 'string' ? `${failure.code} · ${reference}` : failure.code,
  };
}
