/** The draft saves itself: a moment after the last change, one call at a time, never over somebody else's. */
import { useEffect } from 'react';
import { fail } from '../../../shared/result.ts';
import { call } from '../../host/client.ts';
import { draftOf, sameDraft, usePrepare, withDocuments } from './store.ts';
import type { Draft } from './store.ts';

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
  const theirs = draftOf(newest.spec, newest.documents);
  const known = withDocuments(now.base, newest.documents);
  now.follow(newest.version, newest.documents);
  // Only documents came or went: what is on screen can be saved on top of that.
  if (JSON.stringify(theirs.spec) === JSON.stringify(known.spec)) {
    return save(job, withDocuments(draft, newest.documents), newest.version, tries - 1);
  }
  usePrepare.getState().setSaved({ state: 'conflict', theirs });
  return false;
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
