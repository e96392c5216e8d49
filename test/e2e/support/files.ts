/** The files that journeys bring in, and how a hand drops them on the window. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Locator } from '@playwright/test';
import { PDFDocument } from 'pdf-lib';
import { root } from '../../support/cli.ts';
import { png } from '../../support/images.ts';

export const samplePath = join(root, 'resources/sample/leieavtale.pdf');

/** A photograph of sorts: 600 x 400, a warm gradient. */
export function makePicture(folder: string): string {
  const path = join(folder, 'romplan.png');
  const value = (x: number, y: number) => [230 - (x >> 3), 220 - (y >> 2), 190];
  writeFileSync(path, png({ width: 600, height: 400, depth: 8, colour: 2, value }));
  return path;
}

/** The sample behind a password, as somebody else's program would lock it. */
export function makeLocked(folder: string, password: string): string {
  const path = join(folder, 'låst.pdf');
  const made = spawnSync(
    'qpdf',
    ['--encrypt', password, 'eierens', '256', '--', samplePath, path],
    { encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(made.stderr);
  return path;
}

/** The sample with its table of contents pointing nowhere: readable by searching alone. */
export function makeDamaged(folder: string): string {
  const path = join(folder, 'skadet.pdf');
  const text = readFileSync(samplePath).toString('latin1');
  writeFileSync(path, text.replace(/startxref\s+\d+/g, 'startxref\n7'), 'latin1');
  return path;
}

/** The sample as a broken download leaves it: the end never came. */
export function makeCut(folder: string): string {
  const path = join(folder, 'avbrutt.pdf');
  const bytes = readFileSync(samplePath);
  writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length * 0.7)));
  return path;
}

/** A form with one box, filled in by a program that left it open. */
export async function makeForm(folder: string): Promise<string> {
  const path = join(folder, 'skjema.pdf');
  const pdf = await PDFDocument.create();
  const name = pdf.getForm().createTextField('navn');
  name.setText('Ola Nordmann');
  name.addToPage(pdf.addPage(), { x: 50, y: 600, width: 200, height: 30 });
  writeFileSync(path, await pdf.save());
  return path;
}

/** Drags files over an element and lets go: the events a browser sends, with real file contents. */
export async function dropFiles(target: Locator, ...paths: readonly string[]): Promise<void> {
  const types: Readonly<Record<string, string>> = { pdf: 'application/pdf', png: 'image/png' };
  const files = paths.map((path) => ({
    name: basename(path),
    type: types[path.split('.').at(-1) ?? ''] ?? '',
    base64: readFileSync(path).toString('base64'),
  }));
  const transfer = await target.page().evaluateHandle((given) => {
    const made = new DataTransfer();
    for (const { name, type, base64 } of given) {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      made.items.add(new File([bytes], name, { type }));
    }
    return made;
  }, files);
  for (const type of ['dragenter', 'dragover', 'drop'])
    await target.dispatchEvent(type, { dataTransfer: transfer });
  await transfer.dispose();
}
