import { describe, expect, test } from 'vitest';
import { addFields } from '../../../electron/core/pades/add-fields.ts';
import { sign } from '../../../electron/core/pades/sign.ts';
import type { FieldRequest, SignatureRequest } from '../../../electron/core/pades/signature.ts';
import { pdfsig, qpdfComplaints } from '../../support/other-readers.ts';
import { png } from '../../support/images.ts';
import { firstFreeObject, plainPdf } from '../../support/plain-pdf.ts';
import {
  appended,
  opened,
  ports,
  requestOf,
  signedWith,
  trialKey,
  verdicts,
} from '../../support/signing.ts';

const first = firstFreeObject(1);
const place = (y: number) => ({ page: 0, x: 300, y, width: 120, height: 40 });
const field = (name: string, y = 40): FieldRequest => ({ name, placement: place(y) });
const invisible = (name: string): FieldRequest => ({ name, placement: null });

/** The code with which signing is refused, or `signed`. */
async function outcome(
  bytes: Uint8Array,
  changes: Partial<SignatureRequest> = {},
): Promise<string> {
  const result = await sign(opened(bytes), requestOf(changes), trialKey(), ports);
  if (!result.ok) return result.error.code;
  // What we make, we must pass.
  const after = await verdicts(appended(bytes, result.value.tail));
  expect(after).toEqual(after.map(() => 'TOTAL-PASSED'));
  return 'signed';
}

function addingFields(bytes: Uint8Array, fields: readonly FieldRequest[]): string {
  const result = addFields(opened(bytes), fields, ports);
  return result.ok ? 'added' : result.error.code;
}

const mark = { lines: ['Kari Nordmann'] };

describe('certification', () => {
  test('opens a job: certified with P=2 and the fields of everyone in one revision', async () => {
    const opening = await signedWith(plainPdf(), {
      certify: 2,
      addFields: [field('Tenant', 40), field('Owner', 100)],
    });
    expect(opened(opening).revisions).toHaveLength(2);
    let bytes = await signedWith(opening, { field: { existing: 'Tenant' }, mark });
    bytes = await signedWith(bytes, { field: { existing: 'Owner' }, mark });
    expect(pdfsig(bytes).map(({ valid }) => valid)).toEqual([true, true, true]);
    expect(await verdicts(bytes)).toEqual(['TOTAL-PASSED', 'TOTAL-PASSED', 'TOTAL-PASSED']);
    expect(qpdfComplaints(bytes)).toBeNull();
    const text = Buffer.from(bytes).toString('latin1');
    expect(text).toMatch(/\/Perms <<\/DocMDP \d+ 0 R>>/);
    expect(text).toMatch(
      /\/TransformMethod \/DocMDP \/TransformParams <<\/Type \/TransformParams \/V \/1\.2 \/P 2>>/,
    );
  });

  test('P=1 ends it', async () => {
    const bytes = await signedWith(plainPdf(), { certify: 1, addFields: [field('A')] });
    for (const changes of [
      {},
      { field: { existing: 'A' } },
      { field: { create: field('B', 100) }, mark },
    ])
      expect(await outcome(bytes, changes)).toBe('sign.certified-no-changes');
    expect(addingFields(bytes, [invisible('B')])).toBe('sign.certified-no-changes');
  });

  test('after P=2 a prepared field or an invisible signature, nothing else', async () => {
    const bytes = await signedWith(plainPdf(), { certify: 2, addFields: [field('A')] });
    expect(await outcome(bytes, { field: { existing: 'A' }, mark })).toBe('signed');
    expect(await outcome(bytes)).toBe('signed');
    expect(await outcome(bytes, { field: { create: invisible('B') } })).toBe('signed');
    expect(await outcome(bytes, { field: { create: field('B', 100) }, mark })).toBe(
      'sign.not-allowed',
    );
    expect(addingFields(bytes, [field('B', 100)])).toBe('sign.not-allowed');
  });

  test('after P=3 a new visible field is welcome', async () => {
    const bytes = await signedWith(plainPdf(), { certify: 3 });
    expect(await outcome(bytes, { field: { create: field('B', 100) }, mark })).toBe('signed');
  });

  test('must be the first signature of a file', async () => {
    const bytes = await signedWith(plainPdf());
    expect(await outcome(bytes, { certify: 2 })).toBe('sign.certify-not-first');
    const certified = await signedWith(plainPdf(), { certify: 3 });
    expect(await outcome(certified, { certify: 2 })).toBe('sign.certify-not-first');
  });

  test('keeps other permissions of the catalog', async () => {
    const perms = `/Perms ${first} 0 R`;
    const bytes = plainPdf({ catalog: perms, objects: ['<< /UR3 << /Type /Sig >> >>'] });
    const signed = opened(await signedWith(bytes, { certify: 2 }));
    const after = signed.dictEntry(signed.catalog, 'Perms');
    expect([...(after?.entries.keys() ?? [])]).toEqual(['UR3', 'DocMDP']);
  });
});

