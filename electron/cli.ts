#!/usr/bin/env node
/**
 * The `skranke` command: the same core, router and archive as the windows, without Electron. Each
 * command is loaded when it is asked for, so that signing a file does not pay for the archive; and
 * bundled by itself, so this file imports nothing that a command imports too.
 */
import { enableCompileCache } from 'node:module';
import { codeCacheFolder } from './adapters/code-cache-folder.ts';
import { catchLast } from './last-catch.ts';

process.umask(0o077);
catchLast();
enableCompileCache(codeCacheFolder());

const commands = {
  sign: () => import('./commands/sign.ts'),
  extend: () => import('./commands/extend.ts'),
  verify: () => import('./commands/verify.ts'),
  inspect: () => import('./commands/inspect.ts'),
  revision: () => import('./commands/revision.ts'),
  job: () => import('./commands/job.ts'),
  archive: () => import('./commands/archive.ts'),
  sync: () => import('./commands/sync.ts'),
  serve: () => import('./commands/serve.ts'),
  demo: () => import('./commands/demo.ts'),
  help: () => import('./commands/help.ts'),
};

const [name = 'help', ...rest] = process.argv.slice(2);
const known = Object.hasOwn(commands, name) ? (name as keyof typeof commands) : 'help';
const { main } = await commands[known]();
process.exitCode = await main(known === name ? rest : [name, ...rest]);
