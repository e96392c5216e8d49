#!/usr/bin/env node
/**
 * The `skranke` command: the same core, router and archive as the windows, without Electron. Each
 * command is loaded when it is asked for, so that signing a file does not pay for the archive.
 */
import { enableCompileCache } from 'node:module';

enableCompileCache?.();
process.umask(0o077);

const { createConsole, exitCode, UsageError } = await import('./commands/console.ts');

const commands: Record<string, () => Promise<{ run: import('./commands/console.ts').Command }>> = {
  sign: () => import('./commands/sign.ts'),
  extend: () => import('./commands/extend.ts'),
  verify: () => import('./commands/verify.ts'),
  inspect: () => import('./commands/inspect.ts'),
  revision: () => import('./commands/revision.ts'),
  job: () => import('./commands/job.ts'),
  archive: () => import('./commands/archive.ts'),
  serve: () => import('./commands/serve.ts'),
  demo: () => import('./commands/demo.ts'),
};

const [name = 'help', ...rest] = process.argv.slice(2);
const json = rest.includes('--json');
const terminal = createConsole(json);
const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (load === undefined) {
  const { usage } = await import('./commands/usage.ts');
  (name === 'help' || name === '--help' ? process.stdout : process.stderr).write(usage);
  process.exitCode = name === 'help' || name === '--help' ? exitCode.done : exitCode.wrongUse;
} else {
  try {
    const { run } = await load();
    process.exitCode = await run(
      rest.filter((argument) => argument !== '--json'),
      terminal,
    );
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.failure({ code: 'cli.usage', message: error.message });
    process.exitCode = exitCode.wrongUse;
  }
}
