/** The copy that a signer asks for, and the receipt that the clerk gives. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkCode } from '../../shared/job/copies.ts';
import { root } from '../support/cli.ts';
import {
  aSigner,
  drawnMark,
  handOver,
  makeDraft,
  pin,
  readAndConfirm,
  setUp,
  startDesk,
  type Client,
  type MadeJob,
  type TestDesk,
} from '../support/desk.ts';

let desk: TestDesk;
let clerk: Client;
let made: MadeJob;
const signer = (at = 0) => made.signers[at]?.id ?? '';
const statusOf = async (at = 0) => {
  const { job } = await clerk.call('job.get', { job: made.job });
  return job.signers.find(({ id }) => id === signer(at));
};

beforeAll(async () => {
  desk = startDesk();
  clerk = desk.visit();
  await setUp(clerk);
  await clerk.call('settings.lock', { minutes: 240 });
  made = await makeDraft(clerk, [
    aSigner('Kari Nordmann', 0, { language: 'nn' }),
    aSigner('Ola Nordmann'),
  ]);
  await clerk.call('job.open', { job: made.job });
});
afterAll(() => desk.close());

describe('a signer’s copy', () => {
  it('cannot be had before signing', async () => {
    await handOver(clerk, made.job, signer());
    expect((await clerk.refusal('signing.askCopy', { way: 'paper' })).code).toBe('job.not-signed');
  });

  it('is asked for at the kiosk, once however often it is pressed, and can be changed', async () => {
    const shown = await readAndConfirm(clerk);
    await clerk.call('signing.sign', { shown, mark: drawnMark });
    await clerk.call('signing.askCopy', { way: 'clerk' });
    await clerk.call('signing.askCopy', { way: 'paper' });
    await clerk.call('signing.askCopy', { way: 'paper' });
    await clerk.call('session.leave', { reason: 'done' });
    await clerk.call('session.resume', { pin });
    expect((await statusOf())?.copy).toEqual({ way: 'paper', givenAt: null });
    const { events } = await clerk.call('job.get', { job: made.job });
    expect(events.filter(({ event }) => event.type === 'copy-asked')).toHaveLength(2);
    expect((await statusOf(1))?.copy).toBeUndefined();
  });

  it('is a page in their language with the codes of what they signed', async () => {
    const { name, bytes } = await clerk.call('job.receipt', { job: made.job, signer: signer() });
    const { job, events } = await clerk.call('job.get', { job: made.job });
    const signed = events.map(({ event }) => event).find(({ type }) => type === 'signed');
    if (signed?.type !== 'signed') throw new Error('nobody signed');
    const code = checkCode(signed.revisions[0]?.sha256 ?? '');
    expect(code).toMatch(/^([0-9A-F]{4}-){3}[0-9A-F]{4}$/);
    expect(name).toBe(`kvittering-${code}.pdf`);
    const folder = mkdtempSync(join(tmpdir(), 'skranke-receipt-'));
    try {
      const file = join(folder, 'receipt.pdf');
      writeFileSync(file, bytes);
      const text = spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).stdout;
      expect(text).toContain('Kari Nordmann har signert.');
      expect(text).toContain(code);
      expect(text).toContain('prøvesegl');
      expect(text).not.toContain('Ola Nordmann');
      expect(spawnSync('qpdf', ['--check', file]).status).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
    expect(job.state).toBe('open');
  });

  it('bears the office’s own logo and colour', async () => {
    const images = async () => {
      const { bytes } = await clerk.call('job.receipt', { job: made.job, signer: signer() });
      const file = join(mkdtempSync(join(tmpdir(), 'skranke-receipt-')), 'receipt.pdf');
      writeFileSync(file, bytes);
      const found = spawnSync('pdfimages', ['-list', file], { encoding: 'utf8' }).stdout;
      const checked = spawnSync('qpdf', ['--check', file]).status;
      rmSync(dirname(file), { recursive: true });
      expect(checked).toBe(0);
      return found.split('\n').filter((line) => /^ *\d+ +\d+ image /.test(line)).length;
    };
    expect(await images()).toBe(0);
    const logo = new Uint8Array(readFileSync(join(root, 'resources/icons/icon.png')));
    await clerk.call('settings.putLook', { logo, colour: '#14324f' });
    expect(await images()).toBe(1);
    await clerk.call('settings.putLook', { logo: null, colour: null });
    expect(await images()).toBe(0);
  });

  it('is given by the clerk, and the log says so', async () => {
    await clerk.call('job.copyGiven', { job: made.job, signer: signer(), way: 'paper' });
    expect((await statusOf())?.copy?.givenAt).toMatch(/^\d{4}-/);
    const refused = await clerk.refusal('job.receipt', { job: made.job, signer: signer(1) });
    expect(refused.code).toBe('job.not-signed');
    const early = { job: made.job, signer: signer(1), way: 'paper' } as const;
    expect((await clerk.refusal('job.copyGiven', early)).code).toBe('job.not-signed');
  });

  it('finds the job again by its code', async () => {
    const { events } = await clerk.call('job.get', { job: made.job });
    const signed = events.map(({ event }) => event).find(({ type }) => type === 'signed');
    if (signed?.type !== 'signed') throw new Error('nobody signed');
    const code = checkCode(signed.revisions[0]?.sha256 ?? '');
    for (const search of [code, code.toLowerCase(), code.replaceAll('-', ' ')]) {
      const { rows } = await clerk.call('job.list', { search, limit: 5 });
      expect(
        rows.map(({ id }) => id),
        search,
      ).toEqual([made.job]);
    }
    const other = code.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
    expect((await clerk.call('job.list', { search: other, limit: 5 })).rows).toEqual([]);
  });
});

describe('the evidence for paper', () => {
  it('is of a job that has ended, and claims neither a seal nor a file beside it', async () => {
    expect((await clerk.refusal('job.proof', { job: made.job })).code).toBe('job.state');
    const other = await makeDraft(clerk, [aSigner('Åse Nordmann')]);
    await clerk.call('job.open', { job: other.job });
    await clerk.call('job.cancel', { job: other.job, reason: 'Leieforholdet ble ikke noe av' });
    const { name, bytes } = await clerk.call('job.proof', { job: other.job });
    expect(name).toBe('signeringsbevis.pdf');
    const folder = mkdtempSync(join(tmpdir(), 'skranke-proof-'));
    try {
      const file = join(folder, name);
      writeFileSync(file, bytes);
      const text = spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).stdout;
      expect(text).toContain('Åse Nordmann');
      expect(text).toContain('Dette er en utskrift.');
      expect(text).not.toContain('evidence.json');
      expect(text).not.toMatch(/Forseglet av|ikke forseglet/);
      expect(spawnSync('qpdf', ['--check', file]).status).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
