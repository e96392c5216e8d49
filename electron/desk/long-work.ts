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
  'document.text': async (...a: A<typeof import('./document-text.ts').indexDocument>) =>
    (await import('./document-text.ts')).indexDocument(...a),
  'job.open': async (...a: A<typeof import('./opening.ts').openJob>) =>
    (await import('./opening.ts')).openJob(...a),
  'signing.sign': async (...a: A<typeof import('./sign-documents.ts').signDocuments>) =>
    (await import('./sign-documents.ts')).signDocuments(...a),
  'sealing.seal': async (...a: A<typeof import('./sealing.ts').sealJob>) =>
    (await import('./sealing.ts')).sealJob(...a),
  'export.save': async (...a: A<typeof import('./exports.ts').exportJobs>) =>
    (await import('./exports.ts')).exportJobs(...a),
  'verify.document': async (...a: A<typeof import('./verification.ts').verifyDocument>) =>
    (await import('./verification.ts')).verifyDocument(...a),
  'settings.trialSeal': async (...a: A<typeof import('./seal-keys.ts').makeSeal>) =>
    (await import('./seal-keys.ts')).makeSeal(...a),
  'settings.sealFromKeyFile': async (...a: A<typeof import('./seal-keys.ts').sealFromKeyFile>) =>
    (await import('./seal-keys.ts')).sealFromKeyFile(...a),
  'settings.checkTimestamps': async (...a: A<typeof import('./authorities.ts').checkTimestamps>) =>
    (await import('./authorities.ts')).checkTimestamps(...a),
  'settings.addUser': async (...a: A<typeof import('./users.ts').addUser>) =>
    (await import('./users.ts')).addUser(...a),
  'settings.backupNow': async (...a: A<typeof import('./backups.ts').backUp>) =>
    (await import('./backups.ts')).backUp(...a),
  'settings.rehearse': async (...a: A<typeof import('./backups.ts').rehearseRestore>) =>
    (await import('./backups.ts')).rehearseRestore(...a),
  'archive.verify': async (...a: A<typeof import('./backups.ts').verifyArchive>) =>
    (await import('./backups.ts')).verifyArchive(...a),
};

/** They make or open it. */
export const keyWork = {
  'archive.create': async (...a: A<typeof import('./key-work.ts').createHome>) =>
    (await import('./key-work.ts')).createHome(...a),
  'archive.unlock': async (...a: A<typeof import('./key-work.ts').unlockHome>) =>
    (await import('./key-work.ts')).unlockHome(...a),
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
