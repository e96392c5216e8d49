/** A verification report in words, ready to be set: every signature with all that was found of it. */
import type { Language } from '../../shared/job/job.ts';
import type { SignatureReport, SignatureRole, VerificationReport } from '../../shared/report.ts';
import en from '../../resources/report/en.json' with { type: 'json' };
import nb from '../../resources/report/nb.json' with { type: 'json' };
import nn from '../../resources/report/nn.json' with { type: 'json' };
import { anomalyLine, changeLine } from './finding-words.ts';
import type { ProofContent, ProofSigner } from './proof-content.ts';
import { say } from './words.ts';

type Words = typeof nb;
const byLanguage: Readonly<Record<Language, Words>> = { nb, nn, en };

export interface ReportedFile {
  readonly language: Language;
  /** Hex SHA-256 and length in bytes of the file that was verified. */
  readonly sha256: string;
  readonly length: number;
  /** When somebody looked, as ISO instant. */
  readonly at: string;
  readonly offline: boolean;
  readonly version: string;
  /** An ISO instant as people write it. */
  readonly when: (iso: string) => string;
}

export function reportContent(report: VerificationReport, file: ReportedFile): ProofContent {
  const words = byLanguage[file.language];
  const { sha256, length, version, when } = file;
  const roles = ['person', 'seal', 'time'] as const;
  const odd = once((report.anomalyCodes ?? []).map((fact) => anomalyLine(file.language, fact)));
  return {
    language: file.language,
    label: words.label,
    title: report.file,
    organisation: say(words.at, { when: when(file.at) }),
    references: [],
    tone:
      report.indication === 'TOTAL-PASSED'
        ? 'green'
        : report.indication === 'TOTAL-FAILED'
          ? 'red'
          : 'brass',
    outcome: words.outcome[report.indication],
    outcomeLines: [
      ...roles.flatMap((role) => partLine(report, role, words)),
      file.offline ? words.offline : words.online,
    ],
    documentsHeading: words.documents,
    documents: [
      {
        title: say(words.file, { file: report.file }),
        lines: [
          say(words.sha, { sha256 }),
          say(words.length, { bytes: length }),
          ...(odd.length === 0 ? [] : [`${words.anomalies}:`]),
          ...odd,
        ],
      },
    ],
    signersHeading: report.signatures.length === 0 ? words.none : words.signatures,
    signers: report.signatures.map((one) => signatureCard(one, words, file)),
    historyHeading: words.facts.when,
    history: report.signatures.map((one) => ({
      when: timeOf(one) === null ? '–' : when(timeOf(one) ?? ''),
      what: words.kind[one.kind],
      who: nameOf(one, words),
    })),
    checkingHeading: words.reading,
    checking: words.readingText,
    footer: say(words.footer, { version, when: when(file.at), sha256: `${sha256.slice(0, 16)}…` }),
    page: words.page,
  };
}

function once(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)];
}

/** The gravest come first; a page holds so many. */
const FEW = 12;

function shortened(lines: readonly string[], words: Words): readonly string[] {
  if (lines.length <= FEW) return lines;
  return [...lines.slice(0, FEW), say(words.moreChanges, { count: lines.length - FEW })];
}

function partLine(report: VerificationReport, role: SignatureRole, words: Words): string[] {
  const part = report.parts?.[role] ?? null;
  if (part === null) return [];
  return [`${words.parts[role]} (${part.count}): ${words.verdict[part.indication]}`];
}

function timeOf({ bestTime, claimedTime }: SignatureReport): string | null {
  return bestTime ?? claimedTime;
}

function nameOf({ claim, signer }: SignatureReport, words: Words): string {
  if (claim !== null) return claim.person;
  return /(?:^|,)CN=((?:\\.|[^,])*)/.exec(signer)?.[1] ?? (signer === '' ? words.unknown : signer);
}

function signatureCard(one: SignatureReport, words: Words, file: ReportedFile): ProofSigner {
  const { facts } = words;
  const code =
    one.subIndication === null ? one.indication : `${one.indication} / ${one.subIndication}`;
  const { certificate, claim } = one;
  const changes = once((one.changeCodes ?? []).map((fact) => changeLine(file.language, fact)));
  const all: (readonly [string, readonly string[]])[] = [
    [facts.verdict, [code]],
    [
      facts.unchanged,
      [one.intact ? words.intact.yes : words.intact.no, words.changes[one.changes]],
    ],
    [facts.trust, [trustOf(one, words, file)]],
    [facts.when, [whenOf(one, words, file)]],
    ...(one.qualification === undefined
      ? []
      : [[facts.qualified, [qualified(one, words)]] as const]),
    ...(claim === null
      ? []
      : [[facts.claim, [say(words.claim[claim.kind], { person: claim.person })]] as const]),
    ...(changes.length === 0 ? [] : [[facts.changes, shortened(changes, words)] as const]),
    [facts.algorithm, [`${one.signatureAlgorithm}, ${one.digestAlgorithm}`]],
    [
      facts.level,
      [`${one.level}, ${say(words.covers, { bytes: one.signedLength, revision: one.revision })}`],
    ],
    ...(certificate === null
      ? []
      : [
          [
            facts.certificate,
            [
              say(words.certificate, {
                ...{ subject: certificate.subject, issuer: certificate.issuer },
                ...{ serial: certificate.serial, fingerprint: certificate.fingerprint },
                from: certificate.notBefore.slice(0, 10),
                to: certificate.notAfter.slice(0, 10),
              }),
              ...(certificate.trial ? [words.trial] : []),
            ],
          ] as const,
        ]),
  ];
  return {
    name: nameOf(one, words),
    as: one.role === undefined ? '' : words.role[one.role],
    kind: `${words.kind[one.kind]}: ${words.verdict[one.indication]}`,
    kindHelp: file.language === 'en' ? one.sentence : '',
    signed: one.indication === 'TOTAL-PASSED',
    facts: all,
    quote: null,
  };
}

function trustOf(one: SignatureReport, { trust }: Words, { when }: ReportedFile): string {
  if (one.revocation === 'revoked') return trust.revoked;
  if (!one.trusted) return trust.no;
  if (one.revokedAt !== undefined) return say(trust.later, { when: when(one.revokedAt) });
  if (one.revocationAsOf !== undefined) return say(trust.asOf, { when: when(one.revocationAsOf) });
  return trust[one.revocation];
}

function whenOf({ bestTime, claimedTime }: SignatureReport, words: Words, file: ReportedFile) {
  if (bestTime !== null) return say(words.when.proven, { when: file.when(bestTime) });
  return claimedTime === null
    ? words.when.none
    : say(words.when.claimed, { when: file.when(claimedTime) });
}

function qualified({ qualification }: SignatureReport, { qualification: words }: Words): string {
  if (qualification === undefined) return '';
  const { level, provider, territory } = qualification;
  const answer = words[level];
  return provider === undefined
    ? answer
    : say(words.source, { answer, provider, territory: territory ?? '' });
}
