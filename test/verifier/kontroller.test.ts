/**
 * The verifier that travels with every export: it accepts what is whole, and finds every single change,
 * each for its own reason, when all checksums, and where possible all hashes, are computed anew.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aSigner, setUp, startAuthority, startDesk } from '../support/desk.ts';
import type { Client, TestAuthority, TestDesk } from '../support/desk.ts';
import { copyOf, exportJob, finishedJob, kontroller, sumAgain } from '../support/exported-job.ts';
import { fitRevisions, forgeEvidence, rehash } from '../support/forged-evidence.ts';
import { changes } from './changes.ts';

let desk: TestDesk;
let authority: TestAuthority;
let clerk: Client;
let whole = '';
let other = '';
const target = mkdtempSync(join(tmpdir(), 'skranke-kontroller-'));

beforeAll(async () => {
  authority = await startAuthority();
  desk = startDesk();
  clerk = desk.visit();
  await setUp(clerk);
  await clerk.call('settings.timestamps', { authorities: [{ url: authority.timestamps.url }] });
  const nationalId = '01818000010';
  const signers = [aSigner('Kari Nordmann', 0, { nationalId }), aSigner('Ola Nordmann', 1)];
  whole = await exportJob(clerk, await finishedJob(clerk, signers), target);
  other = await exportJob(clerk, await finishedJob(clerk), target);
});
afterAll(async () => {
  await desk.close();
  await authority.timestamps.close();
  rmSync(target, { recursive: true, force: true });
});

const codes = (items: readonly { readonly code: string }[]) => items.map(({ code }) => code);

describe('the verifier accepts', () => {
  it('a sealed job with two signers, timestamps and attestations', () => {
    const verdict = kontroller(whole);
    expect(verdict.wrong).toEqual([]);
    expect(verdict.code).toBe(0);
    const good = codes(verdict.good);
    for (const code of ['log.good', 'order.good', 'listed.good', 'evidence.good', 'text.good'])
      expect(good).toContain(code);
    expect(good.filter((code) => code === 'signature.good')).toHaveLength(3);
    // Three signatures, the document, two statements.
    expect(good.filter((code) => code === 'timestamp.good')).toHaveLength(6);
    expect(good.filter((code) => code === 'attestation.good')).toHaveLength(2);
    // Nobody asked, and nobody is told that it was checked.
    expect(codes(verdict.notes)).toEqual(['seal.trial', 'trust.not-asked']);
  });

  it('a job that was rejected, and one that was cancelled', async () => {
    for (const how of ['declined', 'cancelled'] as const) {
      const { job } = await clerk.call('job.create', { spec: { title: how } });
      await clerk.call('job.cancel', { job, reason: 'Ombestemt' });
      const verdict = kontroller(await exportJob(clerk, job, target));
      expect(verdict.wrong).toEqual([]);
    }
  });

  it('speaks English, says who signed, and needs no folder beside itself', () => {
    const { output } = kontroller(whole, ['--english']);
    expect(output).toContain('The log is whole');
  });

  it('says what leads to a root one trusts and what does not', () => {
    const root = join(target, 'root.pem');
    writeFileSync(root, authority.root);
    const { good, wrong, notes } = kontroller(whole, ['--root', root]);
    expect(good.map(({ text }) => text).join('\n')).toMatch(/rot du stoler på: Prøve Time/);
    // The trial seal is its own issuer.
    expect(wrong.map(({ text }) => text)).toEqual([expect.stringMatching(/PRØVESEGL/)]);
    expect(codes(notes)).toEqual(['seal.trial']);
  });

  it('nothing that is no export: exit code 2', () => {
    const empty = mkdtempSync(join(target, 'empty-'));
    writeFileSync(join(empty, 'kontroller.mjs'), readFileSync(join(whole, 'kontroller.mjs')));
    expect(kontroller(empty).code).toBe(2);
    writeFileSync(join(empty, 'evidence.json'), '{"format":"another"}');
    expect(kontroller(empty)).toMatchObject({
      code: 2,
      output: expect.stringMatching(/another/) as string,
    });
    expect(kontroller(whole, ['--nonsense']).code).toBe(2);
  });
});

describe('the verifier finds', () => {
  it.each(changes(() => other))('$what: $found', ({ change, found, sums }) => {
    const folder = copyOf(whole);
    change(folder);
    if (sums !== 'old') sumAgain(folder);
    const verdict = kontroller(folder);
    expect(codes(verdict.wrong)).toContain(found);
    expect(verdict.code).toBe(1);
    if (sums !== 'old') expect(codes(verdict.wrong)).not.toContain('file.changed');
    rmSync(join(folder, '..'), { recursive: true, force: true });
  });

  it('nothing in a forgery that changes nothing: the changes above are found for what they change', () => {
    const folder = copyOf(whole);
    forgeEvidence(folder, (evidence) => rehash(evidence));
    fitRevisions(folder);
    sumAgain(folder);
    expect(kontroller(folder).wrong).toEqual([]);
  });
});

describe('the small verifier, with a shell and openssl alone,', () => {
  const run = (folder: string, ...args: string[]) =>
    spawnSync('sh', [join(folder, 'kontroller.sh'), folder, ...args], { encoding: 'utf8' });

  it('accepts what is whole, with a root and without', () => {
    const { status, stdout } = run(whole);
    expect(stdout).not.toContain('✗');
    expect(status).toBe(0);
    expect(stdout.match(/✓ signatur \d: tidsstempelet i signaturen/g)).toHaveLength(5);
    expect(stdout).toContain('✓ signatur 4: tidsstempel over dokumentet');
    const root = join(target, 'rot.pem');
    writeFileSync(root, authority.root);
    // The timestamps lead there; the trial seal does not.
    expect(run(whole, root).stdout).toContain('✓ signatur 4: tidsstempel over dokumentet');
    expect(run(whole, root).stdout).toContain('✗ signatur 1\n');
  });

  it.each([
    ['a byte that was signed', 'a byte of the document as it came', '✗ signatur 1\n'],
    ['a timestamp of another job', 'the document timestamp of another job', '✗ signatur 4'],
    ['a file that has gone', 'a file taken away', '✗ metadata.json'],
  ])('finds %s', (_, what, said) => {
    const folder = copyOf(whole);
    const found = changes(() => other).find((one) => one.what === what);
    if (found === undefined) throw new Error(what);
    found.change(folder);
    if (found.sums !== 'old') sumAgain(folder);
    const { status, stdout } = run(folder);
    expect(stdout).toContain(said);
    expect(status).toBe(1);
    rmSync(join(folder, '..'), { recursive: true, force: true });
  });
});
