/** Pages in another order: what is asked for is what comes, nothing else comes along, and it can be undone. */
import { PDFDocument } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pdfText } from '../../electron/adapters/pdf-text.ts';
import { memorySource } from '../../electron/core/pdf/objects.ts';
import type { ArrangedPage } from '../../shared/job/arrange.ts';
import { plainPdf, firstFreeObject } from '../support/plain-pdf.ts';
import { signedWith } from '../support/signing.ts';
import {
  aSigner,
  makeDraft,
  setUp,
  startDesk,
  type Client,
  type TestDesk,
} from '../support/desk.ts';

const words = (text: string) => `BT /H 11 Tf 60 320 Td (${text}) Tj ET`;
const file = (...texts: readonly string[]) =>
  plainPdf({ pages: texts.map((text) => ({ content: words(text) })) });

describe('the pages of a draft', () => {
  let desk: TestDesk;
  let clerk: Client;

  beforeAll(async () => {
    desk = startDesk();
    clerk = desk.visit();
    await setUp(clerk);
  });
  afterAll(() => desk.close());

  /** What stands on the pages of each document, and how they are turned. */
  async function pagesOf(job: string) {
    const { job: draft } = await clerk.call('job.get', { job });
    const pages = [];
    for (const { id, findings } of draft.documents) {
      const bytes = bytesOf(id);
      const text = (await pdfText(memorySource(bytes), () => undefined)).split('\n');
      pages.push(text.map((line, index) => `${line} ${findings.pages[index]?.rotate ?? '?'}`));
    }
    return pages;
  }
  function bytesOf(document: string): Uint8Array {
    const opened = desk.app.documents.open(clerk.id, document, 0);
    if (!opened.ok) throw new Error(opened.error.code);
    try {
      return opened.value.read(0, opened.value.length).slice();
    } finally {
      opened.value.close();
    }
  }
  const page = (document: string, number: number, turn: ArrangedPage['turn'] = 0) => ({
    ...{ document, page: number, turn },
  });

  it('are moved between documents, turned and taken out in one step, with their fields', async () => {
    const signer = aSigner('Kari');
    const made = await makeDraft(clerk, [signer], [file('a1', 'a2', 'a3'), file('b1', 'b2')]);
    const [a = '', b = ''] = made.documents.map(({ id }) => id);
    const before = await clerk.call('job.get', { job: made.job });
    const { version, documents } = await clerk.call('document.arrange', {
      ...{ job: made.job, version: before.job.version },
      documents: [
        { title: 'Bak og fram', pages: [page(b, 0, 90), page(a, 1), page(a, 0)] },
        { title: 'Resten', pages: [page(b, 1)] },
      ],
    });
    expect(await pagesOf(made.job)).toEqual([['b1 90', 'a2 0', 'a1 0'], ['b2 0']]);
    expect(documents.map(({ title }) => title)).toEqual(['Bak og fram', 'Resten']);
    const [mixed, rest] = documents;
    expect(mixed?.from).toEqual([
      expect.objectContaining({ document: b, sha256: made.documents[1]?.sha256, pages: '1 (90°)' }),
      expect.objectContaining({ document: a, sha256: made.documents[0]?.sha256, pages: '2, 1' }),
    ]);
    expect(rest?.from).toHaveLength(1);
    const after = await clerk.call('job.get', { job: made.job });
    // Each stood on the first page of its document; the turned one stays upright about its middle.
    expect(after.job.spec.fields.map(({ document, placement }) => [document, placement])).toEqual([
      [mixed?.id, { page: 2, x: 60, y: 600, width: 180, height: 60 }],
      [mixed?.id, { page: 0, x: 842 - 630 - 90, y: 150 - 30, width: 180, height: 60 }],
    ]);
    // What was taken out is nowhere in the files.
    for (const { id } of documents) {
      const raw = Buffer.from(bytesOf(id)).toString('latin1');
      expect(raw).not.toContain('(a3)');
    }

    await clerk.call('document.restore', {
      ...{ job: made.job, version },
      documents: made.documents.map(({ id, title }) => ({ document: id, title })),
      fields: before.job.spec.fields.map((field) => ({ ...field })),
    });
    const back = await clerk.call('job.get', { job: made.job });
    expect(back.job.documents).toEqual(before.job.documents);
    expect(back.job.spec).toEqual(before.job.spec);
    expect(await pagesOf(made.job)).toEqual([
      ['a1 0', 'a2 0', 'a3 0'],
      ['b1 0', 'b2 0'],
    ]);
    expect((await clerk.call('archive.verify', {})).problems).toEqual([]);
    await clerk.call('job.open', { job: made.job });
  });

  it('are found by their words while they are there, and no longer', async () => {
    const made = await makeDraft(clerk, [aSigner('Kari')], [file('a1'), file('blaabaer')]);
    const [, b = ''] = made.documents.map(({ id }) => id);
    const found = async () => {
      const { rows } = await clerk.call('job.list', { search: 'blaabaer', limit: 5 });
      return rows.some(({ id }) => id === made.job);
    };
    await expect.poll(found, { timeout: 20_000 }).toBe(true);
    await clerk.call('document.remove', { job: made.job, document: b });
    expect(await found()).toBe(false);
    expect((await clerk.call('archive.verify', {})).problems).toEqual([]);
  });

  it('that are left as they are stay the same document, byte for byte, even a signed one', async () => {
    const signed = await signedWith(file('s1', 's2'));
    const made = await makeDraft(clerk, [aSigner('Kari')], [signed, file('b1', 'b2')]);
    const [s = '', b = ''] = made.documents.map(({ id }) => id);
    const { job } = await clerk.call('job.get', { job: made.job });
    const asked = { job: made.job, version: job.version };
    const kept = { title: 'Signert', pages: [page(s, 0), page(s, 1)] };
    const { documents } = await clerk.call('document.arrange', {
      ...asked,
      documents: [{ title: 'b', pages: [page(b, 1), page(b, 0)] }, kept],
    });
    expect(documents[1]).toMatchObject({
      id: s,
      title: 'Signert',
      sha256: made.documents[0]?.sha256,
    });
    const again = {
      ...asked,
      version: (await clerk.call('job.get', { job: made.job })).job.version,
    };
    const turned = { title: 'Signert', pages: [page(s, 0, 90), page(s, 1)] };
    expect(
      await clerk.refusal('document.arrange', { ...again, documents: [turned] }),
    ).toMatchObject({ code: 'document.signed' });
  });

  it('are refused where they are not there, stand twice, or the draft has moved; nothing is changed', async () => {
    const made = await makeDraft(clerk, [aSigner('Kari')], [file('a1', 'a2')]);
    const id = made.documents[0]?.id ?? '';
    const { job } = await clerk.call('job.get', { job: made.job });
    const tried = async (pages: ArrangedPage[], version = job.version) =>
      (
        await clerk.refusal('document.arrange', {
          ...{ job: made.job, version, documents: [{ title: 'x', pages }] },
        })
      ).code;
    expect(await tried([page(id, 0), page(id, 0)])).toBe('document.page-twice');
    expect(await tried([page(id, 2)])).toBe('document.no-page');
    expect(await tried([page('00000000', 0)])).toBe('document.unknown');
    expect(await tried([page(id, 1)], job.version - 1)).toBe('job.moved');
    expect(
      await clerk.refusal('document.restore', {
        ...{ job: made.job, version: job.version, fields: [] },
        documents: [{ document: '00000000', title: '' }],
      }),
    ).toMatchObject({ code: 'document.unknown' });
    expect((await clerk.call('job.get', { job: made.job })).job.version).toBe(job.version);
  });

  it('of a form stay a form while all of them are there, and are fixed as they look when not', async () => {
    const pdf = await PDFDocument.create();
    const one = pdf.addPage([400, 400]);
    pdf.addPage([400, 400]);
    const name = pdf.getForm().createTextField('navn');
    name.setText('Ola Nordmann');
    name.addToPage(one, { x: 50, y: 300, width: 200, height: 30 });
    const made = await makeDraft(clerk, [aSigner('Kari')], [await pdf.save()]);
    const id = made.documents[0]?.id ?? '';
    const version = async () => (await clerk.call('job.get', { job: made.job })).job.version;
    const { documents } = await clerk.call('document.arrange', {
      ...{ job: made.job, version: await version() },
      documents: [{ title: 'Skjema', pages: [page(id, 1), page(id, 0)] }],
    });
    const whole = documents[0]?.id ?? '';
    const kept = await PDFDocument.load(bytesOf(whole));
    expect(kept.getForm().getTextField('navn').getText()).toBe('Ola Nordmann');
    const part = [{ title: 'Skjema', pages: [page(whole, 1, 180)] }];
    expect(
      await clerk.refusal('document.arrange', {
        ...{ job: made.job, version: await version(), documents: part },
      }),
    ).toMatchObject({ code: 'document.form' });
    const fixed = await clerk.call('document.arrange', {
      ...{ job: made.job, version: await version(), documents: part, flatten: true },
    });
    const bytes = bytesOf(fixed.documents[0]?.id ?? '');
    expect((await PDFDocument.load(bytes)).getForm().getFields()).toEqual([]);
    expect(await pdfText(memorySource(bytes), () => undefined)).toContain('Ola Nordmann');
  });

  it('of a form are joined with others only when somebody says that it may become text', async () => {
    const pdf = await PDFDocument.create();
    const name = pdf.getForm().createTextField('navn');
    name.setText('Ola Nordmann');
    name.addToPage(pdf.addPage(), { x: 50, y: 300, width: 200, height: 30 });
    const files = [file('a1'), await pdf.save()];
    const made = await makeDraft(clerk, [aSigner('Kari')], files);
    const documents = made.documents.map(({ id }) => id);
    const merge = { job: made.job, documents, title: 'Samlet' };
    expect(await clerk.refusal('document.merge', merge)).toMatchObject({ code: 'document.form' });
    const { job } = await clerk.call('job.get', { job: made.job });
    expect(job.documents.map(({ id }) => id)).toEqual(documents);
    const { document } = await clerk.call('document.merge', { ...merge, flatten: true });
    const bytes = bytesOf(document.id);
    expect((await PDFDocument.load(bytes)).getForm().getFields()).toEqual([]);
    expect(await pdfText(memorySource(bytes), () => undefined)).toContain('Ola Nordmann');
  });

  it('that only a link leads to are gone with their page', async () => {
    const free = firstFreeObject(2);
    const linked = plainPdf({
      pages: [
        { content: words('a1'), entries: `/Annots [${free} 0 R]` },
        { content: words('hemmelig') },
      ],
      objects: ['<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /Dest [6 0 R /Fit] >>'],
    });
    const made = await makeDraft(clerk, [aSigner('Kari')], [linked]);
    const id = made.documents[0]?.id ?? '';
    const { job } = await clerk.call('job.get', { job: made.job });
    const { documents } = await clerk.call('document.arrange', {
      ...{ job: made.job, version: job.version },
      documents: [{ title: 'x', pages: [page(id, 0)] }],
    });
    const raw = Buffer.from(bytesOf(documents[0]?.id ?? '')).toString('latin1');
    expect(raw).toContain('(a1)');
    expect(raw).not.toContain('hemmelig');
    expect(documents[0]?.findings).toMatchObject({ hidden: [], anomalies: [] });
  });

  it('of several documents become one with their fields where they were', async () => {
    const signer = aSigner('Kari');
    const made = await makeDraft(clerk, [signer], [file('a1'), file('b1', 'b2'), file('c1')]);
    const [a = '', , c = ''] = made.documents.map(({ id }) => id);
    const { document } = await clerk.call('document.merge', {
      ...{ job: made.job, documents: [c, a], title: 'Samlet' },
    });
    expect(await pagesOf(made.job)).toEqual([
      ['c1 0', 'a1 0'],
      ['b1 0', 'b2 0'],
    ]);
    const { job } = await clerk.call('job.get', { job: made.job });
    const there = job.spec.fields.filter((field) => field.document === document.id);
    expect(there.map(({ placement }) => placement.page).sort()).toEqual([0, 1]);
  });
});
