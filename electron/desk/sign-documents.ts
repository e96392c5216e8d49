/** One signer signs every document of the job. In the worker; nothing is stored before all is made. */
import { canonicalJson } from '../../shared/canonical-json.ts';
import { decide } from '../../shared/job/decide.ts';
import { signaturePlaces } from '../../shared/job/field.ts';
import type { Job, RevisionRef, ShownDocument, SignerStatus } from '../../shared/job/job.ts';
import { invisibleFieldKey } from '../../shared/job/signer-turns.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Filling } from '../core/pades/fill.ts';
import { digestsOf } from '../core/pades/scheme.ts';
import { sign } from '../core/pades/sign.ts';
import type { Mark, SignatureRequest } from '../core/pades/signature.ts';
import type { DigestAlgorithm, Hash, SigningKey } from '../core/ports.ts';
import { hurried, timestampsOf } from './authorities.ts';
import { jobOr, perform, sha256Hex, type Act, type Desk } from './desk.ts';
import { evidenceOf } from './evidence.ts';
import { filledBy, fillingsOf } from './filled-fields.ts';
import { markLines, proofLine, zoneOffset } from './mark-lines.ts';
import type { OwnKey } from './own-key.ts';
import { signingKeyFor } from './signing-key.ts';
import { takeMark } from './stroke-dynamics.ts';
import { openWorkingFile, type Tail } from './working-file.ts';

export interface SignInput {
  readonly job: string;
  readonly signer: string;
  readonly clerk: string;
  readonly shown: readonly ShownDocument[];
  readonly mark: ParsedOf<'signing.sign'>['mark'];
  /** What stands in this signer's other fields. */
  readonly filled?: ParsedOf<'signing.sign'>['filled'];
  readonly initials?: ParsedOf<'signing.sign'>['initials'];
  /** For an advanced signature. */
  readonly own?: OwnKey;
}

/** A signer sits and waits; without a timestamp by then the signature is B-B and the seal proves the time. */
const patience = 3000;

export async function signDocuments(
  desk: Desk,
  given: SignInput,
  act: Act,
): Promise<Result<{ signedAt: string; state: Job['state'] }>> {
  const taken = takeMark(desk, given.mark);
  if (!taken.ok) return taken;
  const { dynamics } = taken.value;
  const input = { ...given, ...taken.value };
  const found = jobOr(desk, input.job);
  if (!found.ok) return found;
  const job = found.value;
  const signer = job.signers.find((one) => one.id === input.signer);
  if (signer === undefined) return fail('signer.unknown', 'The job has no such signer.');
  const chosen = await signingKeyFor(desk, job, signer, input, act);
  if (!chosen.ok) return chosen;
  const { key, use, subject, trial } = chosen.value;
  const time = desk.clock.now();
  const filled = filledBy(job, signer, input, { time, zone: desk.zone });
  const evidence = canonicalJson(evidenceOf(desk, job, signer, { ...input, filled }, time));
  const evidenceHash = sha256Hex(evidence);
  const command = {
    type: 'sign',
    now: time.toISOString(),
    signer: signer.id,
    kind: signer.kind,
    mark: input.mark.type === 'plain' ? 'none' : input.mark.type,
    shown: input.shown,
    evidence,
    evidenceHash,
    certificateSubject: subject,
    key: use,
    trial,
    ...(dynamics === null ? {} : { dynamics }),
    ...(filled.length === 0 ? {} : { filled }),
  } as const;
  // Asked before the work as well: what would be refused is not made.
  const allowed = decide(job, { ...command, revisions: [], level: 'B-B' });
  if (!allowed.ok) return allowed;
  const signed = await signAll(desk, act, {
    job,
    signer,
    evidenceHash,
    time,
    mark: markOf(desk, job, signer, input.mark, time),
    fill: (document) => fillingsOf(job, document, filled, input.initials),
    key,
  });
  if (!signed.ok) return signed;
  const { revisions, tails, level } = signed.value;
  const last = job.signers.every((one) => one.id === signer.id || one.state === 'SIGNED');
  const stored = perform(desk, job.id, `signer:${signer.id}`, [{ ...command, revisions, level }], {
    tails,
    on: job,
    // In the same transaction: a job that is signed is sealed, whatever happens in between.
    outbox: last ? [{ topic: 'seal', body: { job: job.id } }] : [],
  });
  return stored.ok ? ok({ signedAt: time.toISOString(), state: stored.value.state }) : stored;
}

