/**
 * The main job by what a screen reader is shown: roles and names alone, the title of the page, one heading
 * at the top, landmarks, and what is said aloud without anybody moving there.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startAuthority } from './support/authority.ts';
import { expect, test } from './support/host.ts';
import { seedDesk } from './support/seed.ts';
import { signWithoutAMouse } from './support/without-a-mouse.ts';

/** What each screen is called in the window's title, its first heading and its landmarks. */
type Named = readonly [role: Parameters<Page['getByRole']>[0], name: string | RegExp];
interface Screen {
  readonly title: RegExp;
  /** Its first heading, its landmarks and what it is about, as they are shown to a screen reader. */
  readonly has: readonly Named[];
}

const person = 'Kari Nordmann';
const screens: Readonly<Record<string, Screen>> = {
  jobs: {
    title: /^Oppdrag – Skranke$/,
    has: [
      ['navigation', 'Hovedmeny'],
      ['main', ''],
      ['heading', 'Oppdrag'],
      ['tablist', /./],
    ],
  },
  documents: {
    title: /^Dokumenter – /,
    has: [
      ['banner', ''],
      ['navigation', 'Trinn'],
      ['navigation', 'Sider'],
      ['main', 'Siden'],
      ['toolbar', 'Verktøy for siden'],
      ['complementary', 'Dokumenter'],
    ],
  },
  signers: { title: /^Undertegnere og felter – /, has: [['complementary', 'Undertegnere']] },
  check: { title: /^Kontroll – /, has: [['textbox', 'Tittel']] },
  job: {
    title: /^Oppdrag – Skranke$/,
    has: [
      ['article', 'Leieavtale, rom 204'],
      ['region', 'Dokumenter'],
      ['region', 'Undertegnere'],
      ['button', `Kall fram ${person}`],
    ],
  },
  'identity check': {
    title: /^Oppdrag – Skranke$/,
    has: [
      ['dialog', `Er det ${person} som står foran deg?`],
      ['group', 'Hvordan vet du det?'],
      ['radio', /^Jeg kjenner personen/],
    ],
  },
  who: {
    title: /^Hvem – Skranke$/,
    has: [
      ['banner', ''],
      ['navigation', 'Trinn'],
      ['heading', `Er du ${person}?`],
      ['group', 'Språk'],
      ['contentinfo', ''],
    ],
  },
  read: {
    title: /^Les – Skranke$/,
    has: [
      ['region', /^Leieavtale, Side 1 av /],
      // The document's own headings, by its tags.
      ['heading', 'Leieavtale for lokale'],
      ['heading', '1. Leietid'],
      ['group', 'Lesehjelp'],
      ['progressbar', /^Side 1 av /],
    ],
  },
  confirm: {
    title: /^Bekreft – Skranke$/,
    has: [
      ['heading', 'Vil du signere?'],
      ['blockquote', ''],
      ['button', 'Jeg vil ikke signere'],
      ['button', 'Ja, jeg bekrefter'],
    ],
  },
  sign: {
    title: /^Signer – Skranke$/,
    has: [
      ['region', 'Signaturen din'],
      ['textbox', 'Navnet ditt'],
    ],
  },
  done: { title: /^Takk, du har signert – /, has: [['heading', 'Takk, du har signert']] },
  rest: { title: /^Skranke$/, has: [['heading', 'Fjellvik kommune']] },
  exported: { title: /^Oppdrag – Skranke$/, has: [['article', 'Leieavtale, rom 204']] },
};

test('the main job by the screen reader’s tree', async ({ desk }) => {
  test.setTimeout(300_000);
  const authority = await startAuthority();
  const { page } = desk;
  const heard: string[] = [];
  await page.exposeFunction('nowHeard', (text: string) => heard.push(text));
  await page.addInitScript(() => {
    const say = (window as unknown as { nowHeard: (text: string) => void }).nowHeard;
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        const from = target instanceof Element ? target : target.parentElement;
        for (const node of [...addedNodes, target]) {
          const alert = node instanceof Element ? node.closest('[role=alert]') : null;
          const live = alert ?? from?.closest('[aria-live], [role=status], [role=alert]');
          const text = live?.textContent?.trim() ?? '';
          if (text !== '') say(text);
        }
      }
    }).observe(document, { childList: true, characterData: true, subtree: true });
  });
  await seedDesk(desk, { timestamps: authority.url, root: authority.root });
  const exports = join(desk.folder, 'eksport');
  mkdirSync(exports);
  await desk.call('settings.export', { folder: exports });
  const seen = new Set<string>();
  await signWithoutAMouse(
    desk,
    {
      async press(role, name, within) {
        const one = (within ?? page).getByRole(role, { name, exact: typeof name === 'string' });
        await one.last().focus();
        await page.keyboard.press(role === 'radio' ? ' ' : 'Enter');
      },
      async write(name, text, within) {
        const asked = { name, exact: true };
        const there = within ?? page;
        // A name is a combobox: the address book offers whom it knows.
        await there.getByRole('textbox', asked).or(there.getByRole('combobox', asked)).fill(text);
      },
      async at(screen) {
        seen.add(screen);
        const { title, has } = screens[screen] ?? { title: /^$/, has: [] };
        await expect.soft(page, screen).toHaveTitle(title);
        for (const [role, name] of has) {
          const found = page.getByRole(role, name === '' ? {} : { name, exact: true });
          await expect.soft(found.first(), `${screen}: ${role} ${String(name)}`).toBeVisible();
        }
      },
    },
    exports,
  );
  expect([...seen].toSorted()).toEqual(Object.keys(screens).toSorted());
  // Said without anybody going there.
  for (const said of [/Side 2 av 4/, /Bekreftelsen er lagt til/, /Eksportert/])
    expect(
      heard.find((text) => said.test(text)),
      String(said),
    ).toBeDefined();
  await authority.close();
});

test('an error is tied to its field, and said', async ({ desk }) => {
  const { page } = desk;
  await page.getByRole('button', { name: 'Kom i gang' }).press('Enter');
  await page.getByRole('textbox', { name: 'Navn på virksomheten' }).fill('Fjellvik kommune');
  const number = page.getByRole('textbox', { name: 'Organisasjonsnummer' });
  await number.fill('974 760 674');
  await page.getByRole('button', { name: 'Neste' }).press('Enter');
  await expect(number).toHaveAttribute('aria-invalid', 'true');
  await expect(number).toHaveAccessibleDescription(/ikke et gyldig organisasjonsnummer/);
});
