/**
 * `skranke extend`: raises a signed file to B-T by a document timestamp (EN 319 142-1, 6.3: level T is
 * reached by a signature timestamp or a document timestamp; the former would change signed bytes), to
 * B-LT by the answers about its certificates, and to B-LTA by a timestamp over those.
 */
import { basename } from 'node:path';
import { attemptAsync, unwrap } from '../../shared/result.ts';
import { readAnchors } from '../adapters/anchors.ts';
import { openFileSource } from '../adapters/file-source.ts';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { nodeRandom } from '../adapters/node-random.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { createWholeFile, writeWholeFile } from '../adapters/whole-file.ts';
import { startHash } from '../core/pades/digest-of.ts';
import { extendContainer } from '../core/asice/extend-container.ts';
import type { ExtendContainerOptions } from '../core/asice/extend-container.ts';
import { isContainer } from '../core/asice/verify-file.ts';
import { extendDocument } from '../core/pades/extend.ts';
import type { ExtendLevel } from '../core/pades/extend.ts';
import { toHex } from '../core/pades/sign.ts';
import type { ByteSource, DigestAlgorithm } from '../core/ports.ts';
import { authorities } from './authorities.ts';
import { UsageError, command, parseFlags, readSecret } from './console.ts';
import { exitCode, exitCodeFor } from './exit-code.ts';
import { refuseReplacing } from './output.ts';
import { revocationOverHttp } from './revocation-over-http.ts';
import { timestampsOverHttp } from './timestamps-over-http.ts';

export const main = command(async (args, terminal) => {
  const { values, positionals } = parseFlags(args, {
    output: { type: 'string', short: 'o' },
    level: { type: 'string' },
    tsa: { type: 'string', multiple: true },
    trust: { type: 'string', multiple: true },
    digest: { type: 'string' },
    'password-file': { type: 'string' },
  });
  const [input] = positionals;
  const { level } = values;
  const { output } = values;
  if (input === undefined || output === undefined || positionals.length > 1)
    throw new UsageError('extend takes IN.pdf -o OUT.pdf --level B-T|B-LT|B-LTA --tsa URL');
  if (level !== 'B-T' && level !== 'B-LT' && level !== 'B-LTA')
    throw new UsageError('--level takes B-T, B-LT or B-LTA');
  const digest = digestNamed(values.digest);
  const tsa = wanted(values.tsa, level);
  const done = await attemptAsync(async () => {
    refuseReplacing(output, [input]);
    const source = unwrap(openFileSource(input));
    try {
      const password = values['password-file'];
      const options = password === undefined ? {} : { password: readSecret(password) };
      const anchors = readAnchors(values.trust ?? []);
      if (isContainer(source))
        return await extendBox(source, input, output, { level, anchors, digest }, tsa);
      const extended = unwrap(
        await extendDocument(
          source,
          { level, anchors, digest, ...options },
          {
            ...{ crypto: nodeCrypto, random: nodeRandom, clock: systemClock },
            ...(tsa === null ? {} : { timestamps: timestampsOverHttp(tsa) }),
            revocation: revocationOverHttp(),
          },
        ),
      );
      const file = createWholeFile(output);
      const hash = startHash(nodeCrypto, 'sha256');
      file.copy(source, hash);
      file.write(extended.tail);
      file.commit();
      return {
        file: basename(input),
        output,
        field: extended.fields.at(-1) ?? null,
        fields: extended.fields,
        level,
        sha256: toHex(hash.update(extended.tail).digest()),
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
  const { fields } = done.value;
  terminal.say(`${output}: ${level}${fields.length === 0 ? '' : ` (${fields.join(', ')})`}`);
  return exitCode.done;
});

/** A container is small enough to be written anew; its signatures' octets stay. */
async function extendBox(
  source: ByteSource,
  input: string,
  output: string,
  options: ExtendContainerOptions,
  tsa: readonly string[] | null,
) {
  const extended = unwrap(
    await extendContainer(source.read(0, source.length), options, {
      ...{ crypto: nodeCrypto, clock: systemClock, revocation: revocationOverHttp() },
      ...(tsa === null ? {} : { timestamps: timestampsOverHttp(tsa) }),
    }),
  );
  writeWholeFile(output, extended);
  const sha256 = toHex(startHash(nodeCrypto, 'sha256').update(extended).digest());
  const { level } = options;
  return { file: basename(input), output, field: null, fields: [], level, sha256 };
}

function digestNamed(name = 'sha256'): DigestAlgorithm {
  if (name !== 'sha256' && name !== 'sha384' && name !== 'sha512')
    throw new UsageError('--digest takes sha256, sha384 or sha512');
  return name;
}

/** B-LT needs no authority where every signature has its proof of time already. */
function wanted(
  given: readonly string[] | undefined,
  level: ExtendLevel,
): readonly string[] | null {
  const none = given === undefined && (process.env['SKRANKE_TSA'] ?? '').trim() === '';
  return none && level === 'B-LT' ? null : authorities(given);
}
