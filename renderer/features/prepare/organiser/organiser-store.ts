/** The table on which pages lie while they are being ordered; with its own undo, apart from the draft's. */
import { create } from 'zustand';
import type { FieldSpec, JobDocument } from '../../../../shared/job/job.ts';
import { arrangementOf, pagesOf, sameArrangement } from './arrangement.ts';
import type { Arrangement } from './arrangement.ts';

/** What the draft was before the pages were ordered. */
export interface Before {
  readonly job: string;
  readonly documents: readonly { readonly document: string; readonly title: string }[];
  readonly fields: readonly FieldSpec[];
  /** Ids of the documents that came of it: while they stand, it can be undone. */
  readonly after: readonly string[];
}

interface State {
  readonly isOpen: boolean;
  readonly first: Arrangement;
  readonly now: Arrangement;
  readonly past: readonly Arrangement[];
  readonly future: readonly Arrangement[];
  readonly chosen: ReadonlySet<string>;
  /** Where the keyboard is. */
  readonly focus: string | null;
  /** From where a range is chosen. */
  readonly anchor: string | null;
  readonly before: Before | null;
}

interface Actions {
  open: (documents: readonly JobDocument[]) => void;
  close: () => void;
  /** Documents have come in, or gone, meanwhile. */
  follow: (documents: readonly JobDocument[]) => void;
  change: (to: (table: Arrangement) => Arrangement) => void;
  undo: () => void;
  redo: () => void;
  choose: (keys: Iterable<string>) => void;
  toggle: (key: string) => void;
  /** All from the anchor to this one. */
  choosePastAnchor: (key: string) => void;
  focusOn: (key: string) => void;
  applied: (before: Before | null) => void;
}

const empty: State = {
  ...{ isOpen: false, first: [], now: [], past: [], future: [], chosen: new Set<string>() },
  ...{ focus: null, anchor: null, before: null },
};
const mostSteps = 200;

/** Pages of signed files are never chosen. */
function free(table: Arrangement): readonly string[] {
  return pagesOf(table.filter(({ locked }) => !locked)).map(({ key }) => key);
}

function onTable(keys: ReadonlySet<string>, table: Arrangement): ReadonlySet<string> {
  return new Set(free(table).filter((key) => keys.has(key)));
}

export const useOrganiser = create<State & Actions>((set) => ({
  ...empty,
  open: (documents) => {
    const now = arrangementOf(documents);
    const focus = now[0]?.pages[0]?.key ?? null;
    set(({ before }) => ({ ...empty, isOpen: true, first: now, now, focus, before }));
  },
  close: () => {
    set({ isOpen: false, past: [], future: [], chosen: new Set() });
  },
  follow: (documents) => {
    set((state) => {
      const known = new Set(state.first.map(({ key }) => key));
      const ids = new Set(documents.map(({ id }) => id));
      const added = documents.filter(({ id }) => !known.has(id));
      const gone = state.first.some(({ key }) => !ids.has(key));
      if (added.length === 0 && !gone) return state;
      const first = arrangementOf(documents);
      const rest = state.now
        .map((pile) => ({ ...pile, pages: pile.pages.filter((page) => ids.has(page.document)) }))
        .filter(({ pages }) => pages.length > 0);
      // What was before cannot be gone back to: those documents were others.
      return { first, now: [...rest, ...arrangementOf(added)], past: [], future: [] };
    });
  },
  change: (to) => {
    set((state) => {
      const now = to(state.now);
      if (sameArrangement(now, state.now)) return state;
      return {
        ...{ now, past: [...state.past.slice(-mostSteps), state.now], future: [] },
        chosen: onTable(state.chosen, now),
      };
    });
  },
  undo: () => {
    set((state) => {
      const now = state.past.at(-1);
      if (now === undefined) return state;
      return { now, past: state.past.slice(0, -1), future: [state.now, ...state.future] };
    });
  },
  redo: () => {
    set((state) => {
      const [now, ...future] = state.future;
      return now === undefined ? state : { now, past: [...state.past, state.now], future };
    });
  },
  choose: (keys) => {
    set((state) => ({ chosen: onTable(new Set(keys), state.now) }));
  },
  toggle: (key) => {
    set((state) => {
      const chosen = new Set(state.chosen);
      if (!chosen.delete(key)) chosen.add(key);
      return { chosen: onTable(chosen, state.now), focus: key, anchor: key };
    });
  },
  choosePastAnchor: (key) => {
    set((state) => {
      const order = pagesOf(state.now).map((page) => page.key);
      const from = order.indexOf(state.anchor ?? state.focus ?? key);
      const to = order.indexOf(key);
      const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
      const anchor = state.anchor ?? state.focus ?? key;
      return { chosen: onTable(new Set(range), state.now), focus: key, anchor };
    });
  },
  focusOn: (key) => {
    set({ focus: key, anchor: key });
  },
  applied: (before) => {
    set({ ...empty, before });
  },
}));
