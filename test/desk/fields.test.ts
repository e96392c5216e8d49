import { randomUUID } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formNodes } from '../../electron/core/verify/field-tree.ts';
import { dict, textString } from '../../electron/core/pdf/objects.ts';
import type { FieldSpec, SignerSpec } from '../../shared/job/job.ts';
import {
  aSigner,
  drawnMark,
  handOver,
  makeDraft,
  pin,
  readAndConfirm,
  samplePath,
  setUp,
  startAuthority,
  startDesk,
  until,
  type Client,
  type TestAuthority,
  type TestDesk,
} from '../support/desk.ts';
import { readJobFile } from '../../shared/job/job-file.ts';
import { unwrap } from '../../shared/result.ts';
import { placesOf } from '../../electron/desk/job-file-words.ts';
import { plainPdf } from '../support/plain-pdf.ts';
import { redrawnForm } from '../support/redrawn-form.ts';
import { exportJob, kontroller } from '../support/exported-job.ts';
import { pdfsig, qpdfComplaints } from '../support/other-readers.ts';
import { document as formDocument } from '../support/attacks/target.ts';
import { opened } from '../support/signing.ts';
import { edit, form, revised } from '../support/tampering.ts';

describe('fields that are filled in', () => {
  let tsa: TestAuthority;
  let desk: TestDesk;
  let clerk: Client;
  const target = mkdtempSync(join(tmpdir(), 'skranke-fields-'));

  beforeAll(async () => {
    tsa = await startAuthority();
    desk = startDesk();
    clerk = desk.visit();
    await setUp(clerk);
    await clerk.call('settings.timestamps', { authorities: [{ url: tsa.timestamps.url }] });
    await clerk.call('settings.trust', { anchors: [tsa.root] });
  });
  afterAll(async () => {
    await desk.close();
    await tsa.timestamps.close();
    rmSync(target, { recursive: true, force: true });
  });

  type Wanted = Omit<FieldSpec, 'id' | 'document' | 'placement'> & { readonly at: number };

  /** An open job whose first page has these fields in a column, one signature beside them for each. */
  async function openWith(
    signers: readonly SignerSpec[],
    wanted: readonly Wanted[],
    files: readonly Uint8Array[] = [readFileSync(samplePath)],
  ) {
    const made = await makeDraft(clerk, signers, files);
    const { job } = await clerk.call('job.get', { job: made.job });
    const document = made.documents[0]?.id ?? '';
    const fields = wanted.map(({ at, ...field }) => ({
      ...{ id: randomUUID(), document, ...field },
      placement: { page: 0, x: 350, y: 100 + at * 40, width: 160, height: 24 },
    }));
    await clerk.call('job.edit', {
      ...{ job: made.job, version: job.version, titles: {}, order: job.documents.map((d) => d.id) },
      spec: {
        ...job.spec,
        signers: [...job.spec.signers],
        fields: [...job.spec.fields.map((one) => ({ ...one })), ...fields],
      },
    });
    await clerk.call('job.open', { job: made.job });
    return { job: made.job, document, fields };
  }

  async function back() {
    await clerk.call('session.leave', { reason: 'done' });
    await clerk.call('session.resume', { pin });
  }

  let bevis = '';
  async function exported(job: string): Promise<Uint8Array> {
    await until(async () => (await clerk.call('job.get', { job })).job.state === 'sealed' || null);
    const folder = await exportJob(clerk, job, mkdtempSync(join(target, 'out-')));
    bevis = join(folder, 'signeringsbevis.pdf');
    // The independent check that lies in the export knows nothing of fields, and finds nothing wrong.
    expect(kontroller(folder).wrong).toEqual([]);
    return readFileSync(join(folder, 'document-1.pdf'));
  }

  const verified = async (bytes: Uint8Array) =>
    clerk.call('verify.document', { upload: await clerk.upload(bytes), name: 'x.pdf' });

  const textOf = (bytes: Uint8Array): string => {
    const path = join(target, `${randomUUID()}.pdf`);
    writeFileSync(path, bytes);
    return execFileSync('pdftotext', ['-raw', path, '-'], { encoding: 'utf8' });
  };

  const kari = aSigner('Kari Nordmann', 0);
  const ola = aSigner('Ola Østby', 1);
  const every: readonly Wanted[] = [
    { at: 0, signer: kari.id, kind: 'text', label: 'Kontonummer', required: true, maxLength: 20 },
    { at: 1, signer: kari.id, kind: 'check', label: 'Jeg har lest reglene', required: true },
    { at: 2, signer: kari.id, kind: 'initials' },
    { at: 3, signer: kari.id, kind: 'date' },
    { at: 4, signer: kari.id, kind: 'name' },
    { at: 5, signer: ola.id, kind: 'text', label: 'Merknad', value: 'Ingen merknad' },
    { at: 6, signer: ola.id, kind: 'text', value: 'Sak 2026/417', fixed: true },
    { at: 7, signer: ola.id, kind: 'check', label: 'Nøkler er levert' },
    { at: 8, signer: ola.id, kind: 'initials' },
  ];

  it('are filled, locked, signed, and valid here and elsewhere; a later change is found', async () => {
    const made = await openWith([kari, ola], every);
    const [account, rules] = made.fields.map(({ id }) => id) as [string, string];
    await handOver(clerk, made.job, kari.id);
    const shown = await readAndConfirm(clerk);
    const asked = (await clerk.call('signing.view', {})).documents[0]?.fields;
    expect(asked?.map(({ kind, label, value }) => [kind, label, value])).toEqual([
      ['text', 'Kontonummer', ''],
      ['check', 'Jeg har lest reglene', ''],
      ['initials', '', 'KN'],
      ['date', '', expect.stringMatching(/^\d\d\.\d\d\.20\d\d$/)],
      ['name', '', 'Kari Nordmann'],
    ]);
    const refusal = (filled: readonly { field: string; value: string }[]) =>
      clerk.refusal('signing.sign', { shown, mark: drawnMark, filled: [...filled] });
    const tick = { field: rules, value: 'yes' };
    expect(await refusal([tick])).toMatchObject({ code: 'field.required' });
    expect(await refusal([tick, { field: account, value: '1'.repeat(21) }])).toMatchObject({
      code: 'field.too-long',
      detail: { field: account, longest: 20 },
    });
    expect(await refusal([tick, { field: account, value: '1234 \u202e' }])).toMatchObject({
      code: 'field.characters',
    });
    expect(await refusal([{ field: rules, value: 'no' }])).toMatchObject({
      code: 'field.required',
    });
    const whole = [tick, { field: account, value: '1234 56 78901' }];
    expect(await refusal([...whole, tick])).toMatchObject({ code: 'field.twice' });
    expect(
      await refusal([...whole, { field: made.fields[5]?.id ?? '', value: 'x' }]),
    ).toMatchObject({ code: 'field.unknown' });
    // A letter that no font has: nothing is signed, and the answer says where and which.
    expect(await refusal([tick, { field: account, value: 'Konto \u{1F600}' }])).toMatchObject({
      code: 'appearance.no-glyph',
      detail: { character: 'U+1F600' },
    });
    const { type: _, ...ink } = drawnMark;
    await clerk.call('signing.sign', {
      ...{ shown, mark: drawnMark, filled: whole },
      initials: { type: 'drawn', ...ink },
    });
    await back();

    await handOver(clerk, made.job, ola.id);
    const again = await readAndConfirm(clerk);
    await clerk.call('signing.sign', {
      ...{ shown: again, mark: drawnMark },
      filled: [{ field: made.fields[7]?.id ?? '', value: 'yes' }],
      initials: { type: 'typed', text: 'OØ' },
    });
    await back();

    const bytes = await exported(made.job);
    expect(qpdfComplaints(bytes)).toBeNull();
    // The last one is the document timestamp, which pdfsig cannot read.
    expect(pdfsig(bytes).slice(0, -1)).toMatchObject([
      ...[{ valid: true }, { valid: true }, { valid: true }],
    ]);
    const report = await verified(bytes);
    expect(report.indication).toBe('TOTAL-PASSED');
    expect(report.signatures.map(({ changes }) => changes)).toEqual([
      ...['allowed', 'allowed', 'allowed', 'none'],
    ]);
    const said = textOf(bytes);
    for (const words of ['1234 56 78901', 'Ingen merknad', 'Sak 2026/417', 'OØ', 'Kari Nordmann'])
      expect(said).toContain(words);
    // Every font that a page or a field uses is in the file, so that the sample stays PDF/A.
    const path = join(target, 'fonts.pdf');
    writeFileSync(path, bytes);
    const fonts = execFileSync('pdffonts', [path], { encoding: 'utf8' }).split('\n').slice(2, -1);
    expect(fonts.filter((line) => !/\byes\s+(yes|no)\s+(yes|no)\b/.test(line))).toEqual([]);

    // Each signer's own, by name and kind, for whoever reads the evidence on paper.
    const paper = execFileSync('pdftotext', ['-layout', bevis, '-'], { encoding: 'utf8' });
    for (const line of [
      'Kontonummer (tekst, side 1): 1234 56 78901',
      'Jeg har lest reglene (avkryssing, side 1): krysset av',
      'Initialer (initialer, side 1): KN',
      'Navn (navn, side 1): Kari Nordmann',
      'Merknad (tekst, side 1): Ingen merknad',
      'Nøkler er levert (avkryssing, side 1): krysset av',
    ])
      expect(paper).toContain(line);

    const { events } = await clerk.call('job.get', { job: made.job });
    const signed = events.flatMap(({ event }) => (event.type === 'signed' ? [event] : []));
    expect(signed[0]?.filled?.map(({ value }) => value)).toEqual([
      ...['1234 56 78901', 'yes', 'KN', expect.stringMatching(/^\d\d\.\d\d\./), 'Kari Nordmann'],
    ]);
    const evidence = JSON.parse(signed[0]?.evidence ?? '') as {
      fields: unknown;
      initials: unknown;
    };
    expect(evidence.fields).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'text', label: 'Kontonummer', value: '1234 56 78901' }),
      ]),
    );
    expect(evidence.initials).toMatchObject({ type: 'drawn' });

    // What somebody filled in, what the clerk settled, and a tick: each is closed.
    const names = formNodes(opened(bytes)).filter(({ type }) => type === 'Tx' || type === 'Btn');
    expect(names).toHaveLength(9);
    for (const { ref, type } of names) {
      const altered = revised(bytes, (update) => {
        if (ref === null) return;
        const drawn = form(160, 24, '0 0 10 10 re f');
        edit(
          update,
          ref,
          type === 'Tx'
            ? { V: textString('x'), AP: dict({ N: update.add(drawn) }) }
            : { V: null, AS: null },
        );
      });
      expect((await verified(altered)).indication).toBe('TOTAL-FAILED');
    }
  });

  it('of the file itself are used, and the others stay as they are', async () => {
    const signer = aSigner('Kari Nordmann', 0);
    const made = await openWith(
      [signer],
      [{ at: 0, signer: signer.id, kind: 'text', existing: 'amount', label: 'Beløp' }],
      [formDocument],
    );
    await handOver(clerk, made.job, signer.id);
    const shown = await readAndConfirm(clerk);
    const filled = [{ field: made.fields[0]?.id ?? '', value: '9 500 kroner' }];
    await clerk.call('signing.sign', { shown, mark: drawnMark, filled });
    await back();
    const bytes = await exported(made.job);
    expect(textOf(bytes)).toContain('9 500 kroner');
    expect((await verified(bytes)).indication).toBe('TOTAL-PASSED');
    expect(pdfsig(bytes).slice(0, -1)).toMatchObject([{ valid: true }, { valid: true }]);
  });

  it('of a form that asks to be drawn: text and box filled in, choice and radio as they came', async () => {
    const signer = aSigner('Kari Nordmann', 0);
    const made = await openWith(
      [signer],
      [
        { at: 0, signer: signer.id, kind: 'text', existing: 'Tomt', label: 'Adresse' },
        { at: 1, signer: signer.id, kind: 'check', existing: 'Uenig', label: 'Jeg er uenig' },
      ],
      [redrawnForm()],
    );
    await handOver(clerk, made.job, signer.id);
    const shown = await readAndConfirm(clerk);
    const filled = made.fields.map(({ id, kind }) => ({
      ...{ field: id, value: kind === 'check' ? 'yes' : 'Storgata 1' },
    }));
    await clerk.call('signing.sign', { shown, mark: drawnMark, filled });
    await back();
    const bytes = await exported(made.job);
    for (const words of ['Storgata 1', 'Vestby kommune', 'Biblioteket'])
      expect(textOf(bytes)).toContain(words);
    const report = await verified(bytes);
    expect(report.indication).toBe('TOTAL-PASSED');
    expect(report.signatures.map(({ changes }) => changes)).toEqual(['allowed', 'allowed', 'none']);
    expect(pdfsig(bytes).slice(0, -1)).toMatchObject([{ valid: true }, { valid: true }]);
  });

  it('that nobody fills in here cannot be chosen: radio buttons and choices', async () => {
    const signer = aSigner('Kari Nordmann', 0);
    for (const existing of ['Valg', 'Sted'])
      await expect(
        openWith(
          [signer],
          [{ at: 0, signer: signer.id, kind: 'text', existing, label: 'x', value: 'y' }],
          [redrawnForm()],
        ),
        existing,
      ).rejects.toThrow('fill.not-fillable');
  });

  it('are placed where the words and the marks of a document stand', async () => {
    const content = 'BT /H 12 Tf 72 700 Td (Leietakers underskrift) Tj 0 -40 Td ({{date:1}}) Tj ET';
    const marked = plainPdf({
      pages: [{ content, crop: [20, 20, 575, 800], rotate: 90 }],
    });
    const { job } = await clerk.call('job.create', { spec: { title: 'x' } });
    const upload = await clerk.upload(marked);
    await clerk.call('document.import', { job, upload, name: 'x.pdf' });
    const { hits } = await clerk.call('fields.find', { job, text: 'LEIETAKERS  underskrift' });
    expect(hits).toHaveLength(1);
    // Turned a quarter: what was 700 up from the foot, and 20 cropped away, is 680 from the left.
    const { box } = hits[0] ?? { box: null };
    expect(box?.y).toBeCloseTo(52, 0);
    expect(Math.abs((box?.x ?? 0) + 0.22 * 12 - 680)).toBeLessThan(4);
    const { tags } = await clerk.call('fields.find', { job, text: null });
    expect(tags).toMatchObject([{ kind: 'date', signer: 1, page: 0 }]);
    const file = unwrap(
      readJobFile(
        JSON.stringify({
          ...{ tags: true, documents: [{ file: 'a.pdf' }], signers: [{ name: 'Kari' }] },
          fields: [{ document: 1, signer: 1, anchor: { text: 'for utleier', side: 'below' } }],
        }),
      ),
    );
    const sample = { path: samplePath, findings: { pages: [] } };
    expect(await placesOf({ ...file, tags: false }, [sample])).toMatchObject({
      ok: true,
      value: [{ placement: { page: 3, width: 216 } }],
    });
    expect(await placesOf(file, [sample])).toMatchObject({ error: { code: 'anchor.no-tags' } });
  });

  it('must be in the file when the job is opened, and of a kind that can be filled in', async () => {
    const signer = aSigner('Kari Nordmann', 0);
    await expect(
      openWith(
        [signer],
        [{ at: 0, signer: signer.id, kind: 'text', existing: 'gone', label: 'x', value: 'y' }],
        [formDocument],
      ),
    ).rejects.toThrow('fill.no-field');
  });
});