describe('locks', () => {
  test('a signature that locks everything is the last one', async () => {
    const bytes = await signedWith(plainPdf(), {
      lock: { action: 'All', fields: [] },
      addFields: [field('A')],
    });
    expect(pdfsig(bytes)).toMatchObject([{ valid: true }]);
    expect(await outcome(bytes, { field: { existing: 'A' } })).toBe('sign.field-locked');
    expect(await outcome(bytes)).toBe('sign.field-locked');
  });

  test('a lock names fields, or all but some', async () => {
    const included = await signedWith(plainPdf(), {
      lock: { action: 'Include', fields: ['A'] },
      addFields: [field('A'), field('B', 100)],
    });
    expect(await outcome(included, { field: { existing: 'A' } })).toBe('sign.field-locked');
    expect(await outcome(included, { field: { existing: 'B' } })).toBe('signed');
    const excluded = await signedWith(plainPdf(), {
      lock: { action: 'Exclude', fields: ['A'] },
      addFields: [field('A'), field('B', 100)],
    });
    expect(await outcome(excluded, { field: { existing: 'A' } })).toBe('signed');
    expect(await outcome(excluded, { field: { existing: 'B' } })).toBe('sign.field-locked');
    expect(await outcome(excluded)).toBe('sign.field-locked');
  });

  test('a lock that a field brings along is written into its signature', async () => {
    const base = plainPdf({
      catalog: `/AcroForm << /Fields [${first} 0 R ${first + 1} 0 R] >>`,
      pages: [{ entries: `/Annots [${first} 0 R ${first + 1} 0 R]` }],
      objects: [
        `<< /FT /Sig /T (A) /Type /Annot /Subtype /Widget /Rect [10 10 90 40] /P 4 0 R /Lock ${first + 2} 0 R >>`,
        `<< /FT /Sig /T (B) /Type /Annot /Subtype /Widget /Rect [10 50 90 80] /P 4 0 R >>`,
        '<< /Type /SigFieldLock /Action /Include /Fields [(B)] >>',
      ],
    });
    const bytes = await signedWith(base, { field: { existing: 'A' }, mark });
    const text = Buffer.from(bytes).toString('latin1');
    expect(text).toMatch(
      /\/TransformMethod \/FieldMDP \/TransformParams <<[^>]*\/Action \/Include \/Fields \[\(B\)\]>> \/Data 1 0 R/,
    );
    expect(pdfsig(bytes)).toMatchObject([{ valid: true }]);
    expect(await outcome(bytes, { field: { existing: 'B' } })).toBe('sign.field-locked');
    const lock = { action: 'All', fields: [] } as const;
    expect(await outcome(base, { field: { existing: 'A' }, lock })).toBe('sign.field-has-lock');
  });

  test('a lock with /P limits what may follow without certifying', async () => {
    const base = plainPdf({
      catalog: `/AcroForm << /Fields [${first} 0 R] >>`,
      pages: [{ entries: `/Annots [${first} 0 R]` }],
      objects: [
        `<< /FT /Sig /T (A) /Type /Annot /Subtype /Widget /Rect [10 10 90 40] /P 4 0 R /Lock ${first + 1} 0 R >>`,
        '<< /Type /SigFieldLock /Action /Include /Fields [] /P 1 >>',
      ],
    });
    const bytes = await signedWith(base, { field: { existing: 'A' } });
    expect(await outcome(bytes)).toBe('sign.certified-no-changes');
    expect(opened(bytes).dictEntry(opened(bytes).catalog, 'Perms')).toBeNull();
  });
});