interface Signing {
  readonly job: Job;
  readonly signer: SignerStatus;
  readonly evidenceHash: string;
  readonly time: Date;
  readonly mark: Mark;
  /** What is filled in with the first signature of a document. */
  readonly fill: (document: string) => readonly Filling[];
  readonly key: SigningKey;
}

interface Signed {
  readonly revisions: readonly RevisionRef[];
  readonly tails: readonly Tail[];
  readonly level: 'B-B' | 'B-T';
}

async function signAll(desk: Desk, act: Act, signing: Signing): Promise<Result<Signed>> {
  const { job, key } = signing;
  const digest = digestsOf(key)[0];
  if (digest === undefined) return fail('key.unsupported', 'The key cannot sign.');
  const authority = timestampsOf(desk);
  let timestamps = authority === null ? null : hurried(authority, patience);
  let timed = timestamps !== null;
  const revisions: RevisionRef[] = [];
  const tails: Tail[] = [];
  for (const [index, document] of job.documents.entries()) {
    act.progress({ step: 'sign', done: index, total: job.documents.length });
    const working = openWorkingFile(desk, document.id, [digest], act);
    if (!working.ok) return working;
    const file = working.value;
    try {
      for (const [turn, place] of placesOf(signing, document.id).entries()) {
        const pdf = file.pdf();
        if (!pdf.ok) return pdf;
        const fill = turn === 0 ? signing.fill(document.id) : [];
        const request = { ...requestOf(desk, signing, place, digest), fill };
        const ports = portsOf(desk, file.hashed());
        // A card asks a person for each signature: never twice for one place.
        const made: Awaited<ReturnType<typeof sign>> = await sign(pdf.value, request, key, {
          ...ports,
          ...(timestamps === null
            ? {}
            : { timestamps, untimed: 'rather-than-not-at-all' as const }),
        });
        if (!made.ok) return made;
        // Once without an answer, the next document does not wait again.
        if (!made.value.timed) {
          timestamps = null;
          timed = false;
        }
        file.add(made.value.tail);
      }
      revisions.push(...file.refs());
      tails.push(...file.tails());
    } finally {
      file.close();
    }
  }
  return ok({ revisions, tails, level: timed ? 'B-T' : 'B-B' });
}

function portsOf(desk: Desk, hashed: Readonly<Partial<Record<DigestAlgorithm, Hash>>>) {
  return { crypto: desk.crypto, fonts: desk.fonts(), random: desk.random, hashed };
}

interface Place {
  readonly field: string;
  readonly visible: boolean;
}

function placesOf({ job, signer }: Signing, document: string): readonly Place[] {
  const places = signaturePlaces(job.spec, signer.id, document).map((field) => ({
    field: job.fieldNames[field.id] ?? '',
    visible: true,
  }));
  if (places.length > 0) return places;
  return [{ field: job.fieldNames[invisibleFieldKey(document, signer)] ?? '', visible: false }];
}

function requestOf(
  desk: Desk,
  { signer, evidenceHash, time, mark }: Signing,
  { field, visible }: Place,
  digest: DigestAlgorithm,
): SignatureRequest {
  return {
    field: { existing: field },
    mark: visible ? mark : null,
    time,
    zoneOffset: zoneOffset(time, desk.zone),
    name: signer.name,
    claim: { kind: signer.kind, person: signer.name, evidenceHash },
    digest,
  };
}

function markOf(
  desk: Desk,
  job: Job,
  signer: SignerStatus,
  mark: SignInput['mark'],
  time: Date,
): Mark {
  const lines = markLines(job, signer, time, desk.zone, proofLine(job, signer.language));
  switch (mark.type) {
    case 'drawn':
      // The shape alone: how hard it was drawn has no place in the document.
      return {
        lines,
        strokes: {
          aspect: mark.aspect,
          paths: mark.paths.map((path) => path.map(({ x, y }) => ({ x, y }))),
        },
      };
    case 'typed':
      return { lines, typed: mark.text };
    case 'image':
      return { lines, image: mark.image };
    case 'plain':
      return { lines };
  }
}
