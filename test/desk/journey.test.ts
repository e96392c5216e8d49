import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  aSigner,
  makeDraft,
  samplePath,
  setUp,
  signAtKiosk,
  startAuthority,
  startDesk,
  until,
  type Client,
  type MadeJob,
  type TestAuthority,
  type TestDesk,
} from '../support/desk.ts';

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

describe('the main job, without a window', () => {
  let desk: TestDesk;
  let clerk: Client;
  let tsa: TestAuthority;
  let made: MadeJob;
  const target = mkdtempSync(join(tmpdir(), 'skranke-export-'));

  beforeAll(async () => {
    tsa = await startAuthority();
    desk = startDesk();
    clerk = desk.visit();
    await setUp(clerk);
    await clerk.call('settings.timestamps', { authorities: [{ url: tsa.timestamps.url }] });
    await clerk.call('settings.trust', { anchors: [tsa.root] });
    const signers = [aSigner('Kåre Ødegård', 0, { nationalId: '01818000010' }), aSigner('Anne', 1)];
    const sample = readFileSync(samplePath);
    made = await makeDraft(clerk, signers, [sample, sample]);
    await clerk.call('job.open', { job: made.job });
    for (const signer of signers) await signAtKiosk(clerk, made.job, signer.id);
  });
  afterAll(async () => {
    await desk.close();
    await tsa.timestamps.close();
    rmSync(target, { recursive: true, force: true });
  });

  it('is sealed by itself after the last signature', async () => {
    const job = await until(async () => {
      const view = await clerk.call('job.get', { job: made.job });
      return view.job.state === 'sealed' ? view.job : null;
    });
    // Opened, signed twice, sealed: four revisions after the one that came, in each document.
    expect(job.revisions.map(({ revision }) => revision)).toEqual([4, 4]);
  });

  it('has every document signed by everybody, valid, with claims and times', async () => {
    for (const { id } of made.documents) {
      const report = await clerk.call('verify.document', { document: id });
      expect(report.indication).toBe('TOTAL-PASSED');
      expect(report.signatures.map(({ kind }) => kind)).toEqual([
        'certification',
        'signature',
        'signature',
        'timestamp',
      ]);
      expect(report.signatures.map(({ claim }) => claim?.person ?? null)).toEqual([
        null,
        'Kåre Ødegård',
        'Anne',
        null,
      ]);
      expect(report.signatures.slice(0, 3).every(({ level }) => level === 'B-T')).toBe(true);
    }
  });

  it('binds each signature to its evidence, and the evidence to what was shown', async () => {
    const view = await clerk.call('job.get', { job: made.job });
    const report = await clerk.call('verify.document', { document: made.documents[0]?.id ?? '' });
    const claims = report.signatures.flatMap(({ claim }) => (claim === null ? [] : [claim]));
    const signed = view.events.flatMap(({ event }) => (event.type === 'signed' ? [event] : []));
    const handed = view.events.flatMap(({ event }) =>
      event.type === 'handed-over' ? [event] : [],
    );
    for (const [index, event] of signed.entries()) {
      expect(sha256(event.evidence)).toBe(event.evidenceHash);
      expect(claims[index]?.evidenceHash).toBe(event.evidenceHash);
      const evidence = JSON.parse(event.evidence) as Record<string, unknown>;
      expect(evidence['shown']).toEqual(event.shown);
      expect(evidence['identityCheckHash']).toBe(handed[index]?.identityCheckHash);
      expect(event.evidence).not.toContain('01818000010');
    }
  });

  it('shows the clerk no national identity number beyond the birth date', async () => {
    const view = await clerk.call('job.get', { job: made.job });
    expect(JSON.stringify(view)).toContain('018180*****');
    expect(JSON.stringify(view)).not.toContain('01818000010');
  });

  it('is found by a word in the document', async () => {
    const page = await until(async () => {
      const found = await clerk.call('job.list', { limit: 5, search: 'forskuddsvis' });
      return found.rows.length > 0 ? found : null;
    });
    expect(page.rows[0]).toMatchObject({ id: made.job, state: 'sealed', signed: 2, trial: true });
  });

  it('is exported whole, with checksums that fit and no name of a person in any file name', async () => {
    const receipt = await clerk.call('export.save', { folder: target });
    expect(receipt).toMatchObject({ failed: [], jobs: [{ job: made.job }] });
    const folder = join(target, receipt.jobs[0]?.folder ?? '');
    const lines = readFileSync(join(folder, 'checksums.sha256'), 'utf8').trim().split('\n');
    expect(lines.map((line) => line.slice(66)).sort()).toEqual(
      readdirSync(folder)
        .filter((name) => name !== 'checksums.sha256')
        .sort(),
    );
    for (const line of lines) {
      const [hash, name] = line.split('  ');
      expect(sha256(readFileSync(join(folder, name ?? '')))).toBe(hash);
    }
    const evidence = readFileSync(join(folder, 'evidence.json'), 'utf8');
    expect(JSON.parse(evidence)).toMatchObject({ job: made.job, identityChecks: [{}, {}] });
    expect(evidence).not.toContain('01818000010');
    const names = [...readdirSync(target), ...readdirSync(folder)].join();
    expect(names).not.toMatch(/anne|kåre|leieavtale/i);
    // The exported file passes on its own.
    const upload = await clerk.upload(readFileSync(join(folder, 'document-1.pdf')));
    const report = await clerk.call('verify.document', { upload, name: 'x.pdf' });
    const paper = await clerk.call('verify.report', { upload, name: 'x.pdf', language: 'nb' });
    expect(paper.name).toMatch(/^kontroll-[\d-]+\.pdf$/);
    expect(Buffer.from(paper.bytes).subarray(0, 5).toString()).toBe('%PDF-');
    expect(report.indication).toBe('TOTAL-PASSED');
    // Once is enough for "everything not yet exported".
    expect(await clerk.refusal('export.save', { folder: target })).toMatchObject({
      code: 'export.nothing',
    });
    await clerk.call('export.takenOver', { receipt: receipt.id, reference: '26/123' });
    const { job } = await clerk.call('job.get', { job: made.job });
    expect(job.exported?.takenOver).not.toBeNull();
  });

  it('writes a second export beside the first, and clears away what a crash left', async () => {
    const before = readdirSync(target).length;
    const receipt = await clerk.call('export.save', { jobs: [made.job], folder: target });
    expect(readdirSync(target)).toHaveLength(before + 2);
    expect(existsSync(join(target, receipt.jobs[0]?.folder ?? '', 'metadata.json'))).toBe(true);
    expect(readdirSync(target).some((name) => name.startsWith('.part'))).toBe(false);
  });

  it('leaves an archive that verifies', async () => {
    expect(await clerk.call('archive.verify', {})).toMatchObject({ ok: true, problems: [] });
  });
});
