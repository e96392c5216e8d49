/** The office's log: what the desk writes into it, and how those who may see it read it. */
import { attempt, ok, type Result } from '../../shared/result.ts';
import type { OfficeEvent } from '../../shared/office-event.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { OfficeLogView } from '../../shared/rpc/views-access.ts';
import type { Desk } from './desk.ts';

/** A full disk must keep nobody out, and nobody in: what cannot be noted then is not. */
export function note(desk: Pick<Desk, 'archive'>, actor: string, event: OfficeEvent): void {
  attempt(() => desk.archive.recordOffice(actor, event));
}

export function officeLog(
  desk: Desk,
  { limit, cursor, kind, person }: ParsedOf<'archive.officeLog'>,
): Result<OfficeLogView> {
  const names = new Map(desk.archive.users().map((user) => [user.id, user.name]));
  const filter = {
    ...(kind === undefined ? {} : { kind }),
    ...(person === undefined ? {} : { person }),
  };
  const { rows, next } = desk.archive.officeEvents(limit, cursor, filter);
  return ok({
    rows: rows.map(({ seq, at, actor, event }) => ({
      ...{ seq, at, actor, event },
      actorName: names.get(actor) ?? '',
      userName: 'user' in event && event.user !== null ? (names.get(event.user) ?? '') : '',
    })),
    next,
    people: [...names].map(([id, name]) => ({ id, name })),
  });
}
