/**
 * Expected failures are values. Electron keeps only `message` of an error that crosses IPC, and a
 * code is what the renderer's language files, the command line and the tests agree on.
 */

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** `code` is `noun.what`; the sentence for people lives in the renderer's language files under it. */
export interface Failure {
  readonly code: string;
  /** One English sentence for logs and the command line; never personal data. */
  readonly message: string;
  readonly detail?: { readonly [key: string]: Json };
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure };

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function fail(
  code: string,
  message: string,
  detail?: Failure['detail'],
): { readonly ok: false; readonly error: Failure } {
  return { ok: false, error: detail === undefined ? { code, message } : { code, message, detail } };
}

/**
 * An expected failure on its way out of deep code (a parser forty calls down). Public functions turn
 * it into a `Result` with `attempt`; it never crosses a room's door as an exception.
 */
export class Refusal extends Error {
  readonly failure: Failure;
  constructor(code: string, message: string, detail?: Failure['detail']) {
    super(message);
    this.name = 'Refusal';
    this.failure = fail(code, message, detail).error;
  }
}

/** Runs `body`; a `Refusal` becomes a failed `Result`, anything else is a bug and is thrown on. */
export function attempt<T>(body: () => T): Result<T> {
  try {
    return ok(body());
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.failure };
    throw error;
  }
}

/** The asynchronous `attempt`. */
export async function attemptAsync<T>(body: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await body());
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.failure };
    throw error;
  }
}

/** The value, or the failure thrown as a `Refusal` for the nearest `attempt` to catch. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Refusal(result.error.code, result.error.message, result.error.detail);
}
