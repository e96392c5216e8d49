import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import { parseSignedData } from '../../../electron/core/cms/parsed-signed-data.ts';
import { memorySource } from '../../../electron/core/pdf/objects.ts';
import { verifyPdf } from '../../../electron/core/verify/verify.ts';
import type { VerificationReport } from '../../../shared/report.ts';

const corpus = fileURLToPath(new URL('../../../../shared/corpus/', import.meta.url));
const present = existsSync(corpus);
if (!present) console.warn('The corpus is not beside the project: foreign files are not verified.');

function filesIn(folder: string): string[] {
  if (!present) return [];
  return readdirSync(join(corpus, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.pdf'))
    .sort();
}

/** Every certificate a file carries: as anchors they leave nothing but the document to judge. */
function carried(bytes: Uint8Array): Uint8Array[] {
  const text = Buffer.from(bytes).toString('latin1');
  return [...text.matchAll(/<([0-9a-fA-F]{500,})>/g)].flatMap((match) => {
    const parsed = parseSignedData(new Uint8Array(Buffer.from(match[1] ?? '', 'hex')));
    return parsed.ok ? parsed.value.certificates : [];
  });
}

async function verify(folder: string, file: string): Promise<VerificationReport | string> {
  const bytes = new Uint8Array(readFileSync(join(corpus, folder, file)));
  const result = await verifyPdf(
    memorySource(bytes),
    { file, anchors: carried(bytes), at: new Date('2021-06-01T00:00:00Z') },
    { crypto: nodeCrypto, revocation: { check: async () => ({ status: 'good' }) } },
  );
  return result.ok ? result.value : result.error.code;
}

interface Reviewed {
  /**
   * What each signature must be called, oldest first: P passed, ? never green, F failed; its
   * sub-indication; the changes after it. Or the code of the refusal.
   */
  readonly verdict: readonly string[] | string;
  /** Why that is right. */
  readonly reason: string;
}

/** Every file of the folder with a signature, reviewed one by one; the others bear none. */
const reviewed = JSON.parse(
  readFileSync(new URL('golden/pyhanko.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, Reviewed>>;
/** Files without a signature that are refused for what they are: broken, or locked. */
const refusals = /^pdf\.(?:beyond-repair|password|encryption-unsupported)$/;

function inShort(report: VerificationReport): string[] {
  const letters = { 'TOTAL-PASSED': 'P', INDETERMINATE: '?', 'TOTAL-FAILED': 'F' } as const;
  return report.signatures.map(
    ({ indication, subIndication, changes }) =>
      `${letters[indication]} ${subIndication} ${changes}`,
  );
}

describe.skipIf(!present)('signed files of others', () => {
  test.each(filesIn('pyhanko'))('%s', async (file) => {
    const report = await verify('pyhanko', file);
    const expected = reviewed[file];
    if (expected !== undefined)
      expect(typeof report === 'string' ? report : inShort(report), expected.reason).toEqual(
        expected.verdict,
      );
    else if (typeof report === 'string') expect(report).toMatch(refusals);
    else expect(report.indication).toBe('NO-SIGNATURE');
  });

  test('all that have a byte range are reviewed, each with its reason', () => {
    const signed = filesIn('pyhanko').filter((file) =>
      readFileSync(join(corpus, 'pyhanko', file)).includes('/ByteRange'),
    );
    expect(Object.keys(reviewed)).toEqual(signed);
    for (const { reason } of Object.values(reviewed)) expect(reason.length).toBeGreaterThan(20);
  });
});

describe.skipIf(!present)('files a clerk has', () => {
  test('each gets an answer', async () => {
    const files = filesIn('pdfjs');
    const answers = new Set<string>();
    for (const file of files) {
      const report = await verify('pdfjs', file);
      answers.add(typeof report === 'string' ? report : report.indication);
    }
    expect(files.length).toBeGreaterThan(400);
    expect(answers).toContain('NO-SIGNATURE');
    expect(answers).not.toContain('TOTAL-PASSED');
  });
});
