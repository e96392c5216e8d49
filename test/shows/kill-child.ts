/**
 * Signs jobs in a loop until it is killed. Its desk is the product's own; the ports around it only say,
 * on a line of standard output, which phase has begun. Argument: the home of an archive made before.
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { interFonts } from '../../electron/adapters/fonts.ts';
import { nodeCrypto } from '../../electron/adapters/node-crypto.ts';
import { nodeRandom } from '../../electron/adapters/node-random.ts';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import type { Archive } from '../../electron/archive/archive.ts';
import { openArchive } from '../../electron/archive/open-archive.ts';
import type { Crypto } from '../../electron/core/ports.ts';
import { perform, silent } from '../../electron/desk/desk.ts';
import type { Desk } from '../../electron/desk/desk.ts';
import { importDocument } from '../../electron/desk/documents.ts';
import { openJob } from '../../electron/desk/opening.ts';
import { sealJob } from '../../electron/desk/sealing.ts';
import { signDocuments } from '../../electron/desk/sign-documents.ts';
import { emptySpec } from '../../shared/job/job.ts';
import type { Job } from '../../shared/job/job.ts';
import { unwrap } from '../../shared/result.ts';
import { root } from '../support/cli.ts';
import { killKey } from './kill-key.ts';

export type Phase = 'import' | 'reserve' | 'sign' | 'embed' | 'commit' | 'outbox';

const [home = ''] = process.argv.slice(2);
let watched = false;
const clockCell = new Int32Array(new SharedArrayBuffer(4));

/** Blocking, so that the parent has read it before the phase goes on. */
function say(phase: Phase | 'ready' | 'idle' | `done ${string}`): void {
  writeSync(1, `${phase}\n`);
  // A phase of a few microseconds could hardly be hit from another process.
  if (phase !== 'ready' && phase !== 'idle') Atomics.wait(clockCell, 0, 0, Math.random() * 2);
}

const real = unwrap(openArchive({ home, key: killKey, clock: systemClock, random: nodeRandom }));
const archive: Archive = {
  ...real,
  stage(...args) {
    say('import');
    return real.stage(...args);
  },
  append(entry) {
    if (watched) say('commit');
    const appended = real.append(entry);
    if (watched) say('idle');
    return appended;
  },
};
/** Within one signature: fields and holes first, then attributes are hashed, then the answer is checked. */
const crypto: Crypto = {
  hash(algorithm) {
    if (watched) say('sign');
    return nodeCrypto.hash(algorithm);
  },
  async verify(...args) {
    const answer = await nodeCrypto.verify(...args);
    if (watched) say('embed');
    return answer;
  },
};
const desk: Desk = {
  archive,
  clock: systemClock,
  random: nodeRandom,
  crypto,
  fonts() {
    if (watched) say('reserve');
    return interFonts();
  },
  zone: 'Europe/Oslo',
  version: 'test',
  sealKey: () => null,
};
const act = { actor: 'clerk-00', progress: silent };
const identityCheck = {
  method: 'document',
  documentType: 'passport',
  lastFour: '1234',
  expires: '2035-01-01',
} as const;

async function prepare(): Promise<Job> {
  const id = Buffer.from(nodeRandom.bytes(16)).toString('hex');
  unwrap(perform(desk, id, act.actor, [{ type: 'create', spec: emptySpec }], { on: null }));
  return job(id);
}

function job(id: string): Job {
  const found = real.job(id);
  if (found === null) throw new Error(`the job is gone: ${id}`);
  return found;
}

/** Takes a job one step further; the same for a new job and for one that a crash left anywhere. */
async function step(current: Job): Promise<Job | null> {
  switch (current.state) {
    case 'draft': {
      if (current.documents.length === 0) {
        const path = join(root, 'resources/sample/leieavtale.pdf');
        unwrap(await importDocument(desk, { job: current.id, path, name: 'leieavtale.pdf' }, act));
        return job(current.id);
      }
      if (current.spec.signers.length === 0) {
        const [document] = current.documents;
        const person = {
          title: '',
          kind: 'simple',
          role: 'signer',
          onBehalfOf: 'SELF',
          language: 'nb',
        } as const;
        const place = { page: 3, y: 266, width: 200, height: 72 };
        const spec = {
          ...emptySpec,
          title: 'Avtale',
          signers: [0, 1].map((order) => ({
            ...person,
            id: `signer-${order}`,
            name: 'Kari Nordmann',
            order,
          })),
          fields: [0, 1].map((order) => ({
            id: `field-00${order}`,
            document: document?.id ?? '',
            signer: `signer-${order}`,
            placement: { ...place, x: 68 + 254 * order },
          })),
        };
        const order = current.documents.map(({ id }) => id);
        unwrap(perform(desk, current.id, act.actor, [{ type: 'edit', spec, titles: {}, order }]));
        return job(current.id);
      }
      watched = true;
      unwrap(await openJob(desk, { job: current.id }, act));
      watched = false;
      return job(current.id);
    }
    case 'open':
      return signNext(current);
    case 'signed':
    case 'sealed':
      return null;
    default:
      throw new Error(`a job in no state of ours: ${current.state}`);
  }
}

async function signNext(current: Extract<Job, { state: 'open' }>): Promise<Job> {
  const now = systemClock.now().toISOString();
  if (current.atKiosk === null) {
    const signer = current.signers.find(({ state }) => state === 'WAITING');
    const handOver = { type: 'hand-over', now, signer: signer?.id ?? '', identityCheck } as const;
    unwrap(
      perform(desk, current.id, act.actor, [{ ...handOver, identityCheckHash: 'a'.repeat(64) }]),
    );
    return job(current.id);
  }
  const { signer, confirmed } = current.atKiosk;
  const shown = current.revisions.map(({ document, revision, sha256 }) => ({
    document,
    revision,
    sha256,
  }));
  if (confirmed === null) {
    unwrap(
      perform(desk, current.id, `signer:${signer}`, [
        {
          type: 'confirm',
          signer,
          textVersion: '1',
          textSha256: 'b'.repeat(64),
          language: 'nb',
          shown,
          pagesShown: {},
          override: 'test',
        },
      ]),
    );
    return job(current.id);
  }
  const path = Array.from({ length: 40 }, (_, i) => ({ x: i / 40, y: 0.5 + 0.3 * Math.sin(i) }));
  watched = true;
  const input = { job: current.id, signer, clerk: 'clerk-00', shown };
  unwrap(
    await signDocuments(desk, { ...input, mark: { type: 'drawn', aspect: 3, paths: [path] } }, act),
  );
  watched = false;
  return job(current.id);
}

async function drainOutbox(): Promise<void> {
  for (const row of real.outbox('text', 100)) real.removeFromOutbox(row.id);
  for (const row of real.outbox('seal', 100)) {
    say('outbox');
    const { job: id } = row.body as { job: string };
    const sealed = unwrap(await sealJob(desk, { job: id }, act));
    say('outbox');
    if (sealed.deferred === null) real.removeFromOutbox(row.id);
    say(`done ${id}`);
  }
}

say('ready');
for (;;) {
  await drainOutbox();
  const [unfinished] = [
    ...real.jobsWhere({ state: 'open' }),
    ...real.jobsWhere({ state: 'draft' }),
  ];
  let current: Job | null = unfinished === undefined ? await prepare() : job(unfinished);
  while (current !== null) current = await step(current);
}
