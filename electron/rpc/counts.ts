/** Tells how many jobs each tab has, once for a burst of changes. */

const pause = 150;

export function createCounts(tell: () => void) {
  let timer: NodeJS.Timeout | null = null;
  return {
    soon(): void {
      timer ??= setTimeout(() => {
        timer = null;
        tell();
      }, pause);
      timer.unref();
    },
    stop(): void {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
