/** Judges a document timestamp (ISO 32000-2, 12.8.5; EN 319 142-1, 5.4.3). */
import { evidenceIn, evidenceKey, revocationFor } from './evidence.ts';
import { strengthFor } from './existence.ts';
import { anchorsAt, qualified } from './trust-case.ts';
import { readValidationData } from './validation-data.ts';
import { checkToken } from './token-check.ts';
import type { Case, Judged, Ports, TimeProof } from './judged.ts';
import { provenTime, unjudged } from './judged.ts';
import { levelOf } from './level.ts';
import type { LocatedSignature } from './located.ts';

/**
 * The verdict, and what the timestamp says of the time of everything before it. `later`: the document
 * timestamps that cover this one.
 */
export async function judgeTimestamp(
  theCase: Case,
  located: LocatedSignature,
  later: readonly TimeProof[],
  ports: Ports,
): Promise<{ readonly judged: Judged; readonly proof: TimeProof | null }> {
  const { document, validation, at, read } = theCase;
  const { envelope, range, digest } = located;
  if (envelope.type === 'none') return { judged: unjudged(envelope.objection), proof: null };
  if (envelope.type !== 'token' || range === null)
    throw new Error('a document timestamp without a token');
  const proven = provenTime(later, range.end);
  const strength = strengthFor(theCase, later, {
    certificates: read(envelope.token.signedData.certificates),
    provenAt: proven,
  });
  const store = readValidationData(document.at(located.revision), read);
  const verdict = await checkToken(
    {
      token: envelope.token,
      digest,
      certificates: validation.certificates,
      anchors: anchorsAt(theCase, 'timestamp', proven ?? at),
      at: proven ?? at,
      proven: proven !== null,
      read,
      strength,
    },
    {
      crypto: ports.crypto,
      revocation: revocationFor(
        theCase,
        later,
        {
          evidence: evidenceIn(envelope.token.signedData),
          provenAt: proven,
          ...(proven === null ? { stamped: envelope.token.genTime, covered: store.evidence } : {}),
        },
        strength,
        ports,
      ),
    },
  );
  const { sound, proves, time } = verdict;
  const covering = later.filter(({ length }) => length >= range.end);
  const proof: TimeProof = {
    length: range.gapStart,
    time,
    proves,
    overValidationData: store.present,
    end: range.end,
    evidence: new Set(proves ? store.evidence.map((one) => evidenceKey(one, ports.crypto)) : []),
    certificates: new Set(store.certificates),
  };
  return {
    judged: {
      ...verdict,
      intact: sound,
      bestTime: proves ? time : null,
      timestampProblem: null,
      claim: null,
      qualification: qualified(
        theCase,
        'timestamp',
        { valid: verdict.trusted, chain: verdict.chain },
        time,
      ),
      level: levelOf({
        baseline: sound,
        timestamped: true,
        covering,
        chain: verdict.chain,
        pool: [],
        validation,
      }),
    },
    proof: sound && located.coverage !== 'partial' ? proof : null,
  };
}
