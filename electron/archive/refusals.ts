/** What the disk and the database answer, as codes. */
import Database from 'better-sqlite3';
import { attempt, attemptAsync, Refusal, type Result } from '../../shared/result.ts';

function fromDatabase(code: string): Refusal | null {
  if (code.startsWith('SQLITE_FULL')) return diskFull();
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN')) return readOnly();
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB')) return damaged();
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return new Refusal('archive.busy', 'Another program holds the archive');
  if (code.startsWith('SQLITE_IOERR'))
    return new Refusal('archive.unreadable', 'The disk under the archive does not answer', {
      cause: code,
    });
  return null;
}

function fromSystem(code: string): Refusal | null {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return diskFull();
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return readOnly();
    case 'EIO':
      return new Refusal('archive.unreadable', 'The disk under the archive does not answer', {
        cause: code,
      });
    default:
      return null;
  }
}

function diskFull(): Refusal {
  return new Refusal('archive.disk-full', 'There is no room left on the disk; nothing was stored');
}

function readOnly(): Refusal {
  return new Refusal('archive.read-only', 'The data folder cannot be written to');
}

/** Something stored is not what was stored. `place` names rows and files, never people. */
export function damaged(place?: string): Refusal {
  return place === undefined
    ? new Refusal('archive.damaged', 'The archive is damaged')
    : new Refusal('archive.damaged', 'The archive is damaged', { place });
}

/** The refusal an error stands for, or the error itself where it is a bug. */
export function refusalOf(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string')
    return error;
  const refusal =
    error instanceof Database.SqliteError ? fromDatabase(error.code) : fromSystem(error.code);
  if (refusal === null) return error;
  refusal.cause = error;
  return refusal;
}

/** Runs `body`; what the disk refuses comes out as a `Refusal`. */
export function guarded<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw refusalOf(error);
  }
}

/** `attempt` around `guarded`: what the disk refuses is a value. */
export function attemptGuarded<T>(body: () => T): Result<T> {
  return attempt(() => guarded(body));
}

export async function attemptGuardedAsync<T>(body: () => Promise<T>): Promise<Result<T>> {
  return attemptAsync(async () => {
    try {
      return await body();
    } catch (error) {
      throw refusalOf(error);
    }
  });
}
