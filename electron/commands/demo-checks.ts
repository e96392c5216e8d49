/** The demonstration's result under the tools of others: pdfsig, qpdf, openssl. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memorySource } from '../core/pdf/objects.ts';
import { openPdf } from '../core/pdf/open.ts';
import { signatureBytes } from './signature-bytes.ts';
import type { Console } from './console.ts';

export interface Checked {
  readonly tool: string;
  /** Null where the tool is not on this machine. */
  readonly good: boolean | null;
  readonly said: string;
}

const packages: Readonly<Record<string, string>> = {
  pdfsig: 'poppler-utils',
  qpdf: 'qpdf',
  openssl: 'openssl',
};

function present(tool: string): boolean {
  return spawnSync(tool, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** Debian's packages where we may install them; else says which, and the checks they would make are left out. */
export function ensureCheckers(terminal: Console): void {
  const missing = Object.keys(packages).filter((tool) => !present(tool));
  if (missing.length === 0) return;
  const names = missing.map((tool) => packages[tool] ?? tool);
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    terminal.log(`Installing ${names.join(', ')} …`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update'], { stdio: 'ignore', env });
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...names], {
      stdio: 'ignore',
      env,
    });
  }
  const still = missing.filter((tool) => !present(tool));
  if (still.length > 0)
    terminal.log(
      `To let others check the result too, install: ${still.map((tool) => packages[tool] ?? tool).join(' ')}`,
    );
}

/**
 * What lies in the exported folder, and what the verifier in it says: it shares no code with this
 * program, so it runs as a process of its own, as whoever gets the folder would start it.
 */
export function holdByKontroller(
  folder: string,
  root: string,
  terminal: Console,
  step: (text: string) => void,
): Checked {
  const script = join(folder, 'kontroller.mjs');
  const args = [script, folder, '--english', '--root', root, '--json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const report =
    status === 2 ? null : (JSON.parse(stdout) as { good: unknown[]; wrong: { text: string }[] });
  const wrong = report?.wrong.map(({ text }) => text).join(' ') ?? stderr;
  if (status !== 0) terminal.log(`kontroller.mjs does not agree: ${wrong}`);
  step(
    `kontroller.mjs, which lies in the export and shares no code with us: ${report?.good.length ?? 0} checks hold, ${report?.wrong.length ?? 'unknown'} do not`,
  );
  return { tool: 'kontroller.mjs', good: status === 0, said: wrong };
}

/** Each signature's CMS over its byte range, the timestamp token, the file as a whole. */
export function holdAgainstOthers(
  pdf: string,
  root: string,
  terminal: Console,
  step: (text: string) => void,
): readonly Checked[] {
  const checks = [...pdfsig(pdf), ...qpdf(pdf), ...openssl(pdf, root)];
  for (const { tool, good, said } of checks)
    if (good === false) terminal.log(`${tool} does not agree: ${said}`);
  const names = [...new Set(checks.filter(({ good }) => good === true).map(({ tool }) => tool))];
  const left = [...new Set(checks.filter(({ good }) => good === null).map(({ tool }) => tool))];
  step(
    `Held against others: ${names.join(', ') || 'nobody'} agree${left.length > 0 ? `; not here: ${left.join(', ')}` : ''}`,
  );
  return checks;
}

function pdfsig(pdf: string): readonly Checked[] {
  if (!present('pdfsig')) return [{ tool: 'pdfsig', good: null, said: '' }];
  const { stdout } = spawnSync('pdfsig', ['-nocert', pdf], { encoding: 'utf8' });
  // pdfsig 22 cannot read document timestamps ("unknown"): those are openssl's.
  const signatures = stdout.split(/^Signature #\d+:/m).slice(1);
  const ours = signatures.filter((part) => part.includes('ETSI.CAdES.detached'));
  return ours.map((part) => ({
    tool: 'pdfsig',
    good: part.includes('Signature is Valid'),
    said: /Signature Validation: (.*)/.exec(part)?.[1] ?? '',
  }));
}

function qpdf(pdf: string): readonly Checked[] {
  if (!present('qpdf')) return [{ tool: 'qpdf', good: null, said: '' }];
  const { status, stdout, stderr } = spawnSync('qpdf', ['--check', pdf], { encoding: 'utf8' });
  return [{ tool: 'qpdf', good: status === 0, said: `${stderr}${stdout}`.trim() }];
}

function openssl(pdf: string, root: string): readonly Checked[] {
  if (!present('openssl')) return [{ tool: 'openssl', good: null, said: '' }];
  const bytes = new Uint8Array(readFileSync(pdf));
  const document = openPdf(memorySource(bytes));
  if (!document.ok) return [{ tool: 'openssl', good: false, said: document.error.code }];
  const folder = mkdtempSync(join(tmpdir(), 'skranke-openssl-'));
  try {
    return signatureBytes(document.value, bytes).map(({ kind, signed, contents }, index) => {
      const data = join(folder, `${index}.bin`);
      const token = join(folder, `${index}.der`);
      writeFileSync(data, signed);
      writeFileSync(token, contents);
      const args =
        kind === 'timestamp'
          ? ['ts', '-verify', '-data', data, '-in', token, '-token_in', '-CAfile', root]
          : [
              ...['cms', '-verify', '-binary', '-inform', 'DER', '-in', token, '-content', data],
              ...['-CAfile', root, '-purpose', 'any', '-out', '/dev/null'],
            ];
      const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
      return { tool: `openssl ${args[0]}`, good: status === 0, said: stderr.trim() };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
