/** `skranke sign`: signs files from disk to disk, in one pass over the bytes. */
import { basename, join } from 'node:path';
import { Refusal, attempt, attemptAsync, unwrap } from '../../shared/result.ts';
import { openFileSource } from '../adapters/file-source.ts';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { nodeRandom } from '../adapters/node-random.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { createWholeFile } from '../adapters/whole-file.ts';
import type { WholeFile } from '../adapters/whole-file.ts';
import { startHash } from '../core/pades/digest-of.ts';
import { sign, toHex } from '../core/pades/sign.ts';
import type { SigningPorts } from '../core/pades/signature.ts';
import type { PdfDocument } from '../core/pdf/document.ts';
import { openPdf } from '../core/pdf/open.ts';
import { beginUpdate } from '../core/pdf/update.ts';
import { concatSource, memorySource } from '../core/pdf/objects.ts';
import type { ByteSource } from '../core/ports.ts';
import { command, failureOf } from './console.ts';
import type { Console } from './console.ts';
import { exitCode, exitCodeFor, worst } from './exit-code.ts';
import { refuseReplacing } from './output.ts';
import { readSignOptions } from './sign-options.ts';
import type { SignOptions } from './sign-options.ts';

export interface SignedFile {
  readonly file: string;
  readonly output: string;
  readonly field: string;
  readonly level: string;
  readonly repaired: boolean;
  readonly sha256: string;
}

export const main = command(async (args, terminal) => {
  const read = await attemptAsync(() => readSignOptions(args));
  if (!read.ok) {
    terminal.failure(read.error);
    return exitCodeFor(read.error);
  }
  const options = read.value;
  try {
    return await signAll(options, terminal);
  } finally {
    await options.close();
  }
});

async function signAll(options: SignOptions, terminal: Console): Promise<number> {
  const codes: number[] = [];
  for (const input of options.inputs) {
    const signed = await attemptAsync(() => signFile(input, options)).catch(failureOf);
    if (signed.ok) {
      terminal.emit(signed.value);
      terminal.say(`${signed.value.output}: signed (${signed.value.level}, ${signed.value.field})`);
      codes.push(exitCode.done);
    } else {
      terminal.failure(signed.error, { file: basename(input) });
      codes.push(exitCodeFor(signed.error));
    }
  }
  return worst(codes);
}

async function signFile(input: string, options: SignOptions): Promise<SignedFile> {
  const output = outputOf(input, options);
  const source = unwrap(openFileSource(input));
  try {
    const { document, repaired } = await signable(source, options);
    const request = options.requestFor(document, systemClock.now());
    // Fonts are read only where something is drawn; a signature on a visible prepared field may be.
    const ports: SigningPorts = {
      crypto: nodeCrypto,
      random: nodeRandom,
      fonts:
        request.mark === null ? { files: [] } : (await import('../adapters/fonts.ts')).interFonts(),
      ...(options.timestamps === undefined ? {} : { timestamps: options.timestamps }),
    };
    const file = createWholeFile(output);
    const signed = await copyAndSign(
      file,
      document.source,
      (hashed) => sign(document, request, options.key, { ...ports, hashed }),
      request.digest,
      options.raise,
    );
    return {
      file: basename(input),
      output,
      field: signed.field,
      level: options.level,
      repaired,
      sha256: signed.sha256,
    };
  } finally {
    source.close();
  }
}

type Signed = { readonly tail: Uint8Array; readonly field: string; readonly sha256: string };

/** One pass: the bytes are hashed on their way to the output, then the tail is appended. */
async function copyAndSign(
  file: WholeFile,
  base: ByteSource,
  signing: (hashed: NonNullable<SigningPorts['hashed']>) => ReturnType<typeof sign>,
  digest: 'sha256' | 'sha384' | 'sha512',
  raise: SignOptions['raise'],
): Promise<Signed> {
  try {
    const hashed = {
      [digest]: startHash(nodeCrypto, digest),
      sha256: startHash(nodeCrypto, 'sha256'),
    };
    const running = Object.values(hashed);
    file.copy(base, {
      update(bytes) {
        for (const hash of running) hash.update(bytes);
      },
    });
    const signed = unwrap(await signing(hashed));
    const more =
      raise === undefined ? null : unwrap(await raise(concatSource(base, signed.tail))).tail;
    file.write(signed.tail);
    if (more !== null) file.write(more);
    file.commit();
    if (more === null) return signed;
    const whole = hashed.sha256.copy().update(signed.tail).update(more);
    return { ...signed, sha256: toHex(whole.digest()) };
  } catch (error) {
    file.abandon();
    throw error;
  }
}

/** The file as it is, or with --repair a clean copy of a damaged one, in memory. */
async function signable(
  source: ByteSource,
  options: SignOptions,
): Promise<{ readonly document: PdfDocument; readonly repaired: boolean }> {
  const password = options.password === undefined ? {} : { password: options.password };
  const document = unwrap(openPdf(source, password));
  // Whether it can be written to is asked twice only by who wants a repair.
  const writable = !options.repair || attempt(() => beginUpdate(document)).ok;
  if (!document.repaired && writable) return { document, repaired: false };
  if (!options.repair)
    throw new Refusal('pdf.damaged', 'The file is damaged; --repair signs a clean copy of it.', {
      anomalies: document.anomalies.map(({ code, detail }) => `${code}: ${detail}`).slice(0, 5),
    });
  const { cleanCopy } = await import('../adapters/clean-copy.ts');
  const clean = memorySource(unwrap(await cleanCopy(document)));
  return { document: unwrap(openPdf(clean)), repaired: true };
}

function outputOf(input: string, { output, outDir, inputs }: SignOptions): string {
  const target = output ?? join(outDir ?? '', basename(input));
  refuseReplacing(target, inputs);
  return target;
}
