import { afterEach, describe, expect, it } from 'vitest';
import type { Archive } from '../../../electron/archive/archive.ts';
import { postJob, withdrawJob } from '../../../electron/posten/sync/post.ts';
import type { Job, JobSpec } from '../../../shared/job/job.ts';
import { unwrap } from '../../../shared/result.ts';
import { cleanUp, created, newScene, readAll } from '../../archive/scene.ts';
import { startStandIn } from '../../support/posten/stand-in.ts';
import type { StandIn } from '../../support/posten/stand-in.ts';
import {
  brokenResults,
  clientOf,
  ORG,
  post,
  QUEUE,
  serviceDraft,
  serviceSigner,
  syncOf,
} from '../../support/posten/sync-scene.ts';
import type { Synced } from '../../support/posten/sync-scene.ts';

const closing: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  cleanUp();
});

interface Scene extends Synced {
  readonly service: StandIn;
  readonly archive: Archive;
  draft(title?: string, changes?: Partial<JobSpec>): string;
  job(id: string): Job;
  /** A round when the queue may be asked again. */
  later(): ReturnType<Synced['sync']['round']>;
}

async function start(): Promise<Scene> {
  const service = await startStandIn();
  const archive = created(newScene());
  const sleep = (milliseconds: number) => {
    service.advance(milliseconds);
    return Promise.resolve();
  };
  const client = clientOf(service, service.issue(ORG), { now: service.now, sleep });
  closing.push(
    () => service.close(),
    () => archive.close(),
    () => client.close(),
  );
  const synced = syncOf(archive, client, service.now, service.authorities);
  return {
    ...{ ...synced, service, archive },
    draft: (title = 'Avtale', changes = {}) => serviceDraft(archive, title, changes),
    job(id) {
      const job = archive.job(id);
      if (job === null) throw new Error('no such job');
      return job;
    },
    later() {
      service.advance(11 * 60_000);
      return synced.sync.round();
    },
  };
}

