/**
 * Runs the boundary rules over the project, then breaks each of them on purpose in a small tree of
 * its own and demands that exactly that rule speaks: a rule that cannot fail guards nothing.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import type { ICruiseOptions, ICruiseResult } from 'dependency-cruiser';
import { rules } from './boundary-rules.ts';

const root = join(import.meta.dirname, '../..');
const rooms = ['electron', 'renderer', 'shared', 'test'];

/** For each rule: files whose mere presence breaks it. */
const violations: Record<string, Record<string, string>> = {
  'shared-imports-only-shared-and-zod': { 'shared/a.ts': "import 'pako';" },
  'renderer-sees-only-shared': {
    'renderer/a.ts': "import '../electron/core/x.ts';",
    'electron/core/x.ts': 'export const x = 1;',
  },
  'the-page-of-its-own-sees-the-core': {
    'renderer/kontroller/a.ts': "import '../../electron/desk/x.ts';",
    'electron/desk/x.ts': 'export const x = 1;',
  },
  'nobody-imports-the-page-of-its-own': {
    'renderer/app/a.ts': "import '../kontroller/x.ts';",
    'renderer/kontroller/x.ts': 'export const x = 1;',
  },
  'renderer-takes-the-contract-as-types-only': {
    'renderer/a.ts': "import { contract } from '../shared/rpc/contract.ts'; contract;",
    'shared/rpc/contract.ts': 'export const contract = 1;',
  },
  'features-are-islands': {
    'renderer/features/jobs/a.ts': "import '../kiosk/b.ts';",
    'renderer/features/kiosk/b.ts': 'export const b = 1;',
  },
  'lower-renderer-rooms-know-no-feature': {
    'renderer/ui/a.ts': "import '../features/jobs/b.ts';",
    'renderer/features/jobs/b.ts': 'export const b = 1;',
  },
  'electron-only-in-the-shell': { 'electron/desk/a.ts': "import { app } from 'electron'; app;" },
  'core-imports-no-other-room-and-no-node': { 'electron/core/a.ts': "import 'node:fs';" },
  'posten-stands-alone': {
    'electron/posten/a.ts': "import '../core/b.ts';",
    'electron/core/b.ts': 'export const b = 1;',
  },
  'sql-only-in-the-archive': { 'electron/desk/a.ts': "import D from 'better-sqlite3'; D;" },
  'migrations-import-nothing': {
    'electron/archive/migrations/001-a.ts': "import '../b.ts';",
    'electron/archive/b.ts': 'export const b = 1;',
  },
  'product-never-imports-test': {
    'electron/a.ts': "import '../test/b.ts';",
    'test/b.ts': 'export const b = 1;',
  },
  'adapters-and-rooms-know-no-host': {
    'electron/desk/a.ts': "import '../web/b.ts';",
    'electron/web/b.ts': 'export const b = 1;',
  },
  'no-cycles': {
    'electron/a.ts': "import { b } from './b.ts'; export const a = b;",
    'electron/b.ts': "import { a } from './a.ts'; export const b = a;",
  },
  'no-orphans': { 'electron/alone.ts': 'export const alone = 1;' },
};

async function run(folder: string, from: readonly string[]): Promise<ICruiseResult> {
  const before = process.cwd();
  process.chdir(folder);
  try {
    const options = {
      ...rules.options,
      validate: true,
      ruleSet: { forbidden: rules.forbidden },
    } as unknown as ICruiseOptions;
    const { output } = await cruise([...from], options);
    return output as ICruiseResult;
  } finally {
    process.chdir(before);
  }
}

function tree(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'boundary-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${text}\nexport {};\n`);
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

let failed = 0;
for (const rule of rules.forbidden) {
  const files = violations[rule.name];
  if (files === undefined) {
    console.error(`✗ ${rule.name}: no violation is written for it`);
    failed += 1;
    continue;
  }
  const folder = tree(files);
  const present = [...new Set(Object.keys(files).map((path) => path.split('/')[0] ?? ''))];
  const result = await run(folder, present);
  rmSync(folder, { recursive: true });
  const spoke = result.summary.violations.some((violation) => violation.rule.name === rule.name);
  if (!spoke) failed += 1;
  console.log(`${spoke ? '✓ can fail:' : '✗ CANNOT FAIL:'} ${rule.name}`);
}

const { summary } = await run(root, rooms);
for (const violation of summary.violations)
  console.error(`✗ ${violation.rule.name}: ${violation.from} → ${violation.to}`);
if (summary.totalCruised < 20) {
  console.error(`✗ only ${summary.totalCruised} modules were seen: the rules guarded nothing`);
  failed += 1;
}
failed += summary.violations.length;
console.log(
  `boundaries: ${rules.forbidden.length} rules, ${summary.totalCruised} modules, ${summary.totalDependenciesCruised ?? 0} dependencies, ${failed} problems`,
);
process.exitCode = failed === 0 ? 0 : 1;
