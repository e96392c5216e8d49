/** `metadata.json`: what a records system reads of an exported job. National identity numbers stay masked. */
import type { Job } from '../../shared/job/job.ts';
import type { Json } from '../../shared/result.ts';
import type { Desk } from './desk.ts';
import { plain } from './evidence-file.ts';
import type { ExportedFile } from './export-folder.ts';
import { masked } from '../../shared/job/masks.ts';
import { isRestricted, isShielded } from '../../shared/job/records.ts';
import { settingsOf } from './settings-store.ts';

export function metadataFile(
  desk: Desk,
  job: Job,
  files: readonly ExportedFile[],
  complete: boolean,
): Json {
  const { spec, id, version, state, createdAt, seal } = masked(job);
  const { title, nonSensitiveTitle, description, reference, caseNumber, documentType } = spec;
  return plain({
    format: 'skranke-export-metadata-1',
    complete,
    organisation: settingsOf(desk.archive).get('organisation'),
    job: {
      ...{ id, version, state, createdAt, title, nonSensitiveTitle, description },
      ...{ reference, caseNumber, documentType, journalEntry: spec.journalEntry ?? '' },
      access: isRestricted(spec)
        ? { code: spec.accessCode ?? '', legalBasis: spec.accessBasis ?? '' }
        : null,
      shieldedTitle: isShielded(spec) ? (spec.shieldedTitle ?? '') : null,
      unit: unitFor(desk, job),
    },
    seal,
    sealed: job.state === 'sealed' ? { time: job.sealedAt, authority: job.authority } : null,
    signers: job.signers.map((signer) => ({
      ...{ id: signer.id, name: signer.name, title: signer.title, role: signer.role },
      ...{ kind: signer.kind, state: signer.state, since: signer.since },
      forWhom: signer.forWhom ?? null,
    })),
    documents: job.documents.map((document, index) => {
      const newest = job.revisions.find((one) => one.document === document.id);
      return {
        file: files[index]?.name ?? null,
        ...{ title: document.title, fileName: document.fileName },
        sha256: newest?.sha256 ?? null,
        length: newest?.length ?? null,
        revision: newest?.revision ?? null,
        ...{ asImported: { sha256: document.sha256, length: document.length } },
        original: document.original ?? null,
        pages: document.findings.pageCount,
        pdfa: document.findings.pdfa,
      };
    }),
  });
}

/** As the records system calls it where that was written, else as the office does. */
function unitFor(desk: Desk, { spec, audience }: Job): string | null {
  if ((spec.recordsUnit ?? '').trim() !== '') return spec.recordsUnit ?? null;
  const units = settingsOf(desk.archive).get('units');
  return units.find(({ id }) => id === audience.unit)?.name ?? null;
}
