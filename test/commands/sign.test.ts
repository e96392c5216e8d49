/** `skranke sign` with each of its flags, on real files and a timestamp authority on this machine. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listSignatureFields } from '../../electron/core/pdf/fields.ts';
import {
  opensslComplaints,
  pdfsig,
  qpdfComplaints,
  qpdfRewritten,
  rendered,
  signedBytesOf,
} from '../support/other-readers.ts';
import { png } from '../support/images.ts';
import { plainPdf } from '../support/plain-pdf.ts';
import { opened } from '../support/signing.ts';
import { ask, closedPort, codeOf, newScene, only, sample, startAuthority } from './scene.ts';
import type { Answer } from './scene.ts';

const scene = newScene();
let authority: Awaited<ReturnType<typeof startAuthority>>;
beforeAll(async () => {
  authority = await startAuthority(scene);
});
afterAll(async () => {
  await authority.close();
  scene.close();
});

const sign = (...args: readonly string[]): Promise<Answer> => ask(['sign', ...args]);
const text = (name: string): string => Buffer.from(scene.read(name)).toString('latin1');

async function verdict(...names: readonly string[]) {
  const answer = await ask([
    'verify',
    ...names.map((name) => scene.path(name)),
    ...['--trust', scene.keys.root],
  ]);
  return answer.lines as readonly {
    indication: string;
    signatures: readonly { field: string; kind: string; level: string; indication: string }[];
  }[];
}

describe('one file', () => {
  it('is signed at B-B, and the answer tells what was written', async () => {
    const answer = await sign(sample, '-o', scene.path('plain.pdf'), ...scene.key());
    expect(answer.code).toBe(0);
    const written = scene.read('plain.pdf');
    expect(only(answer)).toEqual({
      file: 'leieavtale.pdf',
      output: scene.path('plain.pdf'),
      field: 'Signature1',
      level: 'B-B',
      repaired: false,
      sha256: createHash('sha256').update(written).digest('hex'),
    });
    const before = readFileSync(sample);
    expect(Buffer.from(written).subarray(0, before.length).equals(before)).toBe(true);
    expect(pdfsig(written)).toMatchObject([{ valid: true, whole: true, field: 'Signature1' }]);
    expect(qpdfComplaints(written)).toBeNull();
    for (const signed of signedBytesOf(written))
      expect(opensslComplaints(signed, scene.keys.authority.root.certificate)).toBeNull();
    expect(await verdict('plain.pdf')).toMatchObject([
      { indication: 'TOTAL-PASSED', signatures: [{ level: 'B-B', kind: 'signature' }] },
    ]);
  });

  it('is written with rights for its owner only, and nothing lies beside it', async () => {
    mkdirSync(scene.path('alone'));
    await sign(sample, '-o', scene.path('alone/a.pdf'), ...scene.key());
    expect(scene.list('alone')).toEqual(['a.pdf']);
    expect(statSync(scene.path('alone/a.pdf')).mode & 0o777).toBe(0o600);
  });

  it('carries reason, place and name', async () => {
    const details = ['--reason', 'Godkjent', '--location', 'Fjellvik', '--name', 'Kari N.'];
    await sign(sample, '-o', scene.path('said.pdf'), ...scene.key(), ...details);
    expect(text('said.pdf')).toContain('/Reason (Godkjent)');
    expect(text('said.pdf')).toContain('/Location (Fjellvik)');
    expect(text('said.pdf')).toContain('/Name (Kari N.)');
  });

  it('that is encrypted is signed with its password from a file', async () => {
    const locked = qpdfRewritten(plainPdf(), ['--encrypt', 'åpne', 'eier', '256', '--']);
    scene.put('locked.pdf', locked);
    scene.put('password.txt', 'åpne\n');
    const target = ['-o', scene.path('locked-signed.pdf'), ...scene.key()];
    const refused = await sign(scene.path('locked.pdf'), ...target);
    expect([refused.code, codeOf(only(refused))]).toEqual([2, 'pdf.password']);
    const password = ['--password-file', scene.path('password.txt')];
    const signed = await sign(scene.path('locked.pdf'), ...target, ...password);
    expect(signed.code).toBe(0);
    expect(pdfsig(scene.read('locked-signed.pdf'), 'åpne')).toMatchObject([{ valid: true }]);
  });
});

describe('a key', () => {
  it.each([
    ['rsa-2048', [], 'sha256'],
    ['rsa-2048', ['--digest', 'sha512'], 'sha512'],
    ['rsa-2048', ['--pss', '--digest', 'sha384'], 'sha384'],
    ['p-256', ['--digest', 'sha384'], 'sha384'],
    ['p-384', [], 'sha384'],
    ['p-521', [], 'sha512'],
    ['ed25519', [], 'sha512'],
  ] as const)('%s with %j signs over %s', async (type, flags, digest) => {
    const output = scene.path(`${type}${flags.join('')}.pdf`);
    const answer = await sign(sample, '-o', output, ...scene.key(type), ...flags);
    expect(answer.code).toBe(0);
    const bytes = new Uint8Array(readFileSync(output));
    const [signed] = signedBytesOf(bytes);
    const asn1 = Buffer.from(signed?.cms ?? []).toString('hex');
    // The OID of the hash stands first of all in SignedData, RSASSA-PSS only where it was asked for.
    const hashes = { '01': 'sha256', '02': 'sha384', '03': 'sha512' } as Record<string, string>;
    expect(hashes[/06096086480165030402(0.)/.exec(asn1)?.[1] ?? '']).toBe(digest);
    expect(asn1.includes('06092a864886f70d01010a')).toBe(flags.includes('--pss' as never));
    expect(await verdict(`${type}${flags.join('')}.pdf`)).toMatchObject([
      { indication: 'TOTAL-PASSED' },
    ]);
  });

  it('that cannot sign over the hash that is asked for says which it can', async () => {
    const target = ['-o', scene.path('none.pdf'), ...scene.key('ed25519')];
    const answer = await sign(sample, ...target, '--digest', 'sha256');
    expect(answer.code).toBe(1);
    expect(only(answer)).toMatchObject({
      error: { code: 'sign.digest-unsupported', detail: { possible: ['sha512'] } },
    });
    const pss = await sign(sample, ...target, '--pss');
    expect([pss.code, codeOf(only(pss))]).toEqual([2, 'cli.usage']);
    expect(scene.list()).not.toContain('none.pdf');
  });
});

describe('a mark', () => {
  /** Where the page changed, in points from its top left corner, as Poppler shows it. */
  function changed(before: Uint8Array, after: Uint8Array) {
    const one = rendered(before, 0, 72);
    const other = rendered(after, 0, 72);
    const box = { left: Infinity, top: Infinity, right: -1, bottom: -1 };
    for (let y = 0; y < one.height; y++)
      for (let x = 0; x < one.width; x++)
        if (one.at(x, y).some((value, i) => Math.abs(value - (other.at(x, y)[i] ?? 0)) > 60)) {
          box.left = Math.min(box.left, x);
          box.top = Math.min(box.top, y);
          box.right = Math.max(box.right, x);
          box.bottom = Math.max(box.bottom, y);
        }
    return box;
  }

  it.each([0, 90, 180, 270])(
    'stands where --at says on a page turned by %i degrees',
    async (rotate) => {
      const page = { rotate, crop: [30, 40, 560, 800] as const, content: 'q Q' };
      const before = plainPdf({ pages: [page] });
      const input = scene.put(`turned-${rotate}.pdf`, before);
      const output = scene.path(`turned-${rotate}-signed.pdf`);
      const answer = await sign(input, '-o', output, ...scene.key(), '--at', '1,60,90,200,70');
      expect(answer.code).toBe(0);
      const box = changed(before, new Uint8Array(readFileSync(output)));
      expect(box.left).toBeGreaterThanOrEqual(59);
      expect(box.top).toBeGreaterThanOrEqual(89);
      expect(box.right).toBeLessThanOrEqual(261);
      expect(box.bottom).toBeLessThanOrEqual(161);
      // The text is wide as it is read, not as the paper lies.
      expect(box.right - box.left).toBeGreaterThan(2 * (box.bottom - box.top - 30));
      expect(await verdict(`turned-${rotate}-signed.pdf`)).toMatchObject([
        { indication: 'TOTAL-PASSED' },
      ]);
    },
  );

  it('goes into the field that --field names: a new one, then a prepared one', async () => {
    const field = ['--field', 'Leietaker', '--at', '1,60,90,200,70'];
    const made = await sign(sample, '-o', scene.path('field.pdf'), ...scene.key(), ...field);
    expect(only(made)).toMatchObject({ field: 'Leietaker' });
    const prepared = plainPdf({
      catalog: '/AcroForm << /Fields [6 0 R] >>',
      pages: [{ entries: '/Annots [6 0 R]' }],
      objects: [
        '<< /Type /Annot /Subtype /Widget /FT /Sig /T (Utleier) /Rect [60 600 260 670] /P 4 0 R /F 132 >>',
      ],
    });
    const input = scene.put('prepared.pdf', prepared);
    const filled = await sign(
      ...[input, '-o', scene.path('filled.pdf'), ...scene.key()],
      ...['--field', 'Utleier'],
    );
    expect([filled.code, only(filled)['field']]).toEqual([0, 'Utleier']);
    const fields = listSignatureFields(opened(scene.read('filled.pdf')));
    expect(fields.map(({ name, signed }) => [name, signed])).toEqual([['Utleier', true]]);
    // 842 points of height: the field's top edge is at 842 - 670.
    const box = changed(prepared, scene.read('filled.pdf'));
    expect(box.left).toBeGreaterThanOrEqual(59);
    expect(box.top).toBeGreaterThanOrEqual(842 - 671);
    expect(box.bottom).toBeLessThanOrEqual(842 - 599);
    expect(await verdict('field.pdf', 'filled.pdf')).toMatchObject([
      { indication: 'TOTAL-PASSED' },
      { indication: 'TOTAL-PASSED' },
    ]);
    const again = await sign(
      ...[scene.path('filled.pdf'), '-o', scene.path('no.pdf'), ...scene.key()],
      ...['--field', 'Utleier'],
    );
    expect([again.code, codeOf(only(again))]).toEqual([1, 'sign.field-signed']);
    const absent = await sign(
      ...[sample, '-o', scene.path('no.pdf'), ...scene.key(), '--field', 'Nobody'],
    );
    expect([absent.code, codeOf(only(absent))]).toEqual([1, 'sign.no-field']);
    expect(scene.list()).not.toContain('no.pdf');
  });

  it('shows the image of --image', async () => {
    const red = png({ width: 40, height: 20, depth: 8, colour: 2, value: () => [220, 0, 0] });
    const image = ['--at', '1,60,90,200,70', '--image', scene.put('mark.png', red)];
    const input = scene.put('blank.pdf', plainPdf({ pages: [{ content: 'q Q' }] }));
    const answer = await sign(input, '-o', scene.path('image.pdf'), ...scene.key(), ...image);
    expect(answer.code).toBe(0);
    const page = rendered(scene.read('image.pdf'), 0, 72);
    const reds = Array.from({ length: 200 }, (_, x) => page.at(60 + x, 110)).filter(
      ([r = 0, g = 255]) => r > 180 && g < 80,
    );
    expect(reds.length).toBeGreaterThan(20);
    const broken = scene.put('broken.png', red.slice(0, 60));
    const flags = ['--at', '1,60,90,200,70', '--image', broken];
    const refused = await sign(input, '-o', scene.path('no.pdf'), ...scene.key(), ...flags);
    expect(refused.code).toBe(2);
    expect(codeOf(only(refused))).toBe('appearance.image-damaged');
    expect(scene.list()).not.toContain('no.pdf');
  });
});

