/** The core runs in a page as it stands: bundled for a browser, it reads and verifies a signed file. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { build } from 'esbuild';
import { runCli, root } from '../support/cli.ts';
import { makeKeyFiles } from '../support/key-files.ts';

const entry = `
  import { verifyPdf } from './electron/core/verify/verify.ts';
  import { memorySource } from './electron/core/pdf/objects.ts';
  import { pageCrypto } from './electron/adapters/page-crypto.ts';
  globalThis.check = async (file, anchors, at) =>
    verifyPdf(memorySource(file), { file: 'signed.pdf', anchors, at: new Date(at) }, { crypto: pageCrypto });
`;

test('the core verifies a file in a browser page, and says when a byte was changed', async ({
  page,
}) => {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2024',
  });
  const folder = mkdtempSync(join(tmpdir(), 'skranke-page-'));
  const keys = makeKeyFiles(folder, 'Page');
  const signed: Record<string, string> = {};
  for (const type of ['p-256', 'rsa-2048', 'ed25519'] as const) {
    const key = keys.make(`Page ${type}`, type);
    const output = join(folder, `${type}.pdf`);
    const run = runCli([
      ...['sign', join(root, 'resources/sample/leieavtale.pdf'), '-o', output],
      ...['--key', key.file, '--passphrase-file', key.passphraseFile],
    ]);
    expect(run.code, run.stderr).toBe(0);
    signed[type] = readFileSync(output).toString('base64');
  }
  // A page with no Node behind it; loopback, because WebCrypto wants a secure context.
  const server = createServer((request, response) => {
    const script = request.url === '/core.js';
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
    response.end(
      script ? outputFiles[0]?.contents : '<!doctype html><script src="/core.js"></script>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const anchor = Buffer.from(keys.authority.root.certificate).toString('base64');
    const verify = (file: string, flip: number | null) =>
      page.evaluate(
        async ([base64, root64, at, flipped]) => {
          const bytesOf = (text: string) =>
            Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
          const bytes = bytesOf(base64);
          if (flipped !== null) bytes[flipped] = (bytes[flipped] ?? 0) ^ 1;
          const check = (
            globalThis as unknown as {
              check: (file: Uint8Array, anchors: Uint8Array[], at: string) => Promise<unknown>;
            }
          ).check;
          return (await check(bytes, [bytesOf(root64)], at)) as {
            ok: boolean;
            value: { indication: string };
          };
        },
        [file, anchor, new Date().toISOString(), flip] as const,
      );
    for (const [type, file] of Object.entries(signed)) {
      const whole = await verify(file, null);
      expect(whole.ok && whole.value.indication, type).toBe('TOTAL-PASSED');
      // A byte of the page's own text, deep inside what was signed.
      const altered = await verify(file, 20_000);
      expect(altered.ok && altered.value.indication, type).not.toBe('TOTAL-PASSED');
    }
  } finally {
    server.close();
  }
});
