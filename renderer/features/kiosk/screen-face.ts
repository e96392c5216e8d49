/** How large and how sharp this screen is for the one who stands at it; gone with the page it stands in. */
import { create } from 'zustand';

export const textSizes = ['normal', 'large', 'largest'] as const;
export type TextSize = (typeof textSizes)[number];

interface Face {
  readonly text: TextSize;
  readonly contrast: boolean;
}

interface Actions {
  change: (to: Partial<Face>) => void;
  reset: () => void;
}

function wear({ text, contrast }: Face): void {
  const { dataset } = document.documentElement;
  dataset['text'] = text;
  dataset['contrast'] = contrast ? 'more' : 'normal';
}

export const useScreenFace = create<Face & Actions>((set, get) => ({
  ...{ text: 'normal', contrast: false },
  change: (to) => {
    set(to);
    wear(get());
  },
  reset: () => {
    get().change({ text: 'normal', contrast: false });
  },
}));
