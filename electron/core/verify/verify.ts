/** The verdict on a PDF and each of its signatures (EN 319 102-1; EN 319 142-1). */
import type { SignatureReport, VerificationReport } from '../../../shared/report.ts';
import type { Result } from '../../../shared/result.ts';
import { Refusal, attemptAsync } from '../../../shared/result.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { sectionsOf } from '../pdf/document-view.ts';
import { misplacedObjects } from '../pdf/misplaced-objects.ts';
import { openPdf } from '../pdf/open.ts';
import type { XrefSection } from '../pdf/xref.ts';
import type { ByteSource, Crypto, Revocation } from '../ports.ts';
import type { TrustedServices } from '../trusted-lists/services.ts';
import { createCertificateReader } from '../trust/certificates.ts';
import { createAnswerReader } from '../trust/revocation-evidence.ts';
import { currentConstraints } from '../trust/strength.ts';
import type { CryptoConstraints } from '../trust/strength.ts';
import { CHANGE_TEXT } from './changes/change-text.ts';
import { analyseChanges } from './changes/changes.ts';
import type { ChangeSummary } from './changes/changes.ts';
import type { Change } from './changes/step.ts';
import { readAppended, startsHidden } from './appended-bytes.ts';
import { reaches } from './byte-range.ts';
import { judgeSignatures } from './judge.ts';
import { entriesInGaps, namesTwice } from './cross-references.ts';
import { locateSignatures } from './located.ts';
import type { LocatedSignature } from './located.ts';
import { asReported, notedOddity, oddity } from './oddity.ts';
import type { Oddity } from './oddity.ts';
import { partsOf } from './parts.ts';
import { policyOf } from './policy.ts';
import { documentSentence } from './sentences.ts';
import { findSignatures } from './signatures.ts';
import { tolerant } from './tolerant.ts';
import { readValidationData } from './validation-data.ts';

export interface VerifyOptions {
  /** Name of the file, for the report only. */
  readonly file: string;
  /** DER of the trust anchors; an anchor may be a signer's own certificate. */
  readonly anchors: readonly Uint8Array[];
  /** When somebody looks; timestamps can prove an earlier time. */
  readonly at: Date;
  /** DER of the organisation's seal certificates. A claim counts only under one of them; where this is absent, under any trusted certificate. */
  readonly seals?: readonly Uint8Array[];
  readonly password?: string;
  /** The services of trusted lists; without them nothing is said of what is qualified. */
  readonly services?: TrustedServices;
  /** Until when algorithms are relied on; `currentConstraints` where absent. */
  readonly constraints?: CryptoConstraints;
}

export interface VerifyPorts {
  readonly crypto: Crypto;
  /** Whoever can be asked. Absent: only what the file brings along, else revocation was not checked. */
  readonly revocation?: Revocation;
}

/** Anomalies that let two readers see two documents: never green. */
const AMBIGUOUS = new Set([
  'structure.repaired',
  'structure.object-lost',
  'structure.bytes-after-end',
  'structure.xref-loop',
  'structure.revision-order',
]);

/**
 * Verifies every signature of a PDF. Outcomes are not errors: they stand in the report. Fails only
 * where there is nothing to report on: the codes of `openPdf` (`pdf.not-a-pdf`, `pdf.password`, ...)
 * and `pdf.limit`. Never throws on any bytes.
 */
export async function verifyPdf(
  source: ByteSource,
  options: VerifyOptions,
  ports: VerifyPorts,
): Promise<Result<VerificationReport>> {
  const opened = openStrictly(source, options.password);
  if (!opened.ok) return opened;
  return attemptAsync(() => verifyDocument(opened.value, options, ports));
}

/** One object graph: by the cross-reference as it stands; only a file that has none is repaired, and never green. */
function openStrictly(source: ByteSource, password: string | undefined): Result<PdfDocument> {
  const own = password === undefined ? {} : { password };
  const strict = openPdf(source, { ...own, repair: 'strict' });
  if (strict.ok || !['pdf.damaged', 'pdf.truncated'].includes(strict.error.code)) return strict;
  return openPdf(source, { ...own, repair: 'allow' });
}

