/** What is drawn on a pad: the signer's mark, or their initials. */
import { useFilling } from './filling.ts';
import { useSitting } from './store.ts';
import type { Point, Stroke } from './strokes.ts';

export interface PadInk {
  readonly strokes: readonly Stroke[];
  /** Width / height of the pad the strokes were drawn on. */
  readonly aspect: number;
  readonly startStroke: (point: Point) => void;
  readonly addPoints: (points: readonly Point[]) => void;
  readonly setAspect: (aspect: number) => void;
}

export function useMarkInk(): PadInk {
  const { strokes, aspect, startStroke, addPoints, set } = useSitting();
  const setAspect = (wide: number) => {
    set({ aspect: wide });
  };
  return { strokes, aspect, startStroke, addPoints, setAspect };
}

export function useInitialsInk(): PadInk {
  const { strokes, aspect, set } = useFilling();
  return {
    strokes,
    aspect,
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
    setAspect: (wide) => {
      set(() => ({ aspect: wide }));
    },
  };
}
