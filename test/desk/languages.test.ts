import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddedLanguage } from '../../shared/added-language.ts';
import { checkEvidence } from '../support/check-evidence.ts';
import { aSigner, makeDraft, setUp, signAtKiosk, startDesk, until } from '../support/desk.ts';
import type { Client, TestDesk } from '../support/desk.ts';

const arabic: AddedLanguage = {
  ...{ code: 'ar', name: 'العربية', direction: 'rtl', fallback: 'nn' },
  ...{ translatedBy: 'Amal Haddad', readBy: 'Yusuf Haddad' },
  texts: {
    'kiosk:who.yes': 'نعم، أنا',
    'kiosk:confirm.yes': 'نعم، أؤكد',
    'kiosk:read.done': 'قرأت',
  },
  confirmation: {
    text: 'أنا {signer}، أعرف ما هو مكتوب.',
    textFor: 'أنا {signer}، أوقّع نيابة عن {forWhom}.',
  },
};

let desk: TestDesk;
let clerk: Client;
beforeAll(async () => {
  desk = startDesk();
  clerk = desk.visit();
  await setUp(clerk);
});
afterAll(() => desk.close());

async function approve(code = 'ar') {
  const kept = (await clerk.call('language.list', {})).find((each) => each.code === code);
  return clerk.try('language.approve', { code, sha256: kept?.legalSha256 ?? '' });
}

/** What a signer who wants Arabic is asked to confirm. */
async function asked(): Promise<{ job: string; languages: readonly string[]; first: string }> {
  const signer = aSigner('Kari Nordmann', 0, { language: 'nn', kioskLanguage: 'ar' });
  const { job } = await makeDraft(clerk, [signer]);
  await clerk.call('job.open', { job });
  const identityCheck = { method: 'known', note: 'Nabo' } as const;
  await clerk.call('session.handOver', { job, signer: signer.id, identityCheck });
  const view = await clerk.call('signing.view', {});
  await clerk.call('session.leave', { reason: 'stopped' });
  await clerk.call('session.resume', { pin: '4711' });
  return {
    job,
    languages: view.confirmations.map(({ language }) => language),
    first: view.confirmation.language,
  };
}

