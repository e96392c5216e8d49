/** What every command shares: output for people or as JSON, and the reading of flags. */
import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import { readFileSync } from 'node:fs';
import { Refusal } from '../../shared/result.ts';
import type { Failure, Result } from '../../shared/result.ts';
import { stackOf } from '../rpc/stack-of.ts';
import { exitCodeFor } from './exit-code.ts';

export class UsageError extends Error {}

export interface Console {
  readonly json: boolean;
  /** A line for people; nothing with --json. */
  say(line: string): void;
  /** One JSON document on a line; nothing without --json. */
  emit(value: unknown): void;
  /** Progress and log, on stderr. */
  log(line: string): void;
  failure(failure: Failure, extra?: Readonly<Record<string, unknown>>): void;
}

/** What the program calls: arguments in, exit code out. */
export type Command = (args: readonly string[]) => Promise<number>;

/**
 * A command from its body. The last place where a bug is caught: it ends in `internal` and the code of
 * a run that gave no answer, never in the one that means no.
 */
export function command(
  body: (args: readonly string[], terminal: Console) => Promise<number>,
): Command {
  return async (args) => {
    const terminal = createConsole(args.includes('--json'));
    try {
      return await body(
        args.filter((argument) => argument !== '--json'),
        terminal,
      );
    } catch (error) {
      const failure = failureBehind(error);
      terminal.failure(failure);
      return exitCodeFor(failure);
    }
  };
}

function failureBehind(error: unknown): Failure {
  if (error instanceof UsageError) return { code: 'cli.usage', message: error.message };
  return error instanceof Refusal ? error.failure : failureOf(error).error;
}

function createConsole(json: boolean): Console {
  const out = (text: string): void => {
    process.stdout.write(text);
  };
  // Whoever reads us may stop reading (`| head`); that is no failure of ours.
  const readerLeft = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') throw error;
  };
  process.stdout.on('error', readerLeft);
  return {
    json,
    say(line) {
      if (!json) out(`${line}\n`);
    },
    emit(value) {
      if (json) out(`${JSON.stringify(value)}\n`);
    },
    log(line) {
      process.stderr.write(`${line}\n`);
    },
    failure(failure, extra = {}) {
      if (json) out(`${JSON.stringify({ ...extra, error: failure })}\n`);
      else {
        const where = typeof extra['file'] === 'string' ? `${extra['file']}: ` : '';
        const detail = failure.detail === undefined ? '' : ` ${JSON.stringify(failure.detail)}`;
        process.stderr.write(`${where}${failure.message} (${failure.code})${detail}\n`);
      }
    },
  };
}

/**
 * A bug met while one of many inputs was at work: named, with where it broke on stderr, so that the
 * other inputs still get their answer.
 */
export function failureOf(error: unknown): Extract<Result<never>, { ok: false }> {
  process.stderr.write(`${stackOf(error)}\n`);
  return {
    ok: false,
    error: { code: 'internal', message: 'Something went wrong in the program.' },
  };
}

/** `parseArgs`, strict, whose complaints are a wrong use and not a bug. */
export function parseFlags<T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** A secret from a file: its first line, without the line end. */
export function readSecret(path: string): string {
  try {
    return readFileSync(path, 'utf8').split(/\r?\n/, 1)[0] ?? '';
  } catch {
    throw new Refusal('file.unreadable', 'A file with a secret cannot be read.', { path });
  }
}

export function readBytes(path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path));
  } catch {
    throw new Refusal('file.unreadable', 'A file cannot be read.', { path });
  }
}
