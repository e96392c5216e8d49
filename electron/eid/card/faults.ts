/** What a driver answers, by the name of the fault: each its own code, each its own sentence. */
import { fail, type Failure, type Result } from '../../../shared/result.ts';
import { ckr } from './cryptoki.ts';

export type Fault = Extract<Result<never>, { ok: false }>;

const byNumber: Readonly<Record<number, Fault>> = {
  [ckr.pinIncorrect]: fail('card.wrong-pin', 'The card refused the PIN.'),
  [ckr.pinInvalid]: fail('card.pin-format', 'The card does not take a PIN of such characters.'),
  [ckr.pinLenRange]: fail('card.pin-format', 'The card does not take a PIN of this length.'),
  [ckr.pinExpired]: fail('card.pin-expired', 'The PIN has to be changed first.'),
  [ckr.pinLocked]: fail('card.locked', 'The card is locked.'),
  [ckr.userPinNotInitialized]: fail('card.pin-not-set', 'The card has no PIN yet.'),
  [ckr.functionCanceled]: fail('card.cancelled', 'It was cancelled on the reader.'),
  [ckr.slotIdInvalid]: fail('card.removed', 'The reader or the card is gone.'),
  [ckr.deviceRemoved]: fail('card.removed', 'The card was taken out.'),
  [ckr.tokenNotPresent]: fail('card.removed', 'The card was taken out.'),
  [ckr.sessionClosed]: fail('card.removed', 'The card was taken out.'),
  [ckr.sessionHandleInvalid]: fail('card.removed', 'The card was taken out.'),
  [ckr.tokenNotRecognized]: fail('card.unreadable', 'The driver does not know this card.'),
  [ckr.mechanismInvalid]: fail('card.cannot-sign', 'The card cannot make such a signature.'),
  [ckr.mechanismParamInvalid]: fail('card.cannot-sign', 'The card cannot make such a signature.'),
  [ckr.keyTypeInconsistent]: fail('card.cannot-sign', 'The card cannot make such a signature.'),
};

/** `error` is what the binding threw: `message` is the name of the return value, `code` its number. */
export function faultOf(error: unknown): Fault {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  const known = typeof code === 'number' ? byNumber[code] : undefined;
  if (known !== undefined) return known;
  return fail('card.failed', 'The card or its driver failed.', {
    reason: typeof message === 'string' ? (/CKR_\w+/.exec(message)?.[0] ?? 'unknown') : 'unknown',
  });
}

/** Why a file could not be loaded as a driver: the words of glibc, macOS and Windows. */
export function loadFaultOf(error: unknown): Fault {
  const text = error instanceof Error ? error.message : '';
  // Win32: 193 is ERROR_BAD_EXE_FORMAT, 126 and 127 are a missing module and a missing procedure.
  if (/wrong ELF class|incompatible architecture|wrong architecture|Win32 error 193/i.test(text))
    return fail('card.wrong-architecture', 'The driver is for another kind of processor.');
  if (
    /C_GetFunctionList|invalid ELF header|not a mach-o|file too short|Win32 error 127/i.test(text)
  )
    return fail('card.not-a-module', 'The file is no driver for cards.');
  if (
    /no such file|image not found|Win32 error (?:2|3)$/i.test(text) &&
    !/needed|required/i.test(text)
  )
    return fail('card.no-module', 'There is no such driver.');
  return fail('card.module-failed', 'The driver could not be loaded.');
}

export const hung = fail('card.module-hung', 'The driver did not answer in time and was stopped.');
export const crashed = fail('card.module-crashed', 'The driver ended its process.');
export const noSupport = fail('card.no-support', 'This installation cannot speak to cards.');

/** Faults of the driver itself: worth showing beside what other drivers answer. */
export function isOfModule({ code }: Failure): boolean {
  return /^card\.(?:no-support|no-module|not-a-module|wrong-architecture|module-\w+)$/.test(code);
}
