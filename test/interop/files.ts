/** Files for the validators of others: every algorithm and level we write, one to ten signatures. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, spawnCli } from '../support/cli.ts';
import type { KeyFile, KeyFiles } from '../support/key-files.ts';

export interface InteropFile {
  readonly name: string;
  readonly path: string;
  readonly signatures: number;
  /** Of which are document timestamps. */
  readonly timestamps: number;
  /** The sample is PDF/A-2b and must stay so. */
  readonly pdfa: boolean;
  /** Which PDF/A it must be; 2b where absent. */
  readonly flavour?: '2b' | '3b';
  /** ASiC: pyHanko reads none. */
  readonly container?: boolean;
  /** What DSS must call its level; not asked where absent. */
  readonly level?: string;
  /** Our own verdict. */
  readonly ours: string;
  /** A disagreement that is known and explained where the file is made. */
  readonly dssObjects?: string;
}

interface Step {
  readonly key: KeyFile;
  readonly flags?: readonly string[];
}

const sample = join(root, 'resources/sample/leieavtale.pdf');
const visible = (x: number): readonly string[] => ['--at', `4,${x},266,200,72`];

export async function makeInteropFiles(
  folder: string,
  keys: KeyFiles,
  tsa: string,
): Promise<readonly InteropFile[]> {
  const files: InteropFile[] = [];
  let number = 0;
  async function make(
    name: string,
    steps: readonly Step[],
    { extended = false, ...known }: { extended?: boolean; dssObjects?: string } = {},
  ): Promise<void> {
    number += 1;
    let path = sample;
    for (const [index, { key, flags = [] }] of steps.entries()) {
      const next = join(folder, `${number}-${index}.pdf`);
      await must([
        ...['sign', path, '-o', next, '--key', key.file],
        ...['--passphrase-file', key.passphraseFile, ...flags],
      ]);
      path = next;
    }
    if (extended) {
      const next = join(folder, `${number}-extended.pdf`);
      await must(['extend', path, '-o', next, '--level', 'B-T', '--tsa', tsa]);
      path = next;
    }
    const last = join(folder, `file-${number}.pdf`);
    copyFileSync(path, last);
    const verified = await must(['verify', last, '--trust', keys.root, '--json'], [0, 1]);
    files.push({
      name,
      path: last,
      signatures: steps.length + (extended ? 1 : 0),
      timestamps: extended ? 1 : 0,
      pdfa: true,
      ...known,
      ours: (JSON.parse(verified) as { indication: string }).indication,
    });
  }
  const rsa = keys.make('Interop rsa', 'rsa-2048');
  const ec = keys.make('Interop p256', 'p-256');
  await make('RSA-2048 SHA-256', [{ key: rsa }]);
  await make('RSA-2048 SHA-512', [{ key: rsa, flags: ['--digest', 'sha512'] }]);
  await make('RSA-2048 PSS', [{ key: rsa, flags: ['--pss'] }]);
  await make('RSA-3072 PSS SHA-384', [
    { key: keys.make('Interop rsa3072', 'rsa-3072'), flags: ['--pss', '--digest', 'sha384'] },
  ]);
  await make('ECDSA P-256', [{ key: ec }]);
  await make('ECDSA P-384', [{ key: keys.make('Interop p384', 'p-384') }]);
  await make('ECDSA P-521', [{ key: keys.make('Interop p521', 'p-521') }]);
  // ETSI TS 119 312, and with it DSS' default suite, does not list EdDSA: intact, but not acceptable to it.
  await make('Ed25519 SHA-512', [{ key: keys.make('Interop ed25519', 'ed25519') }], {
    dssObjects: 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
  });
  await make('B-T', [{ key: ec, flags: ['--level', 'B-T', '--tsa', tsa] }]);
  await make('visible mark', [{ key: ec, flags: [...visible(68), '--reason', 'Prøve æøå'] }]);
  await make('two people, visible', [
    { key: ec, flags: visible(68) },
    { key: rsa, flags: visible(322) },
  ]);
  await make('certified P=2, then B-B', [{ key: ec, flags: ['--certify', '2'] }, { key: rsa }]);
  await make('certified P=1', [{ key: rsa, flags: ['--certify', '1'] }]);
  await make(
    'ten signatures',
    Array.from({ length: 10 }, (_, index) => ({ key: index % 2 === 0 ? ec : rsa })),
  );
  await make('two people and a document timestamp', [{ key: ec }, { key: rsa }], {
    extended: true,
  });
  return files;
}

async function must(args: readonly string[], codes: readonly number[] = [0]): Promise<string> {
  // The timestamp authority runs in this process: the command must not block it.
  const { code, stdout, stderr } = await spawnCli(args);
  if (code === null || !codes.includes(code))
    throw new Error(`skranke ${args.join(' ')}: exit ${code}: ${stderr}${stdout}`);
  return stdout;
}
