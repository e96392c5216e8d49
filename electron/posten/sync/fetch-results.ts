/** Fetches what was signed, checks it, and stores it together with the job's end in one transaction. */
import type { Job } from '../../../shared/job/job.ts';
import type { RemoteResult } from '../../../shared/job/remote.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Failure, Result } from '../../../shared/result.ts';
import type { StagedDocument } from '../../archive/archive.ts';
import type { Download } from '../operations.ts';
import { checkPades, checkXades, mostResultBytes } from './check-results.ts';
import { postenTopic, type SyncPorts } from './ports.ts';
import { record } from './record.ts';
import { signersOf, type Update } from './update.ts';

interface Fetched {
  readonly result: Omit<RemoteResult, 'document' | 'sha256' | 'length'>;
  readonly bytes: Uint8Array;
}

/** The job as it ended. Where a file cannot be had yet, its log says why and nothing is confirmed. */
export async function bringBack(ports: SyncPorts, job: Job, update: Update): Promise<Result<Job>> {
  const fetched = await fetchAll(ports, job, update);
  if (!fetched.ok) {
    record(ports, job.id, { type: 'result-refused', code: fetched.error.code });
    return fetched;
  }
  const staged: StagedDocument[] = [];
  const results: RemoteResult[] = [];
  for (const { result, bytes } of fetched.value) {
    const read = (offset: number, length: number) => bytes.subarray(offset, offset + length);
    const one = ports.archive.stage(job.id, { length: bytes.length, read });
    if (!one.ok) return abandoned(ports, staged, one);
    staged.push(one.value);
    const { id: document, sha256, length } = one.value;
    results.push({ ...result, document, sha256, length });
  }
  const { flow, confirmationUrl: url } = update;
  const errand = { do: 'receipt', job: job.id, flow, url };
  const outbox = url === null ? [] : [{ topic: postenTopic, body: errand }];
  const event = { type: 'came-back', results } as const;
  const ended = record(ports, job.id, event, { documents: staged, outbox });
  return ended.ok ? ended : abandoned(ports, staged, ended);
}

function abandoned<F extends Result<never>>(
  { archive }: SyncPorts,
  staged: readonly StagedDocument[],
  failure: F,
): F {
  for (const one of staged) archive.unstage(one);
  return failure;
}

async function fetchAll(
  ports: SyncPorts,
  job: Job,
  update: Update,
): Promise<Result<readonly Fetched[]>> {
  const complete = update.status === 'COMPLETED_SUCCESSFULLY';
  const fetched: Fetched[] = [];
  if (complete || update.padesUrl !== null) {
    const pades = await fetchPades(ports, update);
    if (pades.ok) fetched.push(pades.value);
    else if (complete || !isAbsent(pades.error)) return pades;
  }
  const sent = job.documents.map(({ sha256 }) => sha256);
  for (const { signer, state, xadesUrl } of signersOf(job.spec.signers, update)) {
    if (state !== 'SIGNED' || (!complete && xadesUrl === null)) continue;
    const bytes = await whole(ports.client.xades({ xadesUrl }));
    const check = bytes.ok ? checkXades(bytes.value, sent) : bytes;
    if (bytes.ok && check.ok)
      fetched.push({
        result: { kind: 'xades', signer, check: check.value },
        bytes: bytes.value,
      });
    else if (!check.ok && (complete || !isAbsent(check.error))) return check;
  }
  return ok(fetched);
}

async function fetchPades(ports: SyncPorts, { padesUrl }: Update): Promise<Result<Fetched>> {
  const bytes = await whole(ports.client.pades({ padesUrl }));
  if (!bytes.ok) return bytes;
  const { crypto, clock } = ports;
  const check = await checkPades(bytes.value, {
    crypto,
    anchors: ports.anchors(),
    now: clock.now(),
  });
  if (!check.ok) return check;
  return ok({ result: { kind: 'pades', signer: null, check: check.value }, bytes: bytes.value });
}

/** Of a job that ended otherwise the service may have no files. What only broke on the way is tried again. */
function isAbsent({ code, detail }: Failure): boolean {
  if (code === 'posten.not-available') return true;
  return code === 'posten.unexpected-answer' && [404, 410].includes(Number(detail?.['status']));
}

async function whole(asked: Promise<Result<Download>>): Promise<Result<Uint8Array>> {
  const download = await asked;
  if (!download.ok) return download;
  const { stream, length } = download.value;
  const chunks: Uint8Array[] = [];
  let got = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      got += chunk.length;
      if (got > mostResultBytes) return cut();
      chunks.push(chunk);
    }
  } catch {
    return cut();
  }
  return length !== null && length !== got ? cut() : ok(new Uint8Array(Buffer.concat(chunks)));
}

function cut(): Result<never> {
  return fail('posten.result-cut', 'The signed document broke off on the way.');
}
