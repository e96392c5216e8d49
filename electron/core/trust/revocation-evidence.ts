/** `Revocation` out of answers at hand: from a document, a signature, or just fetched. No network. */
import type { Result } from '../../../shared/result.ts';
import type {
  Crypto,
  Revocation,
  RevocationAnswer,
  RevocationEvidence,
  RevocationQuestion,
} from '../ports.ts';
import { parseCrl } from './crl.ts';
import type { Crl } from './crl.ts';
import { signerProblem } from './crl-signer.ts';
import type { SignerProblem } from './crl-signer.ts';
import { statusByLists } from './crl-status.ts';
import { parseOcspResponse } from './ocsp.ts';
import type { OcspResponse } from './ocsp.ts';
import { judgeOcsp } from './ocsp-status.ts';
import { namesRevocationSource } from './revocation.ts';
import { currentConstraints, strengthAt } from './strength.ts';
import type { Strength } from './strength.ts';

/** An answer with what is known of it. */
export interface HeldEvidence extends RevocationEvidence {
  /** When a timestamp proves that it existed; absent: not before now. */
  readonly provenAt?: Date;
  /** The nonce it was asked with. */
  readonly nonce?: Uint8Array;
}

export interface EvidenceOptions {
  readonly held: readonly HeldEvidence[];
  /** When somebody looks: nothing may be from after that. */
  readonly now: Date;
  /** What holds today where absent; `any` leaves cryptographic constraints aside: for conformance tests. */
  readonly strength?: Strength | 'any';
  /** Asked about signers of lists and answers; these answers themselves where it is absent. */
  readonly others?: Revocation;
  /** Remembers what it has read, where the same answers are asked again and again. */
  readonly read?: AnswerReader;
}

type Parsed = Result<OcspResponse | Crl>;
export type AnswerReader = (held: RevocationEvidence) => Parsed;

/** Reads each answer once; the bytes must not change. */
export function createAnswerReader(): AnswerReader {
  const known = new WeakMap<Uint8Array, Parsed>();
  return (held) => {
    const parsed = known.get(held.der) ?? readAnswer(held);
    known.set(held.der, parsed);
    return parsed;
  };
}

function readAnswer({ type, der }: RevocationEvidence): Parsed {
  return type === 'ocsp' ? parseOcspResponse(der) : parseCrl(der);
}

interface Settled {
  readonly thisUpdate: Date;
  readonly answer: RevocationAnswer;
}

interface Held<T> {
  readonly value: T;
  readonly provenAt: Date;
  readonly nonce?: Uint8Array;
}

/** Only a hold is ever lifted: whoever calls a revoked certificate good afterwards does not know. */
function isFinal({ status, reason }: RevocationAnswer): boolean {
  return status === 'revoked' && reason !== 'certificateHold';
}

/** Answers that are looked at; a document with more is no document. */
const MAX_HELD = 1024;

/**
 * The newest believable answer about a certificate decides, except that revoked stays revoked; without one `not-checked`, or `no-source`
 * where the certificate names none. `problems` says what was refused and why. Never throws.
 */
export function revocationEvidence(options: EvidenceOptions, crypto: Crypto): Revocation {
  const { now, strength = strengthAt(now, currentConstraints) } = options;
  const unreadable = new Set<string>();
  const ocsps: Held<OcspResponse>[] = [];
  const lists = new Map<Crl, Date>();
  const read = options.read ?? readAnswer;
  for (const one of options.held.slice(0, MAX_HELD)) {
    const { provenAt = now, nonce } = one;
    const parsed = read(one);
    if (!parsed.ok) unreadable.add(parsed.error.code);
    else if ('find' in parsed.value) lists.set(parsed.value, provenAt);
    else ocsps.push({ value: parsed.value, provenAt, ...(nonce === undefined ? {} : { nonce }) });
  }
  const self: Revocation = {
    async check(question) {
      const problems = new Set<string>(unreadable);
      const settled = [
        ...(await byOcsp(question, problems)),
        ...(await byLists(question, problems)),
      ].sort((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime());
      const deciding =
        settled.find(({ answer }) => isFinal(answer)) ??
        settled.find(({ answer }) => answer.status !== 'unknown') ??
        settled[0];
      if (deciding !== undefined) return { ...deciding.answer, problems: [...problems] };
      const named = namesRevocationSource(question.certificate);
      return { status: named ? 'not-checked' : 'no-source', problems: [...problems] };
    },
  };
  const ports = { crypto, revocation: options.others ?? self };

  async function byOcsp(question: RevocationQuestion, problems: Set<string>): Promise<Settled[]> {
    const settled: Settled[] = [];
    for (const { value, provenAt, nonce } of ocsps) {
      const verdict = await judgeOcsp(
        value,
        { ...question, now, provenAt, strength, ...(nonce === undefined ? {} : { nonce }) },
        ports,
      );
      if (!verdict.ok) {
        problems.add(verdict.problem);
        continue;
      }
      const { status, revokedAt, reason, thisUpdate, nextUpdate } = verdict.answer;
      settled.push({
        thisUpdate,
        answer: {
          status,
          ...(revokedAt === null ? {} : { revokedAt }),
          ...(reason === null ? {} : { reason }),
          evidence: [{ type: 'ocsp', der: value.der }],
          thisUpdate,
          ...(nextUpdate === null ? {} : { validUntil: nextUpdate }),
        },
      });
    }
    return settled;
  }

  async function byLists(question: RevocationQuestion, problems: Set<string>): Promise<Settled[]> {
    const signer = (crl: Crl): Promise<SignerProblem | null> => {
      const provenAt = lists.get(crl) ?? now;
      return signerProblem(crl, question, { provenAt, strength }, ports);
    };
    const found = await statusByLists({ ...question, now }, [...lists.keys()], signer);
    for (const problem of found.problems) problems.add(problem);
    if (found.status === null || found.thisUpdate === null) return [];
    const reason = found.entry?.reason ?? null;
    return [
      {
        thisUpdate: found.thisUpdate,
        answer: {
          status: found.status,
          ...(found.entry === null ? {} : { revokedAt: found.entry.revokedAt }),
          ...(reason === null ? {} : { reason }),
          evidence: found.used.map(({ der }) => ({ type: 'crl', der })),
          thisUpdate: found.thisUpdate,
          ...(found.validUntil === null ? {} : { validUntil: found.validUntil }),
        },
      },
    ];
  }

  return self;
}
