/** Files for the validators of others: every algorithm and level we write, one to ten signatures. */
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, spawnCli } from '../support/cli.ts';
import type { KeyFile, KeyFiles } from '../support/key-files.ts';
import { firstFreeObject, plainPdf } from '../support/plain-pdf.ts';

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
  /**
   * DSS compares how pages look before and after, so an earlier signature of a form that was filled in since
   * is "modified" by what is seen; all its object changes must then be known to it as filling in or signing.
   */
  readonly filledIn?: true;
  /** A disagreement that is known and explained where the file is made. */
  readonly dssObjects?: string;
}

/** What DSS says of an algorithm that its suite does not list. */
const NOT_LISTED = 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE';

interface Making {
  readonly extended?: 'B-T' | 'B-LT' | 'B-LTA' | null;
  /** The sample where absent. */
  readonly from?: string;
  readonly dssObjects?: string;
}

interface Step {
  readonly key: KeyFile;
  readonly flags?: readonly string[];
}

const sample = join(root, 'resources/sample/leieavtale.pdf');
const visible = (x: number): readonly string[] => ['--at', `4,${x},266,200,72`];

/** `ocsp`: where the issuer answers about its certificates. */
export async function makeInteropFiles(
  folder: string,
  keys: KeyFiles,
  { tsa, ocsp }: { readonly tsa: string; readonly ocsp: string },
): Promise<readonly InteropFile[]> {
  const files: InteropFile[] = [];
  let number = 0;
  async function make(
    name: string,
    steps: readonly Step[],
    { extended = null, from = sample, ...known }: Making = {},
  ): Promise<void> {
    number += 1;
    let path = from;
    for (const [index, { key, flags = [] }] of steps.entries()) {
      const next = join(folder, `${number}-${index}.pdf`);
      await must([
        ...['sign', path, '-o', next, '--key', key.file],
        ...['--passphrase-file', key.passphraseFile, ...flags],
      ]);
      path = next;
    }
    let stamps = 0;
    if (extended !== null) {
      const next = join(folder, `${number}-extended.pdf`);
      const made = await must([
        ...['extend', path, '-o', next, '--level', extended, '--tsa', tsa],
        ...['--trust', keys.root, '--json'],
      ]);
      stamps = (JSON.parse(made) as { fields: readonly string[] }).fields.length;
      path = next;
    }
    const last = join(folder, `file-${number}.pdf`);
    copyFileSync(path, last);
    // What carries its answers must do without a network; the others are asked about.
    const alone = extended === 'B-LT' || extended === 'B-LTA' ? ['--offline'] : [];
    const verified = await must(['verify', last, '--trust', keys.root, '--json', ...alone], [0, 1]);
    files.push({
      name,
      path: last,
      signatures: steps.length + stamps,
      timestamps: stamps,
      pdfa: from === sample,
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
    dssObjects: NOT_LISTED,
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
    extended: 'B-T',
  });
  // Certificates that have to be asked about, and the answers in the file: without a network it must do.
  const asked = { ocspUrls: [ocsp] };
  for (const [name, type, flags] of [
    ['P-256', 'p-256', []],
    ['P-384', 'p-384', []],
    ['RSA-3072', 'rsa-3072', []],
    ['RSA-3072 PSS', 'rsa-3072', ['--pss']],
    ['Ed25519', 'ed25519', []],
  ] as const) {
    const key = keys.make(`Interop asked ${name}`, type, asked);
    const known = type === 'ed25519' ? { dssObjects: NOT_LISTED } : {};
    for (const extended of ['B-LT', 'B-LTA'] as const)
      await make(`${name} ${extended}`, [{ key, flags }], { extended, ...known });
  }
  const one = keys.make('Interop asked', 'p-256', asked);
  await make('ten signatures, B-LTA', Array<Step>(10).fill({ key: one }), { extended: 'B-LTA' });
  await make('certified P=2, B-LTA', [{ key: one, flags: ['--certify', '2'] }, { key: one }], {
    extended: 'B-LTA',
  });
  await make('B-LTA with SHA-512', [{ key: one, flags: ['--digest', 'sha512'] }], {
    extended: 'B-LTA',
  });
  const locked = join(folder, 'locked.pdf');
  writeFileSync(locked, lockedForm());
  await make('a lock on all fields', [{ key: ec, flags: ['--field', 'Locking'] }], {
    from: locked,
  });
  await make(
    'a lock, then another signature',
    [
      { key: ec, flags: ['--field', 'Naming'] },
      { key: rsa, flags: ['--field', 'Free'] },
    ],
    { from: locked },
  );
  return files;
}

/** Three fields for signatures: one locks everything, one locks a text field, one nothing. */
function lockedForm(): Uint8Array {
  const free = firstFreeObject(1);
  const widget = '/Subtype /Widget /Rect [0 0 0 0] /F 132 /P 4 0 R';
  return plainPdf({
    pages: [{ entries: `/Annots [${[1, 2, 3, 4].map((n) => `${free + n} 0 R`).join(' ')}]` }],
    catalog: `/AcroForm ${free} 0 R`,
    objects: [
      `<< /Fields [${[1, 2, 3, 4].map((n) => `${free + n} 0 R`).join(' ')}] /SigFlags 3 >>`,
      `<< /FT /Sig /T (Locking) ${widget} /Lock << /Type /SigFieldLock /Action /All >> >>`,
      `<< /FT /Sig /T (Naming) ${widget} /Lock << /Type /SigFieldLock /Action /Include /Fields [(Amount)] >> >>`,
      `<< /FT /Sig /T (Free) ${widget} >>`,
      `<< /FT /Tx /T (Amount) /V (100) /DA (/H 11 Tf) ${widget.replace('[0 0 0 0]', '[60 60 160 80]')} >>`,
    ],
  });
}

async function must(args: readonly string[], codes: readonly number[] = [0]): Promise<string> {
  // The timestamp authority runs in this process: the command must not block it.
  const { code, stdout, stderr } = await spawnCli(args);
  if (code === null || !codes.includes(code))
    throw new Error(`skranke ${args.join(' ')}: exit ${code}: ${stderr}${stdout}`);
  return stdout;
}
