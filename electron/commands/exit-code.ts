/** What a script reads of a run: done, no, wrong use, out of reach. */
import type { Failure } from '../../shared/result.ts';

export const exitCode = { done: 0, no: 1, wrongUse: 2, outOfReach: 3 } as const;

/** Something outside is missing, and the same command may do later: an authority, a drive, room on it. */
const outOfReach =
  /^(?:(?:timestamp|revocation|service|card)\..*|.*\.disk-full|archive\.busy|backup\.folder-missing|witness\.busy)$/;
/** A rule refuses; the input was understood. */
const refusedByRule =
  /^(?:(?:sign|signing|document|job|seal|verify|renewal|identity-check)\..*|rpc\.forbidden)$/;
/** The card is there; what was said of it, or what it says of itself, is wrong. */
const wrongOfCard =
  /^card\.(?:wrong-pin|pin-format|pin-needed|pin-each-time|not-a-module|wrong-architecture|ambiguous)$/;
const refusedByCard =
  /^card\.(?:other-person|not-for-signing|certificate-expired|certificate-not-yet-valid|last-try)$|^certificate\./;
const keyPastItsTime = /^key\.(?:expired|not-yet-valid)$/;
/** These name something that is not there, or cannot be read. */
const misnamed = /\.(?:unknown|specification|no-signer|damaged)$/;

export function exitCodeFor({ code }: Failure): number {
  if (wrongOfCard.test(code)) return exitCode.wrongUse;
  if (refusedByCard.test(code)) return exitCode.no;
  if (outOfReach.test(code)) return exitCode.outOfReach;
  if (misnamed.test(code)) return exitCode.wrongUse;
  return refusedByRule.test(code) || keyPastItsTime.test(code) ? exitCode.no : exitCode.wrongUse;
}

/** Worst of several: out of reach, wrong use, no, done — in the order a script should react to. */
export function worst(codes: readonly number[]): number {
  return codes.reduce((one, other) => Math.max(one, other), exitCode.done);
}
