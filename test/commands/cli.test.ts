/** The command itself: its names, its exit codes, its streams. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, runCli } from '../support/cli.ts';
import { linesOf } from './scene.ts';

describe('skranke', () => {
  it('shows how it is used, on stdout where that was asked for', () => {
    for (const args of [[], ['help'], ['--help'], ['-h']]) {
      const run = runCli(args);
      expect([run.code, run.stderr]).toEqual([0, '']);
      expect(run.stdout).toContain('skranke sign IN.pdf');
    }
  });

  it('refuses what it does not know, with the usage on stderr', () => {
    for (const name of ['sing', '__proto__', 'constructor', '--verify']) {
      const run = runCli([name]);
      expect([run.code, run.stdout]).toEqual([2, '']);
      expect(run.stderr).toContain('skranke sign IN.pdf');
    }
    const json = runCli(['sing', '--json']);
    expect(linesOf(json.stdout)).toMatchObject([{ error: { code: 'cli.usage' } }]);
  });

  it('answers every wrong use of every command with code 2 and one error', () => {
    for (const args of [
      ['sign'],
      ['sign', 'a.pdf'],
      ['sign', 'a.pdf', '-o', 'b.pdf'],
      ['sign', 'a.pdf', 'c.pdf', '-o', 'b.pdf', '--key', 'k.p12'],
      ['sign', 'a.pdf', '-o', 'b.pdf', '--out-dir', 'c', '--key', 'k.p12'],
      ['sign', 'a.pdf', '-o', 'b.pdf', '--key', 'k.p12', '--level', 'B-T'],
      ['sign', 'a.pdf', '-o', 'b.pdf', '--key', 'k.p12', '--level', 'B-Z'],
      ['extend', 'a.pdf'],
      ['verify'],
      ['inspect'],
      ['revision', 'a.pdf'],
      ['job'],
      ['job', 'invent'],
      ['job', 'show'],
      ['archive'],
      ['archive', 'burn'],
      ['archive', 'backup'],
      ['serve', '--port', 'x'],
    ]) {
      const run = runCli([...args, '--json']);
      expect([args, run.code, linesOf(run.stdout).map(({ error }) => error)]).toEqual([
        args,
        2,
        [{ code: 'cli.usage', message: expect.any(String) }],
      ]);
      expect(run.stderr).toBe('');
    }
  });

  it('has no flag that takes a secret itself', () => {
    const commands = join(root, 'electron/commands');
    const flags = readdirSync(commands).flatMap((name) =>
      [
        ...readFileSync(join(commands, name), 'utf8').matchAll(/'?([\w-]+)'?: \{ type: 'string'/g),
      ].map((match) => match[1] ?? ''),
    );
    expect(flags.length).toBeGreaterThan(20);
    const secret = /pass|pin\b|secret|code|token/;
    // `--token` names a smart card by its label.
    const harmless = (flag: string) => flag.endsWith('-file') || flag === 'token';
    expect(flags.filter((flag) => secret.test(flag) && !harmless(flag))).toEqual([]);
  });

  it('lists in its usage every command that it has', () => {
    const { stdout } = runCli(['help']);
    const starter = readFileSync(join(root, 'electron/cli.ts'), 'utf8');
    for (const [, name] of starter.matchAll(/import\('\.\/commands\/([a-z]+)\.ts'\)/g))
      if (name !== 'help') expect(stdout).toContain(`skranke ${name}`);
  });
});