describe('a language that an office has added', () => {
  it('is spoken at once, but not where a legal act is made', async () => {
    await clerk.call('language.put', arabic);
    const [spoken] = await desk.visit().call('language.spoken', {});
    expect(spoken).toMatchObject({ code: 'ar', direction: 'rtl', approved: false });
    expect(Object.keys(spoken?.texts ?? {})).toEqual(['kiosk:who.yes']);
    expect(await asked()).toMatchObject({ languages: ['nb', 'nn', 'en'], first: 'nn' });
  });

  it('cannot be confirmed in before somebody has answered for that very text', async () => {
    const [before] = await clerk.call('language.list', {});
    const old = before?.legalSha256 ?? '';
    await clerk.call('language.put', { ...arabic, readBy: '' });
    expect((await approve()).ok).toBe(false);
    await clerk.call('language.put', { ...arabic, confirmation: null });
    expect(await clerk.refusal('language.approve', { code: 'ar', sha256: old })).toMatchObject({
      code: 'language.no-confirmation',
    });
    const changed = { ...arabic.texts, 'kiosk:confirm.yes': 'نعم' };
    await clerk.call('language.put', { ...arabic, texts: changed });
    expect(await clerk.refusal('language.approve', { code: 'ar', sha256: old })).toMatchObject({
      code: 'language.changed',
    });
    await clerk.call('language.put', arabic);
    expect((await approve()).ok).toBe(true);
    expect(await asked()).toMatchObject({ languages: ['nb', 'nn', 'en', 'ar'], first: 'ar' });
    const log = await clerk.call('archive.officeLog', { limit: 20 });
    const said = log.rows.find(({ event }) => event.type === 'language-approved');
    expect(said?.event).toEqual({ type: 'language-approved', language: 'ar', sha256: old });
  });

  it('leaves its approval, its version and its very words in the evidence', async () => {
    const signer = aSigner('Ola Nordmann', 0, { language: 'nn', kioskLanguage: 'ar' });
    const { job } = await makeDraft(clerk, [signer]);
    await clerk.call('job.open', { job });
    await signAtKiosk(clerk, job, signer.id);
    await until(async () => (await clerk.call('job.get', { job })).job.state !== 'open');
    const folder = mkdtempSync(join(tmpdir(), 'skranke-language-'));
    await clerk.call('export.save', { jobs: [job], folder });
    const [name = ''] = readdirSync(folder).filter((each) => !each.endsWith('.json'));
    const evidence = JSON.parse(readFileSync(join(folder, name, 'evidence.json'), 'utf8')) as {
      confirmations: { language: string; approved: string; version: string; text: string }[];
    } & Parameters<typeof checkEvidence>[0];
    rmSync(folder, { recursive: true });
    const [kept] = await clerk.call('language.list', {});
    expect(evidence.confirmations).toMatchObject([
      {
        language: 'ar',
        approved: kept?.legalSha256,
        version: `ar-${kept?.legalSha256.slice(0, 16) ?? ''}`,
        text: 'أنا Ola Nordmann، أعرف ما هو مكتوب.',
      },
    ]);
    expect(checkEvidence(evidence)).toEqual([]);
  });

  it('loses its approval with a word of a legal text, and with no other', async () => {
    const more = { ...arabic.texts, 'kiosk:who.no': 'لا' };
    await clerk.call('language.put', { ...arabic, texts: more });
    expect((await clerk.call('language.spoken', {}))[0]?.approved).toBe(true);
    await clerk.call('language.put', {
      ...arabic,
      texts: { ...arabic.texts, 'kiosk:read.done': 'نعم' },
    });
    const [spoken] = await clerk.call('language.spoken', {});
    expect(spoken?.approved).toBe(false);
    expect(Object.keys(spoken?.texts ?? {})).toEqual(['kiosk:who.yes']);
  });

  it.each([
    ['a language of the program’s own', { code: 'nb' }, 'rpc.invalid'],
    ['a code that is none', { code: 'Arabisk' }, 'rpc.invalid'],
    [
      'a text that turns others around',
      { texts: { 'kiosk:who.yes': 'ja\u202eien' } },
      'rpc.invalid',
    ],
    ['a text that fetches another', { texts: { 'kiosk:who.yes': '$t(errors:x)' } }, 'rpc.invalid'],
    [
      'a confirmation without the one who signs',
      { confirmation: { text: 'Ja', textFor: '{signer} {forWhom}' } },
      'language.confirmation',
    ],
  ] as const)('is not %s', async (_, wrong, code) => {
    const before = await clerk.call('language.list', {});
    const failure = await clerk.refusal('language.put', { ...arabic, ...wrong });
    expect(failure.code).toBe(code);
    expect(await clerk.call('language.list', {})).toEqual(before);
  });

  it('goes when it is removed, and its signers meet the one that stands in for it', async () => {
    await clerk.call('language.remove', { code: 'ar' });
    expect((await clerk.refusal('language.remove', { code: 'ar' })).code).toBe('language.unknown');
    expect(await clerk.call('language.spoken', {})).toEqual([]);
    expect(await asked()).toMatchObject({ first: 'nn' });
  });
});

describe('the words in which a language is translated', () => {
  it.each(['nb', 'nn', 'en'])('are those that are confirmed (%s)', (language) => {
    const read = (path: string) =>
      JSON.parse(readFileSync(join(import.meta.dirname, '../..', path), 'utf8')) as Record<
        string,
        unknown
      >;
    const { text, textFor } = read(`resources/confirmation/${language}.json`);
    const words = read(`renderer/i18n/language.${language}.json`);
    expect(words['confirmation']).toEqual({ text, textFor });
  });
});
