import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorkThreads, type WorkThreads } from '../../electron/adapters/work-threads.ts';

/** A worker that does what its input says, with the same messages as the product's. */
const script = `
import { parentPort } from 'node:worker_threads';
let key = null;
parentPort.on('message', async (message) => {
  if (message.type === 'key') key = message.key;
  if (message.type === 'close') { parentPort.postMessage({ type: 'closed' }); parentPort.close(); }
  if (message.type !== 'run') return;
  const { name, input } = message;
  if (name === 'die') process.exit(3);
  if (name === 'break') {
    parentPort.postMessage({ type: 'broke', error: new TypeError('a bug') });
    return;
  }
  if (name === 'long') {
    for (let done = 0; done < 400; done++) {
      parentPort.postMessage({ type: 'progress', state: { step: 's', done, total: 400 } });
      if (Atomics.load(message.cancelled, 0) === 1) {
        const error = { code: 'task.cancelled', message: '' };
        parentPort.postMessage({ type: 'done', result: { ok: false, error } });
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  const value = name === 'key' ? key : input;
  parentPort.postMessage({ type: 'done', result: { ok: true, value } });
});
`;

let folder = '';
let work: WorkThreads;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'skranke-work-'));
  const path = join(folder, 'worker.mjs');
  writeFileSync(path, script);
  work = createWorkThreads({
    ...{ script: pathToFileURL(path), home: folder, zone: 'UTC', version: '0' },
    clockOffset: () => 0,
  });
});
afterEach(async () => {
  await work.close();
  rmSync(folder, { recursive: true, force: true });
});

const at = (lane: 'counter' | 'background', task?: string) => ({
  ...{ lane, actor: 'a' },
  ...(task === undefined ? {} : { task }),
});

describe('work in threads', () => {
  it('does one piece after the other in a lane, and does not hold up the other lane', async () => {
    const order: string[] = [];
    const note = (name: string) => () => void order.push(name);
    await Promise.all([
      work.run('long', 1, { ...at('background', 'slow') }).then(note('slow')),
      work.run('echo', 2, at('background')).then(note('behind it')),
      work
        .run('echo', 3, at('counter'))
        .then(note('signing'))
        .then(() => work.cancel('slow')),
    ]);
    expect(order).toEqual(['signing', 'slow', 'behind it']);
  });

  it('stops at the next report of progress, or never begins', async () => {
    let reports = 0;
    const progress = () => {
      reports += 1;
      if (reports === 3) work.cancel('mine');
    };
    const running = work.run('long', 0, { ...at('counter', 'mine'), progress });
    const waiting = work.run('echo', 0, at('counter', 'next'));
    work.cancel('next');
    expect(await waiting).toMatchObject({ error: { code: 'task.cancelled' } });
    expect(await running).toMatchObject({ error: { code: 'task.cancelled' } });
    expect(reports).toBeLessThan(50);
  });

  it('throws what broke inside, and goes on with a fresh thread after one has died', async () => {
    await expect(work.run('break', 0, at('counter'))).rejects.toThrow('a bug');
    const after = work.run('echo', 'next', at('counter'));
    expect(await after).toEqual({ ok: true, value: 'next' });
    const dying = work.run('die', 0, at('counter'));
    const behind = work.run('echo', 'again', at('counter'));
    await expect(dying).rejects.toThrow('ended with 3');
    expect(await behind).toEqual({ ok: true, value: 'again' });
  });

  it('gives a fresh thread the key, and takes it away', async () => {
    work.useKey(new Uint8Array([1, 2]));
    expect(await work.run('key', 0, at('counter'))).toEqual({
      ...{ ok: true, value: new Uint8Array([1, 2]) },
    });
    work.useKey(null);
    expect(await work.run('key', 0, at('counter'))).toEqual({ ok: true, value: null });
  });

  it('finishes what is running when it is closed, and drops what waits', async () => {
    const running = work.run('long', 'done', at('counter', 'running'));
    const waiting = work.run('echo', 0, at('counter'));
    const closed = work.close();
    expect(await waiting).toMatchObject({ error: { code: 'task.cancelled' } });
    work.cancel('running');
    expect(await running).toMatchObject({ error: { code: 'task.cancelled' } });
    await closed;
  });
});
