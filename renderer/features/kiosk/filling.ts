/** What the signer has filled in so far. In memory only, and gone with it when the kiosk is left. */
import { create } from 'zustand';
import type { Failure } from '../../../shared/result.ts';
import type { Stroke } from './strokes.ts';

interface Filling {
  /** By field; one that is not here stands as it came. */
  readonly values: Readonly<Record<string, string>>;
  /** Initials: null while they are the letters of the name. */
  readonly letters: string | null;
  readonly way: 'typed' | 'drawn';
  readonly strokes: readonly Stroke[];
  readonly aspect: number;
  /** Which of the questions is on screen. */
  readonly at: number;
  /** Why the signing was refused, where an answer was the reason. */
  readonly failure: Failure | null;
}

interface Actions {
  set: (change: (now: Filling) => Partial<Filling>) => void;
  answer: (field: string, value: string) => void;
}

export const useFilling = create<Filling & Actions>((set) => ({
  values: {},
  letters: null,
  way: 'typed',
  strokes: [],
  aspect: 3,
  at: 0,
  failure: null,
  set: (change) => {
    set(change);
  },
  answer: (field, value) => {
    set((now) => ({ values: { ...now.values, [field]: value }, failure: null }));
  },
}));
