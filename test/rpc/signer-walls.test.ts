/**
 * A signer at the kiosk for one job tries everything there is at another one, over real HTTP: every
 * method of the contract, every document at every revision, the event stream. Nothing answers.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWebHost, type WebHost } from '../../electron/web/host.ts';
import type { Job, RevisionRef } from '../../shared/job/job.ts';
import { contract, type MethodName } from '../../shared/rpc/contract.ts';
import { openBrowser, type Browser } from '../support/browser.ts';
import {
  aSigner,
  handOver,
  makeDraft,
  passphrase,
  pin,
  samplePath,
  setUp,
  signAtKiosk,
  until,
  type MadeJob,
} from '../support/desk.ts';
import { samples } from './samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'skranke-walls-'));
const sample = readFileSync(samplePath);
const methods = Object.keys(contract) as MethodName[];
const signerMethods = methods.filter((method) =>
  (contract[method].roles as readonly string[]).includes('signer'),
);
const tried = { calls: 0, documents: 0, own: 0, changes: 0 };

let host: WebHost;
let clerk: Browser;
let kiosk: Browser;
let mine: MadeJob;
let theirs: MadeJob;
let revisions: readonly RevisionRef[] = [];
let theirReceipt = '';
let clerkUpload = '';
let clerkId = '';

const jobOf = async (made: MadeJob): Promise<Job> =>
  (await clerk.call('job.get', { job: made.job })).job;

beforeAll(async () => {
  host = await startWebHost({ home: join(folder, 'home'), log: () => undefined });
  clerk = await openBrowser(host.url);
  await setUp(clerk);
  clerkId = (await clerk.call('session.state', {})).user?.id ?? '';
  const make = async (title: string, names: readonly string[]) => {
    const signers = names.map((name, order) => aSigner(name, order));
    const made = await makeDraft(clerk, signers, [sample, sample], { title });
    await clerk.call('job.open', { job: made.job });
    // One has signed: there are revisions 0 to 2, made by three different hands.
    await signAtKiosk(clerk, made.job, made.signers[0]?.id ?? '');
    return made;
  };
  theirs = await make('Naboens fullmakt', ['Nils Nabo', 'Nora Nabo', 'Nina Nabo']);
  mine = await make('Min leieavtale', ['Eva Eier', 'Meg Selv']);
  const stopped = await makeDraft(clerk, [aSigner('Stine Stopp')]);
  await clerk.call('job.open', { job: stopped.job });
  await clerk.call('job.cancel', { job: stopped.job, reason: 'x' });
  const receipt = await clerk.call('export.save', { jobs: [stopped.job], folder });
  theirReceipt = receipt.id;
  revisions = (await jobOf(theirs)).revisions;
  clerkUpload = await clerk.upload(sample);
  kiosk = await openBrowser(host.address());
  await kiosk.call('session.signIn', { user: 'Kari Skrankevakt', passphrase });
  await handOver(kiosk, mine.job, mine.signers[1]?.id ?? '');
});
afterAll(async () => {
  clerk.close();
  kiosk.close();
  await host.close();
  rmSync(folder, { recursive: true, force: true });
  console.log(
    `signer walls: ${tried.calls} calls of ${methods.length} methods and ${tried.documents} document ` +
      `addresses about another job refused, ${tried.changes} of its changes unheard; ` +
      `${tried.own} revisions of the own job read`,
  );
});

/** A sample input that names the job, its documents, signers, revisions and files as they really are. */
function about(made: MadeJob, refs: readonly RevisionRef[], method: MethodName): unknown {
  const documents = made.documents.map(({ id }) => id);
  const real: Readonly<Record<string, unknown>> = {
    ...{ job: made.job, jobs: [made.job], document: documents[0], documents, order: documents },
    ...{ signer: made.signers[1]?.id, receipt: theirReceipt, upload: clerkUpload, user: clerkId },
    shown: refs.map(({ document, revision, sha256 }) => ({ document, revision, sha256 })),
  };
  const fill = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(fill);
    if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, real[key] ?? fill(inner)]),
    );
  };
  return fill(samples[method]);
}

const secrets = () =>
  new RegExp(
    [theirs.job, ...theirs.documents.map(({ id }) => id), 'Nabo', 'Naboens', theirReceipt].join(
      '|',
    ),
  );

async function refused(method: string, input: unknown, status: number, code: string) {
  tried.calls += 1;
  const answer = await kiosk.post(method, input);
  expect(answer, method).toMatchObject({ status, result: { ok: false, error: { code } } });
  expect(JSON.stringify(answer.result), method).not.toMatch(secrets());
}

