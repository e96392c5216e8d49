/** What comes in: checked before anybody is called, refused with a reason of its own, never half kept. */
import { createHash } from 'node:crypto';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { png } from '../support/images.ts';
import { docx } from '../support/office-files.ts';
import { bmp, gif, tiff, webp } from '../support/pictures.ts';
import { firstFreeObject, plainPdf } from '../support/plain-pdf.ts';
import { signedWith } from '../support/signing.ts';
import {
  aSigner,
  makeDraft,
  setUp,
  signAtKiosk,
  startDesk,
  type Client,
  type TestDesk,
} from '../support/desk.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('a file that is brought in', () => {
  let desk: TestDesk;
  let clerk: Client;

  beforeAll(async () => {
    desk = startDesk();
    clerk = desk.visit();
    await setUp(clerk);
  });
  afterAll(() => desk.close());

  async function bring(
    bytes: Uint8Array,
    more: { readonly name?: string; readonly password?: string; readonly repair?: boolean } = {},
  ) {
    const { job } = await clerk.call('job.create', { spec: { title: 'x' } });
    const upload = await clerk.upload(bytes);
    const result = await clerk.try('document.import', { job, upload, name: 'fil.pdf', ...more });
    const state = await clerk.call('job.get', { job });
    expect(state.job.documents).toHaveLength(result.ok ? 1 : 0);
    return { job, result, upload };
  }
  const refused = async (...args: Parameters<typeof bring>) => {
    const { result } = await bring(...args);
    return result.ok ? 'ok' : result.error.code;
  };

  it('is kept exactly as it came, under its own name without the ending', async () => {
    const bytes = plainPdf({ pages: [{}, { rotate: 90 }] });
    const { result } = await bring(bytes, { name: 'Leieavtale for Øvre gate.pdf' });
    expect(result).toMatchObject({
      value: {
        document: {
          ...{ title: 'Leieavtale for Øvre gate', fileName: 'Leieavtale for Øvre gate.pdf' },
          ...{ sha256: sha256(bytes), length: bytes.length },
          findings: { pageCount: 2, pages: [{ rotate: 0 }, { rotate: 90 }], signatures: 0 },
        },
      },
    });
    expect(result.ok && result.value.document.original).toBeUndefined();
  });

  it('may be called anything: what turns the reading around is left out, and no letter is cut in two', async () => {
    const named = async (name: string) => {
      const { result } = await bring(plainPdf(), { name });
      return result.ok ? [result.value.document.fileName, result.value.document.title] : [];
    };
    expect(await named('חוזה שכירות 契約書 🏠.pdf')).toEqual([
      ...['חוזה שכירות 契約書 🏠.pdf', 'חוזה שכירות 契約書 🏠'],
    ]);
    // Decomposed, as a Mac writes it.
    expect(await named('bla\u030abær.pdf')).toEqual(['blåbær.pdf', 'Blåbær']);
    expect(await named('faktura\u202efdp.exe\u0007.pdf')).toEqual([
      'fakturafdp.exe.pdf',
      'Fakturafdp.exe',
    ]);
    const family = '👨‍👩‍👧';
    const [, title = ''] = await named(`${'a'.repeat(75)}${family}.pdf`);
    expect(title).toBe(`A${'a'.repeat(74)}`);
    expect((await named(`${family.repeat(30)}.pdf`))[1]).toBe(family.repeat(10));
  });

  it('is refused when it is nothing we can sign, each with a code of its own', async () => {
    const whole = plainPdf();
    expect(await refused(Buffer.from('Kjære kommune, dette er et brev.'))).toBe('pdf.not-a-pdf');
    const cut = whole.slice(0, whole.length - 60);
    expect(await refused(cut)).toBe('pdf.truncated');
    const torn = Buffer.from(whole)
      .toString('latin1')
      .replace(/startxref\n\d+/, 'startxref\n7');
    expect(await refused(Buffer.from(torn, 'latin1'))).toBe('pdf.damaged');
    const picture = Buffer.from('89504e470d0a1a0a0000', 'hex');
    expect(await refused(picture, { name: 'x.png' })).toBe('image.damaged');
  });

  it('is mended into a clean copy when the clerk wants that, and the original’s hash is kept', async () => {
    const whole = plainPdf();
    const cut = whole.slice(0, whole.length - 60);
    const { result } = await bring(cut, { repair: true });
    expect(result).toMatchObject({
      value: {
        document: {
          original: { name: 'fil.pdf', type: 'application/pdf', sha256: sha256(cut) },
          findings: { pageCount: 1, anomalies: [] },
        },
      },
    });
  });

  it('never lies encrypted in the archive: with the password it becomes a clean copy', async () => {
    const document = await PDFDocument.create();
    document.addPage([300, 300]);
    document.encrypt({ userPassword: 'åpne', ownerPassword: 'eier', permissions: {} });
    const locked = await document.save();
    expect(await refused(locked)).toBe('pdf.password');
    expect(await refused(locked, { password: 'feil' })).toBe('pdf.password');
    const { result } = await bring(locked, { password: 'åpne' });
    expect(result).toMatchObject({
      value: { document: { original: { sha256: sha256(locked) }, findings: { encrypted: false } } },
    });
    // One that everybody can open is still encrypted: said, and done when the clerk agrees.
    const open = await PDFDocument.create();
    open.addPage([300, 300]);
    open.encrypt({ ownerPassword: 'eier', permissions: {} });
    const bytes = await open.save();
    expect(await refused(bytes)).toBe('document.encrypted');
    expect((await bring(bytes, { repair: true })).result.ok).toBe(true);
  });

  it('becomes a page of A4 when it is a picture, upright or lying', async () => {
    const grey = (width: number, height: number) =>
      png({ width, height, depth: 8, colour: 0, value: (x, y) => [(x * y) % 256] });
    for (const [picture, rotatedWidth] of [
      [grey(40, 60), 595],
      [grey(60, 40), 842],
    ] as const) {
      const { result } = await bring(picture, { name: 'skann.png' });
      const page = result.ok ? result.value.document.findings.pages[0] : undefined;
      expect(Math.round(page?.crop.x1 ?? 0)).toBe(rotatedWidth);
      expect(result).toMatchObject({
        value: { document: { original: { type: 'image/png', sha256: sha256(picture) } } },
      });
    }
  });

  it('becomes pages when it is a picture of any usual kind, and its own hash is kept', async () => {
    const scan = tiff([
      [200, 0, 0],
      [0, 0, 200],
    ]);
    for (const [bytes, type, pageCount] of [
      [scan, 'image/tiff', 2],
      [bmp([20, 90, 60]), 'image/bmp', 1],
      [gif, 'image/gif', 1],
      [webp, 'image/webp', 1],
    ] as const) {
      const { result } = await bring(bytes, { name: 'skann.jpg' });
      expect(result).toMatchObject({
        value: {
          document: {
            original: { name: 'skann.jpg', type, sha256: sha256(bytes) },
            findings: { pageCount, signatures: 0, anomalies: [] },
          },
        },
      });
    }
    expect(await refused(scan.slice(0, scan.length - 20), { name: 'kutt.tif' })).toBe(
      'image.damaged',
    );
    expect(await refused(gif.slice(0, 10), { name: 'kutt.gif' })).toBe('image.damaged');
  }, 120_000);

  it('becomes PDF/A by LibreOffice when it comes from an office program, and its own hash is kept', async () => {
    const letter = docx('Leieavtale for øvre gate');
    const { result } = await bring(letter, { name: 'brev 01818000010.docx' });
    const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
    expect(result).toMatchObject({
      value: {
        document: {
          original: { type, sha256: sha256(letter) },
          findings: { pdfa: 'PDF/A-2b', pageCount: 1, signatures: 0 },
        },
      },
    });
    expect(JSON.stringify(result)).not.toContain('01818000010');
    // A program that is chosen and gone: said so, and nothing is kept.
    const program = join(desk.home, 'soffice');
    writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 });
    await clerk.call('settings.putOfficeFiles', { program });
    expect(await refused(letter)).toBe('office.failed');
    expect(await clerk.refusal('settings.checkOffice', { program })).toMatchObject({
      code: 'office.broken',
    });
    rmSync(program);
    expect(await refused(letter)).toBe('office.missing');
    expect(await clerk.refusal('settings.putOfficeFiles', { program })).toMatchObject({
      code: 'office.missing',
    });
    const { found } = await clerk.call('settings.putOfficeFiles', { program: '' });
    expect(await clerk.call('settings.checkOffice', { program: '' })).toMatchObject({
      ...{ program: found, pdfa: 'PDF/A-2b' },
    });
    expect(readdirSync(join(desk.home, 'converting', String(process.pid)))).toEqual([]);
  }, 60_000);

  it('is told of when a field or a stamp lies over its text, and not when it stands beside it', async () => {
    const free = firstFreeObject(1);
    const over = (subtype: string, rect: string, paint: string, more = '') =>
      plainPdf({
        pages: [{ entries: `/Annots [${free} 0 R]` }],
        objects: [
          `<< /Type /Annot /Subtype /${subtype} /Rect [${rect}] /AP << /N ${free + 1} 0 R >> ${more} >>`,
          `<< /Type /XObject /Subtype /Form /BBox [0 0 200 30] /Length ${paint.length} >>\nstream\n${paint}\nendstream`,
        ],
      });
    const hidden = async (file: Uint8Array) => {
      const { result } = await bring(file);
      return result.ok && result.value.document.findings.hidden.includes('hidden.covered-text');
    };
    const white = '1 g 0 0 200 30 re f';
    // The text stands at 60, 320.
    expect(await hidden(over('Widget', '50 310 250 340', white, '/FT /Tx'))).toBe(true);
    expect(await hidden(over('Square', '50 310 250 340', white))).toBe(true);
    expect(await hidden(over('Square', '50 410 250 440', white))).toBe(false);
    expect(await hidden(over('Square', '50 310 250 340', '0 0 200 30 re S'))).toBe(false);
    expect(await hidden(over('Highlight', '50 310 250 340', white))).toBe(false);
    expect(await hidden(over('Square', '50 310 250 340', white, '/CA 0.4'))).toBe(false);
    expect(await hidden(over('Square', '50 310 250 340', white, '/F 2'))).toBe(false);
  });

  it('keeps the signatures it has; a certification that forbids more is refused', async () => {
    const signed = await signedWith(plainPdf());
    const { result } = await bring(signed);
    expect(result).toMatchObject({
      value: { document: { sha256: sha256(signed), findings: { signatures: 1 } } },
    });
    const certified = await signedWith(plainPdf(), { certify: 1 });
    expect(await refused(certified)).toBe('document.certified');
    // A signed file is never mended: its signature would be gone.
    expect(await refused(signed.slice(0, signed.length - 10), { repair: true })).toBe(
      'pdf.signed-damaged',
    );
  });

  it('is signed on after somebody else’s signature, without a certification of ours', async () => {
    const signed = await signedWith(plainPdf());
    const made = await makeDraft(clerk, [aSigner('Kari')], [signed]);
    await clerk.call('job.open', { job: made.job });
    await signAtKiosk(clerk, made.job, made.signers[0]?.id ?? '');
    const document = made.documents[0]?.id ?? '';
    const report = await clerk.call('verify.document', { document });
    expect(report.signatures.map(({ kind, intact, changes }) => [kind, intact, changes])).toEqual([
      ['signature', true, 'allowed'],
      ['signature', true, 'none'],
    ]);
  });

  it('cannot be merged when it is signed', async () => {
    const signed = await signedWith(plainPdf());
    const made = await makeDraft(clerk, [aSigner('Kari')], [signed, plainPdf()]);
    const documents = made.documents.map(({ id }) => id);
    expect(
      await clerk.refusal('document.merge', { job: made.job, documents, title: '' }),
    ).toMatchObject({ code: 'document.signed' });
  });

  it('leaves nothing behind when it was refused or brought into no draft', async () => {
    const { job, upload } = await bring(Buffer.from('nei'));
    // The upload stays, so that the clerk can try again with a password or a repair.
    expect(await clerk.refusal('document.import', { job, upload, name: 'x' })).toMatchObject({
      code: 'pdf.not-a-pdf',
    });
    await clerk.call('job.cancel', { job, reason: '' });
    const again = await clerk.upload(plainPdf());
    expect(await clerk.refusal('document.import', { job, upload: again, name: 'x' })).toMatchObject(
      { code: 'job.state' },
    );
    expect((await clerk.call('archive.verify', {})).problems).toEqual([]);
    await clerk.call('session.signOut', {});
    expect(readdirSync(join(desk.home, 'uploads', String(process.pid)))).toEqual([]);
  });
});
