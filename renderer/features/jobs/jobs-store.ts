import { create } from 'zustand';
import type { JobTab } from '../../../shared/job/job.ts';

/** What the list shows; kept while other screens are visited. */
interface JobsStore {
  readonly tab: JobTab;
  readonly search: string;
  readonly choose: (tab: JobTab) => void;
  /** The chosen job moved on: the list shows where it is now, unless it shows a search. */
  readonly follow: (tab: JobTab) => void;
  readonly find: (search: string) => void;
}

export const useJobsStore = create<JobsStore>((set) => ({
  tab: 'waiting',
  search: '',
  choose: (tab) => {
    set({ tab, search: '' });
  },
  follow: (tab) => {
    set((state) =>
      state.search !== '' || (state.tab === 'renewal' && tab === 'signed') ? state : { tab },
    );
  },
  find: (search) => {
    set({ search });
  },
}));
