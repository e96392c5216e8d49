/** The document's history as steps: every earlier revision is a byte prefix of the file, so each can be shown. */
import type { SignatureReport, VerificationReport } from '../../../shared/report.ts';

export interface HistoryStep {
  readonly signature: SignatureReport;
  /** Bytes that this step added to what came before. */
  readonly added: number;
}

/** Oldest first. */
export function historyOf(report: VerificationReport): readonly HistoryStep[] {
  const ordered = report.signatures.toSorted((a, b) => a.signedLength - b.signedLength);
  return ordered.map((signature, index) => ({
    signature,
    added: Math.max(0, signature.signedLength - (ordered[index - 1]?.signedLength ?? 0)),
  }));
}

/** Whether bytes follow what the last signature covers. */
export function hasMoreSince(report: VerificationReport): boolean {
  return (
    report.signatures.length > 0 && !report.signatures.some(({ coverage }) => coverage === 'whole')
  );
}
