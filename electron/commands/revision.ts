/** `skranke revision`: the exact bytes of an earlier revision, which is a prefix of the file. */
import { basename } from 'node:path';
import { Refusal, attemptAsync, unwrap } from '../../shared/result.ts';
import { openFileSource } from '../adapters/file-source.ts';
import { createWholeFile } from '../adapters/whole-file.ts';
import { openPdf } from '../core/pdf/open.ts';
import { UsageError, command, parseFlags, readSecret } from './console.ts';
import { exitCode, exitCodeFor } from './exit-code.ts';
import { refuseReplacing } from './output.ts';

export const main = command(async (args, terminal) => {
  const { values, positionals } = parseFlags(args, {
    output: { type: 'string', short: 'o' },
    'password-file': { type: 'string' },
  });
  const [path, number] = positionals;
  const output = values.output;
  if (path === undefined || number === undefined || output === undefined || !/^\d+$/.test(number))
    throw new UsageError('revision takes IN.pdf N -o OUT.pdf');
  const result = await attemptAsync(async () => {
    refuseReplacing(output, [path]);
    const source = unwrap(openFileSource(path));
    try {
      const password = values['password-file'];
      const options = password === undefined ? {} : { password: readSecret(password) };
      const document = unwrap(openPdf(source, options));
      const revision = document.revisions[Number(number)];
      if (revision === undefined)
        throw new Refusal('pdf.no-revision', 'The file has no such revision.', {
          revisions: document.revisions.length,
        });
      const file = createWholeFile(output);
      file.copy({
        length: revision.end,
        read: (offset, length) => source.read(offset, length),
      });
      file.commit();
      return { file: basename(path), output, revision: revision.index, bytes: revision.end };
    } finally {
      source.close();
    }
  });
  if (!result.ok) {
    terminal.failure(result.error, { file: basename(path) });
    return exitCodeFor(result.error);
  }
  terminal.emit(result.value);
  terminal.say(`${output}: revision ${result.value.revision}, ${result.value.bytes} bytes`);
  return exitCode.done;
});
