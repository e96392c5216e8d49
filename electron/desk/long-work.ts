/**
 * The long functions by name, as the worker runs them. Each is loaded when it is first asked for, so
 * that a thread which only signs never pays for the rest.
 */
import type { Result } from '../../shared/result.ts';
import type { WorkOptions } from '../adapters/work-threads.ts';

/** They need the open archive. */
export const longWork = {
  'document.import': async (...a: A<typeof import('./documents.ts').importDocument>) =>
    (await import('./documents.ts')).importDocument(...a),
  'document.merge': async (...a: A<typeof import('./documents.ts').mergeDocuments>) =>
    (await import('./documents.ts')).mergeDocuments(...a),
  'settings.trialSeal': async (...a: A<typeof import('./seal-keys.ts').makeSeal>) =>
    (await import('./seal-keys.ts')).makeSeal(...a),
};

/** They make or open it. */
export const keyWork = {
  'archive.create': async (...a: A<typeof import('./key-work.ts').createHome>) =>
    (await import('./key-work.ts')).createHome(...a),
  'archive.unlock': async (...a: A<typeof import('./key-work.ts').unlockHome>) =>
    (await import('./key-work.ts')).unlockHome(...a),
  'archive.addWayIn': async (...a: A<typeof import('./key-work.ts').addWayIn>) =>
    (await import('./key-work.ts')).addWayIn(...a),
  'archive.newRecoveryCode': async (...a: A<typeof import('./key-work.ts').newRecoveryCode>) =>
    (await import('./key-work.ts')).newRecoveryCode(...a),
};

type A<F extends (...args: never[]) => unknown> = Parameters<F>;

export type Work = typeof longWork & typeof keyWork;
export type WorkName = keyof Work;
type InputOfWork<N extends WorkName> = Parameters<Work[N]>[1];
type ResultOfWork<N extends WorkName> = Awaited<ReturnType<Work[N]>>;

/** How the host has work done: typed by the tables above. */
export type RunWork = <N extends WorkName>(
  name: N,
  input: InputOfWork<N>,
  options: Omit<WorkOptions, 'actor'> & { readonly actor?: string },
) => Promise<ResultOfWork<N> & Result<unknown>>;
