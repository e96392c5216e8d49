/**
 * Office documents as PDF/A-2b, by LibreOffice. Whatever the document wants: each run has a profile of its
 * own that is thrown away, in which no macro runs and no link is followed; it has a time limit, limits of
 * memory where the system knows them, and a private folder that is gone afterwards.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ByteSource } from '../core/ports.ts';
import type { OfficeFormat, PictureFormat } from './file-kind.ts';
import { officeProfile } from './office-profile.ts';
import { makeProcessFolder } from './process-folder.ts';
import { writeRefusal } from './whole-file.ts';

export interface OfficeRun {
  readonly program: string;
  /** Where private folders are made; `sweepProcessFolders` clears it. */
  readonly staging: string;
  /** Milliseconds. */
  readonly limit?: number;
  /** Called again and again while it runs; throwing ends it. */
  readonly tell?: () => void;
}

/** A letter takes two seconds, a thesis twenty. */
const usualLimit = 120_000;
const tellEvery = 200;
/** What goes in, and what may come out. */
const largestInput = 200 * 1024 * 1024;
const largestOutput = 512 * 1024 * 1024;
/** Address space of the program; it uses a tenth of that for a letter. */
const mostMemory = 4 * 1024 ** 3;
/** With it the options of an export are given as JSON. */
const oldest = [7, 4] as const;

/** `--infilter` and the export's filter: LibreOffice is told what the file is, and does not guess. */
const filters: Readonly<Record<OfficeFormat | PictureFormat, readonly [string, string]>> = {
  docx: ['MS Word 2007 XML', 'writer'],
  doc: ['MS Word 97', 'writer'],
  odt: ['writer8', 'writer'],
  rtf: ['Rich Text Format', 'writer'],
  txt: ['Text (encoded)', 'writer'],
  xlsx: ['Calc MS Excel 2007 XML', 'calc'],
  xls: ['MS Excel 97', 'calc'],
  ods: ['calc8', 'calc'],
  pptx: ['Impress MS PowerPoint 2007 XML', 'impress'],
  ppt: ['MS PowerPoint 97', 'impress'],
  odp: ['impress8', 'impress'],
  gif: ['GIF - Graphics Interchange', 'draw'],
  tiff: ['TIF - Tag Image File', 'draw'],
  webp: ['WEBP - WebP', 'draw'],
  bmp: ['BMP - MS Windows', 'draw'],
};

/** PDF/A-2b, tagged for screen readers; form fields as they are filled in, no notes in the margin. */
const exportOptions = JSON.stringify({
  SelectPdfVersion: { type: 'long', value: '2' },
  UseTaggedPDF: { type: 'boolean', value: 'true' },
  ExportFormFields: { type: 'boolean', value: 'false' },
  ExportNotes: { type: 'boolean', value: 'false' },
  ExportHiddenSlides: { type: 'boolean', value: 'false' },
  // Pictures as they came: what is signed must not be a blurred copy.
  UseLosslessCompression: { type: 'boolean', value: 'true' },
  ReduceImageResolution: { type: 'boolean', value: 'false' },
});

/**
 * `office.too-large`, `office.too-long` (the time limit), `office.failed` (it made nothing of it: damaged,
 * locked, or more than the memory it may use).
 */
export async function officeToPdf(
  run: OfficeRun,
  source: ByteSource,
  format: OfficeFormat | PictureFormat,
): Promise<Result<Uint8Array>> {
  if (source.length > largestInput)
    return fail('office.too-large', 'The office document is too large to be converted.');
  return inFolder(run, async (folder) => {
    // A name of ours: the file's own is nobody's business, and no option of a command line.
    const input = join(folder, `document.${format}`);
    const bytes = source.read(0, source.length);
    write(input, bytes);
    const [reader, writer] = filters[format];
    const ended = await execute(run, folder, [
      `--infilter=${format === 'txt' ? `${reader}:${encodingOf(bytes)},LF,,` : reader}`,
      ...['--convert-to', `pdf:${writer}_pdf_Export:${exportOptions}`],
      ...['--outdir', join(folder, 'out'), input],
    ]);
    if (!ended.ok) return ended;
    const output = join(folder, 'out', 'document.pdf');
    const made = statSync(output, { throwIfNoEntry: false });
    // It answers 0 whatever happens; what lies there is what it could do.
    if (made === undefined || made.size === 0)
      return fail('office.failed', 'LibreOffice made no PDF of the document.');
    if (made.size >= largestOutput)
      return fail('office.too-large', 'The PDF that comes of it is too large.');
    return ok(new Uint8Array(readFileSync(output)));
  });
}

