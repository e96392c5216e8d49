/** What `skranke job create` does with a job file (`shared/job/job-file.ts`). */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { draftOf, readJobFile, specOf, titlesOf, type JobFile } from '../../shared/job/job-file.ts';
import type { JobDocument } from '../../shared/job/job.ts';
import { Refusal, unwrap } from '../../shared/result.ts';
import { fileKind } from '../adapters/file-kind.ts';
import { openFileSource } from '../adapters/file-source.ts';
import { openPdf } from '../core/pdf/open.ts';
import { placesOf } from '../desk/job-file-words.ts';
import type { DeskClient } from './desk-client.ts';

export interface CreatedJob {
  readonly job: string;
  readonly version: number;
  readonly documents: number;
}

/**
 * Makes the draft with its documents. What can be known to be wrong is refused before anything is made;
 * a draft that meets a refusal on the way is withdrawn, and says why.
 */
export async function createFromSpec(desk: DeskClient, path: string): Promise<CreatedJob> {
  const file = readFile(path);
  const { documents } = file;
  const files = documents.map((one) => resolve(dirname(path), one.file));
  files.forEach((one, index) => refuseUnreadable(one, documents[index]?.password));
  const { job } = await desk.call('job.create', { spec: draftOf(file) });
  try {
    const made: JobDocument[] = [];
    for (const [index, one] of files.entries()) {
      const upload = await desk.upload(one);
      const password = documents[index]?.password;
      const imported = await desk.call('document.import', {
        job,
        ...upload,
        ...(password === undefined ? {} : { password }),
      });
      made.push(imported.document);
    }
    const ids = made.map(({ id }) => id);
    const placed = unwrap(
      await placesOf(
        file,
        made.map(({ findings }, index) => ({ path: files[index] ?? '', findings })),
      ),
    );
    const { version } = await desk.call('job.edit', {
      job,
      version: (await desk.call('job.get', { job })).job.version,
      spec: specOf(file, ids, placed),
      titles: titlesOf(file, ids),
      order: ids,
    });
    return { job, version, documents: ids.length };
  } catch (error) {
    const reason = 'The specification could not be followed';
    // Whatever comes of that: the answer is why it could not be followed.
    await desk.call('job.cancel', { job, reason }).catch(() => undefined);
    throw error;
  }
}

/** The refusals of a PDF that nobody could sign; what else may come in, its import judges. */
function refuseUnreadable(path: string, password: string | undefined): void {
  const source = unwrap(openFileSource(path));
  try {
    if (unwrap(fileKind(source, path)).type !== 'pdf') return;
    unwrap(openPdf(source, { repair: 'strict', ...(password === undefined ? {} : { password }) }));
  } finally {
    source.close();
  }
}

function readFile(path: string): JobFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new Refusal('file.unreadable', 'The specification cannot be read.', { path });
  }
  const read = readJobFile(text);
  if (read.ok) return read.value;
  throw new Refusal(read.error.code, read.error.message, { path, ...read.error.detail });
}
