/** Several sources of revocation behind one port. */
import type { Revocation, RevocationAnswer } from '../ports.ts';

/**
 * What is at hand first, then whoever can be asked. What is at hand decides by itself only where it is
 * from after the time in question; an older answer, valid as it may be, stands in where nobody newer
 * can be had.
 */
export function atHandThenAsked(atHand: Revocation, asked: Revocation | undefined): Revocation {
  if (asked === undefined) return atHand;
  return {
    async check(question) {
      const held = await atHand.check(question);
      const { thisUpdate } = held;
      if (isSettled(held) && thisUpdate !== undefined && thisUpdate >= question.at) return held;
      if (held.status === 'revoked' && held.reason !== 'certificateHold') return held;
      const answer = await asked.check(question);
      const problems = [...(held.problems ?? []), ...(answer.problems ?? [])];
      return { ...(isSettled(held) && !isSettled(answer) ? held : answer), problems };
    },
  };
}

/**
 * Where nobody can be asked, what was known at `time`: for the newest timestamp of a file, whose authority
 * nobody has vouched for since it was made. Whoever answers now decides.
 */
export function elseAsOf(present: Revocation, past: Revocation, time: Date): Revocation {
  return {
    async check(question) {
      const answer = await present.check(question);
      if (answer.status !== 'not-checked' && answer.status !== 'unreachable') return answer;
      const known = await past.check({ ...question, at: time });
      return isSettled(known) ? { ...known, asOf: time } : answer;
    },
  };
}

function isSettled({ status }: RevocationAnswer): boolean {
  return status === 'good' || status === 'revoked';
}
