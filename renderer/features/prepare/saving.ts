/** The draft saves itself: a moment after the last change, one call at a time, never over somebody else's. */
import { useEffect } from 'react';
import type { JobDocument, JobSpec } from '../../../shared/job/job.ts';
import { fail } from '../../../shared/result.ts';
import { call } from '../../host/client.ts';
import { i18n } from '../../i18n/i18n.ts';
import { toast } from '../../ui/toasts.tsx';
import { sameAsArchived } from './same-as-archived.ts';
import { draftOf, sameDraft, usePrepare, withDocuments } from './store.ts';
import type { Draft } from './store.ts';

/** As much of a job as its draft is. */
interface Newest {
  readonly version: number;
  readonly spec: JobSpec;
  readonly documents: readonly JobDocument[];
}

const pause = 700;

/** What the contract takes: blanks that were never filled in are left out, ids are kept. */
function sendable(draft: Draft, job: string, version: number) {
  return {
    job,
    version,
    spec: {
      ...draft.spec,
      signers: draft.spec.signers.map((signer) => ({ ...signer })),
      fields: draft.spec.fields.map((field) => ({ ...field })),
    },
    titles: { ...draft.titles },
    order: [...draft.order],
  };
}

let running: Promise<boolean> | null = null;

/** Saves now what has not been saved; true when the archive has what is on screen. */
export async function saveNow(): Promise<boolean> {
  if (running !== null) await running;
  const { job, draft, base, saved, version } = usePrepare.getState();
  if (job === null || saved.state === 'conflict') return false;
  if (sameDraft(draft, base)) {
    if (saved.state !== 'saved') usePrepare.getState().setSaved({ state: 'saved', at: null });
    return true;
  }
  running = save(job, draft, version, 3).finally(() => {
    running = null;
  });
  return running;
}

async function save(job: string, draft: Draft, version: number, tries: number): Promise<boolean> {
  usePrepare.getState().setSaved({ state: 'saving' });
  const answer = await call('job.edit', sendable(draft, job, version));
  const now = usePrepare.getState();
  if (now.job !== job) return false;
  if (answer.ok) {
    now.savedAs(draft, answer.value.version, new Date().toISOString());
    return true;
  }
  if (answer.error.code !== 'job.moved' || tries === 0) {
    now.setSaved({ state: 'failed', failure: answer.error });
    return false;
  }
  return merge(job, draft, tries);
}

/** The job has a newer version: our own import, or somebody else's hand. */
async function merge(job: string, draft: Draft, tries: number): Promise<boolean> {
  const fresh = await call('job.get', { job });
  const now = usePrepare.getState();
  if (!fresh.ok) {
    now.setSaved({ state: 'failed', failure: fresh.error });
    return false;
  }
  const { job: newest } = fresh.value;
  if (newest.state !== 'draft') {
    now.setSaved({
      state: 'failed',
      failure: fail('job.state', 'The job is no longer a draft').error,
    });
    return false;
  }
  if (!meet(newest)) return false;
  // Only documents came or went: what is on screen can be saved on top of that.
  return save(job, withDocuments(draft, newest.documents), newest.version, tries - 1);
}

/**
 * What the archive has now, by our own hand or somebody else's. False where both changed something: then
 * theirs is kept beside ours until the clerk has chosen.
 */
export function meet({ version, spec, documents }: Newest): boolean {
  const before = usePrepare.getState();
  if (version < before.version) return before.saved.state !== 'conflict';
  const known = withDocuments(before.base, documents);
  const theirs = draftOf(spec, documents);
  before.follow(version, documents);
  const { draft, saved, take, savedAs, setSaved } = usePrepare.getState();
  // An echo of our own saving, or documents alone.
  if (version === before.version || sameAsArchived(theirs, known)) {
    if (version > before.version && saved.state === 'conflict') setSaved({ state: 'changed' });
    return usePrepare.getState().saved.state !== 'conflict';
  }
  if (sameAsArchived(theirs, draft)) savedAs(draft, version, new Date().toISOString());
  else if (sameDraft(draft, known)) {
    take(theirs, version);
    // Where pages were arranged or merged, it was most likely done here.
    if (sameDocuments(before.documents, documents)) toast(i18n.t('prepare:conflict.taken'));
  } else {
    setSaved({ state: 'conflict', theirs });
    return false;
  }
  return true;
}

/** The other one is a step back from the one that is kept. */
export function choose(whose: 'mine' | 'theirs'): void {
  const { saved, draft, past, version, take, setSaved } = usePrepare.getState();
  if (saved.state !== 'conflict') return;
  const { theirs } = saved;
  if (whose === 'theirs') {
    take(theirs, version);
    usePrepare.setState({ past: [draft] });
    return;
  }
  usePrepare.setState({ base: theirs, past: [...past, theirs], future: [], lastKey: null });
  setSaved({ state: 'changed' });
}

function sameDocuments(before: readonly JobDocument[], after: readonly JobDocument[]): boolean {
  return before.length === after.length && before.every(({ id }, at) => after[at]?.id === id);
}

/** Saves a moment after the last change, and at once when the screen is left. */
export function useSaving(): void {
  const draft = usePrepare((state) => state.draft);
  const state = usePrepare((all) => all.saved.state);
  useEffect(() => {
    if (state !== 'changed') return;
    const timer = setTimeout(() => {
      void saveNow();
    }, pause);
    return () => {
      clearTimeout(timer);
    };
  }, [draft, state]);
  useEffect(() => {
    const hidden = () => {
      if (document.visibilityState === 'hidden') void saveNow();
    };
    document.addEventListener('visibilitychange', hidden);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      void saveNow();
    };
  }, []);
}
