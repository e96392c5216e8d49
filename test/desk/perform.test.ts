import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import type { Archive } from '../../electron/archive/archive.ts';
import { perform } from '../../electron/desk/desk.ts';
import { unwrap } from '../../shared/result.ts';
import { cleanUp, created, draft, newScene, spec } from '../archive/scene.ts';

afterAll(cleanUp);

/** The archive as it is when somebody else changes the job between every look and the first `times` writes. */
function contested(archive: Archive, times: number): Archive {
  let left = times;
  return {
    ...archive,
    append(entry) {
      if (left-- > 0)
        unwrap(
          archive.append({
            ...{ job: 'j1', actor: 'u2', expectedVersion: archive.job('j1')?.version ?? 0 },
            events: [
              { type: 'edited', spec: spec({ title: `Ny ${left}` }), titles: {}, order: [] },
            ],
          }),
        );
      return archive.append(entry);
    },
  };
}

describe('what is done to a job', () => {
  const cancel = [{ type: 'cancel', reason: 'Feil beløp' }] as const;

  it('is decided anew when somebody else was quicker', () => {
    const scene = newScene();
    const archive = created(scene);
    draft(archive, 'j1', randomBytes(100));
    const desk = { archive: contested(archive, 2), clock: scene.clock };
    expect(perform(desk, 'j1', 'u1', cancel)).toMatchObject({
      ok: true,
      value: { state: 'cancelled', version: 5 },
    });
    archive.close();
  });

  it('is refused when it was decided on what the caller saw', () => {
    const scene = newScene();
    const archive = created(scene);
    draft(archive, 'j1', randomBytes(100));
    const desk = { archive: contested(archive, 1), clock: scene.clock };
    expect(perform(desk, 'j1', 'u1', cancel, { on: archive.job('j1') })).toMatchObject({
      error: { code: 'job.moved' },
    });
    archive.close();
  });

  it('is given up when it never comes through', () => {
    const scene = newScene();
    const archive = created(scene);
    draft(archive, 'j1', randomBytes(100));
    const desk = { archive: contested(archive, 100), clock: scene.clock };
    expect(perform(desk, 'j1', 'u1', cancel)).toMatchObject({ error: { code: 'job.moved' } });
    archive.close();
  });
});
