/** What a page still remembers: its whole JavaScript heap, its document, and what it can keep in the browser. */
import type { Page } from '@playwright/test';
import { keptByPage } from './privacy-desk.ts';

/** Which of the texts are found, and where. Only ASCII: a snapshot writes other letters in many ways. */
export async function remembered(page: Page, texts: readonly string[]): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  let heap = '';
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
    heap += chunk;
  });
  await session.send('HeapProfiler.enable');
  // A snapshot collects garbage first: what it shows is what something still holds.
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  const places = {
    heap,
    document: await page.content(),
    kept: await keptByPage(page),
  };
  return Object.entries(places).flatMap(([place, content]) =>
    texts.filter((text) => content.includes(text)).map((text) => `${place}: ${text}`),
  );
}
