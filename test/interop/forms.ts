/** The sample with fields of every kind, filled in by its signer, for the validators of others. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FieldRequest } from '../../electron/core/pades/signature.ts';
import { openKeyFile } from '../../electron/eid/key-file.ts';
import { unwrap } from '../../shared/result.ts';
import { root, spawnCli } from '../support/cli.ts';
import type { KeyFiles } from '../support/key-files.ts';
import { signedWith } from '../support/signing.ts';
import type { InteropFile } from './files.ts';

const at = (y: number, width = 190, height = 20) => ({ page: 3, x: 322, y, width, height });
const text = { type: 'text' } as const;

const fields: readonly FieldRequest[] = [
  { name: 'Account', label: 'Kontonummer', placement: at(300), form: { ...text, maxLength: 20 } },
  {
    name: 'Rules',
    label: 'Jeg har lest reglene',
    placement: at(330, 16, 16),
    form: { type: 'check' },
  },
  { name: 'Keys', label: 'Nøkler', placement: at(350, 16, 16), form: { type: 'check' } },
  { name: 'Initials', label: 'Initialer', placement: at(372, 60, 28), form: text },
  { name: 'Date', label: 'Dato', placement: at(410), form: text },
  { name: 'Name', label: 'Navn', placement: at(440), form: text },
  {
    ...{ name: 'Case', label: 'Saksnummer', placement: at(470) },
    form: { ...text, value: 'Sak 2026/417, Ås', readOnly: true },
  },
  {
    ...{ name: 'Tenant', label: '1/1', placement: at(550, 200, 72) },
    locks: ['Account', 'Rules', 'Keys', 'Initials', 'Date', 'Name', 'Case'],
  },
];

export async function makeFormFile(folder: string, keys: KeyFiles): Promise<InteropFile> {
  const { file, passphraseFile } = keys.make('Interop skjema', 'p-256');
  const bytes = new Uint8Array(readFileSync(file));
  const key = unwrap(await openKeyFile(bytes, readFileSync(passphraseFile, 'utf8').trim()));
  const sample = new Uint8Array(readFileSync(join(root, 'resources/sample/leieavtale.pdf')));
  const time = new Date();
  const prepared = await signedWith(
    sample,
    {
      field: { create: { name: 'Seal', placement: null } },
      ...{ addFields: fields, certify: 2, lock: { action: 'Include', fields: ['Case'] }, time },
    },
    key,
  );
  const filled = await signedWith(
    prepared,
    {
      field: { existing: 'Tenant' },
      mark: { lines: ['Kåre Ødegård', '27.11.2026'], typed: 'Kåre Ødegård' },
      fill: [
        { field: 'Account', value: '1234 56 78901', readOnly: true },
        { field: 'Rules', value: 'yes', readOnly: true },
        { field: 'Keys', value: '', readOnly: true },
        {
          ...{ field: 'Initials', value: 'KØ', readOnly: true },
          figure: { type: 'written', text: 'KØ' },
        },
        { field: 'Date', value: '27.11.2026', readOnly: true },
        { field: 'Name', value: 'Kåre Ødegård', readOnly: true },
      ],
      time,
    },
    key,
  );
  const path = join(folder, 'form.pdf');
  writeFileSync(path, filled);
  const verified = await spawnCli(['verify', path, '--trust', keys.root, '--json']);
  const ours = (JSON.parse(verified.stdout) as { indication: string }).indication;
  return {
    ...{ name: 'fields of every kind, filled in', path, signatures: 2, timestamps: 0 },
    ...{ pdfa: true, filledIn: true, ours },
  };
}
