/**
 * An archive in a process of its own, for tests that end it, watch it or take its disk away.
 * `node actor.ts ACTION HOME KEY [ARGUMENT]`; answers are JSON lines on stdout, written at once.
 */
import { writeSync } from 'node:fs';
import { createArchive, openArchive } from '../../electron/archive/open-archive.ts';
import { backupArchive } from '../../electron/archive/backup.ts';
import type { Archive } from '../../electron/archive/archive.ts';
import { unwrap } from '../../shared/result.ts';
import { bytesSource, clockAt, jobDocument, open, random, sha256, signer, spec } from './scene.ts';

const [action = '', home = '', keyHex = '', argument = ''] = process.argv.slice(2);
const key = new Uint8Array(Buffer.from(keyHex, 'hex'));
const ports = { home, key, clock: clockAt(), random };

function say(value: unknown): void {
  writeSync(1, `${JSON.stringify(value)}\n`);
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

/** Imports, opens and appends for ever; says what is stored after it was stored. */
function work(archive: Archive, bytes: number): void {
  for (let round = 0; ; round++) {
    const job = `${process.pid}-${round}`;
    const source = bytesSource(random.bytes(bytes));
    const staged = unwrap(
      archive.stage(job, source, () => {
        if (argument === 'store') die();
      }),
    );
    if (argument === 'staged') die();
    unwrap(
      archive.append({
        ...{ job, expectedVersion: 0, actor: 'u1' },
        events: [
          { type: 'created', spec: spec({ title: job, signers: [signer('s1', 'Kari')] }) },
          { type: 'document-added', document: jobDocument(staged) },
        ],
        documents: [staged],
        outbox: [{ topic: 'sync', body: { job } }],
      }),
    );
    say({ job, version: 2, document: staged.id, revision: 0, sha256: staged.sha256 });
    const tail = random.bytes(3_000);
    open(archive, job, staged.id, tail);
    const revision = archive.revisions(staged.id)[1];
    say({ job, version: 3, document: staged.id, revision: 1, sha256: revision?.sha256 });
  }
}

switch (action) {
  case 'work': {
    let seen = 0;
    const onStep = (step: string) => {
      // The third time: with something stored before it.
      if (step === argument && ++seen === 3) die();
    };
    const archive = unwrap(openArchive({ ...ports, onStep }));
    say('ready');
    work(archive, 200_000);
    break;
  }
  case 'open': {
    const result = openArchive(ports);
    say(result.ok ? { ok: result.value.verify() } : result);
    break;
  }
  case 'create': {
    const result = createArchive(ports);
    say(result.ok ? { ok: true } : result);
    break;
  }
  case 'backup':
    say(backupArchive(ports, argument));
    break;
  case 'count': {
    const archive = unwrap(openArchive(ports));
    for (let turn = 0; turn < Number(argument); turn += 1)
      archive.changeSetting('count', (before) => Number(before ?? 0) + 1, 'u1');
    archive.close();
    break;
  }
  case 'lease': {
    const archive = unwrap(openArchive(ports));
    say(archive.lease(argument, 60_000));
    // Holds it until it is ended.
    setInterval(() => undefined, 1_000);
    break;
  }
  case 'append': {
    // Each append stands between two lines, so that a trace shows what happened in it.
    const archive = unwrap(openArchive(ports));
    for (let version = 0; version < 20; version++) {
      say({ begin: version });
      const event =
        version === 0
          ? ({ type: 'created', spec: spec() } as const)
          : ({
              type: 'edited',
              spec: spec({ title: `${version}` }),
              titles: {},
              order: [],
            } as const);
      const entry = { job: 'traced', expectedVersion: version, actor: 'u1', events: [event] };
      say({ end: version, ok: archive.append(entry).ok });
    }
    break;
  }
  case 'fill': {
    // Until the disk is full; then what was there must still be there, and room makes it go on.
    const archive = unwrap(openArchive(ports));
    const codes: string[] = [];
    const note = (result: { ok: boolean; error?: { code: string } }) => {
      if (result.error !== undefined) codes.push(result.error.code);
      return result.ok;
    };
    let version = 0;
    const append = () =>
      archive.append({
        ...{ job: 'full', expectedVersion: version, actor: 'u1' },
        events:
          version === 0
            ? [{ type: 'created', spec: spec({ description: 'x'.repeat(20_000) }) }]
            : [
                {
                  type: 'edited',
                  spec: spec({ description: sha256(random.bytes(9)).repeat(400) }),
                  titles: {},
                  order: [],
                },
              ],
      });
    for (; version < 5; version++) unwrap(append());
    const stage = () => archive.stage('full', bytesSource(random.bytes(1_000_000)));
    while (note(stage()));
    while (note(append())) version++;
    say({ codes, version, stored: archive.job('full')?.version ?? 0, report: archive.verify() });
    break;
  }
  default:
    throw new Error(`unknown action ${action}`);
}
