/**
 * Opening a job: one revision of each document adds every field and, where the file is
 * unsigned, the organisation's certification (DocMDP P=2). What was prepared can no longer be swapped.
 */
import { decide } from '../../shared/job/decide.ts';
import type { Job, JobDocument, RevisionRef } from '../../shared/job/job.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { addFields } from '../core/pades/add-fields.ts';
import { digestsOf } from '../core/pades/scheme.ts';
import { sign } from '../core/pades/sign.ts';
import type { SigningKey } from '../core/ports.ts';
import { hurried, timestampsOf } from './authorities.ts';
import { jobOr, perform, type Act, type Desk } from './desk.ts';
import { zoneOffset } from './mark-lines.ts';
import { checkJobNumbers } from './national-id.ts';
import { freeFieldName, planFields } from './plan-fields.ts';
import type { DocumentPlan } from './plan-fields.ts';
import { checkSeal, sealName, sealOf } from './seal.ts';
import { sealKey } from './seal-keys.ts';
import { settingsOf } from './settings-store.ts';
import { openWorkingFile, type Tail } from './working-file.ts';

/** Somebody waits for the job to open; without an answer by then it is certified without a time. */
const patience = 4000;

const nothing: DocumentPlan = { create: [], fill: [], settled: [] };

export async function openJob(
  desk: Desk,
  input: { readonly job: string },
  act: Act,
): Promise<Result<{ version: number }>> {
  const found = jobOr(desk, input.job);
  if (!found.ok) return found;
  const job = found.value;
  const opening = openingOf(desk, { timed: true });
  if (!opening.ok) return opening;
  const { seal } = opening.value;
  const now = desk.clock.now().toISOString();
  const command = { type: 'open', now, seal } as const;
  // Asked before the work as well: what would be refused is not made.
  const allowed = decide(job, { ...command, revisions: [], fieldNames: {} });
  if (!allowed.ok) return allowed;
  const numbers = checkJobNumbers(desk, job);
  if (!numbers.ok) return numbers;
  const made = await prepareOpening(desk, job, opening.value, act);
  if (!made.ok) return made;
  const { tails, ...rest } = made.value;
  const opened = perform(desk, job.id, act.actor, [{ ...command, ...rest }], { tails, on: job });
  return opened.ok ? ok({ version: opened.value.version }) : opened;
}

/** What a job is opened with. */
export interface Opening {
  readonly key: SigningKey | null;
  readonly seal: { readonly subject: string; readonly trial: boolean } | null;
  /** Whether an authority is asked for the time of the certification. */
  readonly timed: boolean;
}

export function openingOf(desk: Desk, { timed }: Pick<Opening, 'timed'>): Result<Opening> {
  const key = certifyingKey(desk);
  return key.ok ? ok({ key: key.value, seal: sealName(sealOf(desk)), timed }) : key;
}

/** The revisions that open a job; nothing is appended. */
export async function prepareOpening(
  desk: Desk,
  job: Job,
  opening: Opening,
  act: Act,
): Promise<
  Result<{
    readonly fieldNames: Readonly<Record<string, string>>;
    readonly tails: readonly Tail[];
    readonly revisions: readonly RevisionRef[];
  }>
> {
  const plan = planFields(desk, job);
  const tails: Tail[] = [];
  const revisions: RevisionRef[] = [];
  for (const [index, document] of job.documents.entries()) {
    act.progress({ step: 'open', done: index, total: job.documents.length });
    const fields = plan.documents.get(document.id) ?? nothing;
    const made = await openDocument(desk, document, fields, opening, act);
    if (!made.ok)
      return fail(made.error.code, made.error.message, {
        ...made.error.detail,
        document: document.id,
      });
    tails.push(...made.value.tails);
    revisions.push(...made.value.refs);
  }
  return ok({ fieldNames: plan.names, tails, revisions });
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
  { create, fill, settled }: DocumentPlan,
  { key, timed: wantsTime }: Opening,
  act: Act,
): Promise<Result<{ tails: readonly Tail[]; refs: readonly RevisionRef[] }>> {
  const { findings } = document;
  // Certification must be the first signature of a file (ISO 32000-2, 12.8.2.2).
  const certifies = key !== null && findings.signatures === 0 && findings.certified === null;
  if (!certifies && create.length === 0 && fill.length === 0) return ok({ tails: [], refs: [] });
  const digest = key === null ? undefined : digestsOf(key)[0];
  const working = openWorkingFile(desk, document.id, digest === undefined ? [] : [digest], act);
  if (!working.ok) return working;
  const file = working.value;
  try {
    const pdf = file.pdf();
    if (!pdf.ok) return pdf;
    if (!certifies || digest === undefined) {
      const tail = addFields(pdf.value, create, { random: desk.random, fonts: desk.fonts() }, fill);
      if (!tail.ok) return tail;
      file.add(tail.value);
      return ok({ tails: file.tails(), refs: file.refs() });
    }
    const time = desk.clock.now();
    const { name } = settingsOf(desk.archive).get('organisation');
    const request = {
      field: { create: { name: freeFieldName(desk, 'Seal'), placement: null, label: name } },
      addFields: create,
      fill,
      ...(settled.length === 0 ? {} : { lock: { action: 'Include' as const, fields: settled } }),
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
    const authority = wantsTime ? timestampsOf(desk) : null;
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
