/** A data folder with an archive in it, as somebody set it up in the windows, for runs of the command. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleCli } from '../config/bundle-cli.ts';
import { makeDraft, passphrase, setUp, startDesk, aSigner } from '../support/desk.ts';
import { root, spawnCli } from '../support/cli.ts';
import { linesOf } from './scene.ts';
import type { Answer, Scene } from './scene.ts';

export interface Home {
  readonly folder: string;
  readonly recoveryCode: string;
  /** Runs a command on this archive, as its only user, with `--json`. */
  ask(...args: readonly string[]): Promise<Answer>;
}

export interface Shipped {
  /** For `program` of a run. */
  readonly program: string;
  remove(): void;
}

/**
 * The command as it is shipped, which starts in half the time: worth it where every step of a test is a
 * run of its own. It lies where the build lies, as deep below the root.
 */
export async function shippedCli(): Promise<Shipped> {
  const folder = join(root, `dist/cli-test-${process.pid}`);
  await bundleCli(folder);
  return {
    program: join(folder, 'skranke.js'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface HomeOptions {
  readonly program: string;
  readonly name?: string;
  /** Addresses of timestamp authorities, and the root they are trusted by. */
  readonly authorities?: readonly string[];
  /** Makes so many drafts. */
  readonly drafts?: number;
}

export async function makeHome(scene: Scene, options: HomeOptions): Promise<Home> {
  const folder = join(scene.folder, options.name ?? 'home');
  const desk = startDesk({ home: folder });
  const clerk = desk.visit();
  const recoveryCode = await setUp(clerk);
  if (options.authorities !== undefined) {
    await clerk.call('settings.trust', { anchors: [rootOf(scene)] });
    await clerk.call('settings.timestamps', {
      authorities: options.authorities.map((url) => ({ url })),
    });
  }
  for (let number = 1; number <= (options.drafts ?? 0); number++)
    await makeDraft(clerk, [aSigner('Ola Nordmann')], undefined, { title: `Utkast ${number}` });
  await desk.close();
  const secret = join(scene.folder, 'user-passphrase.txt');
  writeFileSync(secret, `${passphrase}\n`);
  return {
    folder,
    recoveryCode,
    async ask(...args) {
      const acting = ['--home', folder, '--user-passphrase-file', secret, '--json'];
      const run = await spawnCli([...args, ...acting], { program: options.program });
      return { ...run, lines: linesOf(run.stdout) };
    },
  };
}

function rootOf(scene: Scene): string {
  const base64 = Buffer.from(scene.keys.authority.root.certificate).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
}