describe('certification', () => {
  it.each([1, 2, 3])('--certify %i is written and judged', async (permission) => {
    const name = `certified-${permission}.pdf`;
    const certify = ['--certify', String(permission)];
    const answer = await sign(sample, '-o', scene.path(name), ...scene.key(), ...certify);
    expect(answer.code).toBe(0);
    expect(text(name)).toMatch(new RegExp(`/TransformMethod\\s*/DocMDP[^>]*/P ${permission}`));
    expect(await verdict(name)).toMatchObject([
      { indication: 'TOTAL-PASSED', signatures: [{ kind: 'certification' }] },
    ]);
  });

  it('comes first or not at all, and P=1 allows no signature after it', async () => {
    const second = ['-o', scene.path('no.pdf'), ...scene.key()];
    const late = await sign(scene.path('plain.pdf'), ...second, '--certify', '2');
    expect([late.code, codeOf(only(late))]).toEqual([1, 'sign.certify-not-first']);
    const closed = await sign(scene.path('certified-1.pdf'), ...second);
    expect([closed.code, codeOf(only(closed))]).toEqual([1, 'sign.certified-no-changes']);
    expect(scene.list()).not.toContain('no.pdf');
  });
});

describe('a timestamp', () => {
  it('makes it B-T, in no more room than it needs by far', async () => {
    const tsa = ['--level', 'B-T', '--tsa', authority.url];
    const answer = await sign(sample, '-o', scene.path('b-t.pdf'), ...scene.key(), ...tsa);
    expect([answer.code, only(answer)['level']]).toEqual([0, 'B-T']);
    expect(await verdict('b-t.pdf')).toMatchObject([
      { indication: 'TOTAL-PASSED', signatures: [{ level: 'B-T' }] },
    ]);
    const grown = scene.read('b-t.pdf').length - readFileSync(sample).length;
    expect(grown).toBeLessThan(22_000);
  });

  it('learns the room on the first file of several', async () => {
    mkdirSync(scene.path('learning'));
    const inputs = ['one', 'two'].map((name) => scene.put(`${name}.pdf`, plainPdf()));
    const flags = ['--out-dir', scene.path('learning'), '--level', 'B-T', '--tsa', authority.url];
    const answer = await sign(...inputs, ...flags, ...scene.key());
    expect(answer.code).toBe(0);
    const [one = 0, two = 0] = ['one', 'two'].map(
      (name) => scene.read(`learning/${name}.pdf`).length - plainPdf().length,
    );
    expect(two).toBeLessThan(one - 4000);
    expect(two).toBeLessThan(12_000);
  });

  it('comes from the next authority where the first is silent', async () => {
    const flags = ['--level', 'B-T', '--tsa', await closedPort(), '--tsa', authority.url];
    const answer = await sign(sample, '-o', scene.path('second.pdf'), ...scene.key(), ...flags);
    expect(answer.code).toBe(0);
  });

  it('that cannot be had is exit code 3, and no file', async () => {
    mkdirSync(scene.path('silent'));
    const flags = ['--level', 'B-T', '--tsa', await closedPort()];
    const answer = await sign(sample, '-o', scene.path('silent/a.pdf'), ...scene.key(), ...flags);
    expect(answer.code).toBe(3);
    expect(codeOf(only(answer))).toBe('timestamp.unreachable');
    expect(scene.list('silent')).toEqual([]);
  });

  it('takes an address with a password from the environment, and never from an argument', async () => {
    const secret = authority.url.replace('http://', 'http://kommune:hemmelig@');
    const target = ['sign', sample, '-o', scene.path('env.pdf'), ...scene.key()];
    const refused = await ask([...target, '--level', 'B-T', '--tsa', secret]);
    expect([refused.code, codeOf(only(refused))]).toEqual([2, 'cli.usage']);
    expect(refused.stdout + refused.stderr).not.toContain('hemmelig');
    const granted = await ask([...target, '--level', 'B-T'], { env: { SKRANKE_TSA: secret } });
    expect(granted.code).toBe(0);
  });
});

