/**
 * Fields of every kind by hand: placed by mouse and by keyboard, aligned, copied and taken back; filled in
 * by the signer at the counter; and what came out, by our verifier and by Poppler.
 */
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { pdfsig } from '../support/other-readers.ts';
import { startAuthority } from './support/authority.ts';
import { button, handOver, jobPage, openJob } from './support/clerk.ts';
import { expect, test } from './support/host.ts';
import { look } from './support/look.ts';
import { seedDesk, seedDraft } from './support/seed.ts';
import { confirm, draw, sayWho, signNow } from './support/signer.ts';

const title = 'Leieavtale med felt';
const kari = 'Kari Nordmann';

const kind = (page: Page, name: string) =>
  page.getByRole('group', { name: 'Slags felt' }).getByRole('button', { name, exact: true });
const fieldOn = (page: Page, name: RegExp) => page.getByRole('button', { name });

test('a clerk places fields of every kind, and a signer fills them in', async ({ desk }) => {
  test.setTimeout(240_000);
  const authority = await startAuthority();
  const { page, folder } = desk;
  await seedDesk(desk, { timestamps: authority.url, root: authority.root });
  const { job } = await seedDraft(desk, title, [kari]);
  const { job: draft } = await desk.call('job.get', { job });
  await desk.call('job.edit', {
    ...{ job, version: draft.version, titles: {}, order: draft.documents.map(({ id }) => id) },
    spec: { ...draft.spec, signers: [...draft.spec.signers], fields: [] },
  });

  await test.step('kinds by mouse: dropped, drawn, and asked for', async () => {
    await openJob(page, 'Utkast', title);
    await button(page, 'Fortsett klargjøringen').click();
    await page
      .getByRole('navigation', { name: 'Sider' })
      .getByRole('button', { name: /side 4/ })
      .click();
    await button(page, 'Plasser felt for alle').click();
    await kind(page, 'Tekst').click();
    const layer = page.locator('[data-page-layer]');
    const box = await layer.boundingBox();
    if (box === null) throw new Error('no page is shown');
    const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
    await page.mouse.move(...at(0.15, 0.1));
    await page.mouse.down();
    await page.mouse.move(...at(0.5, 0.13), { steps: 5 });
    await page.mouse.up();
    await expect(fieldOn(page, /^Tekst Kari Nordmann, undertegner 1, side 4/)).toBeFocused();
    const bar = page.getByRole('region', { name: 'Valgt felt' });
    await expect(page.getByText('Skriv hva Kari Nordmann skal fylle ut')).toBeVisible();
    await bar.getByLabel('Hva skal fylles ut?').fill('Kontonummer');
    await button(bar, 'Flere valg').click();
    await bar.getByLabel('Høyst tegn').fill('20');
    await bar.getByLabel('Må fylles ut').check();
    await look(page, 'fields-prepare-text');

    await kind(page, 'Avkryssing').click();
    await button(page, `Avkryssing, ${kari}`).click();
    await bar.getByLabel('Hva skal fylles ut?').fill('Jeg har lest husordensreglene');
    await button(bar, 'Flere valg').click();
    await bar.getByLabel('Må krysses av').check();
    await kind(page, 'Dato').click();
    await button(page, `Dato, ${kari}`).click();
    await kind(page, 'Navn').click();
    await button(page, `Navn, ${kari}`).click();
  });

  await test.step('by keyboard: moved, sized, aligned, taken back and done again', async () => {
    const date = fieldOn(page, /^Dato /);
    const name = fieldOn(page, /^Navn /);
    await name.focus();
    const before = await name.boundingBox();
    await page.keyboard.press('Enter');
    for (const key of ['ArrowUp', 'ArrowUp', 'Control+ArrowUp', 'Shift+ArrowRight'])
      await page.keyboard.press(key);
    await page.keyboard.press('Enter');
    const after = await name.boundingBox();
    expect(after?.y).toBeLessThan(before?.y ?? 0);
    expect(after?.width).toBeGreaterThan(before?.width ?? Infinity);
    // Chosen together: the date is aligned with the name.
    await date.focus();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText(/Flere felt er valgt/)).toBeVisible();
    await look(page, 'fields-prepare-align');
    await button(page, 'Rett inn øverst').click();
    // The page itself may be drawn larger or smaller meanwhile.
    const apart = async () => {
      const [one, other] = [await date.boundingBox(), await name.boundingBox()];
      return Math.abs((one?.y ?? 0) - (other?.y ?? 0));
    };
    expect(await apart()).toBeLessThan(1.5);
    await button(page, 'Angre (Ctrl+Z)').click();
    expect(await apart()).toBeGreaterThan(1.5);
    await button(page, 'Gjør om (Ctrl+Y)').click();
    expect(await apart()).toBeLessThan(1.5);
  });

  await test.step('several at a time: dragged, and nudged by keyboard; one step back', async () => {
    const fields = page.locator('.prep-field');
    // Against the page: it may be drawn elsewhere meanwhile.
    const tops = () =>
      fields.evaluateAll((all) => all.map((one) => parseFloat((one as HTMLElement).style.top)));
    const before = await tops();
    const all = before.length;
    expect(all).toBeGreaterThan(3);
    await page.getByRole('main').click({ position: { x: 4, y: 200 } });
    await page.keyboard.press('Control+a');
    await expect(page.locator('.prep-field[data-grouped="true"]')).toHaveCount(all - 1);
    const box = await fieldOn(page, /^Navn /).boundingBox();
    await page.mouse.move((box?.x ?? 0) + 8, (box?.y ?? 0) + 8);
    await page.mouse.down();
    await page.keyboard.down('Alt');
    await page.mouse.move((box?.x ?? 0) + 8, (box?.y ?? 0) - 12, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up('Alt');
    const dragged = await tops();
    const gone = dragged.map((top, at) => Math.round((before[at] ?? 0) - top));
    expect(new Set(gone)).toEqual(new Set([20]));
    await fieldOn(page, /^Navn /).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    const nudged = (await tops()).map((top, at) => (dragged[at] ?? 0) - top);
    expect(Math.max(...nudged) - Math.min(...nudged)).toBeLessThan(0.5);
    expect(Math.min(...nudged)).toBeGreaterThan(0);
    await button(page, 'Angre (Ctrl+Z)').click();
    await button(page, 'Angre (Ctrl+Z)').click();
    expect((await tops()).map(Math.round)).toEqual(before.map(Math.round));
    // Pressed and let go, one of them is chosen alone.
    await fieldOn(page, /^Navn /).click();
    await expect(page.locator('.prep-field[data-grouped="true"]')).toHaveCount(0);
  });

  await test.step('by the words of the document', async () => {
    await kind(page, 'Navn').click();
    await button(page, 'Finn sted etter tekst').click();
    const dialog = page.getByRole('dialog', { name: 'Plasser felt der det står en tekst' });
    await dialog.getByLabel('Tekst i dokumentet').fill('et ord som ikke er der');
    await button(dialog, 'Søk').click();
    await expect(dialog.getByText(/står ikke i dokumentene/)).toBeVisible();
    await dialog.getByLabel('Tekst i dokumentet').fill('for utleier');
    await page.keyboard.press('Enter');
    await dialog.getByLabel('Feltet står').selectOption({ label: 'under teksten' });
    await expect(dialog.getByText(/side 4: .*For utleier/)).toBeVisible();
    await look(page, 'fields-prepare-find');
    await button(dialog, /^Plasser /).click();
    await expect(fieldOn(page, /^Navn .*side 4/)).toHaveCount(2);
    await page.keyboard.press('Delete');
    await expect(fieldOn(page, /^Navn .*side 4/)).toHaveCount(1);
  });

  await test.step('initials on every page but the last', async () => {
    await page
      .getByRole('navigation', { name: 'Sider' })
      .getByRole('button', { name: /side 1/ })
      .click();
    await kind(page, 'Initialer').click();
    await button(page, `Initialer, ${kari}`).click();
    await button(page, 'Kopier til flere sider').click();
    const dialog = page.getByRole('dialog', { name: 'Kopier feltet til flere sider' });
    await dialog.getByLabel('alle sidene unntatt noen jeg velger').check();
    await dialog.getByLabel('Ikke på side').fill('4, 9');
    await expect(dialog.getByText('Skriv sidetall mellom 1 og 4')).toBeVisible();
    await dialog.getByLabel('alle sidene unntatt den siste').check();
    await look(page, 'fields-prepare-copy');
    await button(dialog, 'Kopier').click();
    await expect(page.getByText('Klart for signering')).toBeVisible();
    await expect
      .poll(async () => {
        const { spec } = (await desk.call('job.get', { job })).job;
        return spec.fields.map((field) => field.kind ?? 'signature').sort();
      })
      .toEqual(['check', 'date', 'initials', 'initials', 'initials', 'name', 'signature', 'text']);
    await button(page, 'Gå til kontroll').click();
    await button(page, 'Start signeringen').click();
    await expect(jobPage(page, title)).toBeVisible();
  });

  await test.step('the signer reads, fills in, looks it over and signs', async () => {
    await handOver(page, kari);
    await sayWho(page, kari);
    const initials = page.getByRole('heading', { name: 'Initialene dine' });
    const forward = page
      .getByRole('button', { name: /^(Vis mer av siden|Neste side|Jeg har lest)$/ })
      .last();
    for (let presses = 0; presses < 60 && !(await initials.isVisible()); presses += 1) {
      await expect(initials.or(forward)).toBeVisible();
      if (!(await initials.isVisible())) await forward.click();
    }
    await expect(page.getByLabel('Initialer', { exact: true })).toHaveValue('KN');
    await look(page, 'fields-kiosk-initials');
    await button(page, 'Tegn dem selv').click();
    await draw(page);
    await look(page, 'fields-kiosk-initials-drawn', { also: ['tall'] });
    await button(page, 'Neste felt').click();
    await expect(page.getByRole('heading', { name: 'Kontonummer' })).toBeVisible();
    await button(page, 'Neste felt').click();
    await expect(page.getByText('Et felt som må fylles ut, er tomt')).toBeVisible();
    await page.getByLabel('Kontonummer').fill('1234 56 78901');
    await look(page, 'fields-kiosk-text', { also: ['tall', 'low'] });
    await button(page, 'Hvor signerer jeg?').click();
    await button(page, /^Sted 1 av 8/).click();
    await look(page, 'fields-kiosk-where');
    await button(page, 'Lukk').click();
    await page.keyboard.press('Tab');
    await button(page, 'Neste felt').click();
    await page.getByLabel('Jeg har lest husordensreglene').check();
    await look(page, 'fields-kiosk-tick');
    await button(page, 'Gå videre').click();
    await expect(page.getByText('Dette har du fylt ut')).toBeVisible();
    await expect(page.getByText('1234 56 78901')).toBeVisible();
    await look(page, 'fields-kiosk-confirm', { also: ['tall'] });
    await confirm(page);
    await draw(page);
    await look(page, 'fields-kiosk-sign');
    await signNow(page);
    await button(page, 'Ferdig').click();
  });

  await test.step('what came out says it all, and holds', async () => {
    await button(page, 'Ansatt').click();
    await page.getByLabel('PIN-koden til den som ga over skjermen').fill('4821');
    await button(page, 'Fortsett').click();
    await openJob(page, 'Signert', title);
    await expect.poll(async () => (await desk.call('job.get', { job })).job.state).toBe('sealed');
    const out = join(folder, 'ut');
    mkdirSync(out);
    await desk.call('export.save', { jobs: [job], folder: out });
    const file = readdirSync(out, { recursive: true, encoding: 'utf8' }).find((one) =>
      one.endsWith('document-1.pdf'),
    );
    const signatures = pdfsig(readFileSync(join(out, file ?? '')));
    // The last is the document timestamp, which Poppler cannot read.
    expect(signatures.slice(0, -1).map(({ valid }) => valid)).toEqual([true, true]);
    const { documents } = (await desk.call('job.get', { job })).job;
    const report = await desk.call('verify.document', { document: documents[0]?.id ?? '' });
    expect(report.indication).toBe('TOTAL-PASSED');
    const { events } = await desk.call('job.get', { job });
    const signed = events.flatMap(({ event }) => (event.type === 'signed' ? [event] : []))[0];
    expect(signed?.filled?.map(({ value }) => value)).toEqual(
      expect.arrayContaining(['1234 56 78901', 'yes', 'KN', kari]),
    );
  });
  await authority.close();
});
