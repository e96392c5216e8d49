import { useEffect } from 'react';

/** What the window is called while this is on screen, nearest first. No names, no titles of jobs. */
export function WindowTitle({ of }: { of: readonly string[] }) {
  const title = [...of, 'Skranke'].join(' – ');
  useEffect(() => {
    document.title = title;
  }, [title]);
  return null;
}
