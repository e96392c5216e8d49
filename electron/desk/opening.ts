/**
 * Opening a job: one revision of each document adds every signature field and, where the file is
 * unsigned, the organisation's certification (DocMDP P=2). What was prepared can no longer be swapped.
 */
import { decide } from '../../shared/job/decide.ts';
import type { FieldSpec, Job, JobDocument, RevisionRef } from '../../shared/job/job.ts';
import { invisibleFieldKey } from '../../shared/job/signer-turns.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { addFields } from '../core/pades/add-fields.ts';
import { digestsOf } from '../core/pades/scheme.ts';
import { sign } from '../core/pades/sign.ts';
import type { FieldRequest } from '../core/pades/signature.ts';
import type { SigningKey } from '../core/ports.ts';
import { hurried, timestampsOf } from './authorities.ts';
import { jobOr, perform, type Act, type Desk } from './desk.ts';
import { zoneOffset } from './mark-lines.ts';
import { checkJobNumbers } from './national-id.ts';
import { checkSeal, sealName, sealOf } from './seal.ts';
import { sealKey } from './seal-keys.ts';
import { settingsOf } from './settings-store.ts';
import { openWorkingFile, type Tail } from './working-file.ts';

/** Somebody waits for the job to open; without an answer by then it is certified without a time. */
const patience = 4000;

export async function openJob(
  desk: Desk,
  input: { readonly job: string },
  act: Act,
): Promise<Result<{ version: number }>> {
  const found = jobOr(desk, input.job);
  if (!found.ok) return found;
  const job = found.value;
  const seal = sealName(sealOf(desk));
  const now = desk.clock.now().toISOString();
  const plan = planFields(desk, job);
  const command = { type: 'open', now, seal, fieldNames: plan.names } as const;
  // Asked before the work as well: what would be refused is not made.
  const allowed = decide(job, { ...command, revisions: [] });
  if (!allowed.ok) return allowed;
  const numbers = checkJobNumbers(desk, job);
  if (!numbers.ok) return numbers;
  const certifying = certifyingKey(desk);
  if (!certifying.ok) return certifying;
  const key = certifying.value;
  const tails: Tail[] = [];
  const revisions: RevisionRef[] = [];
  for (const [index, document] of job.documents.entries()) {
    act.progress({ step: 'open', done: index, total: job.documents.length });
    const fields = plan.create.get(document.id) ?? [];
    const made = await openDocument(desk, document, fields, key, act);
    if (!made.ok)
      return fail(made.error.code, made.error.message, {
        ...made.error.detail,
        document: document.id,
      });
    tails.push(...made.value.tails);
    revisions.push(...made.value.refs);
  }
  const opened = perform(desk, job.id, act.actor, [{ ...command, revisions }], { tails, on: job });
  return opened.ok ? ok({ version: opened.value.version }) : opened;
}

/** Null where the organisation has no seal: nothing certifies the files. */
function certifyingKey(desk: Desk): Result<SigningKey | null> {
  const stored = sealOf(desk);
  if (stored === null) return ok(null);
  const usable = checkSeal(desk);
  return usable.ok ? sealKey(desk, stored) : usable;
}

async function openDocument(
  desk: Desk,
  document: JobDocument,
  fields: readonly FieldRequest[],
  key: SigningKey | null,
  act: Act,
): Promise<Result<{ tails: readonly Tail[]; refs: readonly RevisionRef[] }>> {
  const { findings } = document;
  // Certification must be the first signature of a file (ISO 32000-2, 12.8.2.2).
  const certifies = key !== null && findings.signatures === 0 && findings.certified === null;
  if (!certifies && fields.length === 0) return ok({ tails: [], refs: [] });
  const digest = key === null ? undefined : digestsOf(key)[0];
  const working = openWorkingFile(desk, document.id, digest === undefined ? [] : [digest], act);
  if (!working.ok) return working;
  const file = working.value;
  try {
    const pdf = file.pdf();
    if (!pdf.ok) return pdf;
    if (!certifies || digest === undefined) {
      const tail = addFields(pdf.value, fields, { random: desk.random });
      if (!tail.ok) return tail;
      file.add(tail.value);
      return ok({ tails: file.tails(), refs: file.refs() });
    }
    const time = desk.clock.now();
    const { name } = settingsOf(desk.archive).get('organisation');
    const request = {
      field: { create: { name: freeFieldName(desk, 'Seal'), placement: null, label: name } },
      addFields: fields,
      mark: null,
      time,
      zoneOffset: zoneOffset(time, desk.zone),
      name,
      certify: 2,
      digest,
    } as const;
    const ports = {
      crypto: desk.crypto,
      fonts: desk.fonts(),
      random: desk.random,
      hashed: file.hashed(),
    };
    const authority = timestampsOf(desk);
    const timed =
      authority === null
        ? null
        : await sign(pdf.value, request, key, {
            ...ports,
            timestamps: hurried(authority, patience),
          });
    const signed = timed?.ok === true ? timed : await sign(pdf.value, request, key, ports);
    if (!signed.ok) return signed;
    file.add(signed.value.tail);
    return ok({ tails: file.tails(), refs: file.refs() });
  } finally {
    file.close();
  }
}

interface Plan {
  /** By document. */
  readonly create: ReadonlyMap<string, readonly FieldRequest[]>;
  /** Name in the PDF by field id, or by document and signer for an invisible one. */
  readonly names: Readonly<Record<string, string>>;
}

/** Every signer signs every document: where no place was given, in a field that shows nothing. */
function planFields(desk: Desk, job: Job): Plan {
  const create = new Map<string, readonly FieldRequest[]>();
  const names: Record<string, string> = {};
  for (const document of job.documents) {
    const requests: FieldRequest[] = [];
    for (const [index, signer] of job.spec.signers.entries()) {
      const places = job.spec.fields.filter(
        (field) => field.document === document.id && field.signer === signer.id,
      );
      // No names of people: the other signers see the file, too.
      const label = `${index + 1}/${job.spec.signers.length}`;
      if (places.length === 0) {
        const name = freeFieldName(desk, `Signature${index + 1}`);
        names[invisibleFieldKey(document.id, signer)] = name;
        requests.push({ name, placement: null, label });
      }
      for (const place of places) names[place.id] = nameOf(desk, place, index, requests, label);
    }
    create.set(document.id, requests);
  }
  return { create, names };
}

function nameOf(
  desk: Desk,
  place: FieldSpec,
  signer: number,
  requests: FieldRequest[],
  label: string,
): string {
  if (place.existing !== undefined) return place.existing;
  const name = freeFieldName(desk, `Signature${signer + 1}`);
  requests.push({ name, placement: place.placement, label });
  return name;
}

/** A few random letters: the file may have fields of its own with any name. */
function freeFieldName(desk: Desk, stem: string): string {
  return `${stem}-${Buffer.from(desk.random.bytes(4)).toString('hex')}`;
}
