/**
 * The report as sentences: every word here is chosen by the report's codes, never by its English.
 * What is returned are keys and values for the language files.
 */
import type { SignatureReport, SubIndication, VerificationReport } from '../../../shared/report.ts';

export type Tone = 'green' | 'brass' | 'red' | 'grey';

export interface Sentence {
  readonly key: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

export interface Verdict {
  readonly tone: Tone;
  readonly headline: Sentence;
  /** What it means or what to do next. */
  readonly next: Sentence;
}

const gravity = { 'TOTAL-FAILED': 2, INDETERMINATE: 1, 'TOTAL-PASSED': 0 } as const;

/** People and seals; timestamps speak of when, not of who. */
export function signers(report: VerificationReport): readonly SignatureReport[] {
  return report.signatures.filter(({ kind }) => kind !== 'timestamp');
}

/** The worst signature decides. */
export function worst(report: VerificationReport): SignatureReport | null {
  return report.signatures.reduce<SignatureReport | null>(
    (before, each) =>
      before === null || gravity[each.indication] > gravity[before.indication] ? each : before,
    null,
  );
}

/** `CN=Kari Nordmann,O=…` is Kari Nordmann to people. */
export function shortName(subject: string): string {
  const found = /(?:^|[,+/]\s*)(?:CN|2\.5\.4\.3)\s*=\s*("[^"]*"|(?:\\.|[^,+/])*)/i.exec(
    subject,
  )?.[1];
  const name = found?.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1').trim();
  return name === undefined || name === '' ? subject : name;
}

/**
 * The remote signing service's own seal. Its people signed inside evidence of theirs, and stand on the front
 * page: the seal says that the page is Posten's and not a word more.
 */
function isPosten({ signer, trusted }: SignatureReport): boolean {
  return trusted && /(?:^|,)O=POSTEN (?:NORGE|BRING) AS(?:,|$)/i.test(signer);
}

/** Who signed: the person the seal speaks of, else the certificate's own name. */
export function personOf(signature: SignatureReport): string {
  return signature.claim?.person ?? shortName(signature.signer);
}

/** Sub-indications that have a sentence of their own, for `INDETERMINATE` and `TOTAL-FAILED`. */
const known: readonly SubIndication[] = [
  'FORMAT_FAILURE',
  'HASH_FAILURE',
  'SIG_CRYPTO_FAILURE',
  'SIG_CONSTRAINTS_FAILURE',
  'CHAIN_CONSTRAINTS_FAILURE',
  'CERTIFICATE_CHAIN_GENERAL_FAILURE',
  'CRYPTO_CONSTRAINTS_FAILURE',
  'CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
  'EXPIRED',
  'NOT_YET_VALID',
  'REVOKED',
  'REVOKED_NO_POE',
  'OUT_OF_BOUNDS_NO_POE',
  'NO_SIGNING_CERTIFICATE_FOUND',
  'NO_CERTIFICATE_CHAIN_FOUND',
  'NO_POE',
  'TRY_LATER',
  'SIGNED_DATA_NOT_FOUND',
];

/** Under `why.*`: what keeps this signature from a full pass. */
export function reasonOf(signature: SignatureReport): string {
  if (signature.changes === 'forbidden') return 'changed';
  if (signature.changes === 'visible') return 'visible';
  const { subIndication } = signature;
  if (subIndication === 'NO_CERTIFICATE_CHAIN_FOUND' && signature.certificate?.trial === true) {
    return 'trial';
  }
  return subIndication !== null && known.includes(subIndication) ? subIndication : 'GENERIC';
}

/** Under `revocationProblem.*`: why an answer about revocation was not believed. */
export function revocationProblemOf({ revocationProblem }: SignatureReport): string | null {
  if (revocationProblem === undefined) return null;
  const what = revocationProblem.slice(revocationProblem.indexOf('.') + 1);
  if (/^(?:unreachable|too-slow|too-large|cut-short|redirected|refused)$/.test(what))
    return 'unreachable';
  if (what === 'no-address') return what;
  if (/^(?:stale|after-expiry)$/.test(what)) return 'stale';
  return /signature$|signer$|responder$/.test(what) ? 'signer' : 'unusable';
}

