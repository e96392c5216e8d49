/**
 * The main job by what a screen reader is shown: roles and names alone, the title of the page, one heading
 * at the top, landmarks, and what is said aloud without anybody moving there.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startAuthority } from './support/authority.ts';
import { expect, test } from './support/host.ts';
import { seedDesk } from './support/seed.ts';
import { signWithoutAMouse } from './support/without-a-mouse.ts';

/** What each screen is called in the window's title, its first heading and its landmarks. */
const screens: Readonly<Record<string, { title: RegExp; tree: string }>> = {
  jobs: {
    title: /^Oppdrag – Skranke$/,
    tree: `
      - navigation "Hovedmeny"
      - main:
        - heading "Oppdrag" [level=1]
        - button "Nytt oppdrag"`,
  },
  documents: {
    title: /Dokumenter/,
    tree: `
      - complementary "Dokumenter":
        - textbox "Tittel"
        - button "Legg til flere dokumenter"`,
  },
  signers: { title: /Undertegnere/, tree: `- complementary "Undertegnere"` },
  check: { title: /Kontroll/, tree: `- textbox "Tittel": Leieavtale, rom 204` },
  job: {
    title: /^Leieavtale, rom 204 – Oppdrag – Skranke$/,
    tree: `
      - article "Leieavtale, rom 204":
        - heading "Leieavtale, rom 204" [level=2]`,
  },
  'identity check': {
    title: /Oppdrag/,
    tree: `
      - dialog "Er det Kari Nordmann som står foran deg?":
        - group "Hvordan vet du det?":
          - radio "Viser legitimasjon"
          - radio "Jeg kjenner personen" [checked]`,
  },
  who: {
    title: /^Hvem – Skranke$/,
    tree: `
      - navigation "Trinn":
        - list:
          - listitem: 1 Hvem
      - main:
        - heading "Er du Kari Nordmann?" [level=1]
        - group "Språk":
          - button "Bokmål" [pressed]`,
  },
  read: {
    title: /^Les – Skranke$/,
    tree: `
      - heading "Leieavtale" [level=1]
      - main:
        - region /Leieavtale, Side 1 av 4/:
          - article
        - group "Lesehjelp":
          - button "Som tekst" [pressed]`,
  },
  confirm: {
    title: /^Bekreft – Skranke$/,
    tree: `
      - heading "Vil du signere?" [level=1]
      - main:
        - blockquote: /Jeg, Kari Nordmann, vet hva som står/
        - heading "Dette signerer du" [level=2]
      - contentinfo:
        - button "Jeg vil ikke signere"
        - button "Ja, jeg bekrefter"`,
  },
  sign: {
    title: /^Signer – Skranke$/,
    tree: `
      - main:
        - region "Signaturen din":
          - textbox "Navnet ditt": Kari Nordmann`,
  },
  done: {
    title: /^Takk, du har signert – Skranke$/,
    tree: `- heading "Takk, du har signert" [level=1]`,
  },
  rest: { title: /^Skranke$/, tree: `- heading "Fjellvik kommune" [level=1]` },
  exported: { title: /Oppdrag/, tree: `- status: /Eksportert til/` },
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
        await (within ?? page).getByRole('textbox', { name, exact: true }).fill(text);
      },
      async at(screen) {
        seen.add(screen);
        const { title, tree } = screens[screen] ?? { title: /^$/, tree: '' };
        await expect.soft(page, screen).toHaveTitle(title);
        await expect.soft(page.locator('body'), screen).toMatchAriaSnapshot(tree);
      },
    },
    exports,
  );
  expect([...seen].toSorted()).toEqual(Object.keys(screens).toSorted());
  // Said without anybody going there.
  for (const said of [
    /Klart for signering/,
    /Side 2 av 4/,
    /Bekreftelsen er lagt til/,
    /Eksportert/,
  ])
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
