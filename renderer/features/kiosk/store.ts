/** What the signer has done so far. In memory only, and gone with it when the kiosk is left. */
import { create } from 'zustand';
import type { MarkPicture } from './mark-picture.ts';
import type { Point, Stroke } from './strokes.ts';

/** `fill` only where there is something to fill in. */
export const steps = ['who', 'read', 'fill', 'confirm', 'sign'] as const;
export type Step = (typeof steps)[number] | 'done';

/** What lies over the step until it is answered. */
export type Over = 'stop' | 'decline' | 'where' | 'other-way' | 'language' | 'accessibility';

export interface Sitting {
  readonly step: Step;
  readonly over: Over | null;
  /** The document and page being read; 0-based. */
  readonly document: number;
  readonly page: number;
  /** Milliseconds on screen, by `pageKey`. */
  readonly shownFor: Readonly<Record<string, number>>;
  /** Pages that were seen to their end, or read out, by `pageKey`. */
  readonly seen: ReadonlySet<string>;
  /** How the document was read when not here; goes into the log. */
  readonly override: string | null;
  readonly zoom: number;
  readonly contrast: boolean;
  readonly asText: boolean;
  readonly mode: 'drawn' | 'typed' | 'image';
  readonly strokes: readonly Stroke[];
  /** Width / height of the pad the strokes were drawn on. */
  readonly aspect: number;
  readonly typed: string;
  readonly picture: MarkPicture | null;
  /** Which of the places the preview shows. */
  readonly place: number;
  readonly signedAt: string | null;
  /** The signer asked for somebody. */
  readonly help: boolean;
  /** Sent, and not answered yet. */
  readonly signing: boolean;
}

interface Actions {
  go: (step: Step) => void;
  lay: (over: Over | null) => void;
  turnTo: (document: number, page: number) => void;
  shown: (key: string, milliseconds: number) => void;
  see: (key: string) => void;
  readOtherwise: (reason: string) => void;
  set: (
    change: Partial<
      Pick<
        Sitting,
        | 'zoom'
        | 'contrast'
        | 'asText'
        | 'mode'
        | 'typed'
        | 'picture'
        | 'place'
        | 'aspect'
        | 'help'
        | 'signing'
      >
    >,
  ) => void;
  startStroke: (point: Point) => void;
  addPoints: (points: readonly Point[]) => void;
  undoStroke: () => void;
  clearStrokes: () => void;
  signed: (at: string) => void;
}

const fresh: Sitting = {
  step: 'who',
  over: null,
  document: 0,
  page: 0,
  shownFor: {},
  seen: new Set(),
  override: null,
  zoom: 1,
  contrast: false,
  asText: false,
  mode: 'drawn',
  strokes: [],
  aspect: 3,
  typed: '',
  picture: null,
  place: 0,
  signedAt: null,
  help: false,
  signing: false,
};

/** `signing.confirm` takes it as a key of `pagesShown`. */
export function pageKey(document: string, page: number): string {
  return `${document}/${String(page + 1)}`;
}

export const zooms = [0.75, 1, 1.25, 1.5, 2, 3] as const;

/** Nothing of the signer stays behind in the page's memory. */
export function forgetSitting(): void {
  useSitting.setState(fresh);
}

export const useSitting = create<Sitting & Actions>((set) => ({
  ...fresh,
  go: (step) => {
    set({ step, over: null });
  },
  lay: (over) => {
    set({ over });
  },
  turnTo: (document, page) => {
    set({ document, page });
  },
  shown: (key, milliseconds) => {
    set((now) => ({
      shownFor: { ...now.shownFor, [key]: (now.shownFor[key] ?? 0) + Math.round(milliseconds) },
    }));
  },
  see: (key) => {
    set((now) => (now.seen.has(key) ? now : { seen: new Set([...now.seen, key]) }));
  },
  readOtherwise: (override) => {
    set({ override, over: null });
  },
  set: (change) => {
    set(change);
  },
  startStroke: (point) => {
    set((now) => ({ strokes: [...now.strokes, [point]] }));
  },
  addPoints: (points) => {
    set((now) => {
      const last = now.strokes.at(-1);
      if (last === undefined) return now;
      return { strokes: [...now.strokes.slice(0, -1), [...last, ...points]] };
    });
  },
  undoStroke: () => {
    set((now) => ({ strokes: now.strokes.slice(0, -1) }));
  },
  clearStrokes: () => {
    set({ strokes: [] });
  },
  signed: (at) => {
    set({ signedAt: at, step: 'done', over: null, strokes: [], typed: '', picture: null });
  },
}));
