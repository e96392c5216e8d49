/**
 * The verifier on jobs whose papers and people were something else before anybody signed: a signer in
 * another's place, pages arranged, fields filled in, a letter from an office program.
 */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  aSigner,
  drawnMark,
  handOver,
  makeDraft,
  pin,
  readAndConfirm,
  samplePath,
  setUp,
  signAtKiosk,
  startAuthority,
  startDesk,
  until,
} from '../support/desk.ts';
import type { Client, TestAuthority, TestDesk } from '../support/desk.ts';
import { copyOf, exportJob, kontroller, sumAgain } from '../support/exported-job.ts';
import { docx } from '../support/office-files.ts';
import { redrawnForm } from '../support/redrawn-form.ts';

let desk: TestDesk;
let authority: TestAuthority;
let clerk: Client;
const target = mkdtempSync(join(tmpdir(), 'skranke-before-'));
const [kari, ola] = [aSigner('Kari Nordmann', 0), aSigner('Ola Nordmann', 1)];
const sample = () => new Uint8Array(readFileSync(samplePath));

beforeAll(async () => {
  authority = await startAuthority();
  desk = startDesk();
  clerk = desk.visit();
  await setUp(clerk);
  await clerk.call('settings.timestamps', { authorities: [{ url: authority.timestamps.url }] });
});
afterAll(async () => {
  await desk.close();
  await authority.timestamps.close();
  rmSync(target, { recursive: true, force: true });
});

async function exported(job: string, signers: readonly string[]): Promise<string> {
  for (const signer of signers) await signAtKiosk(clerk, job, signer);
  await until(async () => (await clerk.call('job.get', { job })).job.state === 'sealed' || null);
  return exportJob(clerk, job, target);
}

/** Whole with all its signatures; and one changed byte of the document is found for what it is. */
function expectWhole(folder: string, signatures: number): void {
  const verdict = kontroller(folder);
  expect(verdict.wrong).toEqual([]);
  expect(verdict.code).toBe(0);
  const good = verdict.good.map(({ code }) => code);
  for (const code of ['log.good', 'order.good', 'listed.good', 'evidence.good', 'text.good'])
    expect(good).toContain(code);
  expect(good.filter((code) => code === 'signature.good')).toHaveLength(signatures);
  const copy = copyOf(folder);
  const path = join(copy, 'document-1.pdf');
  const bytes = readFileSync(path);
  // Inside what the first signature covers, and nowhere in its own hole.
  bytes[900] = (bytes[900] ?? 0) ^ 1;
  writeFileSync(path, bytes);
  sumAgain(copy);
  expect(kontroller(copy).wrong.length).toBeGreaterThan(0);
}

describe('the verifier accepts', () => {
  it('a job in which another person signed in a signer’s place', async () => {
    const { job } = await makeDraft(clerk, [kari, ola]);
    await clerk.call('job.open', { job });
    const { signer } = await clerk.call('job.replaceSigner', {
      ...{ job, signer: kari.id, name: 'Åse Bø', title: 'Leietaker', language: 'nn' },
      reason: 'Kari er flyttet',
    });
    const folder = await exported(job, [signer, ola.id]);
    // The certification at opening and two people.
    expectWhole(folder, 3);
    const paper = join(folder, 'signeringsbevis.pdf');
    const words = execFileSync('pdftotext', ['-layout', paper, '-'], { encoding: 'utf8' });
    expect(words).toContain('Åse Bø, Leietaker');
    // The former one is history, not a signer.
    expect(words.split('Historikk')[0]).not.toContain('Kari Nordmann');
  });

  it('pages that were turned, reordered and joined before anybody signed', async () => {
    const made = await makeDraft(clerk, [kari], [sample(), sample()]);
    const [a = '', b = ''] = made.documents.map(({ id }) => id);
    const { job: draft } = await clerk.call('job.get', { job: made.job });
    await clerk.call('document.arrange', {
      ...{ job: made.job, version: draft.version },
      documents: [
        {
          title: 'Samlet',
          pages: [
            { document: b, page: 1, turn: 90 },
            { document: a, page: 0, turn: 0 },
            { document: b, page: 0, turn: 0 },
          ],
        },
      ],
    });
    await clerk.call('job.open', { job: made.job });
    // The certification, and her name in the two places that came along.
    expectWhole(await exported(made.job, [kari.id]), 3);
  });

  it('fields that signers filled in, in a form that asked to be drawn', async () => {
    const made = await makeDraft(clerk, [kari], [redrawnForm()]);
    const { job: draft } = await clerk.call('job.get', { job: made.job });
    const document = made.documents[0]?.id ?? '';
    const place = (at: number) => ({ page: 0, x: 60, y: 300 + 40 * at, width: 160, height: 24 });
    const fields = [
      { kind: 'text', existing: 'Tomt', label: 'Adresse' },
      { kind: 'text', label: 'Merknad' },
      { kind: 'check', existing: 'Uenig', label: 'Jeg er uenig' },
    ].map((field, at) => ({
      ...{ id: randomUUID(), document, signer: kari.id, placement: place(at) },
      ...(field as { kind: 'text' | 'check'; label: string; existing?: string }),
    }));
    await clerk.call('job.edit', {
      ...{ job: made.job, version: draft.version, titles: {}, order: [document] },
      spec: {
        ...{ ...draft.spec, signers: [...draft.spec.signers] },
        fields: [...draft.spec.fields.map((one) => ({ ...one })), ...fields],
      },
    });
    await clerk.call('job.open', { job: made.job });
    await handOver(clerk, made.job, kari.id);
    const shown = await readAndConfirm(clerk);
    await clerk.call('signing.sign', {
      ...{ shown, mark: drawnMark },
      filled: fields.map(({ id, kind }) => ({ field: id, value: kind === 'check' ? 'yes' : 'Ås' })),
    });
    await clerk.call('session.leave', { reason: 'done' });
    await clerk.call('session.resume', { pin });
    expectWhole(await exported(made.job, []), 2);
  });

  it('a letter that an office program made', async () => {
    const made = await makeDraft(clerk, [kari]);
    const upload = await clerk.upload(docx('Leieavtale for øvre gate'));
    await clerk.call('document.import', { job: made.job, upload, name: 'brev.docx' });
    await clerk.call('job.open', { job: made.job });
    const folder = await exported(made.job, [kari.id]);
    const verdict = kontroller(folder);
    expect(verdict.wrong).toEqual([]);
    expect(verdict.code).toBe(0);
    // Both documents were certified; Kari signed the one where her field stands.
    expect(verdict.good.filter(({ code }) => code === 'signature.good').length).toBeGreaterThan(2);
  }, 60_000);
});
