/** One job out of the watched folder: its documents, its log and its errands in one transaction. */
import { draftOf, specOf, titlesOf } from '../../shared/job/job-file.ts';
import type { JobDocument } from '../../shared/job/job.ts';
import { homeUnit, unitsOf } from '../../shared/job/visibility.ts';
import { fail, type Result } from '../../shared/result.ts';
import type { StagedDocument } from '../archive/archive.ts';
import { perform, type Act } from './desk.ts';
import { stageDocument } from './documents.ts';
import type { Arrived, Intake } from './folder-intake.ts';
import { placesOf } from './job-file-words.ts';
import { checkNationalIds } from './national-id.ts';

/** A row stands from the commit that made the job until its end has been told outside. */
export const folderTopic = 'folder';

export interface FolderErrand {
  readonly job: string;
  readonly name: string;
  /** To be opened, or sent to the service, without anybody's hand. */
  readonly open: boolean;
}

/** `copies`: of the documents, in the job file's order. */
export async function makeFolderJob(
  intake: Intake,
  { name, jobFile, parsed }: Arrived,
  job: string,
  copies: readonly { readonly path: string; readonly sha256: string }[],
): Promise<Result<unknown>> {
  const { desk, settings, beat } = intake;
  const act: Act = {
    actor: settings.user,
    // A conversion takes longer than the lease: each sign of life renews it.
    progress() {
      beat();
    },
  };
  const numbered = parsed.documents.map((_, index) => String(index + 1));
  const numbers = checkNationalIds(desk, specOf(parsed, numbered, []), titlesOf(parsed, numbered));
  if (!numbers.ok) return numbers;
  const made: { staged: StagedDocument; document: JobDocument }[] = [];
  const drop = () => made.forEach(({ staged }) => desk.archive.unstage(staged));
  try {
    for (const [index, { file, password }] of parsed.documents.entries()) {
      beat();
      const given = password === undefined ? {} : { password };
      const path = copies[index]?.path ?? '';
      const one = await stageDocument(desk, { ...{ job, path, name: file }, ...given }, act);
      if (!one.ok) {
        drop();
        return one.error.code === 'job.disposed' ? used() : withNumber(one.error, index + 1);
      }
      made.push(one.value);
    }
    beat();
    const ids = made.map(({ document }) => document.id);
    const files = made.map(({ document }, index) => ({
      ...{ path: copies[index]?.path ?? '', findings: document.findings },
    }));
    const placed = await placesOf(parsed, files, beat);
    if (!placed.ok) {
      drop();
      return placed;
    }
    const unit = unitsOf(desk.archive.users().find(({ id }) => id === act.actor) ?? {})[0];
    const commands = [
      {
        type: 'create' as const,
        spec: draftOf(parsed),
        audience: { unit: unit ?? homeUnit, only: null },
        cameIn: { name, jobFile, documents: copies.map(({ sha256 }) => sha256) },
      },
      ...made.map(({ document }) => ({ type: 'add-document' as const, document })),
      {
        type: 'edit' as const,
        spec: specOf(parsed, ids, placed.value),
        titles: titlesOf(parsed, ids),
        order: ids,
      },
    ];
    const errand: FolderErrand = { job, name, open: settings.open };
    const done = perform(desk, job, act.actor, commands, {
      on: null,
      documents: made.map(({ staged }) => staged),
      outbox: [
        ...ids.map((document) => ({ topic: 'text', body: { job, document } })),
        { topic: folderTopic, body: { ...errand } },
      ],
    });
    if (!done.ok) drop();
    return done;
  } catch (error) {
    drop();
    throw error;
  }
}

function used(): Result<never> {
  return fail('folder.name-used', 'The job of this name was disposed of; give the file a new one.');
}

function withNumber(
  { code, message, detail }: Extract<Result<never>, { ok: false }>['error'],
  document: number,
): Result<never> {
  return fail(code, message, { ...detail, document });
}
