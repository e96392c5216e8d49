import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, describe, expect, it } from 'vitest';
import type { User } from '../../electron/archive/archive.ts';
import { unwrap } from '../../shared/result.ts';
import { actor } from './processes.ts';
import * as stage from './scene.ts';

afterAll(stage.cleanUp);

describe('settings and users', () => {
  it('are kept, replaced and seen by every process', () => {
    const scene = stage.newScene();
    const archive = stage.created(scene);
    const other = stage.opened(scene);
    expect(archive.setting('organisation')).toBeUndefined();
    archive.putSetting('organisation', { name: 'Bø kommune', number: '911' }, 'u1');
    archive.putSetting('organisation', { name: 'Ål kommune', sizes: [1, null, true] }, 'u1');
    archive.putSetting('nothing', null, 'u1');
    const kari: User = { id: 'u1', name: 'Kari', roles: ['handler'], active: true };
    archive.putUser(kari, 'u1');
    archive.putUser({ ...kari, id: 'u0', name: 'Ola' }, 'u1');
    archive.putUser({ ...kari, active: false }, 'u1');
    expect(other.setting('organisation')).toEqual({ name: 'Ål kommune', sizes: [1, null, true] });
    expect(other.setting('nothing')).toBeNull();
    expect(other.users()).toEqual([
      { ...kari, id: 'u0', name: 'Ola' },
      { ...kari, active: false },
    ]);
    other.close();
    archive.close();
  });

  it('lose nothing where several programs change one at the same time', async () => {
    const scene = stage.newScene();
    const archive = stage.created(scene);
    const programs = [1, 2, 3].map(() => {
      const [program = '', ...words] = actor('count', scene, '60');
      return once(spawn(program, words, { stdio: 'inherit' }), 'exit');
    });
    expect(await Promise.all(programs)).toEqual([
      [0, null],
      [0, null],
      [0, null],
    ]);
    expect(archive.setting('count')).toBe(180);
    archive.close();
  });
});

describe('the outbox', () => {
  it('keeps rows in order until they were delivered', () => {
    const scene = stage.newScene();
    const archive = stage.created(scene);
    for (const job of ['a', 'b'])
      unwrap(
        archive.append({
          ...{ job, expectedVersion: 0, actor: 'u1' },
          events: [{ type: 'created', spec: stage.spec() }],
          outbox: [
            { topic: 'posten', body: { send: job } },
            { topic: 'mail', body: job },
          ],
        }),
      );
    const rows = archive.outbox('posten', 10);
    expect(rows.map((row) => row.body)).toEqual([{ send: 'a' }, { send: 'b' }]);
    expect(archive.outbox('posten', 1)).toHaveLength(1);
    archive.removeFromOutbox(rows[0]?.id ?? 0);
    archive.close();
    const again = stage.opened(scene);
    expect(again.outbox('posten', 10).map((row) => row.body)).toEqual([{ send: 'b' }]);
    expect(again.outbox('mail', 10)).toHaveLength(2);
    again.dispose('b', 'u1');
    expect(again.outbox('posten', 10)).toEqual([]);
    again.close();
  });
});

describe('a lease', () => {
  it('is with one process at a time, until it is given back or runs out', () => {
    const scene = stage.newScene();
    const one = stage.created(scene);
    const two = stage.opened(scene);
    expect(one.lease('sync', 10_000)).toBe(true);
    expect(two.lease('sync', 10_000)).toBe(false);
    expect(two.lease('seal', 10_000)).toBe(true);
    expect(one.lease('sync', 10_000)).toBe(true);
    two.releaseLease('sync');
    expect(two.lease('sync', 10_000)).toBe(false);
    one.releaseLease('sync');
    expect(two.lease('sync', 10_000)).toBe(true);
    scene.clock.forward(9_000);
    expect(one.lease('sync', 10_000)).toBe(false);
    scene.clock.forward(2_000);
    expect(one.lease('sync', 10_000)).toBe(true);
    one.close();
    two.close();
  });

  it('of another process holds while it runs, and is free when it has died', async () => {
    const scene = stage.newScene();
    stage.created(scene).close();
    const [program = '', ...words] = actor('lease', scene, 'sync');
    const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    const archive = stage.opened(scene);
    expect(archive.lease('sync', 1_000)).toBe(false);
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(archive.lease('sync', 1_000)).toBe(true);
    archive.close();
  });
});
