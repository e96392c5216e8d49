/** The PDF of `skranke verify --report`: loaded where it is asked for, because it brings the fonts along. */
import { randomBytes } from 'node:crypto';
import type { Language } from '../../shared/job/job.ts';
import type { VerificationReport } from '../../shared/report.ts';
import { paperFonts } from '../adapters/fonts.ts';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { writeWholeFile } from '../adapters/whole-file.ts';
import { hashSource } from '../core/pades/digest-of.ts';
import { toHex } from '../core/pades/sign.ts';
import type { ByteSource } from '../core/ports.ts';
import { timeLine } from '../desk/mark-lines.ts';
import { reportFile } from '../paper/report-file.ts';
import { version } from '../version.ts';

export async function writeReport(
  output: string,
  report: VerificationReport,
  source: ByteSource,
  about: { readonly at: Date; readonly offline: boolean; readonly language: Language },
): Promise<void> {
  const { at, offline, language } = about;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const bytes = await reportFile(
    report,
    {
      ...{ language, offline, at: at.toISOString(), length: source.length },
      sha256: toHex(hashSource(source, nodeCrypto, 'sha256').digest()),
      version,
      when: (iso) => timeLine(new Date(iso), zone, language),
      id: randomBytes(16).toString('hex'),
    },
    paperFonts(),
  );
  writeWholeFile(output, bytes);
}
