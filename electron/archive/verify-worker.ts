/** Walks its part of the log and ends. */
import { workerData, type MessagePort } from 'node:worker_threads';
import type { ArchiveProblem } from './archive.ts';
import { layoutOf } from './layout.ts';
import { openReading } from './open-copy.ts';
import { tried, type Report } from './findings.ts';
import { openDatabase } from './database.ts';
import { subkey } from './box.ts';
import { walkLog, type WalkFindings } from './verify-log.ts';
import type { WalkOrder } from './verify-threads.ts';
import { createViewsReader } from './views-reader.ts';

const { order, port } = workerData as { order: WalkOrder; port: MessagePort };
const { home, key, from, to, state } = order;

/** As many as one part may name. */
const mostProblems = 1_000;

function walk(): WalkFindings {
  const problems: ArchiveProblem[] = [];
  const report: Report = (code, place) => {
    if (problems.length < mostProblems) problems.push({ code, place });
  };
  const nothing = { events: 0, last: new Uint8Array(32), suspects: [], office: [] };
  const found = tried(
    () => {
      const layout = layoutOf(home);
      const parts = openReading(layout, key);
      const viewsDb = openDatabase(layout.views, subkey(key, 'views'), { readonly: true });
      const views = createViewsReader(viewsDb);
      try {
        const inside = () =>
          walkLog({ ...parts, views }, [from, to], report, () => {
            if (Atomics.load(state, 0) === 2) throw new Error('given up');
          });
        return parts.db
          .transaction(() => parts.keyring.atOnce(() => views.atOnce(inside)))
          .deferred();
      } finally {
        viewsDb.close();
        parts.close();
      }
    },
    report,
    'log.damaged',
    `log from event ${from + 1}`,
  );
  return { ...(found ?? nothing), problems };
}

try {
  port.postMessage(walk());
} finally {
  Atomics.compareExchange(state, 0, 0, 1);
  Atomics.notify(state, 0);
}
