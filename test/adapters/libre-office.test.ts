/** Office documents by the LibreOffice of this machine: what comes of them, and what must not happen. */
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
  chmodSync,
  mkdirSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { OfficeFormat } from '../../electron/adapters/file-kind.ts';
import { findOffice } from '../../electron/adapters/find-office.ts';
import {
  officeToPdf,
  officeVersion,
  type OfficeRun,
} from '../../electron/adapters/libre-office.ts';
import { pdfText } from '../../electron/adapters/pdf-text.ts';
import { sweepProcessFolders } from '../../electron/adapters/process-folder.ts';
import { inspectPdf } from '../../electron/core/pdf/inspect.ts';
import { memorySource } from '../../electron/core/pdf/objects.ts';
import { openPdf } from '../../electron/core/pdf/open.ts';
import { Refusal, unwrap } from '../../shared/result.ts';
import { docx, odt, xlsx } from '../support/office-files.ts';

const staging = mkdtempSync(join(tmpdir(), 'skranke-office-'));
afterAll(() => rmSync(staging, { recursive: true, force: true }));

function run(more: Partial<OfficeRun> = {}): OfficeRun {
  const program = findOffice('');
  if (program === null) throw new Error('LibreOffice is not installed');
  return { program, staging, ...more };
}

/** A program that does what a script says. */
function fake(script: string): OfficeRun {
  const program = join(mkdtempSync(join(staging, 'fake-')), 'soffice');
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o755);
  return { program, staging };
}

const left = () => readdirSync(join(staging, String(process.pid)));
const latin = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

async function convert(bytes: Uint8Array, format: OfficeFormat) {
  const pdf = memorySource(unwrap(await officeToPdf(run(), memorySource(bytes), format)));
  const findings = unwrap(inspectPdf(unwrap(openPdf(pdf, { repair: 'strict' }))));
  return { findings, text: (await pdfText(pdf, () => undefined)).replace(/\s+/g, ' ') };
}

describe('LibreOffice', () => {
  it('makes PDF/A-2b of letters, sheets and text in any encoding', async () => {
    for (const [bytes, format, words] of [
      [docx('Kjære Åse', 'Blåbærsyltetøy, 日本 – עברית'), 'docx', 'Kjære Åse Blåbærsyltetøy'],
      [xlsx('Leie', 'Ærlig pris'), 'xlsx', 'Ærlig pris'],
      [latin('På bokmål i en gammel fil'), 'txt', 'På bokmål i en gammel fil'],
    ] as const) {
      const { findings, text } = await convert(bytes, format);
      expect(text).toContain(words);
      expect(findings).toMatchObject({ pdfa: 'PDF/A-2b', pageCount: 1, hidden: [], anomalies: [] });
    }
    expect(left()).toEqual([]);
  }, 120_000);

  it('fetches nothing that a document asks for, from the net or from this machine', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const secret = join(staging, 'hemmelig.txt');
    writeFileSync(secret, 'Dette skal ingen se');
    const picture = `<text:p><draw:frame svg:width="3cm" svg:height="3cm"><draw:image xlink:href="http://127.0.0.1:${port}/bilde.png" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>`;
    const section = `<text:section text:name="s"><text:section-source xlink:href="file://${secret}" text:filter-name="Text"/><text:p>Før</text:p></text:section>`;
    const { text } = await convert(odt('Brev', { body: picture + section }), 'odt');
    server.close();
    expect(asked).toEqual([]);
    expect(text).toContain('Brev');
    expect(text).not.toContain('ingen se');
  }, 60_000);

  it('is ended with everything it has started when it takes too long or nobody wants it any more', async () => {
    const slow = `sh -c 'sleep 30; touch ${staging}/lived' & sleep 30`;
    const long = await officeToPdf(
      { ...fake(slow), limit: 300 },
      memorySource(docx('Hei')),
      'docx',
    );
    expect(long).toMatchObject({ ok: false, error: { code: 'office.too-long' } });
    let told = 0;
    const cancelled = officeToPdf(
      {
        ...fake(slow),
        tell() {
          told += 1;
          if (told === 2) throw new Refusal('task.cancelled', 'Stopped.');
        },
      },
      memorySource(docx('Hei')),
      'docx',
    );
    await expect(cancelled).rejects.toThrow('Stopped.');
    expect(left()).toEqual([]);
    expect(existsSync(join(staging, 'lived'))).toBe(false);
  });

  it('refuses by name: what makes no PDF, what is no LibreOffice, what is too old', async () => {
    const broken = await officeToPdf(run(), memorySource(latin('PK\x03\x04 nei')), 'docx');
    expect(broken).toMatchObject({ error: { code: 'office.failed' } });
    expect(await officeVersion(fake('echo Hei'))).toMatchObject({
      error: { code: 'office.broken' },
    });
    expect(await officeVersion(fake('echo LibreOffice 6.4.7.2 40'))).toMatchObject({
      error: { code: 'office.old', detail: { version: '6.4.7.2' } },
    });
    expect(await officeVersion(run())).toMatchObject({ ok: true });
    expect(findOffice(join(staging, 'nothing'))).toBeNull();
    expect(left()).toEqual([]);
  }, 60_000);

  it('leaves nothing for ever: what a dead process had under way is swept', () => {
    const dead = join(staging, '999999999', 'office-x');
    mkdirSync(dead, { recursive: true });
    sweepProcessFolders(staging);
    expect(existsSync(dead)).toBe(false);
  });
});
