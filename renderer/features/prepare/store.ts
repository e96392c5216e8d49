/** The draft as it is on screen: what the clerk writes, what can be undone, and where they are looking. */
import { create } from 'zustand';
import type { FieldKind } from '../../../shared/job/field.ts';
import type { FieldSpec, JobDocument, JobSpec, SignerSpec } from '../../../shared/job/job.ts';
import { emptySpec } from '../../../shared/job/job.ts';
import type { Failure } from '../../../shared/result.ts';

/** What `job.edit` carries. */
export interface Draft {
  readonly spec: JobSpec;
  readonly titles: Readonly<Record<string, string>>;
  readonly order: readonly string[];
}

export type Saved =
  | { readonly state: 'saved'; readonly at: string | null }
  | { readonly state: 'changed' }
  | { readonly state: 'saving' }
  | { readonly state: 'failed'; readonly failure: Failure }
  /** Somebody else has edited the same draft: theirs is kept beside ours until the clerk chooses. */
  | { readonly state: 'conflict'; readonly theirs: Draft };

export type Step = 'documents' | 'signers' | 'check';
export const stepOrder: readonly Step[] = ['documents', 'signers', 'check'];

interface State {
  readonly job: string | null;
  /** Roles instead of persons; it is never opened. */
  readonly template: boolean;
  readonly draft: Draft;
  readonly documents: readonly JobDocument[];
  readonly version: number;
  /** The draft as the archive has it. */
  readonly base: Draft;
  readonly saved: Saved;
  readonly past: readonly Draft[];
  readonly future: readonly Draft[];
  /** Edits with the same key in a row are one step back. */
  readonly lastKey: string | null;
  readonly step: Step;
  readonly shown: { readonly document: string | null; readonly page: number };
  /** Whole page in view at 1. */
  readonly zoom: number;
  readonly field: string | null;
  /** Chosen besides `field`, to be aligned with it. */
  readonly group: readonly string[];
  /** How far the chosen ones are drawn from where they stand, while they are dragged together. */
  readonly drift: { readonly dx: number; readonly dy: number } | null;
  /** What is placed next. */
  readonly kind: FieldKind;
  readonly signer: string | null;
  readonly copied: FieldSpec | null;
}

interface Actions {
  load: (job: string, version: number, draft: Draft, documents: readonly JobDocument[]) => void;
  /** Documents came or went at the archive; ours of titles, order and fields is kept in step. */
  follow: (version: number, documents: readonly JobDocument[]) => void;
  edit: (change: (draft: Draft) => Draft, key?: string) => void;
  editSpec: (change: Partial<JobSpec>, key?: string) => void;
  editSigner: (id: string, change: Partial<SignerSpec>, key?: string) => void;
  editField: (id: string, change: Partial<FieldSpec>, key?: string) => void;
  /** What comes next is a step of its own. */
  settle: () => void;
  undo: () => void;
  redo: () => void;
  savedAs: (draft: Draft, version: number, at: string) => void;
  setSaved: (saved: Saved) => void;
  take: (draft: Draft, version: number) => void;
  go: (step: Step) => void;
  show: (document: string | null, page: number) => void;
  look: (
    change: Partial<
      Pick<State, 'zoom' | 'field' | 'group' | 'drift' | 'kind' | 'signer' | 'copied'>
    >,
  ) => void;
}

const nothing: Draft = { spec: emptySpec, titles: {}, order: [] };
const mostSteps = 200;

export function draftOf(spec: JobSpec, documents: readonly JobDocument[]): Draft {
  return {
    spec,
    titles: Object.fromEntries(documents.map((document) => [document.id, document.title])),
    order: documents.map((document) => document.id),
  };
}

export function sameDraft(a: Draft, b: Draft): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** `draft` with exactly these documents: new ones at the end, fields of gone ones gone. */
export function withDocuments(draft: Draft, documents: readonly JobDocument[]): Draft {
  const ids = new Set(documents.map((document) => document.id));
  const order = [
    ...draft.order.filter((id) => ids.has(id)),
    ...documents.map((document) => document.id).filter((id) => !draft.order.includes(id)),
  ];
  const titles = Object.fromEntries(
    documents.map((document) => [document.id, draft.titles[document.id] ?? document.title]),
  );
  const fields = draft.spec.fields.filter((field) => ids.has(field.document));
  const gone = fields.length !== draft.spec.fields.length;
  return { spec: gone ? { ...draft.spec, fields } : draft.spec, titles, order };
}

