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

/**
 * What each signature of a file must be called, oldest first, reviewed one by one: P passed, ? never
 * green, F failed; then the changes after it. Files of this folder that are not named bear none.
 */
const reviewed: Readonly<Record<string, readonly string[]>> = {
  'certified-with-indirect-refs-in-dir.pdf': ['? CRYPTO_CONSTRAINTS_FAILURE none'],
  'coverage-anomalies/base.pdf': ['F FORMAT_FAILURE allowed'],
  'coverage-anomalies/one-byterange.pdf': ['F FORMAT_FAILURE none'],
  'coverage-anomalies/signature-gap-too-big.pdf': ['F FORMAT_FAILURE none'],
  'coverage-anomalies/tail-uncovered.pdf': ['F FORMAT_FAILURE forbidden'],
  'coverage-anomalies/weird-byterange.pdf': ['F FORMAT_FAILURE none'],
  'ed448-disallowed-hash.pdf': ['? CRYPTO_CONSTRAINTS_FAILURE none'],
  'ed448-shake256-nolen.pdf': ['P null none'],
  'extensions-direct.pdf': ['P null allowed', 'P null none'],
  'extensions-indirect-not-all-paths.pdf': ['F FORMAT_FAILURE forbidden', 'P null none'],
  'extensions-indirect.pdf': ['P null allowed', 'P null none'],
  'extensions-update-direct.pdf': ['P null allowed', 'P null none'],
  'extensions-update-indirect.pdf': ['P null allowed', 'P null none'],
  'form-update-ap-indirect-sneaky-trailer.pdf': ['F FORMAT_FAILURE forbidden', 'P null none'],
  'form-update-no-override-appearance-stream-ap-indirect-sneaky.pdf': [
    'F FORMAT_FAILURE forbidden',
    'P null none',
  ],
  'form-update-no-override-appearance-stream-ap-indirect.pdf': ['P null allowed', 'P null none'],
  'form-update-original-ap-type-wrong.pdf': ['P null allowed', 'P null none'],
  'form-update-override-appearance-stream-ap-indirect-sneaky.pdf': [
    'F FORMAT_FAILURE forbidden',
    'P null none',
  ],
  'form-update-override-appearance-stream-ap-indirect.pdf': ['P null allowed', 'P null none'],
  'form-update-override-appearance-stream-sneaky.pdf': [
    'F FORMAT_FAILURE forbidden',
    'P null none',
  ],
  'form-update-override-appearance-stream.pdf': ['P null allowed', 'P null none'],
  'minimal-signed-twice-both-created.pdf': ['P null allowed', 'P null none'],
  'minimal-signed-twice-no-sig-type.pdf': ['P null allowed', 'P null none'],
  'minimal-signed-twice-second-created.pdf': ['P null allowed', 'P null none'],
  'minimal-two-fields-signed-twice.pdf': ['P null allowed', 'P null none'],
  'pades-lta-dss-indirect-arrs-test-2.pdf': ['P null allowed', 'P null allowed', 'P null allowed'],
  'pades-lta-dss-indirect-arrs-test.pdf': ['P null allowed', 'P null allowed'],
  // The certificate is referred to by SHA-1.
  'pades-with-old-style-signing-cert-attr-issser.pdf': ['? CRYPTO_CONSTRAINTS_FAILURE none'],
  'pades-with-old-style-signing-cert-attr.pdf': ['? CRYPTO_CONSTRAINTS_FAILURE none'],
  'pdf-sig-with-econtent.pdf': ['F FORMAT_FAILURE none'],
  'separate-annots-kids-indir.pdf': [
    '? CRYPTO_CONSTRAINTS_FAILURE allowed',
    '? CRYPTO_CONSTRAINTS_FAILURE none',
  ],
  'sig-no-signed-attrs.pdf': ['? OUT_OF_BOUNDS_NO_POE none'],
  'sig-with-ski-sid.pdf': ['? CRYPTO_CONSTRAINTS_FAILURE none'],
};

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
    const found = typeof report === 'string' ? [] : inShort(report);
    expect(found).toEqual(reviewed[file] ?? []);
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
