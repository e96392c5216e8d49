/**
 * The boundaries of ARCHITECTURE: who may import whom. `boundaries.ts` runs this and also proves each
 * rule by a module that breaks it.
 */
const anyNode =
  '^(node:|(assert|buffer|child_process|crypto|dns|events|fs|http|https|module|net|os|path|process|stream|timers|tls|url|util|v8|vm|worker_threads|zlib)(/|$))';

export const rules = {
  forbidden: [
    {
      name: 'shared-imports-only-shared-and-zod',
      severity: 'error',
      from: { path: '^shared/' },
      to: { pathNot: '^(shared/|node_modules/zod/)' },
    },
    {
      name: 'renderer-sees-only-shared',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '^renderer/kontroller/' },
      to: { path: `^(electron|test|resources)/|${anyNode}` },
    },
    {
      // A page with no program behind it carries the core itself, and nothing else of `electron`.
      name: 'the-page-of-its-own-sees-the-core',
      severity: 'error',
      from: { path: '^renderer/kontroller/' },
      to: {
        path: `^(electron|test|resources)/|${anyNode}`,
        pathNot: '^electron/(core/|adapters/page-)',
      },
    },
    {
      name: 'nobody-imports-the-page-of-its-own',
      severity: 'error',
      // Tests may look into every room.
      from: { pathNot: '^(renderer/kontroller|test)/' },
      to: { path: '^renderer/kontroller/' },
    },
    {
      name: 'renderer-takes-the-contract-as-types-only',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^shared/rpc/contract', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'features-are-islands',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/features/([^/]+)/', pathNot: '^renderer/features/$1/' },
    },
    {
      name: 'lower-renderer-rooms-know-no-feature',
      severity: 'error',
      from: { path: '^renderer/(host|pdf|ui|i18n)/' },
      to: { path: '^renderer/(features|app)/' },
    },
    {
      name: 'electron-only-in-the-shell',
      severity: 'error',
      from: { pathNot: '^(electron/(shell/|main\\.ts$|preload\\.ts$)|test/desktop/)' },
      to: { path: '^(electron|node_modules/electron/.*)$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'core-imports-no-other-room-and-no-node',
      severity: 'error',
      from: { path: '^electron/core/' },
      to: { path: `^(electron/(?!core/)|renderer/|test/|resources/)|${anyNode}` },
    },
    {
      name: 'posten-stands-alone',
      severity: 'error',
      from: { path: '^electron/posten/(?!sync/)' },
      to: { path: '^electron/(?!posten/)' },
    },
    {
      name: 'sql-only-in-the-archive',
      severity: 'error',
      from: { pathNot: '^electron/archive/|^test/' },
      to: { path: '^node_modules/better-sqlite3/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'migrations-import-nothing',
      severity: 'error',
      from: { path: '^electron/archive/migrations/\\d' },
      to: { path: '.', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'product-never-imports-test',
      severity: 'error',
      from: { path: '^(electron|renderer|shared|resources)/' },
      to: { path: '^test/' },
    },
    {
      name: 'adapters-and-rooms-know-no-host',
      severity: 'error',
      from: { path: '^electron/(archive|desk|eid|posten|rpc|adapters)/' },
      to: { path: '^electron/(shell|web)/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        path: '^(electron|renderer|shared)/',
        pathNot:
          '\\.d\\.ts$|^electron/(main|preload|start|worker|cli)\\.ts$|^electron/archive/verify-worker\\.ts$|migrations/',
      },
      to: {},
    },
  ],
  options: {
    tsPreCompilationDeps: 'specify',
    doNotFollow: { path: 'node_modules' },
    preserveSymlinks: true,
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'] },
  },
};
