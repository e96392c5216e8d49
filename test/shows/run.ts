/** `npm run shows -- N`: the demonstrations that take minutes, by number. Exits 1 when one falls short. */
export {};

const shows: Record<string, () => Promise<boolean>> = {
  '4': async () => (await import('./many-signatures.ts')).showManySignatures(51),
  '5': async () => (await import('./large-files.ts')).showLargeFiles(),
  '6': async () => (await import('./kill.ts')).showKills(200),
  '6-2': async () => (await import('./attack-table.ts')).showAttackTable(),
  mutations: async () => (await import('./mutations.ts')).showMutations(),
  'hostile-files': async () => (await import('./hostile-files.ts')).showHostileFiles(),
  'archive-million': async () => (await import('./archive-million.ts')).showArchiveMillion(),
  'archive-threads': async () => (await import('./archive-threads.ts')).showArchiveThreads(),
  'posten-sync': async () => (await import('./posten-sync.ts')).showPostenSync(1000, 100),
  'posten-week': async () => (await import('./posten-week.ts')).showPostenWeek(),
  bulk: async () => (await import('./bulk.ts')).showBulk(),
  'large-documents': async () => (await import('./large-documents.ts')).showLargeDocuments(),
  '7': async () => (await import('./responsiveness.ts')).showResponsiveness(),
};

const wanted = process.argv.slice(2);
if (wanted.length === 0 || wanted.some((number) => !Object.hasOwn(shows, number))) {
  console.error(`usage: npm run shows -- N   (one of ${Object.keys(shows).join(', ')})`);
  process.exit(2);
}
for (const number of wanted) {
  const good = await shows[number]?.();
  console.log(`show ${number}: ${good === true ? 'met' : 'NOT met'}\n`);
  if (good !== true) process.exitCode = 1;
}
