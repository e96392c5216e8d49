/**
 * `evidence.json`, version 2: the whole record of one job, so that it stands without the program that
 * made it. `resources/verifier/LES-MEG.txt` travels with it and says how each part is checked.
 */
import type { JobEvent } from '../../shared/job/event.ts';
import type { Job, SignerSpec } from '../../shared/job/job.ts';
import type { Json } from '../../shared/result.ts';
import type { ChainedEvent } from '../archive/archive.ts';
import { confirmationOf } from './confirmation.ts';
import type { Desk } from './desk.ts';
import { clockReadings, revisionsOf } from './evidence-clocks.ts';
import { exportedProofs } from './evidence-proofs.ts';
import { settingsOf } from './settings-store.ts';

/** Said in the file itself, for whoever has nothing else of ours: `electron/archive/chain.ts`. */
const howToCheck = [
  'Every hash is SHA-256, in hex. Texts are UTF-8; "|" joins bytes.',
  'digest = SHA-256(salt | hidden | event), the event as canonical JSON (RFC 8785).',
  'hash = SHA-256(prev | before | seq | version | n | job | n | at | n | actor | n | type | digest):',
  'before is the hash of the event before it in this list, 32 zero bytes for the first;',
  'seq and version are 64 bit big endian, n is the length in bytes of the text after it as 32 bit big endian, type is that of the event.',
  'prev is the hash of the event before it in the whole archive, which may be another job’s.',
  'hidden stands for what an export masks (national identity numbers); it is zero where nothing is masked.',
  'The evidence of a signature names the hash of the event before it (log), and the signed PDF holds the hash of that evidence.',
];

export interface EvidenceOptions {
  /** Login tokens with the national identity numbers they carry, and not only their hashes. */
  readonly complete: boolean;
  /** Name in the export of each document, in the job's order. */
  readonly files: readonly string[];
}

/** The record as JSON; every number in `event` is the version of an event in `events`. */
export function evidenceFile(desk: Desk, job: Job, { complete, files }: EvidenceOptions): Json {
  const events = desk.archive.events(job.id);
  const last = events.at(-1);
  const documents = job.documents.map((document, index) => ({
    ...{ id: document.id, title: document.title, fileName: document.fileName },
    ...{ file: files[index] ?? null, original: document.original ?? null },
    revisions: revisionsOf(desk, document.id, events),
  }));
  // The number stands in the document anyway: then the token that names it may go along.
  const whole = complete || job.spec.identifierInDocument === 'NATIONAL_ID_AND_NAME';
  return plain({
    format: 'skranke-export-evidence-2',
    program: { name: 'Skranke', version: desk.version },
    organisation: settingsOf(desk.archive).get('organisation'),
    job: job.id,
    state: job.state,
    ...{ exportedAt: desk.clock.now().toISOString(), zone: desk.zone, loginTokens: whole },
    actors: actorsOf(desk, job, events),
    chain: howToCheck,
    head: last === undefined ? null : { version: last.version, seq: last.seq, hash: last.hash },
    events: events.map(({ seq, version, at, actor, prev, hash, proof }) => ({
      ...{ seq, version, at, actor, prev, hash },
      ...{ salt: proof.salt, hidden: proof.hidden, event: proof.shown },
    })),
    documents: documents.map(({ revisions, ...document }) => ({
      ...document,
      revisions: revisions.map(({ document: _, ...revision }) => revision),
    })),
    identityChecks: ofType(events, 'handed-over').map(({ said, at, actor, version: event }) => ({
      // Whoever began alone handed over to themselves; who logged in, was checked by nobody.
      ...{ event, at, signer: said.signer, clerk: checkedBy(said, actor) },
      ...(said.alone === undefined ? {} : { alone: said.alone }),
      ...(said.login === undefined ? {} : { login: said.login }),
      ...{ check: said.identityCheck, sha256: said.identityCheckHash },
    })),
    proofs: exportedProofs(events, whole),
    confirmations: ofType(events, 'confirmed').map(({ said, at, actor, version: event }) => ({
      ...{ event, at, actor, signer: said.signer },
      ...{
        language: said.added?.language ?? said.language,
        approved: said.added?.approved ?? null,
      },
      ...{ version: said.textVersion, text: confirmedText(job, said), sha256: said.textSha256 },
      ...{ shown: said.shown, pagesShown: said.pagesShown, override: said.override ?? null },
    })),
    // The exact text whose hash stands inside the signed bytes.
    signatures: ofType(events, 'signed').map(({ said, at, actor, version: event }) => ({
      ...{ event, at, actor, signer: said.signer, kind: said.kind, key: said.key },
      ...{ certificateSubject: said.certificateSubject, trial: said.trial, level: said.level },
      ...{ revisions: said.revisions, evidenceHash: said.evidenceHash, evidence: said.evidence },
    })),
    attestations: ofType(events, 'attested').map(({ said, at, actor, version: event }) => ({
      ...{ event, at, signer: said.signer, clerk: actor },
      ...{ statement: said.statement, signature: said.signature ?? null },
    })),
    clocks: documents.flatMap(({ revisions }) => clockReadings(desk, revisions, events)),
    anchors: anchorsOf(desk, events),
  });
}

function checkedBy(
  { alone, clerk }: Extract<JobEvent, { type: 'handed-over' }>,
  actor: string,
): string | null {
  return alone === 'login' ? null : (clerk ?? actor);
}

/** The words themselves; null where an old log kept a hash of words that this program never had. */
export function confirmedText(
  job: Job,
  event: Extract<JobEvent, { type: 'confirmed' }>,
): string | null {
  if (event.text !== undefined) return event.text;
  const signer: SignerSpec | undefined = job.signers.find((one) => one.id === event.signer);
  const reader = signer === undefined ? null : { ...signer, language: event.language };
  const known = reader === null ? null : confirmationOf(event.textVersion, reader);
  return known?.sha256 === event.textSha256 ? known.text : null;
}

/** What an authority has said of this job's events; what it said of others' stands with them. */
function anchorsOf(desk: Desk, events: readonly ChainedEvent[]): readonly Json[] {
  const versions = new Map(events.map(({ seq, version }) => [seq, version]));
  const [from, to] = [events[0]?.seq ?? 0, events.at(-1)?.seq ?? 0];
  return desk.archive.anchors(from, to).flatMap(({ kind, seq, hash, token, authority, at }) => {
    const event = versions.get(seq);
    if (kind !== 'timestamp' || event === undefined) return [];
    return [{ event, hash, authority, at, token: Buffer.from(token).toString('base64') }];
  });
}

function actorsOf(desk: Desk, job: Job, events: readonly ChainedEvent[]): readonly Json[] {
  const actors = new Set(events.map((event) => event.actor));
  const users = desk.archive.users().map(({ id, name }) => ({ id, name }));
  const signers = [...job.signers, ...(job.formerSigners ?? [])].map(({ id, name }) => ({
    id: `signer:${id}`,
    name,
  }));
  return [...users, ...signers].filter(({ id }) => actors.has(id));
}

function ofType<T extends JobEvent['type']>(events: readonly ChainedEvent[], type: T) {
  return events.flatMap(({ event, at, actor, version }) =>
    event.type === type
      ? [{ at, actor, version, said: event as Extract<JobEvent, { type: T }> }]
      : [],
  );
}

/** Readonly interfaces are JSON, but not to the compiler: they have no index signature. */
export function plain(value: object): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
