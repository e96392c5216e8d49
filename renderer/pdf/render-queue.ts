/**
 * Pages before thumbnails, one thumbnail at a time: drawing a strip of 200 pages must never keep the
 * page somebody is reading waiting.
 */
type Job = { readonly run: () => Promise<void>; cancelled: boolean };

const waiting: Job[] = [];
let busy = false;
let pages = 0;
const resumers = new Set<() => void>();

/** Counts a page that is being drawn; thumbnails wait until the returned function is called. */
export function pageStarted(): () => void {
  pages += 1;
  let ended = false;
  return () => {
    if (ended) return;
    ended = true;
    pages -= 1;
    if (pages === 0) for (const resume of [...resumers]) resume();
  };
}

function pagesIdle(): Promise<void> {
  if (pages === 0) return Promise.resolve();
  return new Promise((resolve) => {
    const resume = () => {
      resumers.delete(resume);
      resolve();
    };
    resumers.add(resume);
  });
}

async function drain(): Promise<void> {
  if (busy) return;
  busy = true;
  for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
    if (job.cancelled) continue;
    await pagesIdle();
    // A frame between two thumbnails keeps scrolling smooth.
    await new Promise((resolve) => requestAnimationFrame(resolve));
    if (!job.cancelled) await job.run().catch(() => undefined);
  }
  busy = false;
}

/** Draws when nothing more important waits; the returned function takes it back. */
export function enqueueThumbnail(run: () => Promise<void>): () => void {
  const job: Job = { run, cancelled: false };
  waiting.push(job);
  void drain();
  return () => {
    job.cancelled = true;
    const at = waiting.indexOf(job);
    if (at >= 0) waiting.splice(at, 1);
  };
}
