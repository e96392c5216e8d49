/**
 * The address book. It is the whole office's: an entry says how to reach somebody and nothing of any case,
 * and units would each keep their own copy of the same person. Nobody comes into it by signing: a clerk
 * puts them there.
 */
import type { Job, JobSpec, SignerSpec } from '../../shared/job/job.ts';
import { emptySpec } from '../../shared/job/job.ts';
import { maskId } from '../../shared/job/masks.ts';
import { unknownSigner } from '../../shared/job/refusals.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Json } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { BookView, GroupView, PersonView } from '../../shared/rpc/views-people.ts';
import { foldText } from '../archive/search-words.ts';
import { jobOr, newId, type Desk } from './desk.ts';
import { checkNationalIds } from './national-id.ts';

/** As it stands in the archive. */
export interface Person extends Omit<PersonView, 'id' | 'nationalId'> {
  readonly nationalId: string | null;
}
type Group = Omit<GroupView, 'id'>;

export const mostPeople = 5_000;

export function peopleOf(desk: Pick<Desk, 'archive'>): ReadonlyMap<string, Person> {
  return new Map(
    desk.archive
      .book()
      .filter(({ kind }) => kind === 'person')
      // Only `save` writes here, and the archive authenticates what it reads.
      .map(({ id, value }) => [id, value as unknown as Person]),
  );
}

function groupsOf(desk: Pick<Desk, 'archive'>): readonly GroupView[] {
  return desk.archive
    .book()
    .filter(({ kind }) => kind === 'group')
    .map(({ id, value }) => ({ ...(value as unknown as Group), id }));
}

export function findPeople(desk: Desk, { text, limit }: ParsedOf<'person.find'>): Result<BookView> {
  const words = foldText(text).split(/\s+/).filter(Boolean);
  const matches = (said: readonly string[]) => {
    const folded = foldText(said.join(' ')).split(/[\s@.,-]+/);
    return words.every((word) => folded.some((each) => each.startsWith(word)));
  };
  const all = [...peopleOf(desk)];
  const people = all
    .filter(([, { name, title, email }]) => matches([name, title, email]))
    .sort(([, one], [, other]) => one.name.localeCompare(other.name, 'nb'))
    .slice(0, limit)
    .map(([id, person]) => viewOf(id, person));
  const groups = groupsOf(desk)
    .filter(({ name }) => matches([name]))
    .toSorted((one, other) => one.name.localeCompare(other.name, 'nb'));
  return ok({ people, groups, total: all.length });
}

function viewOf(id: string, { nationalId, ...person }: Person): PersonView {
  return { ...person, id, nationalId: nationalId === null ? null : maskId(nationalId) };
}

export function savePerson(
  desk: Desk,
  { id, ...input }: ParsedOf<'person.save'>,
  actor: string,
): Result<{ person: string }> {
  const people = peopleOf(desk);
  const before = id === undefined ? undefined : people.get(id);
  if (id !== undefined && before === undefined) return unknownPerson();
  if (before === undefined && people.size >= mostPeople)
    return fail('person.too-many', `The address book holds at most ${mostPeople} people.`);
  const { nationalId: given = null, ...rest } = input;
  const nationalId = given?.includes('*') === true ? (before?.nationalId ?? null) : given;
  const person: Person = { ...rest, name: rest.name.trim(), nationalId };
  const wrong = checkPerson(desk, person);
  if (!wrong.ok) return wrong;
  const entry = { id: id ?? newId(desk), kind: 'person' as const, value: jsonOf(person) };
  desk.archive.putInBook([entry], actor);
  return ok({ person: entry.id });
}

export function checkPerson(desk: Desk, person: Person): Result<null> {
  return checkNationalIds(desk, { ...emptySpec, signers: [signerOf('person', person)] });
}