describe('the sync', () => {
  it('sends revision 0, waits, and brings the signed files back before it confirms', async () => {
    const { service, archive, sync, draft, job, later } = await start();
    const id = draft();
    post(archive, id, service.now);
    expect(job(id)).toMatchObject({ state: 'at-service', remote: { phase: 'queued' } });
    expect(await sync.round()).toMatchObject({ trouble: null, waiting: 0 });
    expect(job(id)).toMatchObject({ remote: { phase: 'made', jobId: '1', status: null } });
    const [document] = job(id).documents;
    const sent = service.jobs[0]?.documents[0]?.bytes ?? new Uint8Array();
    expect(Buffer.from(sent).equals(readAll(archive, document?.id ?? '', 0))).toBe(true);

    service.signPortal(1, 0);
    await later();
    const done = job(id);
    expect(done).toMatchObject({
      state: 'returned',
      signers: [{ state: 'SIGNED' }],
      remote: { receipted: true, status: 'COMPLETED_SUCCESSFULLY', trouble: null },
    });
    expect(done.remote?.results.map(({ kind, signer }) => [kind, signer])).toEqual([
      ['pades', null],
      ['xades', 's0'],
    ]);
    expect(done.remote?.results[0]?.check).toMatchObject({ trusted: true });
    expect(done.remote?.results[1]?.check).toMatchObject({
      namesDocuments: true,
      signerName: 'Testesen, Test',
    });
    expect(brokenResults(archive, id)).toEqual([]);
    expect(service.isConfirmed(1)).toBe(true);
    expect(archive.verify().problems).toEqual([]);
  });

  it('never repeats what may be there: it finds it again by its reference', async () => {
    const { service, archive, sync, draft, job, later } = await start();
    const id = draft();
    post(archive, id, service.now);
    service.plan = (method) => (method === 'POST' ? { type: 'drop' } : null);
    await sync.round();
    expect(job(id).remote).toMatchObject({ phase: 'unknown', jobId: null });
    service.plan = null;
    await later();
    expect(service.jobs).toHaveLength(1);
    service.signPortal(1, 0);
    await later();
    expect(job(id)).toMatchObject({ state: 'returned', remote: { jobId: '1' } });
  });

  it('takes a job for unknown whose sender died in the middle, and sends anew only for a clerk', async () => {
    const { service, archive, sync, draft, job, later } = await start();
    const id = draft();
    post(archive, id, service.now);
    const staged = unwrap(archive.stage(id, { length: 1, read: () => new Uint8Array([1]) }));
    const { id: document, sha256, length } = staged;
    unwrap(
      archive.append({
        ...{ job: id, expectedVersion: job(id).version, actor: 'system', documents: [staged] },
        events: [{ type: 'departed', package: { document, sha256, length } }],
      }),
    );
    await sync.round();
    expect(job(id).remote?.phase).toBe('unknown');
    expect(service.jobs).toHaveLength(0);
    const clock = { now: service.now };
    unwrap(postJob({ archive, clock }, id, { sender: ORG, queue: QUEUE }, 'u1'));
    await later();
    expect(job(id).remote).toMatchObject({ phase: 'made', attempt: 2 });
    expect(service.jobs).toHaveLength(1);
  });

  it('keeps what the service refuses as a draft with the reason, and sends it when it is mended', async () => {
    const { service, archive, sync, draft, job } = await start();
    const id = draft('Avtale', { identifierInDocument: 'NAME' });
    post(archive, id, service.now);
    await sync.round();
    expect(service.jobs).toHaveLength(0);
    expect(job(id)).toMatchObject({
      state: 'draft',
      remote: { phase: 'refused', refusal: { code: 'posten.invalid-job' } },
    });
  });

  it('goes on from where the way was closed, and leaves no package behind for each try', async () => {
    const { service, archive, sync, draft, job, later } = await start();
    const id = draft();
    post(archive, id, service.now);
    service.plan = () => ({ type: 'status', status: 429, headers: { DoSFilter: '1' } });
    expect(await sync.round()).toMatchObject({ trouble: 'posten.blocked', waiting: 1 });
    expect(job(id).remote).toMatchObject({ phase: 'queued', package: null });
    service.plan = null;
    expect(await sync.round()).toMatchObject({ trouble: 'posten.blocked' });
    await later();
    expect(job(id).remote?.phase).toBe('made');
  });

  it('does not confirm what could not be fetched whole, and fetches it again', async () => {
    const { service, archive, sync, draft, job, later } = await start();
    const id = draft();
    post(archive, id, service.now);
    await sync.round();
    service.signPortal(1, 0);
    service.plan = (_, path) => (path.endsWith('/pades') ? { type: 'cut' } : null);
    await later();
    expect(job(id)).toMatchObject({
      state: 'at-service',
      remote: { status: 'COMPLETED_SUCCESSFULLY', trouble: 'posten.result-cut' },
    });
    expect(service.isConfirmed(1)).toBe(false);
    service.plan = (_, path) =>
      path.endsWith('/pades') ? { type: 'status', status: 200, body: '%PDF-1.7 nonsense' } : null;
    await later();
    expect(job(id).remote?.trouble).toBe('posten.result-broken');
    service.plan = null;
    await later();
    expect(job(id)).toMatchObject({ state: 'returned', remote: { receipted: true } });
  });

  it('withdraws, and says so where it is too late', async () => {
    const { service, archive, sync, draft, job, later } = await start();
    const [first, second, third] = [draft('En'), draft('To'), draft('Tre')];
    for (const id of [first, second]) post(archive, id, service.now);
    await sync.round();
    const ports = { archive, clock: { now: service.now } };
    service.signPortal(2, 0);
    for (const id of [first, second]) unwrap(withdrawJob(ports, id, 'Feil dokument', 'u1'));
    // The service is asked before its news is heard.
    await sync.round();
    expect(job(second).remote).toMatchObject({ withdrawing: null });
    await later();
    expect(job(first)).toMatchObject({
      ...{ state: 'cancelled', reason: 'Feil dokument' },
      signers: [{ state: 'CANCELLED' }],
    });
    expect(job(second).state).toBe('returned');
    post(archive, third, service.now);
    unwrap(withdrawJob(ports, third, 'Ombestemt', 'u1'));
    await later();
    expect(job(third).state).toBe('cancelled');
    expect(service.jobs).toHaveLength(2);
  });

  it('ends in the state that the service gave, unknown words and all', async () => {
    const { service, archive, sync, draft, job, later } = await start();
    const two = { signers: [serviceSigner(0), serviceSigner(1)] };
    const ids = [draft('a', two), draft('b'), draft('c'), draft('d'), draft('e', two)];
    for (const id of ids) post(archive, id, service.now);
    await sync.round();
    service.signPortal(1, 0);
    service.happen(1, 1, 'REJECTED');
    service.happen(2, 0, 'RESERVED');
    service.happen(3, null, 'EXPIRED');
    service.say(4, 0, 'TELEPORTED');
    service.happen(5, 0, 'BLOCKED');
    await later();
    const states = ids.map((id) => [job(id).state, job(id).signers.map(({ state }) => state)]);
    expect(states).toEqual([
      ['rejected', ['SIGNED', 'REJECTED']],
      ['failed', ['RESERVED']],
      ['expired', ['EXPIRED']],
      ['at-service', ['TELEPORTED']],
      ['failed', ['BLOCKED', 'NOT_APPLICABLE']],
    ]);
    expect(job(ids[0] ?? '').remote?.results).toHaveLength(2);
    // The same news once more changes nothing and is confirmed.
    const version = job(ids[1] ?? '').version;
    service.repeat(2);
    await later();
    expect(job(ids[1] ?? '').version).toBe(version);
    expect(service.isConfirmed(2)).toBe(true);
  });

  it('leaves news of jobs it does not know unconfirmed', async () => {
    const { service, archive, sync, draft, later } = await start();
    const id = draft();
    post(archive, id, service.now);
    await sync.round();
    service.signPortal(1, 0);
    const empty = created(newScene());
    closing.push(() => empty.close());
    const client = clientOf(service, service.issue(ORG), {
      now: service.now,
      sleep: () => Promise.resolve(),
    });
    closing.push(() => client.close());
    service.advance(60_000);
    const other = syncOf(empty, client, service.now);
    await other.sync.round();
    expect(other.strangers).toMatchObject([{ jobId: '1', status: 'COMPLETED_SUCCESSFULLY' }]);
    expect(service.isConfirmed(1)).toBe(false);
    await later();
    expect(service.isConfirmed(1)).toBe(true);
  });

  it('signs in direct flow by a link that is asked for anew, and hears of it by the queue', async () => {
    const { service, archive, sync, draft, job, later } = await start();
    const signers = [serviceSigner(0, { nationalId: '01818000010' })];
    const id = draft('Avtale', { place: 'direct', signers });
    post(archive, id, service.now);
    await sync.round();
    const { remote } = job(id);
    expect(remote).toMatchObject({ phase: 'made', cancellationUrl: null });
    expect(Object.keys(remote?.links ?? {})).toEqual(['s0']);
    const client = clientOf(service, service.issue(ORG), {
      now: service.now,
      sleep: () => Promise.resolve(),
    });
    closing.push(() => client.close());
    const fresh = unwrap(
      await client.direct.newRedirectUrl({ signerUrl: remote?.links['s0'] ?? '' }),
    );
    expect(service.visit(fresh.redirectUrl)).toMatch(
      /^http:\/\/127\.0\.0\.1:49152\/posten\/ferdig/,
    );
    await later();
    expect(job(id)).toMatchObject({ state: 'returned', remote: { flow: 'direct' } });
  });
});
