/**
 * An office that posts jobs and syncs them until it is killed. Arguments: the home of an archive, the file
 * with what it needs to reach the stand-in, and how many jobs it shall have in all.
 */
import { createPrivateKey } from 'node:crypto';
import { readFileSync, writeSync } from 'node:fs';
import { nodeRandom } from '../../electron/adapters/node-random.ts';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import { openArchive } from '../../electron/archive/open-archive.ts';
import { withdrawJob } from '../../electron/posten/sync/post.ts';
import { unwrap } from '../../shared/result.ts';
import {
  clientOf,
  post,
  serviceDraft,
  serviceSigner,
  syncOf,
} from '../support/posten/sync-scene.ts';
import { killKey } from './kill-key.ts';

/** What the parent writes down for it. All base64. */
export interface Reach {
  readonly root: string;
  readonly serverOrganisation: string;
  readonly authorities: readonly string[];
  readonly certificate: string;
  readonly chain: readonly string[];
  readonly pkcs8: string;
}

/** Waiting that takes minutes takes seconds here; rates and poll times have a show of their own. */
const haste = 40;

const wait = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
const [home = '', reachFile = '', wanted = '0'] = process.argv.slice(2);
const reach = JSON.parse(readFileSync(reachFile, 'utf8')) as Reach;
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
const started = Date.now();
const archive = unwrap(openArchive({ home, key: killKey, clock: systemClock, random: nodeRandom }));
const privateKey = createPrivateKey({
  key: Buffer.from(reach.pkcs8, 'base64'),
  format: 'der',
  type: 'pkcs8',
});
const client = clientOf(
  {
    environment: {
      ...{ name: 'own', root: reach.root, authorities: null },
      serverOrganisation: reach.serverOrganisation,
    },
    authorities: reach.authorities.map(bytes),
  },
  {
    certificate: bytes(reach.certificate),
    chain: reach.chain.map(bytes),
    key: { privateKey, publicKey: privateKey },
  },
  { now: () => systemClock.now(), sleep: (milliseconds) => wait(milliseconds) },
  () => undefined,
  {
    now: () => new Date(started + (Date.now() - started) * haste),
    sleep: (milliseconds) => wait(milliseconds / haste),
  },
);
const now = () => systemClock.now();
const { sync } = syncOf(archive, client, now, reach.authorities.map(bytes));

let made = archive.jobsWhere({}).length;
writeSync(1, 'ready\n');
for (;;) {
  for (let count = 0; count < 8 && made < Number(wanted); count++) {
    const signers = [serviceSigner(0), serviceSigner(1)].slice(0, 1 + (made % 2));
    const place = made % 5 === 4 ? 'direct' : 'portal';
    post(archive, serviceDraft(archive, `Oppdrag ${made}`, { place, signers }), now);
    made += 1;
  }
  // A draft that a kill left before it was posted.
  for (const job of archive.jobsWhere({ state: 'draft' })) post(archive, job, now);
  if (Math.random() < 0.3) {
    const [job] = archive.jobsWhere({ state: 'at-service' });
    const remote = job === undefined ? null : (archive.job(job)?.remote ?? null);
    if (job !== undefined && remote?.phase === 'made' && remote.flow === 'portal')
      withdrawJob({ archive, clock: systemClock }, job, 'Ombestemt', 'u1');
  }
  await sync.round();
  await wait(5);
}
