/** Office files: LibreOffice where it is installed, and what is said where it is not. */
import { join } from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { OfficeCheck, OfficeFilesView } from '../../shared/rpc/views-office-files.ts';
import type { OfficeFormat, PictureFormat } from '../adapters/file-kind.ts';
import { findOffice } from '../adapters/find-office.ts';
import { officeToPdf, officeVersion, type OfficeRun } from '../adapters/libre-office.ts';
import { inspectPdf } from '../core/pdf/inspect.ts';
import { memorySource } from '../core/pdf/objects.ts';
import { openPdf } from '../core/pdf/open.ts';
import type { ByteSource } from '../core/ports.ts';
import type { Act, Desk } from './desk.ts';
import { settingsOf } from './settings-store.ts';

/** In the data folder: what is converted lies there in the clear for some seconds. */
export function officeStaging(home: string): string {
  return join(home, 'converting');
}

export function officeFilesView(desk: Pick<Desk, 'archive'>): OfficeFilesView {
  const { program } = settingsOf(desk.archive).get('office');
  return { program, found: findOffice(program) };
}

/** `office.missing` where nothing stands at the path; empty is always allowed. */
export function putOfficeFiles(
  desk: Pick<Desk, 'archive'>,
  { program }: { readonly program: string },
  actor: string,
): Result<OfficeFilesView> {
  if (program !== '' && findOffice(program) === null) return missing();
  settingsOf(desk.archive).put('office', { program }, actor);
  return ok(officeFilesView(desk));
}

function missing(): Result<never> {
  return fail('office.missing', 'LibreOffice is not on this machine.');
}

export async function convertOffice(
  desk: Desk,
  source: ByteSource,
  format: OfficeFormat | PictureFormat,
  act: Act,
): Promise<Result<Uint8Array>> {
  const run = runOf(desk, settingsOf(desk.archive).get('office').program, act);
  return run.ok ? officeToPdf(run.value, source, format) : run;
}

function runOf(desk: Desk, chosen: string, act: Act): Result<OfficeRun> {
  const program = findOffice(chosen);
  if (program === null) return missing();
  return ok({
    program,
    staging: officeStaging(desk.archive.home),
    // Nobody knows how long it takes.
    tell: () => act.progress({ step: 'convert', done: 0, total: 1 }),
  });
}

/** A line with our own letters in it: the font must be there, too. */
const trialPage = String.raw`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\f0\fs24 Pr\'f8ve: bl\'e5b\'e6r p\'e5 \'f8ya.\par}`;

/** The check button: version, and a page from beginning to end. In the worker. */
export async function checkOffice(
  desk: Desk,
  input: { readonly program: string },
  act: Act,
): Promise<Result<OfficeCheck>> {
  const run = runOf(desk, input.program, act);
  if (!run.ok) return run;
  const version = await officeVersion(run.value);
  if (!version.ok) return version;
  const began = performance.now();
  const made = await officeToPdf(run.value, memorySource(Buffer.from(trialPage)), 'rtf');
  if (!made.ok) return made;
  const milliseconds = Math.round(performance.now() - began);
  const opened = openPdf(memorySource(made.value), { repair: 'strict' });
  if (!opened.ok) return opened;
  const findings = inspectPdf(opened.value);
  if (!findings.ok) return findings;
  const { pdfa } = findings.value;
  if (pdfa === null) return fail('office.failed', 'LibreOffice made a PDF that is no PDF/A.');
  return ok({ program: run.value.program, version: version.value, milliseconds, pdfa });
}
