/**
 * The long functions by name, as the worker runs them. Each is loaded when it is first asked for, so
 * that a thread which only signs never pays for the rest.
 */
import type { Result } from '../../shared/result.ts';
import type { WorkOptions } from '../adapters/work-threads.ts';

function lazily<A extends unknown[], R>(load: () => Promise<(...args: A) => R | Promise<R>>) {
  return async (...args: A): Promise<R> => (await load())(...args);
}

/** They need the open archive. */
export const longWork = {
  'document.import': lazily(async () => (await import('./documents.ts')).importDocument),
  'document.merge': lazily(async () => (await import('./arranging.ts')).mergeDocuments),
  'document.arrange': lazily(async () => (await import('./arranging.ts')).arrangeDocuments),
  'document.text': lazily(async () => (await import('./document-text.ts')).indexDocument),
  'fields.find': lazily(async () => (await import('./find-places.ts')).findPlaces),
  'job.open': lazily(async () => (await import('./opening.ts')).openJob),
  'job.receipt': lazily(async () => (await import('./copies.ts')).receiptFor),
  'job.proof': lazily(async () => (await import('./printed-proof.ts')).printedProof),
  'bulk.check': lazily(async () => (await import('./bulk.ts')).checkBulk),
  'bulk.run': lazily(async () => (await import('./bulk.ts')).runBulk),
  'job.copy': lazily(async () => (await import('./copying.ts')).copyJob),
  'job.attest': lazily(async () => (await import('./attesting.ts')).attestJob),
  'signing.sign': lazily(async () => (await import('./sign-documents.ts')).signDocuments),
  'certificate.check': lazily(
    async () => (await import('./certificate-check.ts')).checkOwnCertificate,
  ),
  'login.find': lazily(async () => (await import('./login-find.ts')).findWaiting),
  'keyFile.read': lazily(async () => (await import('./own-key.ts')).readKeyFile),
  'sealing.seal': lazily(async () => (await import('./sealing.ts')).sealJob),
  'sealing.renew': lazily(async () => (await import('./renewal.ts')).renewJob),
  'sealing.renewDue': lazily(async () => (await import('./renewal.ts')).renewDue),
  'export.save': lazily(async () => (await import('./exports.ts')).exportJobs),
  'verify.document': lazily(async () => (await import('./verification.ts')).verifyDocument),
  'verify.report': lazily(async () => (await import('./verification.ts')).reportOn),
  'settings.trialSeal': lazily(async () => (await import('./seal-keys.ts')).makeSeal),
  'settings.sealFromKeyFile': lazily(async () => (await import('./seal-keys.ts')).sealFromKeyFile),
  'seal.unlock': lazily(async () => (await import('./seal-keys.ts')).unlockSeal),
  'settings.addTrustedList': lazily(
    async () => (await import('./trusted-lists.ts')).addTrustedList,
  ),
  'settings.checkTrustedLists': lazily(
    async () => (await import('./trusted-lists.ts')).checkTrustedLists,
  ),
  'settings.checkTimestamps': lazily(
    async () => (await import('./authorities.ts')).checkTimestamps,
  ),
  'settings.addUser': lazily(async () => (await import('./users.ts')).addUser),
  'settings.resetPassphrase': lazily(async () => (await import('./users.ts')).resetPassphrase),
  'settings.backupNow': lazily(async () => (await import('./backups.ts')).backUp),
  'settings.rehearse': lazily(async () => (await import('./backups.ts')).rehearseRestore),
  'archive.anchor': lazily(async () => (await import('./anchoring.ts')).anchorLog),
  'archive.witness': lazily(async () => (await import('./witness-exchange.ts')).exchangeHeads),
  'folder.round': lazily(async () => (await import('./folder-round.ts')).folderRound),
  'folder.check': lazily(async () => (await import('./folder-settings.ts')).checkFolder),
  'settings.checkOffice': lazily(async () => (await import('./office-files.ts')).checkOffice),
  'mail.round': lazily(async () => (await import('./reminders.ts')).mailRound),
  'mail.copies': lazily(async () => (await import('./copy-mail.ts')).copyRound),
  'mail.check': lazily(async () => (await import('./mail-check.ts')).checkMail),
  'reminder.letter': lazily(async () => (await import('./reminder-letter.ts')).makeLetter),
  'posten.round': lazily(async () => (await import('./posten-worker.ts')).postenRound),
  'posten.redirect': lazily(async () => (await import('./posten-worker.ts')).postenRedirect),
  'posten.check': lazily(async () => (await import('./posten-worker.ts')).checkPosten),
  'settings.postenKeyFile': lazily(
    async () => (await import('./posten-settings.ts')).postenKeyFile,
  ),
  'posten.unlock': lazily(async () => (await import('./posten-settings.ts')).unlockPosten),
  'archive.verify': lazily(async () => (await import('./backups.ts')).verifyArchive),
};

/** They make or open it, or need none. */
export const keyWork = {
  'pin.hash': lazily(async () => (await import('./pin.ts')).makePinHash),
  'pickup.hash': lazily(async () => (await import('./pick-ups.ts')).hashPickUp),
  'pin.check': lazily(async () => (await import('./pin.ts')).checkPinHash),
  'archive.create': lazily(async () => (await import('./key-work.ts')).createHome),
  'archive.unlock': lazily(async () => (await import('./key-work.ts')).unlockHome),
  'archive.changePassphrase': lazily(async () => (await import('./key-work.ts')).changePassphrase),
  'archive.recover': lazily(async () => (await import('./key-work.ts')).recoverAccess),
  'archive.newRecoveryCode': lazily(async () => (await import('./key-work.ts')).newRecoveryCode),
};

export type Work = typeof longWork & typeof keyWork;
export type WorkName = keyof Work;

/** How the host has work done: typed by the tables above. */
export type RunWork = <N extends WorkName>(
  name: N,
  input: Parameters<Work[N]>[1],
  options: Omit<WorkOptions, 'actor'> & { readonly actor?: string },
) => Promise<Awaited<ReturnType<Work[N]>> & Result<unknown>>;
