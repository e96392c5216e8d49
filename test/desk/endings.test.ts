import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  aSigner,
  handOver,
  drawnMark,
  makeDraft,
  pin,
  readAndConfirm,
  samplePath,
  setUp,
  signAtKiosk,
  startAuthority,
  startDesk,
  until,
  type Client,
  type TestDesk,
} from '../support/desk.ts';

describe('how else a job can end', () => {
  let desk: TestDesk;
  let clerk: Client;
  let ahead = 0;
  const clock = { now: () => new Date(Date.now() + ahead) };

  beforeAll(async () => {
    desk = startDesk({ clock });
    clerk = desk.visit();
    await setUp(clerk);
  });
  afterAll(() => desk.close());

  async function opened(...names: readonly string[]) {
    const signers = names.map((name, index) => aSigner(name, index));
    const made = await makeDraft(clerk, signers);
    await clerk.call('job.open', { job: made.job });
    return { ...made, ids: signers.map(({ id }) => id) };
  }
  const stateOf = async (job: string) => (await clerk.call('job.get', { job })).job;

  it('is over for all when one declines, and nothing of it is sealed', async () => {
    const { job, ids } = await opened('A', 'B');
    await signAtKiosk(clerk, job, ids[0] ?? '');
    await handOver(clerk, job, ids[1] ?? '');
    await clerk.call('signing.decline', { reason: 'Feil beløp' });
    expect(
      await clerk.refusal('signing.sign', {
        shown: [{ document: job, revision: 0, sha256: 'a'.repeat(64) }],
        mark: drawnMark,
      }),
    ).toMatchObject({ code: 'job.state' });
    await clerk.call('session.leave', { reason: 'done' });
    await clerk.call('session.resume', { pin });
    expect(await stateOf(job)).toMatchObject({ state: 'rejected', reason: 'Feil beløp' });
  });

  it('is withdrawn by the clerk', async () => {
    const { job, ids } = await opened('A');
    await clerk.call('job.cancel', { job, reason: 'Ikke lenger aktuelt' });
    expect(
      await clerk.refusal('session.handOver', {
        ...{ job, signer: ids[0] ?? '' },
        identityCheck: { method: 'known', note: 'x' },
      }),
    ).toMatchObject({ code: 'job.state' });
  });

  it('expires when its deadline passes, unless it is extended', async () => {
    const first = await opened('A');
    const second = await opened('A');
    const deadline = new Date(clock.now().getTime() + 60_000).toISOString();
    for (const { job } of [first, second]) await clerk.call('job.extend', { job, deadline });
    const later = new Date(clock.now().getTime() + 3_600_000).toISOString();
    await clerk.call('job.extend', { job: second.job, deadline: later });
    ahead += 120_000;
    expect(
      await clerk.refusal('session.handOver', {
        ...{ job: first.job, signer: first.ids[0] ?? '' },
        identityCheck: { method: 'known', note: 'x' },
      }),
    ).toMatchObject({ code: 'job.deadline-past' });
    // The desk looks by itself when it is opened.
    await clerk.call('session.signOut', {});
    await signIn(clerk);
    await until(async () => (await stateOf(first.job)).state === 'expired');
    expect((await stateOf(second.job)).state).toBe('open');
  });

  it('goes back to waiting when a signer leaves, is somebody else, or is lost', async () => {
    const { job, ids } = await opened('A');
    const signer = ids[0] ?? '';
    for (const reason of ['idle', 'not-me', 'stopped'] as const) {
      await handOver(clerk, job, signer);
      await readAndConfirm(clerk);
      await clerk.call('session.leave', { reason });
      await clerk.call('session.resume', { pin });
      expect(await stateOf(job)).toMatchObject({ state: 'open', atKiosk: null });
    }
    await handOver(clerk, job, signer);
    desk.app.lost(clerk.id);
    await clerk.call('session.resume', { pin });
    const view = await clerk.call('job.get', { job });
    const reasons = view.events.flatMap(({ event }) =>
      event.type === 'handed-back' ? [event.reason] : [],
    );
    expect(reasons).toEqual(['idle', 'not-me', 'stopped', 'lost']);
  });

  it('signs nothing that has moved since it was shown', async () => {
    const { job, ids } = await opened('A');
    await handOver(clerk, job, ids[0] ?? '');
    const shown = await readAndConfirm(clerk);
    const other = shown.map((one) => ({ ...one, sha256: 'f'.repeat(64) }));
    const older = shown.map((one) => ({ ...one, revision: 0 }));
    for (const wrong of [other, older])
      expect(await clerk.refusal('signing.sign', { shown: wrong, mark: drawnMark })).toMatchObject({
        code: 'signing.changed',
      });
    await clerk.call('session.leave', { reason: 'stopped' });
    await clerk.call('session.resume', { pin });
    expect((await stateOf(job)).revisions).toMatchObject([{ revision: 1 }]);
  });

  it('takes no confirmation of pages that were not shown, or of another text', async () => {
    const { job, ids } = await opened('A');
    await handOver(clerk, job, ids[0] ?? '');
    const view = await clerk.call('signing.view', {});
    const shown = view.documents.map(({ document, revision, sha256 }) => ({
      document,
      revision,
      sha256,
    }));
    const textSha256 = view.confirmation.sha256;
    expect(
      await clerk.refusal('signing.confirm', { shown, textSha256, pagesShown: {} }),
    ).toMatchObject({ code: 'signing.not-read' });
    expect(
      await clerk.refusal('signing.confirm', { shown, textSha256: 'a'.repeat(64), pagesShown: {} }),
    ).toMatchObject({ code: 'signing.other-text' });
    // Who cannot read may have it read out: said in the log.
    await clerk.call('signing.confirm', {
      shown,
      textSha256,
      pagesShown: {},
      override: 'Lest høyt',
    });
    await clerk.call('session.takeBack', { pin });
  });

  it('waits for a timestamp authority and is sealed when there is one', async () => {
    const { job, ids } = await opened('A');
    await signAtKiosk(clerk, job, ids[0] ?? '');
    await until(async () => {
      const now = await stateOf(job);
      return now.state === 'signed' && now.sealDeferred === 'timestamp.none';
    });
    // Configured, but nobody answers there.
    await clerk.call('settings.timestamps', { authorities: [{ url: 'http://127.0.0.1:9/' }] });
    expect(await clerk.call('sealing.seal', { job })).toMatchObject({
      deferred: expect.stringMatching(/^timestamp\./) as string,
    });
    const tsa = await startAuthority();
    try {
      await clerk.call('settings.timestamps', { authorities: [{ url: tsa.timestamps.url }] });
      await until(async () => (await stateOf(job)).state === 'sealed');
      await clerk.call('settings.trust', { anchors: [tsa.root] });
      const document = (await stateOf(job)).documents[0]?.id ?? '';
      const report = await clerk.call('verify.document', { document });
      expect(report.signatures.at(-1)).toMatchObject({ kind: 'timestamp', coverage: 'whole' });
    } finally {
      await tsa.timestamps.close();
      await clerk.call('settings.timestamps', { authorities: [] });
    }
  });

  it('can be merged, mended and emptied while it is a draft', async () => {
    const sample = readFileSync(samplePath);
    const made = await makeDraft(clerk, [aSigner('A')], [sample, sample]);
    const ids = made.documents.map(({ id }) => id);
    const merged = await clerk.call('document.merge', {
      job: made.job,
      documents: ids,
      title: 'Begge',
    });
    expect(merged.document.findings.pageCount).toBe(
      made.documents.reduce((sum, { findings }) => sum + findings.pageCount, 0),
    );
    const job = await stateOf(made.job);
    expect(job.documents.map(({ title }) => title)).toEqual(['Begge']);
    // Their fields went with their pages.
    expect(job.spec.fields.map(({ document, placement }) => [document, placement.page])).toEqual([
      [merged.document.id, 0],
      [merged.document.id, made.documents[0]?.findings.pageCount],
    ]);
    await clerk.call('document.remove', { job: made.job, document: merged.document.id });
    expect((await stateOf(made.job)).documents).toEqual([]);
  });
});

async function signIn(client: Client): Promise<void> {
  const { passphrase } = await import('../support/desk.ts');
  await client.call('session.signIn', { user: 'Kari Skrankevakt', passphrase });
}
