/**
 * One walk through the main screens of desk and kiosk, for what must hold on each of them: enlarged,
 * in a language that is longer, without words that stand in the source.
 */
import type { OpenedHost } from './host.ts';
import { expect } from './host.ts';
import { clerk } from './clerk.ts';
import { passport, seedDesk, seedDraft, seedJob } from './seed.ts';
import type { wordsOf } from './words.ts';

type Say = ReturnType<typeof wordsOf>;
/** Called on every screen, when it stands still. */
export type Visit = (name: string) => Promise<void>;

const name = 'Kari Nordmann';

function presser(desk: OpenedHost, say: Say) {
  return (key: string, values: Readonly<Record<string, string | number>> = {}) =>
    desk.page
      .getByRole('button', { name: say(key, values), exact: true })
      .first()
      .click();
}

/** A desk with a job that waits and a draft, seen in the language of `say`. */
export async function seedWalk(desk: OpenedHost): Promise<{ job: string; draft: string }> {
  await seedDesk(desk, { idleSeconds: 1800 });
  const { job } = await seedJob(desk, 'Leieavtale, rom 204', [name, 'Ola Nordmann'], {
    title: 'Leietaker',
  });
  const { job: draft } = await seedDraft(desk, 'Fullmakt', ['Ola Nordmann']);
  return { job, draft };
}

/** Every screen of the desk that a clerk comes by on an ordinary day. */
export async function walkDesk(
  desk: OpenedHost,
  say: Say,
  { job, draft }: { readonly job: string; readonly draft: string },
  visit: Visit,
): Promise<void> {
  const { page } = desk;
  const press = presser(desk, say);
  const open = (address: string) => page.goto(new URL(address, page.url()).href);
  await open(`#/jobs/${job}`);
  await expect(page.getByRole('article')).toContainText(name);
  await visit('job');
  await press('jobs:next.callUp', { name });
  await expect(page.getByRole('dialog')).toBeVisible();
  await visit('identity check');
  await page.keyboard.press('Escape');
  await open(`#/prepare/${draft}`);
  await expect(page.locator('.prep-stage')).toBeVisible();
  await visit('prepare, documents');
  await page.locator('.prep-steps button').nth(1).click();
  await visit('prepare, signers');
  await page.locator('.prep-steps button').nth(2).click();
  await visit('prepare, check');
  await open('#/archive');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await visit('archive');
  await open('#/verify');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await visit('verify');
  await open('#/settings');
  const sections = page.locator('.settings-nav button');
  // A list asked for before it is there is empty, and would prove nothing.
  await expect(sections.first()).toBeVisible();
  for (const section of await sections.all()) {
    await section.click();
    await expect(page.locator('.settings-panel')).toBeVisible();
    await visit(`settings, ${await section.innerText()}`);
  }
}

/** From "Are you …?" to the receipt, with what can lie over it, and the resting screen. */
export async function walkKiosk(
  desk: OpenedHost,
  say: Say,
  job: string,
  visit: Visit,
): Promise<void> {
  const { page } = desk;
  const press = presser(desk, say);
  const over = async (key: string, as: string, under = 0) => {
    await press(key);
    await expect(page.locator('dialog[open]')).toBeVisible();
    await visit(as);
    await page.keyboard.press('Escape');
    await expect(page.locator('dialog[open]')).toHaveCount(under);
  };
  await desk.call('session.handOver', {
    ...{ job, signer: 'undertegner-0', identityCheck: passport },
  });
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await visit('who');
  await press('language:open');
  await expect(page.locator('dialog[open]')).toBeVisible();
  await visit('language and text');
  await over('accessibility:kiosk.about.open', 'about accessibility', 1);
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog[open]')).toHaveCount(0);
  await over('kiosk:stop.ask', 'stop');
  await press('kiosk:who.yes');
  await expect(page.locator('.k-reader canvas')).toBeVisible();
  await visit('read');
  await over('kiosk:where.ask', 'where');
  await press('kiosk:tools.text');
  await expect(page.locator('.k-text')).toBeVisible();
  await visit('read as text');
  await press('kiosk:tools.otherWay');
  await visit('other way');
  await page.getByText(say('kiosk:otherWay.paper')).click();
  await press('kiosk:otherWay.yes');
  await expect(page.locator('.k-sentence')).toBeVisible();
  await visit('confirm');
  await over('kiosk:decline.ask', 'decline');
  await press('kiosk:confirm.yes');
  await expect(page.locator('.k-pad')).toBeVisible();
  await visit('sign, drawn');
  await press('kiosk:sign.type');
  await page.getByLabel(say('kiosk:sign.name')).fill(name);
  await visit('sign, typed');
  await press('kiosk:sign.yes');
  await expect(page.locator('.k-done')).toBeVisible();
  await visit('done');
  await press('kiosk:done.finish');
  await expect(page.locator('.kiosk.rest')).toBeVisible();
  await visit('rest');
  await press('app:rest.clerk');
  await visit('the clerk’s way back');
  await page.getByLabel(say('app:rest.pin')).fill(clerk.pin);
  await press('app:rest.open');
  await expect(page.getByRole('navigation').first()).toBeVisible();
}
