import { beforeEach, describe, expect, it } from 'vitest';
import { emptySpec } from '../../../../shared/job/job.ts';
import type { JobDocument, JobSpec } from '../../../../shared/job/job.ts';
import { fail, ok } from '../../../../shared/result.ts';
import type { Result } from '../../../../shared/result.ts';
import type { InputOf } from '../../../../shared/rpc/contract.ts';

/** The archive as far as a draft goes: one job that refuses an edit of an older version. */
const archive = {
  version: 1,
  spec: emptySpec,
  documents: [] as { id: string; title: string }[],
  edits: 0,
};

function answer(method: string, input: unknown): Result<unknown> {
  if (method === 'job.get')
    return ok({ job: { state: 'draft', ...archive }, events: [], missing: [], sealReady: true });
  if (method !== 'job.edit') return fail('rpc.unknown', method);
  const edit = input as InputOf<'job.edit'>;
  archive.edits += 1;
  if (edit.version !== archive.version) return fail('job.moved', 'moved');
  archive.version += 1;
  archive.spec = edit.spec as JobSpec;
  return ok({ version: archive.version });
}

Object.assign(globalThis, {
  window: {
    host: {
      call: (method: string, input: unknown) => Promise.resolve(answer(method, input)),
      listen: () => () => undefined,
      documentUrl: () => '',
      restart: () => undefined,
    },
  },
});
const { choose, meet, saveNow } = await import('../../../../renderer/features/prepare/saving.ts');
const { draftOf, usePrepare } = await import('../../../../renderer/features/prepare/store.ts');
const state = () => usePrepare.getState();

describe('a draft that saves itself', () => {
  beforeEach(() => {
    Object.assign(archive, { version: 1, spec: emptySpec, documents: [], edits: 0 });
    state().load('job', 1, draftOf(emptySpec, []), []);
  });

  it('sends what has changed, once', async () => {
    state().editSpec({ title: 'Leieavtale' });
    expect(await saveNow()).toBe(true);
    expect(await saveNow()).toBe(true);
    expect(archive).toMatchObject({ version: 2, edits: 1 });
    expect(archive.spec.title).toBe('Leieavtale');
    expect(state().saved.state).toBe('saved');
  });

  it('keeps what is written while it saves, and saves that too', async () => {
    state().editSpec({ title: 'a' });
    const saving = saveNow();
    state().editSpec({ title: 'ab' });
    await saving;
    expect(state().draft.spec.title).toBe('ab');
    expect(state().saved.state).toBe('changed');
    expect(await saveNow()).toBe(true);
    expect(archive.spec.title).toBe('ab');
  });

  it('goes on by itself when only a document has come in', async () => {
    archive.version = 2;
    archive.documents = [{ id: 'one', title: 'One' }];
    state().editSpec({ title: 'mine' });
    expect(await saveNow()).toBe(true);
    expect(archive.spec.title).toBe('mine');
    expect(state().draft.order).toEqual(['one']);
  });

  it('never writes over what somebody else wrote: it asks', async () => {
    archive.version = 2;
    archive.spec = { ...emptySpec, title: 'theirs' };
    state().editSpec({ title: 'mine' });
    expect(await saveNow()).toBe(false);
    expect(archive.spec.title).toBe('theirs');
    const { saved } = state();
    expect(saved.state).toBe('conflict');
    expect(saved.state === 'conflict' && saved.theirs.spec.title).toBe('theirs');
    expect(state().draft.spec.title).toBe('mine');
    // Until the clerk has chosen nothing more is sent.
    const before = archive.edits;
    await saveNow();
    expect(archive.edits).toBe(before);
  });

  it('shows what another window wrote where nothing was written here', () => {
    const spec = { ...emptySpec, title: 'theirs' };
    expect(meet({ version: 2, spec, documents: [] })).toBe(true);
    expect(state()).toMatchObject({ version: 2, saved: { state: 'saved' } });
    expect(state().draft.spec.title).toBe('theirs');
  });

  it('asks when both have written, before anything is saved; closing loses neither', () => {
    state().editSpec({ title: 'mine' });
    expect(meet({ version: 2, spec: { ...emptySpec, title: 'theirs' }, documents: [] })).toBe(
      false,
    );
    expect(state().draft.spec.title).toBe('mine');
    choose('theirs');
    expect(state().draft.spec.title).toBe('theirs');
    state().undo();
    expect(state().draft.spec.title).toBe('mine');
    expect(state().saved.state).toBe('changed');
  });

  it('saves mine over theirs once that is chosen, and theirs is a step back', async () => {
    archive.version = 2;
    archive.spec = { ...emptySpec, title: 'theirs' };
    state().editSpec({ title: 'mine' });
    await saveNow();
    choose('mine');
    expect(await saveNow()).toBe(true);
    expect(archive.spec.title).toBe('mine');
    state().undo();
    expect(state().draft.spec.title).toBe('theirs');
  });

  it('takes the echo of its own saving, and a mask, for nothing new', async () => {
    const signer = { id: 's', name: 'Kari', title: '', language: 'nb', kind: 'simple' } as const;
    const full = { ...signer, order: 1, role: 'signer', onBehalfOf: 'SELF' } as const;
    state().editSpec({ signers: [{ ...full, nationalId: '01818000010' }] });
    await saveNow();
    state().editSpec({ title: 'mine' });
    // The archive masks, and has its own order of keys.
    const told = { nationalId: '018180*****', ...full };
    const one = { id: 'one', title: 'One' } as JobDocument;
    expect(meet({ version: 3, spec: { ...emptySpec, signers: [told] }, documents: [one] })).toBe(
      true,
    );
    expect(state().draft.spec).toMatchObject({
      title: 'mine',
      signers: [{ nationalId: '01818000010' }],
    });
    expect(state().draft.order).toEqual(['one']);
  });
});