describe('a damaged file', () => {
  const damaged = (): Uint8Array =>
    new Uint8Array(
      Buffer.from(
        Buffer.from(plainPdf())
          .toString('latin1')
          .replace(/startxref\n\d+/, 'startxref\n7'),
        'latin1',
      ),
    );

  it('is refused with what is wrong, and signed as a clean copy with --repair', async () => {
    const input = scene.put('damaged.pdf', damaged());
    const target = ['-o', scene.path('repaired.pdf'), ...scene.key()];
    const refused = await sign(input, ...target);
    expect(refused.code).toBe(2);
    expect(only(refused)).toMatchObject({ file: 'damaged.pdf', error: { code: 'pdf.damaged' } });
    expect(scene.list()).not.toContain('repaired.pdf');
    const signed = await sign(input, ...target, '--repair');
    expect([signed.code, only(signed)['repaired']]).toEqual([0, true]);
    expect(qpdfComplaints(scene.read('repaired.pdf'))).toBeNull();
    expect(await verdict('repaired.pdf')).toMatchObject([{ indication: 'TOTAL-PASSED' }]);
  });
});

describe('several files', () => {
  it('are signed into a folder, and one bad one does not stop the others', async () => {
    const inputs = [
      scene.put('a.pdf', plainPdf()),
      scene.put('b.pdf', 'not a PDF at all'),
      scene.put('c.pdf', plainPdf()),
      scene.path('d.pdf'),
    ];
    const answer = await sign(...inputs, '--out-dir', scene.path('new/folder'), ...scene.key());
    expect(answer.code).toBe(2);
    expect(answer.lines.map((line) => [line['file'], codeOf(line) ?? line['level']])).toEqual([
      ['a.pdf', 'B-B'],
      ['b.pdf', 'pdf.not-a-pdf'],
      ['c.pdf', 'B-B'],
      ['d.pdf', 'file.not-found'],
    ]);
    expect(scene.list('new/folder')).toEqual(['a.pdf', 'c.pdf']);
  });

  it('of one name are not made into one', async () => {
    mkdirSync(scene.path('x'), { recursive: true });
    const inputs = [scene.put('same.pdf', plainPdf()), scene.put('x/same.pdf', plainPdf())];
    const answer = await sign(...inputs, '--out-dir', scene.path('one'), ...scene.key());
    expect([answer.code, codeOf(only(answer))]).toEqual([2, 'cli.usage']);
  });

  it('replace none of each other', async () => {
    mkdirSync(scene.path('y'), { recursive: true });
    const first = scene.put('first.pdf', plainPdf());
    const other = scene.put('y/other.pdf', plainPdf());
    writeFileSync(scene.path('y/first.pdf'), 'an output of an earlier run');
    const answer = await sign(first, other, '--out-dir', scene.path('y'), ...scene.key());
    expect(answer.lines.map((line) => codeOf(line) ?? 'signed')).toEqual(['signed', 'file.same']);
    expect(Buffer.from(scene.read('y/other.pdf')).equals(Buffer.from(plainPdf()))).toBe(true);
  });
});
