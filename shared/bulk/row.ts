/** One row of a list over a template: the specification it makes, and everything that is wrong with it. Pure. */
import { kindOf, lengthLimit, ticked } from '../job/field.ts';
import type { FieldSpec, JobSpec, Language, SignerSpec } from '../job/job.ts';
import type { ServiceContact } from '../job/remote.ts';
import type { Json } from '../result.ts';
import { targetOf, type PersonPart, type TextTarget } from './columns.ts';

/** `code`: its sentence stands in the language files under `bulk.issue`. */
export interface RowIssue {
  readonly code: string;
  /** The heading; null where it is of the whole row. */
  readonly column: string | null;
  readonly detail?: { readonly [key: string]: Json };
}

export interface RowRules {
  /** Why a number does not pass; null where it does. */
  readonly numberTrouble: (digits: string) => 'wrong' | 'synthetic' | null;
  readonly agrees: (nationalId: string, birthDate: string) => boolean;
  /** Whether a national identity number stands in a text. */
  readonly hasNumber: (text: string) => boolean;
  /** The last second of a day where the office is. */
  readonly endOfDay: (date: string) => string | null;
  /** ISO instant. */
  readonly now: string;
}

export interface MadeRow {
  readonly spec: JobSpec;
  readonly issues: readonly RowIssue[];
}

const limits: Readonly<Record<TextTarget, number>> = {
  ...{ title: 80, nonSensitiveTitle: 80, description: 220 },
  ...{ reference: 50, caseNumber: 50, documentType: 80 },
};
const longestName = 200;
const languages: Readonly<Record<string, Language>> = {
  ...{ nb: 'nb', bokmål: 'nb', norsk: 'nb', no: 'nb', nn: 'nn', nynorsk: 'nn' },
  ...{ en: 'en', engelsk: 'en', english: 'en' },
};

/** As people tick a box in a list; null where nobody can tell. */
function tickOf(text: string): string | null {
  if (/^(?:ja|yes|x|1|sann|true|✓|✔|☑)$/iu.test(text)) return ticked;
  return /^(?:nei|no|0|usann|false|-|☐)$/iu.test(text) ? '' : null;
}

/** `spec` is the template's, with its deadline for today; `columns` has a target for each heading. */
export function makeRow(
  spec: JobSpec,
  headings: readonly string[],
  columns: readonly string[],
  cells: readonly string[],
  rules: RowRules,
): MadeRow {
  const issues: RowIssue[] = [];
  const signers = new Map(spec.signers.map((signer) => [signer.id, signer]));
  const values = new Map<string, string>();
  let made: JobSpec = spec;
  const heading = (index: number) => headings[index] ?? String(index + 1);
  const beyond = cells.slice(headings.length).findIndex((cell) => cell.trim() !== '');
  if (beyond >= 0)
    issues.push({ code: 'too-many-cells', column: null, detail: { columns: headings.length } });
  columns.forEach((word, index) => {
    const target = targetOf(word);
    const text = (cells[index] ?? '').replace(/\s+/g, ' ').trim();
    if (target.to === 'nothing' || text === '') return;
    const wrong = (code: string, detail?: RowIssue['detail']) =>
      issues.push({ code, column: heading(index), ...(detail === undefined ? {} : { detail }) });
    if (/\ufffd|Ã[\u0080-\u00bf¥¸¦˜†…]/.test(text)) {
      wrong('strange-letters');
      return;
    }
    switch (target.to) {
      case 'text':
        if (text.length > limits[target.text]) wrong('too-long', { most: limits[target.text] });
        else if (rules.hasNumber(text)) wrong('number-in-text');
        else made = { ...made, [target.text]: text };
        return;
      case 'deadline': {
        const day = dayOf(text);
        const instant = day === null ? null : rules.endOfDay(day);
        if (instant === null) wrong('no-date', { text });
        else if (instant <= rules.now) wrong('deadline-past');
        else made = { ...made, deadline: instant };
        return;
      }
      case 'person': {
        const signer = signers.get(target.signer);
        if (signer !== undefined)
          signers.set(signer.id, withPart(signer, target.part, text, rules, wrong));
        return;
      }
      case 'field': {
        const field = spec.fields.find(({ id }) => id === target.field);
        if (field === undefined) return;
        const value = kindOf(field) === 'check' ? tickOf(text) : text;
        if (value === null) wrong('no-tick', { text });
        else if (value.length > lengthLimit(field)) wrong('too-long', { most: lengthLimit(field) });
        else if (rules.hasNumber(value)) wrong('number-in-text');
        else values.set(field.id, value);
      }
    }
  });
  const people = spec.signers.map((signer) => signers.get(signer.id) ?? signer);
  for (const signer of people) {
    const { nationalId, birthDate } = signer;
    const role = signer.title;
    if (signer.name.trim() === '') issues.push({ code: 'no-name', column: null, detail: { role } });
    if (nationalId !== undefined && birthDate !== undefined && !rules.agrees(nationalId, birthDate))
      issues.push({ code: 'birth-differs', column: null, detail: { role } });
  }
  const twice = people.find(
    ({ nationalId }, index) =>
      nationalId !== undefined &&
      people.slice(0, index).some((other) => other.nationalId === nationalId),
  );
  if (twice !== undefined) issues.push({ code: 'same-person', column: null });
  const fields = spec.fields.map((field): FieldSpec => {
    const value = values.get(field.id);
    return value === undefined ? field : ({ ...field, value } as FieldSpec);
  });
  return { spec: { ...made, signers: people, fields }, issues };
}

