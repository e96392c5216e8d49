/** Jobs made of commands alone, for the tests of `decide` and `evolve`. */
import type { JobCommand } from '../../../shared/job/command.ts';
import { decide } from '../../../shared/job/decide.ts';
import { evolve } from '../../../shared/job/evolve.ts';
import type { JobEvent, RecordedEvent } from '../../../shared/job/event.ts';
import {
  emptySpec,
  type Job,
  type JobDocument,
  type JobSpec,
  type ShownDocument,
  type SignerSpec,
} from '../../../shared/job/job.ts';

export const now = '2026-11-24T10:00:00.000Z';
export const seal = { subject: 'Eksempel kommune', trial: true };
const hash = (digit: string) => digit.repeat(64);

export function document(id: string): JobDocument {
  const page = { crop: { x0: 0, y0: 0, x1: 595, y1: 842 }, rotate: 0, userUnit: 1 } as const;
  return {
    ...{ id, title: `Dokument ${id}`, fileName: `${id}.pdf`, sha256: hash('a'), length: 1000 },
    findings: {
      ...{ pageCount: 2, pages: [page, page], pdfVersion: '1.7', pdfa: null, encrypted: false },
      ...{ signatures: 0, certified: null, emptySignatureFields: [], hidden: [], anomalies: [] },
    },
  };
}

export function signer(id: string, order: number, more: Partial<SignerSpec> = {}): SignerSpec {
  return {
    ...{ id, name: `Navn ${id}`, title: '', order, kind: 'simple', role: 'signer' },
    ...{ onBehalfOf: 'SELF', language: 'nb' },
    ...more,
  };
}

export function spec(signers: readonly SignerSpec[], documents: readonly string[]): JobSpec {
  const fields = documents.flatMap((of) =>
    signers.map((one, index) => ({
      ...{ id: `${of}-${one.id}`, document: of, signer: one.id },
      placement: { page: 0, x: 10, y: 10 + 30 * index, width: 100, height: 20 },
    })),
  );
  return { ...emptySpec, title: 'Leieavtale', signers, fields };
}

/** A job with its log: `tell` decides, and evolves what was decided. */
export function tale() {
  let job: Job | null = null;
  const log: RecordedEvent[] = [];
  return {
    job: () => job as Job,
    log,
    tell(command: JobCommand, actor = 'clerk'): string {
      const decision = decide(job, command);
      if (!decision.ok) return decision.error.code;
      for (const event of decision.value) {
        const recorded: RecordedEvent = {
          ...{ seq: log.length + 1, job: 'job-1', version: log.length + 1, at: now, actor },
          event,
        };
        log.push(recorded);
        job = evolve(job, recorded);
      }
      return 'ok';
    },
  };
}

export type Tale = ReturnType<typeof tale>;

/** An opened job with these signers and documents. */
export function openTale(
  signers: readonly SignerSpec[],
  documents: readonly string[] = ['doc-1'],
): Tale {
  const made = tale();
  made.tell({ type: 'create', spec: emptySpec });
  for (const id of documents) made.tell({ type: 'add-document', document: document(id) });
  made.tell({ type: 'edit', spec: spec(signers, documents), titles: {}, order: documents });
  made.tell(openCommand(made.job()));
  return made;
}

export function openCommand(job: Job): JobCommand {
  return {
    ...{ type: 'open', now, seal, fieldNames: {} },
    revisions: job.documents.map(({ id }) => revision(id, 1)),
  };
}

export function revision(id: string, number: number) {
  const sha256 = hash((number % 10).toString());
  return { document: id, revision: number, sha256, length: 1000 + number };
}

export function newest(job: Job): readonly ShownDocument[] {
  return job.revisions.map(({ document: of, revision: number, sha256 }) => ({
    ...{ document: of, revision: number, sha256 },
  }));
}

export function handOver(id: string): JobCommand {
  const identityCheck = {
    method: 'document',
    documentType: 'passport',
    lastFour: '1234',
    expires: '2099-12-31',
  } as const;
  return { type: 'hand-over', now, signer: id, identityCheck, identityCheckHash: hash('c') };
}

export function confirm(id: string, shown: readonly ShownDocument[]): JobCommand {
  return {
    ...{ type: 'confirm', signer: id, textVersion: 'nb-1', textSha256: hash('b') },
    ...{ language: 'nb', shown, pagesShown: {} },
  };
}

export function sign(id: string, shown: readonly ShownDocument[], job: Job): JobCommand {
  const revisions = job.revisions.map((one) => revision(one.document, one.revision + 1));
  return {
    ...{ type: 'sign', now, signer: id, kind: 'simple', mark: 'drawn', shown, revisions },
    ...{
      evidence: '{}',
      evidenceHash: hash('d'),
      certificateSubject: 'x',
      key: 'seal',
      trial: true,
    },
    level: 'B-B',
  };
}

export function signWhole(made: Tale, id: string): string {
  const answers = [made.tell(handOver(id))];
  answers.push(made.tell(confirm(id, newest(made.job())), `signer:${id}`));
  answers.push(made.tell(sign(id, newest(made.job()), made.job()), `signer:${id}`));
  return answers.find((answer) => answer !== 'ok') ?? 'ok';
}

export function eventTypes(made: Tale): readonly JobEvent['type'][] {
  return made.log.map(({ event }) => event.type);
}
