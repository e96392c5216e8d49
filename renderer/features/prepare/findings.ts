/** What the check before signing found, as lines for people: most pressing first. */
import type { JobDocument } from '../../../shared/job/job.ts';

export interface Finding {
  readonly tone: 'green' | 'neutral' | 'brass';
  /** Key under `finding.*`. */
  readonly key: string;
  readonly count?: number;
  readonly what?: string;
  /** Of `what`: "1–3, 5". */
  readonly pages?: string;
  /** Codes for those who want to know more. */
  readonly codes?: readonly string[];
}

export function findingsOf(document: JobDocument): readonly Finding[] {
  const { findings, original } = document;
  const lines: Finding[] = [];
  for (const code of findings.hidden) lines.push({ tone: 'brass', key: code, codes: [code] });
  if (findings.certified !== null) {
    lines.push({ tone: 'brass', key: `certified.${String(findings.certified)}` });
  }
  if (findings.signatures > 0) {
    lines.push({ tone: 'brass', key: 'signatures', count: findings.signatures });
  }
  if (findings.encrypted) lines.push({ tone: 'brass', key: 'encrypted' });
  if (findings.anomalies.length > 0) {
    lines.push({
      tone: 'brass',
      key: 'anomalies',
      count: findings.anomalies.length,
      codes: findings.anomalies,
    });
  }
  if (findings.emptySignatureFields.length > 0) {
    lines.push({ tone: 'neutral', key: 'fields', count: findings.emptySignatureFields.length });
  }
  for (const part of document.from ?? []) {
    lines.push({ tone: 'neutral', key: 'from', what: part.name, pages: part.pages });
  }
  if (original !== undefined) {
    lines.push({
      tone: 'neutral',
      key: original.type === 'application/pdf' ? 'copy' : 'converted',
      what: original.name,
    });
  }
  lines.push(
    findings.pdfa === null
      ? { tone: 'neutral', key: 'notPdfa' }
      : { tone: 'green', key: 'pdfa', what: findings.pdfa },
  );
  return lines;
}
