/** The watched folder's settings, and what is wrong with them. */
import { existsSync } from 'node:fs';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { FolderCheck, FolderState, FolderView } from '../../shared/rpc/views-folder.ts';
import type { Desk } from './desk.ts';
import { folderProblem, isWithin, subfolder, takenFolder, writeProblem } from './folder-files.ts';
import { settingsOf, type FolderSettings } from './settings-store.ts';

export function folderOf(desk: Pick<Desk, 'archive'>): FolderSettings {
  return settingsOf(desk.archive).get('folder');
}

export function folderView(desk: Pick<Desk, 'archive'>, state: FolderState): FolderView {
  const { on, in: from, out, user, open } = folderOf(desk);
  return { ...{ on, in: from, out, user, open }, users: makersOf(desk), state };
}

/** Whoever may make a job at the desk. */
function makersOf(desk: Pick<Desk, 'archive'>): FolderView['users'] {
  return desk.archive
    .users()
    .filter(({ active, roles }) => active && roles.includes('handler'))
    .map(({ id, name }) => ({ id, name }));
}

/** Turned off, anything may stand there; turned on, all of it must be such that it can begin. */
export function putFolder(
  desk: Desk,
  input: ParsedOf<'settings.putFolder'>,
  actor: string,
): Result<null> {
  const before = folderOf(desk);
  const salt = before.salt ?? Buffer.from(desk.random.bytes(16)).toString('hex');
  const next: FolderSettings = { ...input, salt };
  if (next.on) {
    const wrong = checksOf(desk, next).find(({ code }) => code !== null);
    if (wrong?.code) return fail(wrong.code, 'The folder cannot be watched.', { of: wrong.of });
  }
  settingsOf(desk.archive).put('folder', next, actor);
  return ok(null);
}

/** By looking; nothing is written. One entry each for the folders and for the user. */
export function checksOf(desk: Desk, settings: FolderSettings): readonly FolderCheck[] {
  const { home } = desk.archive;
  const from = folderProblem(settings.in, home);
  const out = folderProblem(settings.out, home) ?? (from === null ? sameAs(settings) : null);
  const isMaker = makersOf(desk).some(({ id }) => id === settings.user);
  const user = settings.user === '' ? 'folder.no-user' : isMaker ? null : 'folder.user';
  return [
    { of: 'in', code: from },
    { of: 'out', code: out },
    { of: 'user', code: user },
  ];
}

/** What goes out must not lie where it would be taken in, nor the other way round. */
function sameAs({ in: from, out }: FolderSettings): string | null {
  return isWithin(out, from) || isWithin(from, out) ? 'folder.same' : null;
}

/** The check button: also writes, for only that tells what a share really allows. In the worker. */
export function checkFolder(
  desk: Desk,
  input: Pick<FolderSettings, 'in' | 'out' | 'user'>,
): Result<readonly FolderCheck[]> {
  const checks = checksOf(desk, { ...folderOf(desk), ...input });
  return ok(
    checks.map((check) => {
      if (check.of === 'user' || check.code !== null) return check;
      return { ...check, code: writeProblem(input[check.of]) ?? subfolderProblem(input, check.of) };
    }),
  );
}

function subfolderProblem(input: Pick<FolderSettings, 'in'>, of: 'in' | 'out'): string | null {
  if (of === 'out') return null;
  try {
    const existed = existsSync(input.in);
    return existed ? writeProblem(subfolder(input.in, takenFolder)) : 'folder.missing';
  } catch {
    return 'folder.read-only';
  }
}
