import { afterAll, describe, expect, it } from 'vitest';
import { officeJob } from '../../shared/office-event.ts';
import type { User } from '../../electron/archive/archive.ts';
import * as stage from './scene.ts';

afterAll(stage.cleanUp);

const kari: User = { id: 'u1', name: 'Kari', roles: ['admin'], active: true };

describe('the office’s log', () => {
  it('tells who changed what, newest first, page by page, in the same chain as the jobs', () => {
    const scene = stage.newScene();
    const archive = stage.created(scene);
    archive.putUser(kari, 'u1');
    archive.putSetting('language', 'nn', 'u1');
    stage.draft(archive, 'j1', new Uint8Array(100));
    archive.putSetting('language', 'nn', 'u1');
    archive.putSetting('language', 'en', 'u2');
    archive.recordOffice('u1', { type: 'looked', user: 'u1', job: 'j1' });
    const first = archive.officeEvents(3);
    expect(first.rows.map(({ seq, actor, event }) => [seq, actor, event.type])).toEqual([
      [6, 'u1', 'looked'],
      [5, 'u2', 'setting-changed'],
      [2, 'u1', 'setting-changed'],
    ]);
    const second = archive.officeEvents(3, first.next ?? '');
    expect(second.rows.map(({ event }) => event)).toMatchObject([
      { type: 'user-changed', user: 'u1', roles: ['admin'], active: true },
    ]);
    expect(second.next).toBeNull();
    expect(JSON.stringify([first, second])).not.toContain('Kari');
    expect(archive.head().seq).toBe(6);
    expect(archive.verify()).toMatchObject({ ok: true, events: 6 });
    archive.close();
  });

  it('is no job: nobody opens it, lists it, appends to it or disposes of it', () => {
    const scene = stage.newScene();
    const archive = stage.created(scene);
    archive.putUser(kari, 'u1');
    expect(archive.job(officeJob)).toBeNull();
    expect(archive.events(officeJob)).toEqual([]);
    expect(archive.eventsSince(0, 10)).toEqual([]);
    expect(archive.list({ limit: 10 }).rows).toEqual([]);
    expect(archive.stage(officeJob, stage.bytesSource(new Uint8Array(1))).ok).toBe(false);
    const entry = { job: officeJob, expectedVersion: 1, actor: 'u1' };
    expect(
      archive.append({ ...entry, events: [{ type: 'created', spec: stage.spec() }] }),
    ).toMatchObject({ error: { code: 'job.unknown' } });
    expect(() => archive.dispose(officeJob, 'u1')).toThrow();
    archive.close();
  });
});