const blank: State = {
  job: null,
  template: false,
  draft: nothing,
  documents: [],
  version: 0,
  base: nothing,
  saved: { state: 'saved', at: null },
  past: [],
  future: [],
  lastKey: null,
  step: 'documents',
  shown: { document: null, page: 0 },
  zoom: 1,
  field: null,
  group: [],
  drift: null,
  kind: 'signature',
  signer: null,
  copied: null,
};

function changed(draft: Draft, base: Draft, saved: Saved): Saved {
  if (saved.state === 'conflict' || saved.state === 'saving') return saved;
  return sameDraft(draft, base) && saved.state === 'saved' ? saved : { state: 'changed' };
}

export const usePrepare = create<State & Actions>((set) => ({
  ...blank,
  load: (job, version, draft, documents) => {
    set({
      ...blank,
      job,
      version,
      draft,
      base: draft,
      documents,
      step: documents.length === 0 ? 'documents' : 'signers',
      shown: { document: documents[0]?.id ?? null, page: 0 },
      signer: draft.spec.signers[0]?.id ?? null,
    });
  },
  follow: (version, documents) => {
    set((now) => {
      const draft = withDocuments(now.draft, documents);
      const shown = documents.some((document) => document.id === now.shown.document)
        ? now.shown
        : { document: draft.order[0] ?? null, page: 0 };
      return {
        version: Math.max(version, now.version),
        documents,
        draft,
        base: withDocuments(now.base, documents),
        past: now.past.map((each) => withDocuments(each, documents)),
        future: now.future.map((each) => withDocuments(each, documents)),
        shown,
      };
    });
  },
  edit: (change, key) => {
    set((now) => {
      const draft = change(now.draft);
      if (sameDraft(draft, now.draft)) return now;
      const merges = key !== undefined && key === now.lastKey;
      return {
        draft,
        past: merges ? now.past : [...now.past.slice(-mostSteps), now.draft],
        future: [],
        lastKey: key ?? null,
        saved: changed(draft, now.base, now.saved),
      };
    });
  },
  editSpec: (change, key) => {
    usePrepare.getState().edit((draft) => ({ ...draft, spec: { ...draft.spec, ...change } }), key);
  },
  editSigner: (id, change, key) => {
    const { draft, editSpec } = usePrepare.getState();
    const signers = draft.spec.signers.map((each) =>
      each.id === id ? { ...each, ...change } : each,
    );
    editSpec({ signers }, key);
  },
  editField: (id, change, key) => {
    const { draft, editSpec } = usePrepare.getState();
    const fields = draft.spec.fields.map((each) =>
      each.id === id ? { ...each, ...change } : each,
    );
    editSpec({ fields }, key);
  },
  settle: () => {
    set({ lastKey: null });
  },
  undo: () => {
    set((now) => {
      const draft = now.past.at(-1);
      if (draft === undefined) return now;
      return {
        draft,
        past: now.past.slice(0, -1),
        future: [now.draft, ...now.future],
        lastKey: null,
        saved: changed(draft, now.base, now.saved),
      };
    });
  },
  redo: () => {
    set((now) => {
      const [draft, ...future] = now.future;
      if (draft === undefined) return now;
      return {
        draft,
        past: [...now.past, now.draft],
        future,
        lastKey: null,
        saved: changed(draft, now.base, now.saved),
      };
    });
  },
  savedAs: (draft, version, at) => {
    set((now) => ({
      base: draft,
      version: Math.max(version, now.version),
      saved: sameDraft(draft, now.draft) ? { state: 'saved', at } : { state: 'changed' },
    }));
  },
  setSaved: (saved) => {
    set({ saved });
  },
  take: (draft, version) => {
    set(({ signer }) => ({
      ...{ draft, base: draft, version, past: [], future: [], lastKey: null },
      saved: { state: 'saved', at: null },
      signer: draft.spec.signers.some(({ id }) => id === signer)
        ? signer
        : (draft.spec.signers[0]?.id ?? null),
    }));
  },
  go: (step) => {
    set({ step, lastKey: null });
  },
  show: (document, page) => {
    set({ shown: { document, page }, lastKey: null });
  },
  look: (change) => {
    // Another field is another choice: what was chosen beside the one before is let go.
    set('field' in change ? { group: [], ...change } : change);
  },
}));

/** The documents in the clerk's order, with the clerk's titles. */
export function orderedDocuments(
  draft: Pick<Draft, 'order' | 'titles'>,
  documents: readonly JobDocument[],
): readonly JobDocument[] {
  return draft.order
    .map((id) => documents.find((document) => document.id === id))
    .filter((document) => document !== undefined)
    .map((document) => ({ ...document, title: draft.titles[document.id] ?? document.title }));
}
