/** As a signer, as an administrator, as a stranger: what is not theirs is refused at every door alike. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentResponse } from '../../electron/rpc/document-response.ts';
import { contract, type MethodName } from '../../shared/rpc/contract.ts';
import { samples } from '../rpc/samples.ts';
import {
  aSigner,
  handOver,
  makeDraft,
  passphrase,
  pin,
  samplePath,
  setUp,
  signAtKiosk,
  startDesk,
  until,
  type Client,
  type MadeJob,
  type TestDesk,
} from '../support/desk.ts';

describe('one job in front of one signer', () => {
  let desk: TestDesk;
  let clerk: Client;
  let kiosk: Client;
  let mine: MadeJob;
  let theirs: MadeJob;
  let foreignUpload = '';

  beforeAll(async () => {
    desk = startDesk();
    clerk = desk.visit();
    await setUp(clerk);
    theirs = await makeDraft(clerk, [aSigner('En Annen'), aSigner('Og En Til', 1)]);
    await clerk.call('job.open', { job: theirs.job });
    await signAtKiosk(clerk, theirs.job, theirs.signers[0]?.id ?? '');
    mine = await makeDraft(clerk, [aSigner('Meg Selv')], [readFileSync(samplePath)], {
      title: 'Min avtale',
    });
    await clerk.call('job.open', { job: mine.job });
    foreignUpload = await clerk.upload(readFileSync(samplePath));
    kiosk = desk.visit();
    await kiosk.call('session.signIn', { user: 'Kari Skrankevakt', passphrase });
    await handOver(kiosk, mine.job, mine.signers[0]?.id ?? '');
    kiosk.events.length = 0;
  });
  afterAll(() => desk.close());

  const status = (client: Client, path: string) => {
    const answer = documentResponse(desk.app.documents, client.id, path, 'bytes=0-9');
    void answer.body?.[Symbol.asyncIterator]().return?.();
    return answer.status;
  };

  it('reads every revision of its own documents and none of another job', () => {
    const own = mine.documents[0]?.id ?? '';
    const other = theirs.documents[0]?.id ?? '';
    expect([0, 1].map((revision) => status(kiosk, `/document/${own}/${revision}`))).toEqual([
      206, 206,
    ]);
    expect(status(kiosk, `/document/${own}/2`)).toBe(403);
    expect([0, 1, 2].map((revision) => status(kiosk, `/document/${other}/${revision}`))).toEqual([
      403, 403, 403,
    ]);
    expect(status(kiosk, `/document/upload:${foreignUpload}/0`)).toBe(403);
    // The clerk sees all of it, so the addresses themselves are right.
    expect(status(clerk, `/document/${other}/2`)).toBe(206);
    expect(status(clerk, `/document/upload:${foreignUpload}/0`)).toBe(206);
  });

  it('is refused every method that is not a signer’s, with inputs that name its own job too', async () => {
    const methods = (Object.keys(contract) as MethodName[]).filter(
      (method) => !(contract[method].roles as readonly string[]).includes('signer'),
    );
    expect(methods.length).toBeGreaterThan(30);
    for (const method of methods)
      for (const job of [mine.job, theirs.job])
        expect(
          await desk.app.router.call(kiosk.id, method, { ...samples[method], job }),
          method,
        ).toMatchObject({ error: { code: 'rpc.forbidden' } });
  });

  it('learns of the other signers of nobody’s job, not even that they have names', async () => {
    const view = JSON.stringify(await kiosk.call('signing.view', {}));
    expect(view).toContain('Min avtale');
    expect(view).not.toMatch(/En Annen|Og En Til|Kari/);
  });

  it('hears of its own job and of nothing else', async () => {
    await clerk.call('job.cancel', { job: theirs.job, reason: 'x' });
    const draft = await clerk.call('job.create', { spec: {} });
    await clerk.call('settings.kiosk', { idleSeconds: 100 });
    await until(() => clerk.events.some(({ type }) => type === 'counts'));
    const jobs = (client: Client) =>
      client.events.flatMap((event) => (event.type === 'job.changed' ? [event.job] : []));
    expect(jobs(clerk)).toEqual(expect.arrayContaining([theirs.job, draft.job]));
    expect(kiosk.events.filter(({ type }) => type !== 'session.changed')).toEqual([]);
    await kiosk.call('signing.decline', { reason: 'Nei' });
    expect(jobs(kiosk)).toEqual([mine.job]);
  });

  it('signs nothing by naming another job’s documents', async () => {
    const foreign = [
      { document: theirs.documents[0]?.id ?? '', revision: 2, sha256: 'a'.repeat(64) },
    ];
    const mark = { type: 'typed', text: 'X' } as const;
    expect((await kiosk.try('signing.sign', { shown: foreign, mark })).ok).toBe(false);
  });

  it('can cancel no task of the clerk’s, and hears no progress of theirs', async () => {
    const draft = await clerk.call('job.create', { spec: { title: 'x' } });
    const upload = await clerk.upload(readFileSync(samplePath));
    const task = 'abcdefgh-1';
    const input = { job: draft.job, upload, name: 'x.pdf', task };
    const [imported] = await Promise.all([
      clerk.try('document.import', input),
      kiosk.call('task.cancel', { task }),
    ]);
    expect(imported.ok).toBe(true);
    expect(clerk.events.some((event) => event.type === 'task.progress')).toBe(true);
    expect(kiosk.events.some((event) => event.type === 'task.progress')).toBe(false);
  });

  it('is over when the signer leaves: the documents are closed to the resting screen', async () => {
    await kiosk.call('session.leave', { reason: 'done' });
    expect(status(kiosk, `/document/${mine.documents[0]?.id ?? ''}/0`)).toBe(403);
    await kiosk.call('session.resume', { pin });
    expect(status(kiosk, `/document/${mine.documents[0]?.id ?? ''}/0`)).toBe(206);
  });

  it('keeps an administrator blind to content', async () => {
    const word = 'bare administrasjon';
    await clerk.call('settings.addUser', {
      ...{ name: 'Ada Admin', roles: ['admin'], passphrase: word, pin: '5555' },
    });
    const admin = desk.visit();
    await admin.call('session.signIn', { user: 'Ada Admin', passphrase: word });
    admin.events.length = 0;
    const document = theirs.documents[0]?.id ?? '';
    expect(status(admin, `/document/${document}/0`)).toBe(403);
    for (const method of ['job.get', 'job.list', 'verify.document', 'export.save'] as const)
      expect(await desk.app.router.call(admin.id, method, samples[method])).toMatchObject({
        error: { code: 'rpc.forbidden' },
      });
    const before = clerk.events.length;
    await clerk.call('job.create', { spec: {} });
    await until(() => clerk.events.slice(before).some(({ type }) => type === 'counts'));
    expect(admin.events).toEqual([]);
  });
});
