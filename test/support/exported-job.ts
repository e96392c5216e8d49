/** A finished job as a folder, and the independent checks that lie in it. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SignerSpec } from '../../shared/job/job.ts';
import { aSigner, makeDraft, signAtKiosk, until, type Client } from './desk.ts';

/** One exported folder; `target` is where it is put. */
export async function exportJob(
  client: Client,
  job: string,
  target: string,
  more: { readonly complete?: boolean } = {},
): Promise<string> {
  const receipt = await client.call('export.save', { jobs: [job], folder: target, ...more });
  const [done] = receipt.jobs;
  if (done === undefined) throw new Error(`not exported: ${JSON.stringify(receipt.failed)}`);
  return join(target, done.folder);
}

/** Signed by all, attested, and sealed where an authority is set up; other jobs' events lie between. */
export async function finishedJob(
  client: Client,
  signers: readonly SignerSpec[] = [aSigner('Kari Nordmann', 0), aSigner('Ola Nordmann', 1)],
  state: 'signed' | 'sealed' = 'sealed',
): Promise<string> {
  const { job } = await makeDraft(client, signers);
  await client.call('job.open', { job });
  for (const { id } of signers) {
    await client.call('job.create', { spec: { title: 'Noe annet' } });
    await signAtKiosk(client, job, id);
    await client.call('job.attest', { job, signer: id });
  }
  await until(async () => (await client.call('job.get', { job })).job.state === state);
  return job;
}

export interface Verdict {
  readonly code: number | null;
  readonly wrong: readonly { readonly code: string; readonly text: string }[];
  readonly notes: readonly { readonly code: string; readonly text: string }[];
  readonly good: readonly { readonly code: string; readonly text: string }[];
  readonly output: string;
}

/** Runs the `kontroller.mjs` that lies in the folder, as whoever got it would. */
export function kontroller(folder: string, args: readonly string[] = []): Verdict {
  const command = [join(folder, 'kontroller.mjs'), folder, '--json', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  const none = { wrong: [], notes: [], good: [] };
  const report = stdout.startsWith('{') ? (JSON.parse(stdout) as Partial<Verdict>) : {};
  return { ...none, ...report, code: status, output: `${stdout}${stderr}` };
}

/** A copy to do something to. */
export function copyOf(folder: string): string {
  const copy = join(mkdtempSync(join(tmpdir(), 'skranke-tampered-')), 'export');
  cpSync(folder, copy, { recursive: true });
  return copy;
}

/** As a forger would: after this no checksum tells of the change. */
export function sumAgain(folder: string): void {
  const names = readFileSync(join(folder, 'checksums.sha256'), 'utf8')
    .split('\n')
    .map((line) => line.slice(66))
    .filter((name) => name !== '' && readdirSync(folder).includes(name));
  const lines = names.map((name) => {
    const sum = createHash('sha256').update(readFileSync(join(folder, name)));
    return `${sum.digest('hex')}  ${name}\n`;
  });
  writeFileSync(join(folder, 'checksums.sha256'), lines.join(''));
}
