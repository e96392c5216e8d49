/** The file being checked, what came out, and which step of its history is looked at. */
import { create } from 'zustand';
import type { VerificationReport } from '../../../shared/report.ts';
import type { Failure } from '../../../shared/result.ts';

/** Where the bytes are: dropped here, or kept in the archive. */
export type Subject =
  | { readonly type: 'upload'; readonly upload: string; readonly name: string }
  | { readonly type: 'document'; readonly document: string; readonly revision: number | null };

export type Checking =
  | { readonly state: 'empty' }
  | {
      readonly state: 'sending';
      readonly name: string;
      readonly done: number;
      readonly total: number;
    }
  | { readonly state: 'checking'; readonly subject: Subject }
  | {
      readonly state: 'failed';
      readonly name: string;
      readonly failure: Failure;
      /** Kept so that a password can be tried without sending the file again. */
      readonly subject: Subject | null;
    }
  | { readonly state: 'report'; readonly subject: Subject; readonly report: VerificationReport };

interface State {
  readonly checking: Checking;
  /** Index of the step of the history that is shown; null for the file as it is. */
  readonly step: number | null;
  readonly page: number;
  /** The step it is compared with; null for the file as it is, `off` where nothing is compared. */
  readonly against: number | null | 'off';
  set: (checking: Checking) => void;
  look: (step: number | null, page?: number) => void;
  turn: (page: number) => void;
  compare: (against: number | null | 'off') => void;
}

export const useVerify = create<State>((set) => ({
  checking: { state: 'empty' },
  step: null,
  page: 0,
  against: 'off',
  set: (checking) => {
    set({ checking, step: null, page: 0, against: 'off' });
  },
  look: (step, page) => {
    set(page === undefined ? { step } : { step, page });
  },
  turn: (page) => {
    set({ page });
  },
  compare: (against) => {
    set({ against });
  },
}));
