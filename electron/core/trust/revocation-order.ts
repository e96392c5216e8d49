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

function isSettled({ status }: RevocationAnswer): boolean {
  return status === 'good' || status === 'revoked';
}
