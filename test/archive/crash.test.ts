import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../shared/result.ts';
import { actor, lines } from './processes.ts';
import * as stage from './scene.ts';

afterAll(stage.cleanUp);

interface Said {
  readonly job: string;
  readonly version: number;
  readonly document: string;
  readonly revision: number;
  readonly sha256: string;
}

/** Runs the actor until it dies, or is ended `after` milliseconds of work; answers what it said. */
async function untilKilled(
  scene: stage.Scene,
  argument: string,
  after: number | null,
): Promise<readonly Said[]> {
  const [program = '', ...words] = actor('work', scene, argument);
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  let timer: NodeJS.Timeout | undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (after !== null) timer ??= setTimeout(() => child.kill('SIGKILL'), after);
  });
  await new Promise((resolve) => child.on('close', resolve));
  clearTimeout(timer);
  expect(child.signalCode).toBe('SIGKILL');
  return lines(output).filter((line) => line !== 'ready') as readonly Said[];
}

/** What was said is there, nothing is half there, and work goes on. */
function inspect(scene: stage.Scene, said: readonly Said[], round: string): void {
  const archive = stage.opened(scene);
  expect(archive.stoppedUncleanly, round).toBe(true);
  expect(archive.quickCheck(), round).toEqual([]);
  expect(archive.verify(), round).toMatchObject({ ok: true, problems: [] });
  for (const { job, version, document, revision, sha256 } of said) {
    expect(archive.job(job)?.version, round).toBeGreaterThanOrEqual(version);
    expect(archive.revisions(document)[revision]?.sha256, round).toBe(sha256);
    expect(stage.sha256(stage.readAll(archive, document, revision)), round).toBe(sha256);
  }
  expect(archive.outbox('sync', 10_000).length).toBe(archive.stats().documents);
  // Nothing without a row is left, neither document nor marker.
  expect(stage.markers(scene), round).toEqual([]);
  const files = readdirSync(join(scene.home, 'documents'), { recursive: true }).map(String);
  expect(files.filter((name) => name.length > 2).length, round).toBe(archive.stats().documents);
  expect(archive.list({ limit: 500 }).rows.length, round).toBe(
    new Set(archive.eventsSince(0, 100_000).map((event) => event.job)).size,
  );
  stage.draft(archive, `after-${round}`, stage.random.bytes(1_000));
  archive.close();
  const again = stage.opened(scene);
  expect(again.stoppedUncleanly).toBe(false);
  again.close();
}

function freshScene(): stage.Scene {
  const scene = stage.newScene();
  stage.created(scene).close();
  return scene;
}

describe('a process that is ended', () => {
  it.each(['store', 'staged', 'key', 'begin', 'written', 'committed', 'settled'])(
    'at the step "%s" loses nothing it said and leaves nothing half done',
    async (step) => {
      const scene = freshScene();
      inspect(scene, await untilKilled(scene, step, null), step);
    },
  );

  it('at any instant loses nothing it said and leaves nothing half done', async () => {
    let told = 0;
    for (let round = 0; round < 12; round++) {
      const scene = freshScene();
      const said = await untilKilled(scene, '', 3 + round * 9);
      told += said.length;
      inspect(scene, said, String(round));
    }
    expect(told).toBeGreaterThan(0);
  });
});

describe('a durable append', () => {
  const traced = spawnSync('strace', ['-e', 'trace=fsync', 'true']).status === 0;
  if (!traced) console.warn('SKIPPED: strace is not here, or may not trace');

  it.runIf(traced)('is synced to the disk before it answers', () => {
    const scene = freshScene();
    const trace = join(stage.temporaryFolder(), 'trace');
    const words = ['-f', '-y', '-e', 'trace=fsync,fdatasync,write', '-o', trace];
    const run = spawnSync('strace', [...words, ...actor('append', scene)], { encoding: 'utf8' });
    expect(run.status).toBe(0);
    const calls = readFileSync(trace, 'utf8').split('\n');
    let synced: string[] = [];
    let answers = 0;
    for (const call of calls) {
      if (call.includes('{\\"begin\\"')) synced = [];
      const file = /(?:fsync|fdatasync)\(\d+<([^>]*)>/.exec(call)?.[1];
      if (file !== undefined) synced.push(file);
      if (!call.includes('{\\"end\\"')) continue;
      answers++;
      expect(synced).toContain(join(scene.home, 'archive.db-wal'));
    }
    expect(answers).toBe(20);
  });

  it('writes the key of a new job before what only it opens', () => {
    const scene = freshScene();
    const archive = stage.opened(scene);
    const refused = archive.append({
      ...{ job: 'j1', expectedVersion: 5, actor: 'u1' },
      events: [{ type: 'created', spec: stage.spec() }],
    });
    expect(refused.ok).toBe(false);
    stage.draft(archive, 'j1', stage.random.bytes(10));
    const other = stage.opened(scene);
    expect(other.job('j1')).toEqual(archive.job('j1'));
    expect(unwrap(other.source(other.documents('j1')[0]?.id ?? '')).length).toBe(10);
    other.close();
    archive.close();
  });
});
