/** A watched folder beside a real archive: what the other system does, and rounds by hand. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interFonts } from '../../electron/adapters/fonts.ts';
import { nodeCrypto } from '../../electron/adapters/node-crypto.ts';
import { nodeRandom } from '../../electron/adapters/node-random.ts';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import { createArchive, openArchive } from '../../electron/archive/open-archive.ts';
import { silent, type Act, type Desk } from '../../electron/desk/desk.ts';
import { nothingRemembered, type Remembered } from '../../electron/desk/folder-memory.ts';
import { folderRound, type FolderReport } from '../../electron/desk/folder-round.ts';
import { settingsOf, type FolderSettings } from '../../electron/desk/settings-store.ts';
import { unwrap } from '../../shared/result.ts';
import { samplePath } from './desk.ts';

export const user = 'user-kari-0001';

export interface WatchedFolder {
  readonly root: string;
  readonly in: string;
  readonly out: string;
  readonly desk: Desk;
  /** Another start of the program: the archive opened anew, nothing remembered. */
  restart(): void;
  set(changes: Partial<FolderSettings>): void;
  /** The PDFs first, the job file last. */
  drop(
    name: string,
    spec?: object | string,
    files?: Readonly<Record<string, Uint8Array | string>>,
  ): void;
  /** One look; `progress` is called between every two steps. */
  look(progress?: Act['progress'], now?: number): Promise<FolderReport>;
  /** As many looks as a file needs to be seen at rest. */
  settle(): Promise<readonly FolderReport[]>;
  status(name: string): { readonly [key: string]: unknown };
  error(name: string): { readonly [key: string]: unknown };
  list(path: string): readonly string[];
  close(): void;
}

export const sample = readFileSync(samplePath);

export function aJobFile(changes: object = {}): object {
  return {
    title: 'Leieavtale',
    reference: 'SAK-2026/17',
    documents: [{ file: 'avtale.pdf', title: 'Avtale' }],
    signers: [{ name: 'Kari Nordmann', nationalId: '01818000010' }],
    fields: [{ document: 1, signer: 1, page: 1, x: 60, y: 560, width: 200, height: 60 }],
    ...changes,
  };
}

/** Progress of a program that dies: from then on nothing is done any more. */
export function dyingAfter(steps: number): Act['progress'] {
  let count = 0;
  return () => {
    count += 1;
    if (count > steps) throw new Error('died');
  };
}

/** `from`: an archive that is there already; a new one where absent. */
export function watchFolder(from?: {
  readonly key: Uint8Array;
  readonly copy: (home: string) => void;
}): WatchedFolder {
  const root = mkdtempSync(join(tmpdir(), 'skranke-folder-'));
  const home = join(root, 'home');
  const inFolder = join(root, 'inn');
  const out = join(root, 'ut');
  mkdirSync(inFolder);
  mkdirSync(out);
  const key = from?.key ?? nodeRandom.bytes(32);
  const ports = { home, key, clock: systemClock, random: nodeRandom };
  if (from === undefined) unwrap(createArchive(ports)).close();
  else from.copy(home);
  let desk = open();
  let remembered: Remembered = nothingRemembered;
  let time = 0;

  function open(): Desk {
    return {
      archive: unwrap(openArchive(ports)),
      ...{ clock: systemClock, random: nodeRandom, crypto: nodeCrypto, fonts: interFonts },
      ...{ zone: 'Europe/Oslo', sealKey: () => null, version: 'test' },
    };
  }
  desk.archive.putUser({ id: user, name: 'Kari', roles: ['handler'], active: true }, 'system');
  const chosen = { on: true, in: inFolder, out, user, open: false, salt: 'ab'.repeat(16) };
  settingsOf(desk.archive).put('folder', chosen, 'system');
  const json = (path: string) =>
    JSON.parse(readFileSync(path, 'utf8')) as { readonly [key: string]: unknown };

  return {
    ...{ root, in: inFolder, out },
    get desk() {
      return desk;
    },
    restart() {
      desk.archive.close();
      desk = open();
      remembered = nothingRemembered;
    },
    set(changes) {
      const settings = settingsOf(desk.archive);
      settings.put('folder', { ...settings.get('folder'), ...changes }, 'system');
    },
    drop(name, spec: object | string = aJobFile(), files = { 'avtale.pdf': sample }) {
      for (const [file, bytes] of Object.entries(files)) writeFileSync(join(inFolder, file), bytes);
      const text = typeof spec === 'string' ? spec : JSON.stringify(spec);
      writeFileSync(join(inFolder, `${name}.json`), text);
    },
    async look(progress = silent, now = (time += 3_000)) {
      const act = { actor: 'system', progress };
      const report = unwrap(await folderRound(desk, { remembered, now }, act));
      remembered = report.remembered;
      return report;
    },
    async settle() {
      const reports: FolderReport[] = [];
      for (let round = 0; round < 3; round += 1) reports.push(await this.look());
      return reports;
    },
    status: (name) => json(join(out, `${name}.status.json`)),
    error: (name) => json(join(inFolder, 'refused', `${name}.error.json`)),
    list: (path) => readdirSync(path).sort(),
    close() {
      desk.archive.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