export function verdictOf(report: VerificationReport): Verdict {
  switch (report.indication) {
    case 'NO-SIGNATURE':
      return { tone: 'grey', headline: { key: 'headline.none' }, next: { key: 'next.none' } };
    case 'TOTAL-PASSED': {
      const people = report.signatures.filter(({ kind }) => kind === 'signature').length;
      const added = report.signatures.some(({ changes }) => changes === 'allowed');
      const sealed = signers(report).some(isPosten) ? 'posten' : 'sealed';
      const who = people > 0 ? 'signed' : signers(report).length > 0 ? sealed : 'timed';
      return {
        tone: 'green',
        headline: { key: `headline.passed.${who}`, values: { count: people } },
        next: {
          key: added ? 'next.passedAdded' : who === 'posten' ? 'next.passedPosten' : 'next.passed',
        },
      };
    }
    case 'INDETERMINATE':
    case 'TOTAL-FAILED': {
      const tone = report.indication === 'TOTAL-FAILED' ? 'red' : 'brass';
      const signature = worst(report);
      // Every signature passes, yet the file can be read in more than one way.
      const reason =
        signature === null || signature.indication === 'TOTAL-PASSED'
          ? 'ambiguous'
          : reasonOf(signature);
      return {
        tone,
        headline: { key: `why.${reason}.headline` },
        next: { key: `why.${reason}.next` },
      };
    }
  }
}

export type FactAnswer = 'yes' | 'partly' | 'no' | 'unknown';

export interface Fact {
  readonly answer: FactAnswer;
  readonly main: Sentence;
  readonly more: Sentence | null;
}

export function unchangedFact(report: VerificationReport): Fact {
  const all = report.signatures;
  if (all.length === 0)
    return { answer: 'unknown', main: { key: 'unchanged.unsigned' }, more: null };
  if (all.some(({ subIndication }) => subIndication === 'HASH_FAILURE')) {
    return { answer: 'no', main: { key: 'unchanged.no' }, more: { key: 'unchanged.hash' } };
  }
  if (all.some(({ changes }) => changes === 'forbidden')) {
    return { answer: 'no', main: { key: 'unchanged.no' }, more: { key: 'unchanged.forbidden' } };
  }
  if (all.some(({ intact }) => !intact)) {
    return { answer: 'unknown', main: { key: 'unchanged.unknown' }, more: null };
  }
  if (all.some(({ changes }) => changes === 'visible')) {
    return {
      answer: 'partly',
      main: { key: 'unchanged.visible' },
      more: { key: 'unchanged.look' },
    };
  }
  return {
    answer: 'yes',
    main: { key: 'unchanged.yes' },
    more: {
      key: all.some(({ changes }) => changes === 'allowed')
        ? 'unchanged.allowed'
        : 'unchanged.same',
    },
  };
}

export function trustedFact(report: VerificationReport): Fact {
  const all = report.signatures;
  if (all.length === 0) return { answer: 'unknown', main: { key: 'trusted.unsigned' }, more: null };
  const trial = all.some(({ certificate }) => certificate?.trial === true);
  if (all.some(({ revocation }) => revocation === 'revoked')) {
    return { answer: 'no', main: { key: 'trusted.revoked' }, more: null };
  }
  const trusted = all.filter((signature) => signature.trusted).length;
  if (trusted === all.length) {
    const order = ['unknown', 'not-checked', 'no-source', 'good'] as const;
    const weakest = order.find((status) => all.some(({ revocation }) => revocation === status));
    const sure = weakest === 'good' || weakest === 'no-source';
    return {
      answer: sure ? 'yes' : 'partly',
      main: { key: trial ? 'trusted.trialYes' : 'trusted.yes' },
      more: { key: `revocation.${weakest ?? 'not-checked'}` },
    };
  }
  if (trial)
    return { answer: 'no', main: { key: 'trusted.trial' }, more: { key: 'trusted.trialMore' } };
  return {
    answer: trusted > 0 ? 'partly' : 'unknown',
    main: { key: trusted > 0 ? 'trusted.some' : 'trusted.none' },
    more: { key: 'trusted.noneMore' },
  };
}

/** The proven or, failing that, the claimed time of a signature. */
export function timeOf(signature: SignatureReport): { at: string; proven: boolean } | null {
  if (signature.bestTime !== null) return { at: signature.bestTime, proven: true };
  return signature.claimedTime === null ? null : { at: signature.claimedTime, proven: false };
}
