/** The yardstick: `@libpdf/core` signs the same file with the same key, disk to disk. */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { P12Signer, PDF } from '@libpdf/core';

const [input = '', output = '', key = '', passphraseFile = ''] = process.argv.slice(2);
const passphrase = readFileSync(passphraseFile, 'utf8').split('\n', 1)[0] ?? '';
const pdf = await PDF.load(new Uint8Array(readFileSync(input)));
const signer = await P12Signer.create(new Uint8Array(readFileSync(key)), passphrase);
const { bytes } = await pdf.sign({ signer, level: 'B-B' });
const temporary = `${output}.part`;
const descriptor = openSync(temporary, 'w');
writeFileSync(descriptor, bytes);
fsyncSync(descriptor);
closeSync(descriptor);
renameSync(temporary, output);
