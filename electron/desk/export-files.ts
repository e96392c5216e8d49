/** What stands in an exported job's evidence and metadata. National identity numbers stay masked. */
import type { Job } from '../../shared/job/job.ts';
import type { Json } from '../../shared/result.ts';
import type { Desk } from './desk.ts';
import type { ExportedFile } from './export-folder.ts';
import { masked } from '../../shared/job/masks.ts';
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

/** The whole log of the job with its place in the archive's chain, and who the actors are. */
export function evidenceFile(desk: Desk, job: Job): Json {
  const events = desk.archive.events(job.id);
  const actors = new Set(events.map((event) => event.actor));
  return plain({
    format: 'skranke-export-evidence-1',
    program: { name: 'Skranke', version: desk.version },
    organisation: settingsOf(desk.archive).get('organisation'),
    job: job.id,
    exportedAt: desk.clock.now().toISOString(),
    actors: desk.archive
      .users()
      .filter((user) => actors.has(user.id))
      .map(({ id, name }) => ({ id, name })),
    chain: howToCheck,
    events: events.map(({ seq, version, at, actor, prev, hash, proof }) => ({
      ...{ seq, version, at, actor, prev, hash },
      ...{ salt: proof.salt, hidden: proof.hidden, event: proof.shown },
    })),
    // The exact text whose hash stands inside the signed bytes.
    signatures: events.flatMap(({ event }) =>
      event.type === 'signed'
        ? [{ signer: event.signer, evidenceHash: event.evidenceHash, evidence: event.evidence }]
        : [],
    ),
    identityChecks: events.flatMap(({ event, at, actor }) =>
      event.type === 'handed-over'
        ? [
            {
              ...{ signer: event.signer, at, clerk: actor },
              check: event.identityCheck,
              sha256: event.identityCheckHash,
            },
          ]
        : [],
    ),
    confirmations: events.flatMap(({ event, at }) =>
      event.type === 'confirmed'
        ? [
            {
              ...{ signer: event.signer, at, textVersion: event.textVersion },
              ...{ textSha256: event.textSha256, shown: event.shown },
            },
          ]
        : [],
    ),
  });
}

export function metadataFile(desk: Desk, job: Job, files: readonly ExportedFile[]): Json {
  const { spec, id, version, state, createdAt, seal } = masked(job);
  const { title, nonSensitiveTitle, description, reference, caseNumber, documentType } = spec;
  return plain({
    format: 'skranke-export-metadata-1',
    organisation: settingsOf(desk.archive).get('organisation'),
    job: {
      ...{ id, version, state, createdAt, title, nonSensitiveTitle, description },
      ...{ reference, caseNumber, documentType },
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

/** Readonly interfaces are JSON, but not to the compiler: they have no index signature. */
function plain(value: object): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
