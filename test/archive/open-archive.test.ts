import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { cleanUp, created, draft, newScene, open, opened, readAll, sha256 } from './scene.ts';

afterAll(cleanUp);

describe('an archive', () => {
  it('gives back what was appended, after it was opened again', () => {
    const scene = newScene();
    const first = created(scene);
    const bytes = randomBytes(700_000);
    const tail = randomBytes(5_000);
    const document = draft(first, 'j1', bytes);
    open(first, 'j1', document, tail);
    const job = first.job('j1');
    first.close();

    const again = opened(scene);
    expect(again.job('j1')).toEqual(job);
    expect(job?.state).toBe('open');
    expect(again.events('j1').map((one) => one.event.type)).toEqual([
      'created',
      'document-added',
      'opened',
    ]);
    expect(readAll(again, document, 0).equals(bytes)).toBe(true);
    expect(readAll(again, document).equals(Buffer.concat([bytes, tail]))).toBe(true);
    expect(again.revisions(document).map((one) => one.sha256)).toEqual([
      sha256(bytes),
      sha256(bytes, tail),
    ]);
    expect(again.jobOf(document)).toBe('j1');
    expect(again.list({ limit: 10 }).rows.map((row) => [row.id, row.tab])).toEqual([
      ['j1', 'waiting'],
    ]);
    expect(again.counts().waiting).toBe(1);
    expect(again.verify()).toMatchObject({ ok: true, events: 3, documents: 1, revisions: 2 });
    again.close();
  });
});
