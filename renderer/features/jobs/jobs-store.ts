import { create } from 'zustand';
import type { JobTab } from '../../../shared/job/job.ts';
import type { JobFilter } from '../../ui/job-list/use-job-rows.ts';

/** What the list shows; kept while other screens are visited. */
interface JobsStore {
  readonly tab: JobTab;
  readonly search: string;
  readonly filter: JobFilter;
  readonly choose: (tab: JobTab) => void;
  /** The chosen job moved on: the list shows where it is now, unless it shows a search. */
  readonly follow: (tab: JobTab) => void;
  readonly find: (search: string) => void;
  /** A condition more, another one, or (`undefined`) one less. */
  readonly narrow: <K extends keyof JobFilter>(by: K, to: JobFilter[K]) => void;
}

export const useJobsStore = create<JobsStore>((set) => ({
  tab: 'waiting',
  search: '',
  filter: {},
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
  narrow: (by, to) => {
    set(({ filter: { [by]: _, ...others } }) => ({
      filter: to === undefined ? others : { ...others, [by]: to },
    }));
  },
}));
