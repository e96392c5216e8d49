/** `skranke inspect`: what a file is before anyone signs it, and which revisions it has. */
import { basename } from 'node:path';
import { attemptAsync, unwrap } from '../../shared/result.ts';
import { openFileSource } from '../adapters/file-source.ts';
import { inspectPdf } from '../core/pdf/inspect.ts';
import { openPdf } from '../core/pdf/open.ts';
import { listSignatureFields } from '../core/pdf/fields.ts';
import { UsageError, command, failureOf, parseFlags, readSecret } from './console.ts';
import { exitCode, exitCodeFor, worst } from './exit-code.ts';

export const main = command(async (args, terminal) => {
  const { values, positionals } = parseFlags(args, { 'password-file': { type: 'string' } });
  if (positionals.length === 0) throw new UsageError('inspect needs at least one file');
  const codes: number[] = [];
  for (const path of positionals) {
    const file = basename(path);
    const result = await attemptAsync(async () => {
      const password = values['password-file'];
      const options = password === undefined ? {} : { password: readSecret(password) };
      const source = unwrap(openFileSource(path));
      try {
        const document = unwrap(openPdf(source, options));
        const findings = unwrap(inspectPdf(document));
        const { pages, ...rest } = findings;
        return {
          file,
          bytes: source.length,
          ...rest,
          repaired: document.repaired,
          crossReference: document.xrefStyle,
          encryption: document.encryption,
          revisions: document.revisions.map(({ index, end, objects }) => ({
            revision: index,
            end,
            objects: objects.size,
          })),
          signatureFields: listSignatureFields(document).map(({ name, signed, page }) => ({
            name,
            signed,
            page: page === null ? null : page + 1,
          })),
          firstPage: pages[0] ?? null,
          anomalies: document.anomalies,
        };
      } finally {
        source.close();
      }
    }).catch(failureOf);
    if (!result.ok) {
      terminal.failure(result.error, { file });
      codes.push(exitCodeFor(result.error));
      continue;
    }
    const found = result.value;
    terminal.emit(found);
    terminal.say(
      `${file}: PDF ${found.pdfVersion}, ${found.pageCount} pages, ${found.bytes} bytes`,
    );
    terminal.say(
      `  ${found.pdfa ?? 'claims no PDF/A'}; ${found.encrypted ? 'encrypted' : 'not encrypted'}`,
    );
    terminal.say(`  revisions end at ${found.revisions.map(({ end }) => end).join(', ')}`);
    for (const field of found.signatureFields)
      terminal.say(`  field ${field.name}: ${field.signed ? 'signed' : 'empty'}`);
    for (const hidden of found.hidden) terminal.say(`  ! ${hidden}`);
    for (const anomaly of found.anomalies) terminal.say(`  ! ${anomaly.code}: ${anomaly.detail}`);
    codes.push(exitCode.done);
  }
  return worst(codes);
});
