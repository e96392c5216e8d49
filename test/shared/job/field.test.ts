import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillable, initialsOf, wrongFilling } from '../../../shared/job/field.ts';
import type { FieldKind } from '../../../shared/job/field.ts';
import type { FieldSpec } from '../../../shared/job/job.ts';
import { missing } from '../../../shared/job/missing.ts';
import { beyondService } from '../../../shared/job/service-limits.ts';
import { document, signer, spec } from './made-jobs.ts';

const field = (id: string, kind: FieldKind, more: Partial<FieldSpec> = {}): FieldSpec => ({
  ...{ id, kind, document: 'doc-1', signer: 'kari', label: 'Spørsmål' },
  placement: { page: 1, x: 10, y: 10, width: 100, height: 20 },
  ...more,
});

describe('what a signer fills in', () => {
  const fields = [
    field('text', 'text', { required: true, maxLength: 5 }),
    field('tick', 'check'),
    field('date', 'date'),
    field('fixed', 'text', { fixed: true, value: 'x' }),
    field('other', 'text', { signer: 'ola' }),
    field('sign', 'signature'),
  ];
  const wrong = (...filled: readonly (readonly [string, string])[]) =>
    wrongFilling(
      { fields },
      'kari',
      filled.map(([id, value]) => ({ field: id, value })),
    )?.error.code ?? null;

  it('is every field of theirs but signatures and what the clerk has settled', () => {
    expect(fillable({ fields }, 'kari').map(({ id }) => id)).toEqual(['text', 'tick', 'date']);
  });

  it('must be there where it is required, fit, and be text that can be seen', () => {
    expect(wrong(['text', 'abc'])).toBeNull();
    expect(wrong(['text', 'abc'], ['tick', 'yes'])).toBeNull();
    expect(wrong()).toBe('field.required');
    expect(wrong(['text', '  '])).toBe('field.required');
    expect(wrong(['text', 'abcdef'])).toBe('field.too-long');
    expect(wrong(['text', 'a\u0007'])).toBe('field.characters');
    expect(wrong(['text', 'a\u202eb'])).toBe('field.characters');
    expect(wrong(['text', 'a'], ['tick', 'no'])).toBe('field.not-a-tick');
    expect(wrong(['text', 'a'], ['text', 'b'])).toBe('field.twice');
    for (const id of ['fixed', 'other', 'sign', 'nobody'])
      expect(wrong(['text', 'a'], [id, 'x'])).toBe('field.unknown');
  });

  it('accepts any text that is short enough and has no hidden characters, and no other', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), (text) => {
        const hidden = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]/u.test(
          text,
        );
        const fits = text.trim() !== '' && text.length <= 5 && !hidden;
        expect(wrong(['text', text]) === null).toBe(fits);
      }),
    );
  });
});

describe('initials', () => {
  it.each([
    ['Kari Nordmann', 'KN'],
    ['  kari  anne nordmann-lie ', 'KANL'],
    ['Øystein Åsen', 'ØÅ'],
    ['محمد علي', 'مع'],
    ['李小龍', '李'],
    ['O’Brien', 'O'],
    ['1', ''],
  ])('of %s are %s', (name, letters) => {
    expect(initialsOf(name)).toBe(letters);
  });
});

describe('the checklist', () => {
  const draft = (more: readonly FieldSpec[], signatures = 0) => {
    const base = spec([signer('kari', 0)], ['doc-1']);
    const plain = document('doc-1');
    return {
      spec: { ...base, fields: [...base.fields, ...more] },
      documents: [{ ...plain, findings: { ...plain.findings, signatures } }],
    };
  };
  const codes = (more: readonly FieldSpec[], signatures = 0) =>
    missing(draft(more, signatures)).map(({ code }) => code);

  it('wants words for what is asked, and values that fit', () => {
    expect(codes([field('a', 'text')])).toEqual([]);
    expect(codes([field('a', 'text', { label: ' ' })])).toEqual(['checklist.field-label']);
    expect(codes([field('a', 'date', { label: '' })])).toEqual([]);
    expect(codes([field('a', 'text', { label: '', fixed: true, value: 'x' })])).toEqual([]);
    expect(codes([field('a', 'text', { fixed: true })])).toEqual(['checklist.field-value']);
    expect(codes([field('a', 'text', { maxLength: 1, value: 'xx' })])).toEqual([
      'checklist.field-value',
    ]);
  });

  it('wants a signature of everybody, and adds nothing else to a signed file', () => {
    const only = { ...draft([field('a', 'initials')]) };
    const fields = only.spec.fields.filter(({ kind }) => kind === 'initials');
    expect(missing({ ...only, spec: { ...only.spec, fields } }).map(({ code }) => code)).toEqual([
      'checklist.signer-field',
    ]);
    expect(codes([field('a', 'date')], 1)).toEqual(['checklist.field-signed-file']);
    expect(codes([field('a', 'text', { existing: 'amount' })], 1)).toEqual([]);
  });

  it('says that the remote service has no such fields', () => {
    const { spec: made, documents } = draft([field('a', 'date')]);
    const found = beyondService({ spec: { ...made, place: 'portal' }, documents }, null);
    expect(found.map(({ code }) => code)).toContain('checklist.service-fields');
  });
});
