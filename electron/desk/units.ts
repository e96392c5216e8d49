/** Units of the office, and who sees a job. */
import { fail, ok, type Result } from '../../shared/result.ts';
import { homeUnit, unitsOf } from '../../shared/job/visibility.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { LookView, PeopleView } from '../../shared/rpc/views-access.ts';
import type { Caller } from '../rpc/router.ts';
import { jobOr, newId, perform, type Desk } from './desk.ts';
import { versionOf } from './jobs.ts';
import { settingsOf } from './settings-store.ts';
import { plainName } from './user-names.ts';
import { userView } from './viewers.ts';

export function officePeople(desk: Desk): Result<PeopleView> {
  const people = desk.archive.users().filter(({ active }) => active);
  return ok({
    units: settingsOf(desk.archive).get('units'),
    people: people.map(userView).map(({ id, name, roles, units }) => ({ id, name, roles, units })),
  });
}

/** In one's own units, the job's own, or, for who keeps the records, in any. */
export function setAudience(
  desk: Desk,
  { job: id, unit, only }: ParsedOf<'job.audience'>,
  actor: string,
  { standing }: Caller,
): Result<{ version: number }> {
  const job = jobOr(desk, id);
  if (!job.ok) return job;
  if (standing.state !== 'operator') return fail('rpc.forbidden', 'This session may not do that.');
  if (unknownUnits(desk, [unit])) return fail('unit.unknown', 'There is no such unit.');
  const mine = [...standing.units, job.value.audience.unit].includes(unit);
  if (!mine && !standing.roles.includes('records'))
    return fail('unit.not-yours', 'The user does not belong to that unit.');
  const users = new Set(desk.archive.users().map((user) => user.id));
  if (only?.some((person) => !users.has(person)) === true)
    return fail('user.unknown', 'There is no such user.');
  const audience = { unit, only: only === null ? null : [...new Set(only)] };
  return versionOf(perform(desk, id, actor, [{ type: 'set-audience', audience }]));
}

const looksShown = 100;

export function looksAt(desk: Desk, { job }: ParsedOf<'job.looks'>): Result<readonly LookView[]> {
  const names = new Map(desk.archive.users().map((user) => [user.id, user.name]));
  return ok(
    desk.archive
      .looksAt(job, looksShown)
      .map(({ at, actor }) => ({ at, user: actor, name: names.get(actor) ?? '' })),
  );
}

export function putUnits(
  desk: Desk,
  input: ParsedOf<'settings.units'>,
  actor: string,
): Result<null> {
  const settings = settingsOf(desk.archive);
  const units = input.units.map(({ id, name }) => ({ id: id ?? newId(desk), name: name.trim() }));
  const before = settings.get('units');
  const known = new Set(before.map((unit) => unit.id));
  if (input.units.some(({ id }) => id !== undefined && !known.has(id)))
    return fail('unit.unknown', 'There is no such unit.');
  if (new Set(units.map(({ name }) => plainName(name))).size < units.length)
    return fail('unit.name-taken', 'Two units have the same name.');
  const kept = new Set(units.map((unit) => unit.id));
  for (const { id } of before) if (!kept.has(id) && isUsed(desk, id)) return inUse(id);
  settings.put('units', units, actor);
  return ok(null);
}

export function unknownUnits(desk: Pick<Desk, 'archive'>, units: readonly string[]): boolean {
  const known = settingsOf(desk.archive).get('units');
  return units.some((unit) => known.every(({ id }) => id !== unit));
}

/** A job of a unit that is no more would be seen by nobody but who made it. */
function isUsed(desk: Desk, unit: string): boolean {
  if (unit === homeUnit) return true;
  if (desk.archive.users().some((user) => unitsOf(user).includes(unit))) return true;
  const counts = desk.archive.counts({ user: '', units: [unit], records: true });
  return Object.values(counts).some((jobs) => jobs > 0);
}

function inUse(unit: string): ReturnType<typeof fail> {
  return fail('unit.in-use', 'The unit has jobs or users.', { unit });
}
