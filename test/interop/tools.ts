/** The validators of others, fetched once into the cache folder of node_modules. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const cache = join(here, '../../node_modules/.cache/interop');

function must(command: string, args: readonly string[], cwd = here): string {
  const result = spawnSync(command, [...args], { cwd, encoding: 'utf8', maxBuffer: 64e6 });
  if (result.status !== 0)
    throw new Error(`${command} ${args[0] ?? ''} failed: ${result.stderr}${result.stdout}`);
  return result.stdout;
}

/** Rows of tab-separated answers, one a line. */
export type Rows = readonly (readonly string[])[];
const rowsOf = (text: string): Rows =>
  text
    .split('\n')
    .filter((line) => line.includes('\t'))
    .map((line) => line.split('\t'));

function java(name: 'dss' | 'verapdf', main: string): (args: readonly string[]) => Rows {
  // A new pom is a new folder: libraries of an older one would stay on the class path.
  const pom = createHash('sha256').update(readFileSync(join(here, name, 'pom.xml')));
  const folder = join(cache, `${name}-${pom.digest('hex').slice(0, 12)}`);
  const lib = join(folder, 'lib');
  const classes = join(folder, 'classes');
  if (!existsSync(lib)) {
    mkdirSync(classes, { recursive: true });
    must(
      'mvn',
      ['-q', '-B', `-DoutputDirectory=${lib}`, 'dependency:copy-dependencies'],
      join(here, name),
    );
  }
  must('javac', ['-cp', `${lib}/*`, '-d', classes, join(here, name, `src/main/java/${main}.java`)]);
  return (args) => rowsOf(must('java', ['-cp', `${lib}/*:${classes}`, main, ...args]));
}

/** Per signature: file, kind, indication, sub-indication, format, intact|broken, modified|filled-in|unmodified. */
export const dss = () => java('dss', 'Validate');
/** First argument `2b` or `3b`. Per file: file, yes|no, clauses that failed. */
export const verapdf = () => java('verapdf', 'Conform');

/** Milliseconds that pyHanko takes for a file's signatures; null where it has not been fetched. */
export function timePyhanko(root: string, file: string): number | null {
  const python = join(cache, 'venv/bin/python');
  if (!existsSync(join(cache, 'venv/ready'))) return null;
  return Number(must(python, [join(here, '../bench/pyhanko_verify.py'), root, file]));
}

/** Per signature: file, kind, valid|invalid, intact|broken, trusted|untrusted, coverage, modification. */
export function pyhanko(): (args: readonly string[]) => Rows {
  const venv = join(cache, 'venv');
  const python = join(venv, 'bin/python');
  if (!existsSync(python)) {
    mkdirSync(cache, { recursive: true });
    must('python3', ['-m', 'venv', venv]);
  }
  if (!existsSync(join(venv, 'ready'))) {
    must(python, ['-m', 'pip', 'install', '--quiet', '-r', join(here, 'requirements.txt')]);
    must('touch', [join(venv, 'ready')]);
  }
  return (args) => rowsOf(must(python, [join(here, 'pyhanko_validate.py'), ...args]));
}