export function keepSigner(
  desk: Desk,
  { job: id, signer: of }: ParsedOf<'person.keep'>,
  actor: string,
): Result<{ person: string }> {
  const job = jobOr(desk, id);
  if (!job.ok) return job;
  const signer = job.value.spec.signers.find((one) => one.id === of);
  if (signer === undefined) return unknownSigner();
  if (signer.name.trim() === '') return fail('person.no-name', 'The signer has no name yet.');
  const known = signer.person !== undefined && peopleOf(desk).has(signer.person);
  return savePerson(
    desk,
    {
      ...(known && signer.person !== undefined ? { id: signer.person } : {}),
      ...{ name: signer.name, title: signer.title, nationalId: signer.nationalId ?? null },
      birthDate: signer.birthDate ?? null,
      email: signer.email ?? signer.contact?.email ?? '',
      mobile: signer.contact?.mobile ?? '',
      ...{ language: signer.language, kind: signer.kind },
    },
    actor,
  );
}

/** Groups forget them, too. */
export function removePerson(
  desk: Desk,
  { person }: ParsedOf<'person.remove'>,
  actor: string,
): Result<null> {
  if (!peopleOf(desk).has(person)) return unknownPerson();
  for (const { id, name, members } of groupsOf(desk)) {
    const left = members.filter((one) => one.person !== person);
    if (left.length === members.length) continue;
    const value = jsonOf({ name, members: left });
    if (left.length === 0) desk.archive.removeFromBook(id, actor);
    else desk.archive.putInBook([{ id, kind: 'group', value }], actor);
  }
  desk.archive.removeFromBook(person, actor);
  return ok(null);
}

export function saveGroup(
  desk: Desk,
  { id, name, members }: ParsedOf<'group.save'>,
  actor: string,
): Result<{ group: string }> {
  const people = peopleOf(desk);
  if (members.some(({ person }) => !people.has(person))) return unknownPerson();
  const known = groupsOf(desk);
  if (id !== undefined && known.every((group) => group.id !== id)) return unknownGroup();
  const entry = { id: id ?? newId(desk), kind: 'group' as const, value: jsonOf({ name, members }) };
  desk.archive.putInBook([entry], actor);
  return ok({ group: entry.id });
}

export function removeGroup(
  desk: Desk,
  { group }: ParsedOf<'group.remove'>,
  actor: string,
): Result<null> {
  if (groupsOf(desk).every(({ id }) => id !== group)) return unknownGroup();
  desk.archive.removeFromBook(group, actor);
  return ok(null);
}

/** What stands behind the masks of signers who were taken from the book. */
export function withBookNumbers<S extends Pick<JobSpec, 'signers'>>(
  desk: Pick<Desk, 'archive'>,
  spec: S,
  before: Pick<Job, 'spec'> | null,
): S {
  // What the job itself knows stands before what the book says today.
  const known = (signer: SignerSpec) =>
    before?.spec.signers.some(
      ({ id, nationalId }) =>
        id === signer.id && nationalId !== undefined && maskId(nationalId) === signer.nationalId,
    ) === true;
  const masked = (signer: SignerSpec) =>
    signer.nationalId?.includes('*') === true && !known(signer);
  if (!spec.signers.some((signer) => signer.person !== undefined && masked(signer))) return spec;
  const people = peopleOf(desk);
  const signers = spec.signers.map((signer) => {
    const nationalId = people.get(signer.person ?? '')?.nationalId ?? null;
    return masked(signer) && nationalId !== null && maskId(nationalId) === signer.nationalId
      ? { ...signer, nationalId }
      : signer;
  });
  return { ...spec, signers };
}

function signerOf(
  id: string,
  { name, title, nationalId, birthDate, language, kind }: Person,
): SignerSpec {
  return {
    ...{ id, name, title, language, kind, order: 1, role: 'signer', onBehalfOf: 'SELF' },
    ...(nationalId === null ? {} : { nationalId }),
    ...(birthDate === null ? {} : { birthDate }),
  };
}

export function jsonOf(value: object): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

function unknownPerson() {
  return fail('person.unknown', 'There is no such person in the address book.');
}

function unknownGroup() {
  return fail('group.unknown', 'There is no such group in the address book.');
}
