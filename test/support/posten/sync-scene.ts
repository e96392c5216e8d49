/** An archive, a stand-in for the service, and a sync between them: what the tests of the sync share. */
import { createHash } from 'node:crypto';
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import { nodeRandom } from '../../../electron/adapters/node-random.ts';
import { signingKeyOf } from '../../../electron/adapters/trial-pki.ts';
import type { TrialCertificate } from '../../../electron/adapters/trial-pki.ts';
import type { Archive } from '../../../electron/archive/archive.ts';
import { packForService } from '../../../electron/core/asice/service-package.ts';
import { createPostenClient } from '../../../electron/posten/client.ts';
import type { Environment } from '../../../electron/posten/environments.ts';
import type { CallLine } from '../../../electron/posten/calls.ts';
import type { PaceClock } from '../../../electron/posten/pace.ts';
import type { PostenClient } from '../../../electron/posten/operations.ts';
import { postJob } from '../../../electron/posten/sync/post.ts';
import type { SyncPorts } from '../../../electron/posten/sync/ports.ts';
import { createSync } from '../../../electron/posten/sync/sync.ts';
import type { Sync } from '../../../electron/posten/sync/sync.ts';
import type { Update } from '../../../electron/posten/sync/update.ts';
import { emptySpec } from '../../../shared/job/job.ts';
import type { JobSpec, SignerSpec } from '../../../shared/job/job.ts';
import { unwrap } from '../../../shared/result.ts';
import { jobDocument } from '../../archive/scene.ts';
import { plainPdf } from '../plain-pdf.ts';

export const ORG = '100101688';
export const QUEUE = 'skranke-prøve';
export const numbers = ['01818000010', '12857910093', '13868010082'] as const;

export interface ServiceFacts {
  readonly environment: Environment;
  readonly authorities: readonly Uint8Array[];
}

export function clientOf(
  service: ServiceFacts,
  trial: Pick<TrialCertificate, 'certificate' | 'chain' | 'key'>,
  clock: PaceClock,
  log: (line: CallLine) => void = () => undefined,
  paceClock: PaceClock = clock,
  share?: { readonly of: number; readonly place: number },
): PostenClient {
  const key = signingKeyOf(trial);
  return createPostenClient({
    ...{
      environment: service.environment,
      authorities: service.authorities,
      clock,
      log,
      paceClock,
    },
    credentials: {
      certificate: trial.certificate,
      chain: key.chain,
      privateKey: trial.key.privateKey,
    },
    pack: (input) => packForService(input, key, nodeCrypto),
    sender: ORG,
    sector: 'private',
    userAgent: 'skranke/test',
    ...(share === undefined ? {} : { share }),
  });
}

export interface Synced {
  readonly sync: Sync;
  readonly changed: string[];
  readonly strangers: Update[];
}

export function syncOf(
  archive: Archive,
  client: PostenClient,
  now: () => Date,
  anchors: readonly Uint8Array[] = [],
  more: Partial<Pick<SyncPorts, 'queue' | 'polls'>> = {},
): Synced {
  const changed: string[] = [];
  const strangers: Update[] = [];
  const sync = createSync({
    ...{ archive, client, clock: { now }, crypto: nodeCrypto, sender: ORG, queue: QUEUE },
    sector: 'private',
    anchors: () => anchors,
    exit: () => 'http://127.0.0.1:49152/posten',
    polls: { get: () => null, set: () => undefined },
    changed: (job) => changed.push(job),
    stranger: (update) => strangers.push(update),
    ...more,
  });
  return { sync, changed, strangers };
}

export function serviceSigner(index: number, more: Partial<SignerSpec> = {}): SignerSpec {
  return {
    ...{ id: `s${index}`, name: `Navn ${index}`, title: '', order: 0, kind: 'advanced' },
    ...{ role: 'signer', onBehalfOf: 'SELF', language: 'nb' },
    nationalId: numbers[index % numbers.length] ?? numbers[0],
    contact: { by: 'number', email: `person${index}@example.org` },
    ...more,
  } as SignerSpec;
}

/** A draft that is ready to be sent; answers its id. */
export function serviceDraft(
  archive: Archive,
  title: string,
  changes: Partial<JobSpec> = {},
): string {
  const job = Buffer.from(nodeRandom.bytes(16)).toString('hex');
  const bytes = plainPdf({ pages: [{ content: `BT /H 11 Tf 60 320 Td (${job}) Tj ET` }] });
  const source = {
    length: bytes.length,
    read: (offset: number, length: number) => bytes.subarray(offset, offset + length),
  };
  const staged = unwrap(archive.stage(job, source));
  const spec: JobSpec = {
    ...emptySpec,
    ...{ title, place: 'portal', identifierInDocument: 'BIRTH_DATE_AND_NAME' },
    signers: [serviceSigner(0)],
    ...changes,
  };
  unwrap(
    archive.append({
      ...{ job, expectedVersion: 0, actor: 'u1' },
      events: [
        { type: 'created', spec },
        { type: 'document-added', document: jobDocument(staged, title) },
      ],
      documents: [staged],
    }),
  );
  return job;
}

export function post(archive: Archive, job: string, now: () => Date, queue: string = QUEUE): void {
  unwrap(postJob({ archive, clock: { now } }, job, { sender: ORG, queue }, 'u1'));
}

/** What an archive is said to have durably: the bytes behind every result its log speaks of. */
export function brokenResults(archive: Archive, job: string): readonly string[] {
  return (archive.job(job)?.remote?.results ?? []).flatMap(({ document, sha256 }) => {
    const source = archive.source(document, 0);
    if (!source.ok) return [`${document}: ${source.error.code}`];
    const bytes = source.value.read(0, source.value.length);
    source.value.close();
    const found = createHash('sha256').update(bytes).digest('hex');
    return found === sha256 ? [] : [`${document}: other bytes`];
  });
}
