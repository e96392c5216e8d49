import { afterAll, describe, expect, it } from 'vitest';
import { officeJob, type OfficeFilter } from '../../shared/office-event.ts';
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

  it('is looked through by what was done and by whom it was, or whom it was about', () => {
    const scene = stage.newScene();
    const archive = stage.created(scene);
    archive.putUser(kari, 'u1');
    for (let at = 0; at < 2_000; at += 1)
      archive.recordOffice(at % 2 === 0 ? 'u2' : 'system', { type: 'signed-out', user: 'u2' });
    archive.putSetting('language', 'en', 'u2');
    archive.recordOffice('system', { type: 'locked-out', user: 'u1', what: 'pin', tries: 4 });
    const seen = (filter: OfficeFilter) => {
      const first = archive.officeEvents(10, undefined, filter);
      // So much is gone through at a time; there is more, and it says so.
      expect(first.next, JSON.stringify(filter)).not.toBeNull();
      const rest = archive.officeEvents(10, first.next ?? '', filter);
      expect(rest.next).toBeNull();
      return [first, rest].map(({ rows }) => rows.map(({ event }) => event.type));
    };
    expect(seen({ kind: 'settings' })).toEqual([['setting-changed'], ['user-changed']]);
    expect(seen({ kind: 'settings', person: 'u2' })).toEqual([['setting-changed'], []]);
    // What was done to somebody is theirs, too.
    expect(seen({ person: 'u1' })).toEqual([['locked-out'], ['user-changed']]);
    expect(seen({ kind: 'proof' })).toEqual([[], []]);
    expect(seen({ person: 'nobody' })).toEqual([[], []]);
    const first = archive.officeEvents(500, undefined, { kind: 'access', person: 'system' });
    expect(first.rows).toHaveLength(500);
    const rest = archive.officeEvents(500, first.next ?? '', { kind: 'access', person: 'system' });
    const all = [...first.rows, ...rest.rows].map(({ seq }) => seq);
    expect(new Set(all).size).toBe(1000);
    expect(all).toEqual(all.toSorted((a, b) => b - a));
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
