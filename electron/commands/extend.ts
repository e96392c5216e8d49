/**
 * `skranke extend`: raises a signed file to B-T by a document timestamp (EN 319 142-1, 6.3: level T is
 * reached by a signature timestamp or a document timestamp; the former would change signed bytes).
 */
import { basename } from 'node:path';
import { Refusal, attemptAsync, unwrap } from '../../shared/result.ts';
import { openFileSource } from '../adapters/file-source.ts';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { nodeRandom } from '../adapters/node-random.ts';
import { createWholeFile } from '../adapters/whole-file.ts';
import { timestampDocument } from '../core/pades/timestamp-document.ts';
import { listSignatureFields } from '../core/pdf/fields.ts';
import { openPdf } from '../core/pdf/open.ts';
import { authorities } from './authorities.ts';
import { UsageError, command, parseFlags, readSecret } from './console.ts';
import { exitCode, exitCodeFor } from './exit-code.ts';
import { refuseReplacing } from './output.ts';
import { timestampsOverHttp } from './timestamps-over-http.ts';

export const main = command(async (args, terminal) => {
  const { values, positionals } = parseFlags(args, {
    output: { type: 'string', short: 'o' },
    level: { type: 'string' },
    tsa: { type: 'string', multiple: true },
    trust: { type: 'string', multiple: true },
    'password-file': { type: 'string' },
  });
  const [input] = positionals;
  const { output } = values;
  if (input === undefined || output === undefined || positionals.length > 1)
    throw new UsageError('extend takes IN.pdf -o OUT.pdf --level B-T --tsa URL');
  if (values.level !== 'B-T') throw new UsageError('--level takes B-T');
  const tsa = authorities(values.tsa);
  const done = await attemptAsync(async () => {
    refuseReplacing(output, [input]);
    const source = unwrap(openFileSource(input));
    try {
      const password = values['password-file'];
      const options = password === undefined ? {} : { password: readSecret(password) };
      const document = unwrap(openPdf(source, options));
      if (!listSignatureFields(document).some(({ signed }) => signed))
        throw new Refusal('document.unsigned', 'There is no signature to extend.');
      const stamped = unwrap(
        await timestampDocument(document, {
          timestamps: timestampsOverHttp(tsa),
          crypto: nodeCrypto,
          random: nodeRandom,
        }),
      );
      const file = createWholeFile(output);
      file.copy(source);
      file.write(stamped.tail);
      file.commit();
      return {
        file: basename(input),
        output,
        field: stamped.field,
        level: 'B-T',
        sha256: stamped.sha256,
      };
    } finally {
      source.close();
    }
  });
  if (!done.ok) {
    terminal.failure(done.error, { file: basename(input) });
    return exitCodeFor(done.error);
  }
  terminal.emit(done.value);
  terminal.say(`${output}: timestamped (${done.value.field})`);
  return exitCode.done;
});
