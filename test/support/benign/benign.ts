/** Every benign revision, row by row. */
import { document } from '../attacks/target.ts';
import { qpdfRewritten } from '../other-readers.ts';
import { buildPdf, onePage } from '../pdf-builder.ts';
import { signedWith } from '../signing.ts';
import { editing } from './editing.ts';
import type { BenignRevision } from './revision.ts';
import { signingOn } from './signing-on.ts';

const twice = async (unsigned: Uint8Array): Promise<Uint8Array> =>
  signedWith(await signedWith(unsigned));

const rewritten = (name: string, options: readonly string[]): BenignRevision => ({
  row: 'makes',
  name,
  make: () => twice(qpdfRewritten(document, options)),
});

const makes: readonly BenignRevision[] = [
  rewritten('object streams', ['--object-streams=generate']),
  rewritten('linearized', ['--linearize']),
  rewritten('encrypted for everybody to read', ['--encrypt', '', 'owner', '256', '--']),
  rewritten('encrypted with RC4', [
    '--allow-weak-crypto',
    ...['--encrypt', '', 'owner', '128', '--use-aes=n', '--'],
  ]),
  {
    row: 'makes',
    name: 'hybrid references as Word writes them',
    beyondPyhanko: 'its settings do not permit hybrid-reference files at all',
    make: () => twice(buildPdf({ style: 'hybrid', objects: onePage, compressed: [2] })),
  },
  {
    row: 'makes',
    name: 'cross-reference streams',
    make: () => twice(buildPdf({ style: 'stream', objects: onePage, compressed: [2] })),
  },
];

export const benignRevisions: readonly BenignRevision[] = [...signingOn, ...editing, ...makes];
