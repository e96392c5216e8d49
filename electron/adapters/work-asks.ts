/** What work in a thread may ask the host for in the middle of it: what only the host can do. */
import type { Result } from '../../shared/result.ts';
import type { SignatureScheme } from '../core/ports.ts';

export interface WorkAsks {
  /** A signature by the key that the host holds open for this piece of work: a card. */
  readonly 'key.sign': {
    readonly input: { readonly data: Uint8Array; readonly scheme: SignatureScheme };
    readonly output: Uint8Array;
  };
}

export type AskHost = <N extends keyof WorkAsks>(
  name: N,
  input: WorkAsks[N]['input'],
) => Promise<Result<WorkAsks[N]['output']>>;

/** What the host answers; given with the work that may ask for it. */
export type HostAnswers = {
  readonly [N in keyof WorkAsks]?: (
    input: WorkAsks[N]['input'],
  ) => Promise<Result<WorkAsks[N]['output']>>;
};
