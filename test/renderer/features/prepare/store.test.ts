import { beforeEach, describe, expect, it } from 'vitest';
import { emptySpec } from '../../../../shared/job/job.ts';
import type { JobDocument } from '../../../../shared/job/job.ts';
import {
  draftOf,
  orderedDocuments,
  usePrepare,
} from '../../../../renderer/features/prepare/store.ts';

const document = (id: string): JobDocument => ({
  id,
  title: `Title of ${id}`,
  fileName: `${id}.pdf`,
  sha256: '',
  length: 1,
  findings: {
    pageCount: 1,
    pages: [],
    pdfVersion: '1.7',
    pdfa: null,
    encrypted: false,
    signatures: 0,
    certified: null,
    emptySignatureFields: [],
    hidden: [],
    anomalies: [],
  },
});
const state = () => usePrepare.getState();
const field = (id: string, of: string) => ({
  id,
  document: of,
  signer: 's',
  placement: { page: 0, x: 1, y: 1, width: 100, height: 40 },
});

describe('the draft', () => {
  beforeEach(() => {
    const documents = [document('one'), document('two')];
    state().load('job', 3, draftOf(emptySpec, documents), documents);
  });

  it('goes back and forward a step at a time; typing in one field is one step', () => {
    for (const title of ['L', 'Le', 'Lei']) state().editSpec({ title }, 'title');
    state().editSpec({ reference: '26/1' }, 'reference');
    expect(state().past).toHaveLength(2);
    state().undo();
    expect(state().draft.spec).toMatchObject({ title: 'Lei', reference: '' });
    state().undo();
    expect(state().draft.spec.title).toBe('');
    state().redo();
    state().redo();
    expect(state().draft.spec).toMatchObject({ title: 'Lei', reference: '26/1' });
  });

  it('forgets what was undone once something else is done', () => {
    state().editSpec({ title: 'a' });
    state().undo();
    state().editSpec({ title: 'b' });
    state().redo();
    expect(state().draft.spec.title).toBe('b');
  });

  it('is saved only when the archive has exactly what is on screen', () => {
    state().editSpec({ title: 'a' });
    expect(state().saved.state).toBe('changed');
    const sent = state().draft;
    state().editSpec({ title: 'ab' });
    state().savedAs(sent, 4, '2026-11-24T09:41:00Z');
    expect(state().saved.state).toBe('changed');
    state().savedAs(state().draft, 5, '2026-11-24T09:42:00Z');
    expect(state().saved).toEqual({ state: 'saved', at: '2026-11-24T09:42:00Z' });
    expect(state().version).toBe(5);
  });

  it('follows documents that come and go: order kept, new last, fields of gone ones gone', () => {
    state().edit((draft) => ({ ...draft, order: ['two', 'one'] }));
    state().editSpec({ fields: [field('f', 'one'), field('g', 'two')] });
    state().follow(9, [document('two'), document('three')]);
    expect(state().draft.order).toEqual(['two', 'three']);
    expect(state().draft.spec.fields.map(({ id }) => id)).toEqual(['g']);
    expect(state().shown.document).toBe('two');
    // Stepping back must not bring a field back onto a document that is gone.
    state().undo();
    state().undo();
    expect(state().draft.spec.fields).toEqual([]);
    expect(orderedDocuments(state().draft, state().documents)).toHaveLength(2);
  });

  it('never goes back to an older version', () => {
    state().follow(7, [document('one')]);
    state().follow(5, [document('one')]);
    expect(state().version).toBe(7);
  });
});
