/** The pages that an export carries beside the signed documents, for the validators of others. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnCli } from '../support/cli.ts';
import { setUp, startDesk } from '../support/desk.ts';
import { exportJob, finishedJob } from '../support/exported-job.ts';
import type { KeyFiles } from '../support/key-files.ts';
import type { InteropFile } from './files.ts';

export async function makeCoverFiles(
  folder: string,
  keys: KeyFiles,
  tsa: string,
): Promise<readonly InteropFile[]> {
  const desk = startDesk();
  try {
    const clerk = desk.visit();
    await setUp(clerk);
    const { file, passphraseFile } = keys.make('Interop segl', 'p-256');
    const passphrase = readFileSync(passphraseFile, 'utf8').trim();
    const bytes = new Uint8Array(readFileSync(file));
    await clerk.call('settings.sealFromKeyFile', { bytes, passphrase });
    await clerk.call('settings.trust', { anchors: [readFileSync(keys.root, 'utf8')] });
    await clerk.call('settings.timestamps', { authorities: [{ url: tsa }] });
    const exported = await exportJob(clerk, await finishedJob(clerk), join(folder, 'export'));
    const cover = async (name: string, flavour: '2b' | '3b'): Promise<InteropFile> => {
      const path = join(exported, name);
      const verified = await spawnCli(['verify', path, '--trust', keys.root, '--json']);
      const ours = (JSON.parse(verified.stdout) as { indication: string }).indication;
      return { name, path, signatures: 1, timestamps: 0, pdfa: true, flavour, ours };
    };
    return [await cover('signeringsbevis.pdf', '2b'), await cover('pakke.pdf', '3b')];
  } finally {
    await desk.close();
  }
}
