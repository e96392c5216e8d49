/** What the columns of a list can become in a job, and which one a heading means. */
import type { FieldSpec, JobSpec, SignerSpec } from '../job/job.ts';

export const textTargets = [
  'title',
  'reference',
  'caseNumber',
  'documentType',
  'description',
  'nonSensitiveTitle',
] as const;
export type TextTarget = (typeof textTargets)[number];

export const personParts = [
  'name',
  'nationalId',
  'birthDate',
  'email',
  'mobile',
  'language',
  'title',
] as const;
export type PersonPart = (typeof personParts)[number];

/** What a column is for, as it travels and is remembered: `title`, `person:SIGNER:name`, `field:FIELD`. */
export type Target =
  | { readonly to: 'nothing' }
  | { readonly to: 'deadline' }
  | { readonly to: 'text'; readonly text: TextTarget }
  | { readonly to: 'person'; readonly signer: string; readonly part: PersonPart }
  | { readonly to: 'field'; readonly field: string };

/** Fields of kinds that are written in; a template from before there were kinds has none. */
type WrittenField = FieldSpec & { readonly kind?: string; readonly label?: string };

export function targetOf(word: string): Target {
  if (word === 'deadline') return { to: 'deadline' };
  const text = textTargets.find((each) => each === word);
  if (text !== undefined) return { to: 'text', text };
  const [, signer = '', named = ''] = /^person:([^:]+):(\w+)$/.exec(word) ?? [];
  const part = personParts.find((each) => each === named);
  if (part !== undefined) return { to: 'person', signer, part };
  const field = /^field:(.+)$/.exec(word)?.[1];
  return field === undefined ? { to: 'nothing' } : { to: 'field', field };
}

/** The roles that a list has to fill: who stands in the template already is the same in every job. */
export function openRoles(spec: JobSpec): readonly SignerSpec[] {
  return spec.signers.filter(({ name }) => name.trim() === '');
}

/** The fields that a list can write into. */
export function openFields(spec: JobSpec): readonly WrittenField[] {
  return spec.fields.filter(
    (field: WrittenField) => field.kind === 'text' || field.kind === 'check',
  );
}

/** Every target that this template offers, in the order in which they are offered. */
export function targetsOf(spec: JobSpec): readonly string[] {
  return [
    ...openRoles(spec).flatMap(({ id }) => personParts.map((part) => `person:${id}:${part}`)),
    ...textTargets,
    'deadline',
    ...openFields(spec).map(({ id }) => `field:${id}`),
  ];
}

/** Bokmål, nynorsk and English, folded. */
const partWords: Readonly<Record<PersonPart, RegExp>> = {
  nationalId:
    /f[oø]dsels?(num|nr)|f[oø]dsels-?o?g?-?personn|personn(um|r)|\bfnr\b|d-?num|national id|\bssn\b/,
  birthDate: /f[oø]dselsdato|f[oø]dt|fødselsdag|date of birth|birth ?date|\bdob\b/,
  email: /e-?post|e-?mail/,
  mobile: /mobil|telefon|\btlf\b|phone/,
  language: /spr[aå]k|m[aå]lform|language/,
  title: /rolle|stilling|position|\brole\b/,
  name: /navn|namn|\bname\b/,
};
const textWords: readonly (readonly [TextTarget | 'deadline', RegExp])[] = [
  ['caseNumber', /saksn(um|r)|\bsak\b|case/],
  ['reference', /referan|\bref\b|reference/],
  ['deadline', /frist|deadline|due/],
  ['documentType', /dokumenttype|document type/],
  ['nonSensitiveTitle', /varsel|notification/],
  ['description', /melding|beskriv|skildr|description|message/],
  ['title', /tittel|title|oppdrag/],
];

/**
 * One target for each heading, `nothing` where none is meant; no target twice. A heading that names a role
 * speaks of it; one that names none speaks of the first role that lacks it.
 */
export function guessColumns(headings: readonly string[], spec: JobSpec): readonly string[] {
  const roles = openRoles(spec);
  const fields = openFields(spec);
  const taken = new Set<string>();
  const take = (word: string) => {
    if (taken.has(word)) return null;
    taken.add(word);
    return word;
  };
  const named = headings.map((heading) => {
    const words = heading.trim().toLowerCase();
    const field = fields.find(({ label = '' }) => label !== '' && label.toLowerCase() === words);
    if (field !== undefined) return take(`field:${field.id}`);
    // The longest title first: "Utleier 2" is not "Utleier".
    const role = roles
      .filter(({ title }) => title.trim() !== '' && words.includes(title.trim().toLowerCase()))
      .toSorted((one, other) => other.title.length - one.title.length)[0];
    if (role === undefined) return null;
    const rest = words.replace(role.title.trim().toLowerCase(), '').trim();
    const part = rest === '' ? 'name' : partIn(rest);
    return part === null ? null : take(`person:${role.id}:${part}`);
  });
  return headings.map((heading, index) => {
    const known = named[index];
    if (known !== null && known !== undefined) return known;
    const words = heading.trim().toLowerCase();
    if (words === '') return 'nothing';
    const text = textWords.find(([, pattern]) => pattern.test(words))?.[0];
    const part = partIn(words);
    if (part !== null && part !== 'title')
      for (const { id } of roles) {
        const word = take(`person:${id}:${part}`);
        if (word !== null) return word;
      }
    return (text === undefined ? null : take(text)) ?? 'nothing';
  });
}

function partIn(words: string): PersonPart | null {
  const parts = Object.entries(partWords) as (readonly [PersonPart, RegExp])[];
  return parts.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}