function withPart(
  signer: SignerSpec,
  part: PersonPart,
  text: string,
  rules: RowRules,
  wrong: (code: string, detail?: RowIssue['detail']) => void,
): SignerSpec {
  switch (part) {
    case 'name':
      if (text.length > longestName) wrong('too-long', { most: longestName });
      else if (rules.hasNumber(text)) wrong('number-in-text');
      else return { ...signer, name: text };
      return signer;
    case 'title':
      if (text.length > 80) wrong('too-long', { most: 80 });
      else return { ...signer, title: text };
      return signer;
    case 'nationalId': {
      const digits = text.replace(/[\s.-]/g, '');
      // A spreadsheet takes the first zero of a number away.
      const whole = /^\d{10}$/.test(digits) ? `0${digits}` : digits;
      if (!/^\d{11}$/.test(whole)) wrong('number-length');
      else {
        const trouble = rules.numberTrouble(whole);
        if (trouble === null) return { ...signer, nationalId: whole };
        wrong(`number-${trouble}`);
      }
      return signer;
    }
    case 'birthDate': {
      const day = dayOf(text);
      if (day === null) wrong('no-date', { text });
      else if (day > rules.now.slice(0, 10)) wrong('born-later');
      else return { ...signer, birthDate: day };
      return signer;
    }
    case 'email':
      if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) || text.length > 100) wrong('no-email');
      else return { ...signer, email: text, contact: contactOf(signer, { email: text }) };
      return signer;
    case 'mobile': {
      const digits = text.replace(/[\s()-]/g, '');
      if (!/^(?:(?:\+|00)\d{1,3})?\d{8,12}$/.test(digits)) wrong('no-mobile');
      else return { ...signer, contact: contactOf(signer, { mobile: digits }) };
      return signer;
    }
    case 'language': {
      const language = languages[text.toLowerCase()];
      if (language === undefined) wrong('no-language', { text });
      else return { ...signer, language };
      return signer;
    }
  }
}

function contactOf(
  { contact }: SignerSpec,
  more: Pick<ServiceContact, 'email'> | Pick<ServiceContact, 'mobile'>,
): ServiceContact {
  return { ...(contact ?? { by: 'number' as const }), ...more };
}

/** `24.12.2026`, `24/12-2026`, `24.12.26`, `2026-12-24`, with or without a time behind; null else. */
export function dayOf(text: string): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/.exec(text);
  const own = /^(\d{1,2})[./ -]+(\d{1,2})[./ -]+(\d{4}|\d{2})(?: .*)?$/.exec(text);
  const [year, month, day] =
    iso !== null
      ? [Number(iso[1]), Number(iso[2]), Number(iso[3])]
      : own !== null
        ? [yearOf(own[3] ?? ''), Number(own[2]), Number(own[1])]
        : [0, 0, 0];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const longest = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  if (year < 1850 || year > 2200 || month < 1 || month > 12 || day < 1 || day > longest)
    return null;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}`;
}

function yearOf(digits: string): number {
  if (digits.length === 4) return Number(digits);
  return Number(digits) < 50 ? 2000 + Number(digits) : 1900 + Number(digits);
}
