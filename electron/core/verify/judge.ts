/** Weighs everything that is known of each signature into its report. */
import type { CertificateSummary, SignatureReport } from '../../../shared/report.ts';
import { hex } from '../cms/certificate.ts';
import type { Certificate } from '../cms/certificate.ts';
import type { Crypto } from '../ports.ts';
import { CHANGE_TEXT } from './changes/change-text.ts';
import type { ChangeSummary } from './changes/changes.ts';
import { textOf } from './field-tree.ts';
import type { Case, Judged, Ports, TimeProof } from './judged.ts';
import { judgeSignature } from './judge-signature.ts';
import { judgeTimestamp } from './judge-timestamp.ts';
import type { LocatedSignature } from './located.ts';
import { roleOf } from './parts.ts';
import { signatureSentence } from './sentences.ts';
import { pdfTime } from './signature-time.ts';
import { failed, gravest, unsure } from './verdict.ts';
import type { Objection } from './verdict.ts';

/**
 * A report for each signature, oldest first. Document timestamps are judged first and from the newest
 * back, because a later one proves when an earlier one stood there (EN 319 102-1, 5.6.2).
 */
export async function judgeSignatures(theCase: Case, ports: Ports): Promise<SignatureReport[]> {
  const { located } = theCase;
  const proofs: TimeProof[] = [];
  const judged = new Map<LocatedSignature, Judged>();
  for (const one of located.toReversed()) {
    if (one.found.kind !== 'timestamp') continue;
    const verdict = await judgeTimestamp(theCase, one, proofs, ports);
    judged.set(one, verdict.judged);
    if (verdict.proof !== null) proofs.push(verdict.proof);
  }
  const reports: SignatureReport[] = [];
  for (const one of located) {
    const verdict = judged.get(one) ?? (await judgeSignature(theCase, one, proofs, ports));
    reports.push(reportOf(theCase, one, verdict, ports.crypto));
  }
  return reports;
}

function reportOf(
  theCase: Case,
  located: LocatedSignature,
  judged: Judged,
  crypto: Crypto,
): SignatureReport {
  const { found, range, coverage, revision } = located;
  const summary = changesOf(theCase, located);
  const objection = gravest([
    ...changeObjections(summary),
    ...judged.objections,
    theCase.ambiguous
      ? unsure('GENERIC', 'the structure of the file can be read in more than one way')
      : null,
    theCase.validation.complete
      ? null
      : unsure('GENERIC', 'not all validation data in the file can be read'),
  ]);
  const { certificate } = judged;
  const claimedTime = claimedTimeOf(theCase, located);
  const bestTime = judged.bestTime?.toISOString() ?? null;
  const signer = certificate?.subject.text ?? '';
  const open = judged.revocation === 'unknown' || judged.revocation === 'not-checked';
  return {
    field: found.field,
    kind: found.kind,
    signer,
    indication: objection?.indication ?? 'TOTAL-PASSED',
    subIndication: objection?.subIndication ?? null,
    level: judged.level,
    claimedTime,
    bestTime,
    intact: judged.intact,
    trusted: judged.trusted,
    revocation: judged.revocation,
    ...(judged.revokedAt === null ? {} : { revokedAt: judged.revokedAt.toISOString() }),
    ...(judged.revocationAsOf === null
      ? {}
      : { revocationAsOf: judged.revocationAsOf.toISOString() }),
    ...(open && judged.revocationProblem !== null
      ? { revocationProblem: judged.revocationProblem }
      : {}),
    coverage,
    changes: summary.changes,
    changeList: summary.list.map(({ text }) => text),
    changeCodes: summary.list.map(({ text: _, ...fact }) => fact),
    claim: judged.claim,
    role: roleOf(found.kind, certificate, theCase.seals ?? []),
    ...(judged.qualification === null ? {} : { qualification: judged.qualification }),
    sentence: signatureSentence({
      ...judged,
      kind: found.kind,
      name: certificate?.commonName ?? '',
      objection,
      trial: certificate?.trial === true,
      changes: summary.changes,
      gravestChange: summary.list[0]?.text ?? null,
      claimedTime,
      bestTime,
    }),
    revision,
    signedLength: range?.end ?? 0,
    page: found.page,
    certificate: certificate === null ? null : summaryOf(certificate, crypto),
    digestAlgorithm: judged.digestAlgorithm,
    signatureAlgorithm: judged.signatureAlgorithm,
  };
}

/** /M of the dictionary (EN 319 142-1, 6.3), else the signing time that older formats sign. */
function claimedTimeOf({ document }: Case, { found, envelope }: LocatedSignature): string | null {
  if (found.kind === 'timestamp') return null;
  const written = pdfTime(textOf(document.entry(found.dict, 'M')) ?? '');
  if (written !== null || envelope.type !== 'cms') return written;
  return envelope.signed.signer.signedAttributes?.signingTime?.toISOString() ?? null;
}

function changesOf(theCase: Case, { coverage, range, revision }: LocatedSignature): ChangeSummary {
  const summary = theCase.changesAfter(revision);
  if (coverage !== 'partial' || range === null) return summary;
  // What lies between the end of the range and the end of its revision could be anything.
  const code = 'bytes-uncovered';
  const change = { level: 'forbidden', code, text: CHANGE_TEXT[code]() } as const;
  return { changes: 'forbidden', list: [change, ...summary.list] };
}

function changeObjections({ changes, list }: ChangeSummary): Objection[] {
  const what = list[0] === undefined ? '' : `: ${list[0].text.replace(/\.$/, '')}`;
  switch (changes) {
    case 'none':
    case 'allowed':
      return [];
    case 'visible':
      return [unsure('GENERIC', `something visible was added after it${what}`)];
    case 'forbidden':
      return [failed('FORMAT_FAILURE', `the document was changed after it${what}`)];
  }
}

function summaryOf(certificate: Certificate, crypto: Crypto): CertificateSummary {
  const hash = crypto.hash('sha256');
  return {
    subject: certificate.subject.text,
    issuer: certificate.issuer.text,
    serial: certificate.serial,
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    fingerprint: hash === null ? '' : hex(hash.update(certificate.der).digest()),
    trial: certificate.trial,
  };
}