/** `office.broken`: what answers is not LibreOffice; `office.old`: before 7.4. */
export async function officeVersion(run: OfficeRun): Promise<Result<string>> {
  return inFolder(run, async (folder) => {
    const ended = await execute(run, folder, ['--version']);
    if (!ended.ok) return ended.error.code === 'office.too-long' ? broken() : ended;
    const [, version, major, minor] =
      /LibreOffice (?:\w+ )?((\d+)\.(\d+)[\d.]*)/.exec(ended.value) ?? [];
    if (version === undefined) return broken();
    const is = Number(major) * 1000 + Number(minor);
    return is < oldest[0] * 1000 + oldest[1]
      ? fail('office.old', 'This LibreOffice is too old.', { version })
      : ok(version);
  });
}

function broken(): Result<never> {
  return fail('office.broken', 'LibreOffice does not answer.');
}

async function inFolder<T>(
  run: OfficeRun,
  body: (folder: string) => Promise<Result<T>>,
): Promise<Result<T>> {
  let folder: string;
  try {
    folder = mkdtempSync(join(makeProcessFolder(run.staging), 'office-'));
    const user = join(folder, 'profile', 'user');
    mkdirSync(user, { recursive: true, mode: 0o700 });
    write(join(user, 'registrymodifications.xcu'), officeProfile());
  } catch (error) {
    throw writeRefusal(error);
  }
  try {
    return await body(folder);
  } finally {
    // Windows lets go of a killed program's files a moment later.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

function write(path: string, bytes: Uint8Array | string): void {
  try {
    writeFileSync(path, bytes, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw writeRefusal(error);
  }
}

/** What it said; the failure where it could not be started or had to be ended. */
async function execute(
  run: OfficeRun,
  folder: string,
  args: readonly string[],
): Promise<Result<string>> {
  const profile = pathToFileURL(join(folder, 'profile')).href;
  const quiet = ['--headless', '--invisible', '--norestore', '--nologo', '--nolockcheck'];
  const whole = [`-env:UserInstallation=${profile}`, ...quiet, '--nodefault', ...args];
  const [command, first] = limited(run.program);
  const child = spawn(command, [...first, ...whole], {
    cwd: folder,
    env: environment(folder),
    stdio: ['ignore', 'pipe', 'ignore'],
    // A group of its own: it starts other programs, and all of them end with it.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const limit = run.limit ?? usualLimit;
  const began = performance.now();
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    if (said.length < 10_000) said += chunk.toString('latin1');
  });
  return new Promise((resolve, reject) => {
    const end = (finish: () => void) => {
      clearInterval(timer);
      endAll(child);
      finish();
    };
    const timer = setInterval(() => {
      try {
        run.tell?.();
      } catch (error) {
        // Cancelled. What it has written goes with the folder.
        child.once('exit', () => reject(error as Error));
        end(() => undefined);
        return;
      }
      if (performance.now() - began <= limit) return;
      child.once('exit', () =>
        resolve(fail('office.too-long', 'LibreOffice took too long.', { seconds: limit / 1000 })),
      );
      end(() => undefined);
    }, tellEvery);
    child.once('error', () => end(() => resolve(broken())));
    child.once('close', () => end(() => resolve(ok(said))));
  });
}

function endAll(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    if (child.exitCode === null)
      spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // All of the group has ended.
  }
}

/** Memory, size of files and time of the processor; a system that knows one of them not goes on without. */
function limited(program: string): readonly [string, readonly string[]] {
  if (process.platform === 'win32') return [program, []];
  const limits = [
    `-v ${mostMemory / 1024}`,
    `-f ${largestOutput / 512}`,
    `-t ${(2 * usualLimit) / 1000}`,
    '-c 0',
  ].map((one) => `ulimit ${one} 2>/dev/null`);
  return ['/bin/sh', ['-c', `${limits.join('; ')}; exec "$0" "$@"`, program]];
}

/** Nothing of ours but what a program needs to start. */
function environment(folder: string): NodeJS.ProcessEnv {
  const kept = ['PATH', 'SystemRoot', 'SystemDrive', 'ProgramFiles', 'CommonProgramFiles'];
  const own = Object.fromEntries(kept.map((name) => [name, process.env[name]]));
  return {
    ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)),
    ...{ HOME: folder, TMPDIR: folder, TEMP: folder, TMP: folder, USERPROFILE: folder },
    ...{ APPDATA: folder, LOCALAPPDATA: folder, XDG_CACHE_HOME: folder, XDG_CONFIG_HOME: folder },
    ...{ LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', SAL_USE_VCLPLUGIN: 'svp' },
  };
}

/** LibreOffice's words for how letters are written down. */
function encodingOf(bytes: Uint8Array): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return 'UNICODE';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'UTF8';
  } catch {
    return 'MS_1252';
  }
}