describe('fields that cannot be signed', () => {
  const withField = (entries: string): Uint8Array =>
    plainPdf({
      catalog: `/AcroForm << /Fields [${first} 0 R] >>`,
      pages: [{ entries: `/Annots [${first} 0 R]` }],
      objects: [
        `<< /T (A) /Type /Annot /Subtype /Widget /Rect [10 10 90 40] /P 4 0 R ${entries} >>`,
      ],
    });
  const existing = { field: { existing: 'A' } };

  test('a field that is not there, or is of another kind', async () => {
    expect(await outcome(plainPdf(), existing)).toBe('sign.no-field');
    expect(await outcome(withField('/FT /Tx'), existing)).toBe('sign.no-field');
  });

  test('a field that is signed already', async () => {
    const bytes = await signedWith(withField('/FT /Sig'), existing);
    expect(await outcome(bytes, existing)).toBe('sign.field-signed');
  });

  test('a field that is read-only', async () => {
    expect(await outcome(withField('/FT /Sig /Ff 1'), existing)).toBe('sign.field-locked');
  });

  test.each([
    ['/Ff 2 /SubFilter [/adbe.pkcs7.detached]', {}, 'sign.seed-value'],
    ['/Ff 2 /SubFilter [/adbe.pkcs7.detached /ETSI.CAdES.detached]', {}, 'signed'],
    ['/SubFilter [/adbe.pkcs7.detached]', {}, 'signed'],
    ['/Ff 64 /DigestMethod [(SHA512)]', {}, 'sign.seed-value'],
    ['/Ff 64 /DigestMethod [(SHA256) (SHA512)]', {}, 'signed'],
    ['/Ff 8 /Reasons [(Approved)]', {}, 'sign.seed-value'],
    ['/Ff 8 /Reasons [(Approved)]', { reason: 'Approved' }, 'signed'],
    ['/Ff 8 /Reasons [(.)]', { reason: 'Approved' }, 'sign.seed-value'],
    ['/Cert << /Ff 1 /Subject [<30>] >>', {}, 'sign.seed-value'],
    ['/Cert << /Subject [<30>] >>', {}, 'signed'],
    ['/MDP << /P 2 >>', {}, 'sign.seed-value'],
    ['/MDP << /P 2 >>', { certify: 2 as const }, 'signed'],
  ])('seed value %s', async (seed, changes, expected) => {
    const bytes = withField(`/FT /Sig /SV << ${seed} >>`);
    expect(await outcome(bytes, { ...existing, ...changes })).toBe(expected);
  });
});

describe('places', () => {
  test('no mark over what stands on the page of a signed document, none that hides it', async () => {
    const bytes = await signedWith(plainPdf());
    // The page's text begins 60 points from the left and 522 from the top.
    const over = { page: 0, x: 50, y: 500, width: 120, height: 40 };
    const beside = { ...over, y: 600 };
    const at = (placement: typeof over) => ({ field: { create: { name: 'B', placement } }, mark });
    expect(await outcome(bytes, at(over))).toBe('sign.overlaps');
    expect(await outcome(bytes, at(beside))).toBe('signed');
    const image = png({ width: 90, height: 30, depth: 8, colour: 0, value: () => [200] });
    const opaque = { ...at(beside), mark: { lines: [], image } };
    expect(await outcome(bytes, opaque)).toBe('sign.overlaps');
    // In a field that stood there before a mark may lie over the text, but not hide it.
    const fields = [{ name: 'B', placement: over }];
    const prepared = await signedWith(plainPdf(), { addFields: fields });
    const inField = { field: { existing: 'B' } };
    expect(await outcome(prepared, { ...inField, mark })).toBe('signed');
    expect(await outcome(prepared, { ...opaque, ...inField })).toBe('sign.overlaps');
    const free = await signedWith(plainPdf(), { addFields: [{ name: 'B', placement: beside }] });
    expect(await outcome(free, { ...opaque, ...inField })).toBe('signed');
    expect(await outcome(plainPdf(), at(over))).toBe('signed');
  });

  test('no mark over another field of a signed document', async () => {
    const bytes = await signedWith(plainPdf(), { field: { create: field('A', 40) }, mark });
    expect(await outcome(bytes, { field: { create: field('B', 60) }, mark })).toBe('sign.overlaps');
    expect(await outcome(bytes, { field: { create: field('B', 90) }, mark })).toBe('signed');
    // Before anyone signed, whoever prepares the document decides.
    const empty = addFields(opened(plainPdf()), [field('A', 40)], ports);
    const prepared = appended(plainPdf(), empty.ok ? empty.value : new Uint8Array());
    expect(await outcome(prepared, { field: { create: field('B', 60) }, mark })).toBe('signed');
  });
});

test('a damaged file is not signed as it is', async () => {
  const whole = plainPdf();
  const text = Buffer.from(whole).toString('latin1');
  const broken = text.replace(/startxref\n\d+/, 'startxref\n7');
  expect(await outcome(new Uint8Array(Buffer.from(broken, 'latin1')))).toBe('pdf.damaged');
});

test('an evidence hash that is none is refused', async () => {
  const claim = { kind: 'simple', person: 'Kari', evidenceHash: 'xyz' } as const;
  expect(await outcome(plainPdf(), { claim })).toBe('sign.evidence-hash');
});

test('a time that is none is refused', async () => {
  expect(await outcome(plainPdf(), { time: new Date(NaN) })).toBe('sign.time');
});
