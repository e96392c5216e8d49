/** The address book out of a list, and as one. */
import { guessColumns, openRoles } from '../../shared/bulk/columns.ts';
import { makeRow } from '../../shared/bulk/row.ts';
import { emptySpec, type JobSpec, type SignerSpec } from '../../shared/job/job.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { BookImport } from '../../shared/rpc/views-people.ts';
import { withoutGuard, writeCsv } from '../../shared/table/csv.ts';
import { readTable } from '../adapters/read-table.ts';
import type { BookEntry } from '../archive/book.ts';
import { rulesOf } from './bulk-list.ts';
import { newId, type Desk } from './desk.ts';
import { checkPerson, jsonOf, mostPeople, peopleOf, type Person } from './people.ts';

const role: SignerSpec = {
  ...{ id: 'person', name: '', title: '', order: 1, kind: 'simple', role: 'signer' },
  ...{ onBehalfOf: 'SELF', language: 'nb' },
};
const spec: JobSpec = { ...emptySpec, signers: [role] };

export function importPeople(
  desk: Desk,
  { path }: { readonly path: string },
  actor: string,
): Result<BookImport> {
  const read = readTable(path);
  if (!read.ok) return read;
  const { headings, rows } = read.value;
  const people = [...peopleOf(desk).values()];
  if (people.length + rows.length > mostPeople)
    return fail('person.too-many', `The address book holds at most ${mostPeople} people.`);
  // The person's own title is no role of a template.
  const columns = guessColumns(headings, spec).map((word) =>
    word === 'title' ? `person:${openRoles(spec)[0]?.id ?? ''}:title` : word,
  );
  const rules = rulesOf(desk);
  const seen = new Set(people.flatMap(keysOf));
  const entries: BookEntry[] = [];
  const faulty: { row: number; issues: BookImport['faulty'][number]['issues'] }[] = [];
  let known = 0;
  for (const { number, cells } of rows) {
    const values = cells.map((cell) => withoutGuard(cell).trim());
    const made = makeRow(spec, headings, columns, values, rules);
    const person = personOf(made.spec.signers[0] ?? role);
    const wrong = checkPerson(desk, person);
    if (made.issues.length > 0 || !wrong.ok) {
      const refused = wrong.ok ? [] : [wrong.error.code];
      const issues = [
        ...made.issues,
        ...(made.issues.length > 0 ? [] : refused).map((code) => ({
          ...{ code: 'refused', column: null, detail: { code } },
        })),
      ];
      faulty.push({ row: number, issues });
    } else if (keysOf(person).some((key) => seen.has(key))) known += 1;
    else {
      for (const key of keysOf(person)) seen.add(key);
      entries.push({ id: newId(desk), kind: 'person', value: jsonOf(person) });
    }
  }
  if (entries.length > 0) desk.archive.putInBook(entries, actor);
  return ok({ added: entries.length, known, faulty });
}

/** By which the same person is known again. */
function keysOf({ name, nationalId, birthDate, email }: Person): readonly string[] {
  const called = name.toLowerCase();
  return [
    ...(nationalId === null ? [] : [nationalId]),
    ...(birthDate === null ? [] : [`${called} ${birthDate}`]),
    ...(email === '' ? [] : [`${called} ${email.toLowerCase()}`]),
    ...(nationalId === null && birthDate === null && email === '' ? [called] : []),
  ];
}

function personOf(signer: SignerSpec): Person {
  const { name, title, nationalId = null, birthDate = null, language, kind, email = '' } = signer;
  const mobile = signer.contact?.mobile ?? '';
  return { name, title, nationalId, birthDate, email, mobile, language, kind };
}

export function exportPeople(
  desk: Desk,
  { numbers }: { readonly numbers: boolean },
  actor: string,
): Result<{ text: string }> {
  const people = [...peopleOf(desk).values()].sort((one, other) =>
    one.name.localeCompare(other.name, 'nb'),
  );
  const head = ['Navn', 'Tittel', 'Fødselsdato', 'E-post', 'Mobil', 'Språk'];
  const rows = people.map((one) => [
    ...[one.name, one.title, one.birthDate ?? '', one.email, one.mobile, one.language],
    ...(numbers ? [one.nationalId ?? ''] : []),
  ]);
  desk.archive.recordOffice(actor, { type: 'book-exported', people: people.length, numbers });
  return ok({ text: writeCsv([[...head, ...(numbers ? ['Fødselsnummer'] : [])], ...rows]) });
}