async function verifyDocument(
  opened: PdfDocument,
  options: VerifyOptions,
  ports: VerifyPorts,
): Promise<VerificationReport> {
  const read = createCertificateReader();
  const unreadable = new Set<string>();
  const document = tolerant(opened, (message) => unreadable.add(message));
  const findings = findSignatures(document);
  const located = locateSignatures(document, findings.signatures, ports.crypto);
  const end = endOf(document, located);
  const { changesAfter, odd } = changesOf(document, sectionsOf(opened), located, end);
  const first = firstSigned(document, located);
  const gaps = located.flatMap(({ range }) => (range === null ? [] : [range]));
  const intruders = entriesInGaps(opened, gaps);
  const validation = readValidationData(document, read);
  // Read everything before the anomalies are counted: the reader notes them as it meets them.
  const ambiguities: readonly Oddity[] = [
    ...document.anomalies.filter(({ code }) => AMBIGUOUS.has(code)).map(notedOddity),
    ...[...unreadable].map((text) => ({ code: 'structure.object-lost', text })),
    ...odd,
    ...findings.ambiguities,
    ...findings.strays.flatMap((stray) => (stray.revision > first ? [stray.oddity] : [])),
    ...(reaches(document, end, document.source.length) ? [] : [oddity('file.bytes-behind')]),
    ...misplacedObjects(opened).map(({ number }) => oddity('file.misplaced', { object: number })),
    ...(namesTwice(opened) ? [oddity('file.named-twice')] : []),
    ...intruders.map((number) => oddity('signature.inside', { object: number })),
  ];
  const signatures = await judgeSignatures(
    {
      document,
      located,
      changesAfter,
      validation,
      ambiguous: ambiguities.length > 0,
      anchors: read(options.anchors),
      services: options.services ?? null,
      read,
      readAnswer: createAnswerReader(),
      seals: options.seals ?? null,
      at: options.at,
      constraints: options.constraints ?? currentConstraints,
    },
    ports,
  );
  const anomalies = [
    ...findings.anomalies,
    ...findings.strays.map((stray) => stray.oddity),
    ...ambiguities,
    ...document.anomalies.filter(({ code }) => !AMBIGUOUS.has(code)).map(notedOddity),
  ];
  return report(options.file, signatures, anomalies);
}

function firstSigned(document: PdfDocument, located: readonly LocatedSignature[]): number {
  const last = document.revisions.length - 1;
  return located.reduce((lowest, { revision }) => Math.min(lowest, revision), last);
}

interface AfterSigning {
  readonly changesAfter: ReturnType<typeof analyseChanges>;
  /** What can be read in more than one way. */
  readonly odd: readonly Oddity[];
}

/** Objects of one revision after a signature: programs write hundreds, and whole documents before it. */
const MAX_CHANGED = 100_000;

function changesOf(
  document: PdfDocument,
  sections: readonly XrefSection[],
  located: readonly LocatedSignature[],
  end: number,
): AfterSigning {
  const appended = new Map<number, readonly Change[]>();
  const odd: Oddity[] = [];
  for (let index = firstSigned(document, located) + 1; index < document.revisions.length; index++) {
    if ((document.revisions[index]?.objects.size ?? 0) > MAX_CHANGED)
      throw new Refusal('pdf.limit', 'More was changed after signing than can be compared.');
    const found = readAppended(document, sections, index);
    odd.push(...found.odd);
    const { problem } = found;
    if (problem !== null)
      appended.set(index, [{ level: 'forbidden', code: problem, text: CHANGE_TEXT[problem]() }]);
  }
  const signatures = located.map(({ found, revision }) => ({
    revision,
    policy: policyOf(document, found.dict, found.fieldDict),
  }));
  const changesAfter = analyseChanges(document, signatures, appended);
  // Objects that no revision has are what a viewer finds that rebuilds the cross-reference.
  const behind = startsHidden(document.source, end, document.source.length);
  return { changesAfter: behind ? () => HIDDEN_BEHIND : changesAfter, odd };
}

const HIDDEN_BEHIND: ChangeSummary = {
  changes: 'forbidden',
  list: [{ level: 'forbidden', code: 'bytes-hidden', text: CHANGE_TEXT['bytes-hidden']() }],
};

/**
 * Where the last revision ends, or the signature behind it; the file's own end where nobody signed.
 * Viewers look for the end near the end: what follows it, be it blank, can make them search the file.
 */
function endOf(document: PdfDocument, located: readonly LocatedSignature[]): number {
  const ends = located.flatMap(({ range }) => (range === null ? [] : [range.end]));
  if (ends.length === 0) return document.source.length;
  return Math.max(document.revisions.at(-1)?.end ?? 0, ...ends);
}

function report(
  file: string,
  signatures: readonly SignatureReport[],
  oddities: readonly Oddity[],
): VerificationReport {
  const order = ['TOTAL-FAILED', 'INDETERMINATE', 'TOTAL-PASSED'] as const;
  const indication =
    order.find((level) => signatures.some((signature) => signature.indication === level)) ??
    'NO-SIGNATURE';
  const reported = asReported(oddities);
  return {
    file,
    indication,
    sentence: documentSentence(indication, signatures, reported.anomalies),
    ...reported,
    parts: partsOf(signatures),
    signatures,
  };
}
