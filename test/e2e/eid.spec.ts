/**
 * A signer logs in with an e-ID at the kiosk: handed over, read, confirmed, away to the provider's own
 * pages and back, first at too low a level, then as somebody else, then rightly; signed and exported.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { button, clerk, comeBack, openJob } from './support/clerk.ts';
import { chooseAtProvider, kari, logOutAtProvider, ola, seedEid } from './support/eid.ts';
import { expect, hostName, test } from './support/host.ts';
import { look } from './support/look.ts';
import { seedDesk, seedJob } from './support/seed.ts';
import { confirm, readToTheEnd, sayWho } from './support/signer.ts';

test('a signer logs in at the provider’s own pages, and the login stands in what is signed', async ({
  desk,
}) => {
  test.skip(hostName !== 'web', 'Electron shows the provider in a window of its own');
  test.setTimeout(240_000);
  const { page, folder } = desk;
  await seedDesk(desk);
  const exports = join(folder, 'eksport');
  mkdirSync(exports);
  await desk.call('settings.export', { folder: exports });

  const provider = await seedEid(desk, [kari, ola]);
  const checks = await desk.call('settings.checkEid', { provider: 'id-porten-1' });
  expect(checks.map(({ part, code }) => [part, code])).toEqual([
    ['discovery', null],
    ['keys', null],
    ['redirect', null],
    ['client', null],
  ]);

  const { job } = await seedJob(desk, 'Leieavtale', [kari.name], {
    ...{ kind: 'authenticated', level: 4, nationalId: kari.pid },
  });

  await openJob(page, 'Venter', 'Leieavtale');
  await button(page, `Kall fram ${kari.name}`).click();
  const dialog = page.getByRole('dialog', { name: /Er det Kari Nordmann/ });
  await expect(dialog.getByRole('radio', { name: 'Logger inn med e-ID' })).toBeChecked();
  await button(dialog, `Gi over til ${kari.name}`).click();
  await sayWho(page, kari.name);
  await readToTheEnd(page);
  await confirm(page);

  const logIn = async (choice: string) => {
    await button(page, 'Logg inn med ID-porten').click();
    await chooseAtProvider(page, choice);
  };
  await expect(page.getByRole('heading', { name: 'Logg inn for å signere' })).toBeVisible();
  await look(page, 'eid-before');

  await logIn('Avbryt');
  await expect(page.getByText('Du avbrøt innloggingen')).toBeVisible();
  await logIn('Kari Nordmann substantial');
  await expect(page.getByText('Innloggingen har for lavt sikkerhetsnivå')).toBeVisible();
  await look(page, 'eid-too-low');
  await logIn('Ola Nordmann high');
  await logOutAtProvider(page);
  await expect(page.getByText('En annen person logget inn')).toBeVisible();
  await logIn('Kari Nordmann high');
  await logOutAtProvider(page);
  await expect(page.getByRole('heading', { name: 'Du er logget inn' })).toBeVisible();
  await expect(page.getByText('Ja, fødselsnummeret stemmer')).toBeVisible();
  await look(page, 'eid-given');
  await button(page, 'Signer').click();
  await expect(page.getByRole('heading', { name: 'Takk, du har signert' })).toBeVisible();
  await button(page, 'Ferdig').click();
  await comeBack(page, clerk.pin);
  await expect(page.getByRole('navigation', { name: 'Hovedmeny' })).toBeVisible();
  await desk.call('export.save', { jobs: [job] });

  const { events } = await desk.call('job.get', { job });
  const refused = events.flatMap(({ event }) => (event.type === 'proof-refused' ? [event] : []));
  expect(refused.map(({ code, detail }) => [code, detail])).toEqual([
    ['eid.level-too-low', { given: 3, wanted: 4 }],
    ['eid.other-person', undefined],
  ]);
  const given = events.flatMap(({ event }) => (event.type === 'proof-given' ? [event.proof] : []));
  const signed = events.flatMap(({ event }) => (event.type === 'signed' ? [event] : []));
  expect(given).toHaveLength(1);
  const evidence = signed[0]?.evidence ?? '';
  expect(signed[0]?.evidenceHash).toBe(createHash('sha256').update(evidence).digest('hex'));
  const { proof } = JSON.parse(evidence) as { proof: { given: Record<string, unknown> } };
  expect(proof.given['id']).toBe(given[0]?.id);
  expect(proof.given['keysSha256']).toMatch(/^[0-9a-f]{64}$/);
  expect(evidence).not.toContain(kari.pid);

  const files = readdirSync(exports, { recursive: true, encoding: 'utf8' });
  const claims = files
    .filter((name) => name.endsWith('.pdf'))
    .map((name) => signedBytes(readFileSync(join(exports, name))))
    .filter((text) => text.includes('/SkrankeClaim'));
  const hash = signed[0]?.evidenceHash ?? '-';
  expect(claims.some((text) => text.toLowerCase().includes(hash))).toBe(true);
  await provider.close();
});

/** Every byte that some signature covers: what stands outside all gaps. */
function signedBytes(file: Buffer): string {
  const text = file.toString('latin1');
  return [...text.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)]
    .map((match) => match.slice(1).map(Number))
    .map(([a = 0, b = 0, c = 0, d = 0]) => text.slice(a, a + b) + text.slice(c, c + d))
    .join('\n');
}