describe('a signer at the kiosk, and another job', () => {
  it('is refused every method that is not a signer’s, whatever it speaks of', async () => {
    const own = (await jobOf(mine)).revisions;
    const others = methods.filter((method) => !signerMethods.includes(method));
    expect(others.length + signerMethods.length).toBe(methods.length);
    expect(others.length).toBeGreaterThan(45);
    for (const method of others) {
      await refused(method, about(theirs, revisions, method), 403, 'rpc.forbidden');
      // Not because of the other job: these are not a signer's at all.
      await refused(method, about(mine, own, method), 403, 'rpc.forbidden');
      // And nothing is learnt of what the method would have taken.
      await refused(method, { job: theirs.job, rubbish: 1 }, 403, 'rpc.forbidden');
    }
  });

  it('cannot name another job where the method is a signer’s', async () => {
    for (const method of signerMethods) {
      const input = about(theirs, revisions, method) as object;
      for (const more of [
        { job: theirs.job },
        { signer: theirs.signers[1]?.id },
        { document: theirs.documents[0]?.id },
      ])
        await refused(method, { ...input, ...more }, 400, 'rpc.invalid');
    }
  });

  it('is told of its own job alone by the methods that take no job', async () => {
    for (const method of ['session.state', 'signing.view'] as const) {
      tried.calls += 1;
      const { status, result } = await kiosk.post(method, {});
      expect(status).toBe(200);
      expect(JSON.stringify(result), method).not.toMatch(secrets());
    }
  });

  it('confirms, signs and cancels nothing of another job by showing its documents', async () => {
    const before = await jobOf(theirs);
    const own = await kiosk.call('signing.view', {});
    const textSha256 = own.confirmation.sha256;
    const theirPages = Object.fromEntries(
      theirs.documents.flatMap(({ id, findings }) =>
        Array.from({ length: findings.pageCount }, (_, page) => [`${id}/${page + 1}`, 900]),
      ),
    );
    const shown = revisions.map(({ document, revision, sha256 }) => ({
      document,
      revision,
      sha256,
    }));
    tried.calls += 4;
    expect(
      (await kiosk.try('signing.confirm', { shown, textSha256, pagesShown: theirPages })).ok,
    ).toBe(false);
    expect(
      (await kiosk.try('signing.confirm', { shown, textSha256, pagesShown: {}, override: 'x' })).ok,
    ).toBe(false);
    const mark = { type: 'typed', text: 'Nils Nabo' } as const;
    expect((await kiosk.try('signing.sign', { shown, mark })).ok).toBe(false);
    // The clerk's work goes on, whoever calls its name.
    const task = 'abcdefgh-1234';
    const upload = await clerk.upload(sample);
    const { job } = await clerk.call('job.create', { spec: {} });
    const imported = clerk.try('document.import', { job, upload, name: 'x.pdf', task });
    await kiosk.call('task.cancel', { task });
    expect((await imported).ok).toBe(true);
    expect(await jobOf(theirs)).toEqual(before);
  });

  it('brings in no file', async () => {
    const put = await kiosk.ask('/upload', { method: 'PUT', body: sample });
    expect(put.status).toBe(403);
    expect(put.body.toString()).toContain('rpc.forbidden');
  });

  it('reads no document of another job at any revision, in whole or in part', async () => {
    const addresses = [
      ...theirs.documents.flatMap(({ id }) => [0, 1, 2, 3].map((number) => `${id}/${number}`)),
      ...[`upload%3A${clerkUpload}/0`, `upload:${clerkUpload}/0`, `upload/${clerkUpload}/0`],
      `${theirs.job}/0`,
    ];
    for (const address of addresses)
      for (const headers of [{}, { range: 'bytes=0-9' }, { range: 'bytes=-9' }])
        for (const method of ['GET', 'HEAD', 'POST', 'PUT']) {
          tried.documents += 1;
          const answer = await kiosk.ask(`/document/${address}`, { method, headers });
          expect([403, 405], `${method} ${address}`).toContain(answer.status);
          if (method === 'GET') expect(answer.status, address).toBe(403);
          expect(answer.body.toString()).toBe('');
        }
    // The addresses are right: whoever may see them does.
    for (const { id } of theirs.documents)
      for (const number of [0, 1, 2])
        expect((await clerk.ask(`/document/${id}/${number}`)).status).toBe(200);
    // What is not there answers as what is not theirs.
    const nothing = await kiosk.ask(`/document/${'0'.repeat(32)}/0`);
    const foreign = await kiosk.ask(`/document/${theirs.documents[0]?.id ?? ''}/0`);
    const told = ({ date: _, ...headers }: Answered['headers']) => headers;
    expect(told(foreign.headers)).toEqual(told(nothing.headers));
  });

  it('reads every revision of its own, each the bytes that it was', async () => {
    const view = await kiosk.call('signing.view', {});
    expect(view.documents).toHaveLength(2);
    for (const { document, revision, sha256 } of view.documents) {
      expect(revision).toBe(2);
      const whole: Buffer[] = [];
      for (let number = 0; number <= revision; number++) {
        const answer = await kiosk.ask(`/document/${document}/${number}`);
        expect(answer.status).toBe(200);
        whole.push(answer.body);
        tried.own += 1;
        const start = await kiosk.ask(`/document/${document}/${number}`, {
          headers: { range: 'bytes=0-4' },
        });
        expect([start.status, start.body.toString()]).toEqual([206, '%PDF-']);
      }
      expect(whole[0]?.equals(sample)).toBe(true);
      for (const [number, bytes] of whole.entries())
        expect(whole.at(-1)?.subarray(0, bytes.length).equals(bytes), `${number}`).toBe(true);
      const hash = createHash('sha256')
        .update(whole.at(-1) ?? '')
        .digest('hex');
      expect(hash).toBe(sha256);
      expect((await kiosk.ask(`/document/${document}/${revision + 1}`)).status).toBe(403);
    }
  });

  it('hears of its own job, and nothing while another one changes', async () => {
    const deadline = new Date(Date.now() + 86_400_000).toISOString();
    const change = async (body: Promise<unknown>) => {
      await body;
      tried.changes += 1;
    };
    await change(signAtKiosk(clerk, theirs.job, theirs.signers[1]?.id ?? ''));
    await change(clerk.call('job.extend', { job: theirs.job, deadline }));
    await change(
      clerk.call('job.attest', { job: theirs.job, signer: theirs.signers[0]?.id ?? '' }),
    );
    await change(clerk.call('job.cancel', { job: theirs.job, reason: 'Trukket' }));
    await change(clerk.call('export.save', { jobs: [theirs.job], folder }));
    await change(clerk.call('settings.kiosk', { idleSeconds: 111 }));
    await change(clerk.call('job.create', { spec: { title: 'Naboens neste' } }));
    await until(() => clerk.events.some(({ type }) => type === 'counts'));
    const heardOfTheirs = clerk.events.filter(
      (event) => event.type === 'job.changed' && event.job === theirs.job,
    );
    expect(heardOfTheirs.length).toBeGreaterThanOrEqual(5);
    // The own job speaks last: what the other one's changes would have said has come before it.
    await clerk.call('job.extend', { job: mine.job, deadline });
    await until(() => heardAsSigner().some(({ type }) => type === 'job.changed'));
    expect(kiosk.heard()).not.toMatch(secrets());
    expect(new Set(heardAsSigner().map(({ type }) => type))).toEqual(new Set(['job.changed']));
    expect(
      heardAsSigner().flatMap((event) => (event.type === 'job.changed' ? [event.job] : [])),
    ).toEqual(expect.arrayContaining([mine.job]));
    // Nor does a stream that comes back say what it has missed of others.
    const { value: again } = await streamAgain();
    expect(again).toContain(mine.job);
    expect(again).not.toMatch(/archive\.changed|settings\.changed|counts/);
    expect(again).not.toMatch(secrets());
  });

  it('is back behind the wall as soon as the signer has left: the own job is closed, too', async () => {
    await kiosk.call('session.leave', { reason: 'stopped' });
    for (const { id } of [...mine.documents, ...theirs.documents])
      for (const number of [0, 1, 2])
        expect((await kiosk.ask(`/document/${id}/${number}`)).status).toBe(403);
    for (const method of signerMethods)
      if (!(contract[method].roles as readonly string[]).includes('visitor'))
        await refused(method, about(mine, revisions, method), 403, 'rpc.forbidden');
    await kiosk.call('session.resume', { pin });
  });
});

/** Since the hand-over, which ends what the clerk may hear: background work may have spoken before it. */
function heardAsSigner() {
  return kiosk.events.slice(
    kiosk.events.findLastIndex(({ type }) => type === 'session.changed') + 1,
  );
}

type Answered = Awaited<ReturnType<Browser['ask']>>;

/** What a stream says in its first moments that tells where it had come. */
function streamAgain(): Promise<{ value: string }> {
  const { hostname, port } = new URL(host.url);
  return new Promise((resolve, reject) => {
    const stream = request({
      ...{ host: '127.0.0.1', port, path: '/events', agent: false },
      headers: { host: `${hostname}:${port}`, cookie: kiosk.id, 'last-event-id': '1' },
    });
    stream.on('response', (response) => {
      let value = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        value += part;
        if (!value.includes('job.changed')) return;
        stream.destroy();
        resolve({ value });
      });
      response.on('error', () => undefined);
    });
    stream.on('error', reject);
    stream.end();
  });
}
