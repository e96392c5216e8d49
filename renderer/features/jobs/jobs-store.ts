import { create } from 'zustand';
import type { JobTab } from '../../../shared/job/job.ts';

/** What the list shows; kept while other screens are visited. */
interface JobsStore {
  readonly tab: JobTab;
  readonly search: string;
  readonly choose: (tab: JobTab) => void;
  readonly find: (search: string) => void;
}

export const useJobsStore = create<JobsStore>((set) => ({
  tab: 'waiting',
  search: '',
  choose: (tab) => {
    set({ tab, search: '' });
  },
  find: (search) => {
    set({ search });
  },
}));
