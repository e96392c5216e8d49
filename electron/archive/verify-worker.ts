/** Walks parts of the log until none is left, and ends. */
import { workerData, type MessagePort } from 'node:worker_threads';
import type { ArchiveProblem } from './archive.ts';
import { layoutOf } from './layout.ts';
import { openReading } from './open-copy.ts';
import { tried, type Report } from './findings.ts';
import { openDatabase, type Db } from './database.ts';
import { subkey } from './box.ts';
import { reportInto, walkParts, type PartFindings } from './verify-parts.ts';
import { verifyRows } from './verify-rows.ts';
import { gate, slot, type ThreadFindings, type WalkOrder } from './verify-threads.ts';
import { createViewsReader } from './views-reader.ts';

const { order, port } = workerData as { order: WalkOrder; port: MessagePort };
const { home, key, edges, rows, shared, done } = order;

function isGivenUp(): boolean {
  return Atomics.load(shared, slot.gate) === gate.givenUp;
}

function walk(): ThreadFindings {
  const problems: ArchiveProblem[] = [];
  const report = reportInto(problems);
  const parts = tried(() => walkOpen(report), report, 'log.damaged', 'log') ?? [];
  return { parts, problems };
}

/** What a part meets is told with the part: what comes out of here was met before the first. */
function walkOpen(report: Report): readonly PartFindings[] {
  const layout = layoutOf(home);
  const parts = openReading(layout, key);
  let viewsDb: Db | null = null;
  const taking = {
    edges,
    next: () => (isGivenUp() ? edges.length : Atomics.add(shared, slot.nextPart, 1)),
    tick(events: number) {
      if (isGivenUp()) throw new Error('given up');
      Atomics.add(shared, slot.events, events);
    },
  };
  const inside = () => {
    for (const macs of rows ? parts.macs : [])
      tried(() => verifyRows(macs, report), report, 'log.damaged', 'log');
    // The caller looks whether the views are sound, and makes them anew if not.
    Atomics.wait(shared, slot.gate, gate.shut);
    if (Atomics.load(shared, slot.gate) !== gate.withViews)
      return walkParts({ ...parts, views: null }, taking);
    viewsDb = openDatabase(layout.views, subkey(key, 'views'), { readonly: true });
    const views = createViewsReader(viewsDb);
    return views.atOnce(() => walkParts({ ...parts, views }, taking));
  };
  try {
    const { db, keyring } = parts;
    return db.transaction(() => keyring.atOnce(inside)).deferred();
  } finally {
    (viewsDb as Db | null)?.close();
    parts.close();
  }
}

try {
  port.postMessage(walk());
} finally {
  Atomics.store(done, 0, 1);
  Atomics.notify(done, 0);
}
