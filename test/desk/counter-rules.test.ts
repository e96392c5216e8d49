/** What the office takes as proof at its counter, and its own words for what is confirmed there. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IdentityDocument } from '../../shared/job/identity-document.ts';
import {
  aSigner,
  drawnMark,
  handOver,
  identityCheck,
  makeDraft,
  passphrase,
  pin,
  readAndConfirm,
  setUp,
  startDesk,
  type Client,
  type MadeJob,
  type TestDesk,
} from '../support/desk.ts';

let desk: TestDesk;
let clerk: Client;
let made: MadeJob;
const signer = (at = 0) => made.signers[at]?.id ?? '';

beforeAll(async () => {
  desk = startDesk();
  clerk = desk.visit();
  await setUp(clerk);
  await clerk.call('settings.lock', { minutes: 240 });
  made = await makeDraft(clerk, [
    aSigner('Kari {forWhom} $& Bø'),
    aSigner('Ola Nordmann', 0, { onBehalfOf: 'OTHER', forWhom: 'Lise {signer}' }),
    aSigner('Kim Nordmann'),
  ]);
  await clerk.call('job.open', { job: made.job });
});
afterAll(() => desk.close());

describe('what counts as identification', () => {
  const code = async (documentType: IdentityDocument) => {
    const asked = { ...identityCheck, documentType };
    const answer = await clerk.try('session.handOver', {
      ...{ job: made.job, signer: signer(), identityCheck: asked },
    });
    return answer.ok ? 'ok' : answer.error.code;
  };

  it('is everything until somebody has decided', async () => {
    const rules = await clerk.call('settings.identityRules', {});
    expect(rules.known).toBe(true);
    expect(rules.documents).toContain('bank-card');
  });

  it('is what the administrator ticked, at the hand-over and for codes', async () => {
    const rules = await clerk.call('settings.putIdentityRules', {
      documents: ['national-id', 'passport', 'passport'],
      known: false,
    });
    expect(rules).toEqual({ documents: ['passport', 'national-id'], known: false });
    expect(await code('bank-card')).toBe('identity-check.document');
    const known = { method: 'known' as const, note: 'nabo' };
    const byWord = await clerk.try('session.handOver', {
      ...{ job: made.job, signer: signer(), identityCheck: known },
    });
    expect(byWord.ok || byWord.error.code).toBe('identity-check.known');
    await clerk.call('settings.counter', {
      twoClerks: false,
      pickUpCodes: true,
      loginAlone: false,
    });
    const pickUp = await clerk.try('pickup.make', {
      ...{ job: made.job, signer: signer(), identityCheck: known, minutes: 60 },
    });
    expect(pickUp.ok || pickUp.error.code).toBe('identity-check.known');
    expect((await clerk.call('job.get', { job: made.job })).job.state).toBe('open');
    expect(await code('passport')).toBe('ok');
    await clerk.call('session.leave', { reason: 'stopped' });
    await clerk.call('session.resume', { pin });
  });

  it('cannot be nothing at all', async () => {
    const answer = await clerk.try('settings.putIdentityRules', { documents: [], known: false });
    expect(answer.ok || answer.error.code).toBe('identity-rules.nothing');
    expect((await clerk.call('settings.identityRules', {})).documents).toHaveLength(2);
  });
});

describe('the words that are confirmed', () => {
  const text = 'Jeg, {signer}, har lest avtalen med kommunen og vil skrive under på den.';
  const textFor = 'Jeg, {signer}, skriver under for {forWhom} på avtalen med kommunen.';
  const own = async (words: { text: string; textFor: string } | null) => {
    const answer = await clerk.try('settings.putConfirmation', { language: 'nb', own: words });
    return answer.ok ? answer.value.find(({ language }) => language === 'nb') : answer.error.code;
  };

  it('are refused where a name is missing, unknown, or nothing is said', async () => {
    expect(await own({ text: text.replace('{signer}', 'Kari'), textFor })).toBe(
      'confirmation.name-missing',
    );
    expect(await own({ text, textFor: text })).toBe('confirmation.name-missing');
    expect(await own({ text: `${text} {sum}`, textFor })).toBe('confirmation.name-unknown');
    expect(await own({ text: `${text} {forWhom}`, textFor })).toBe('confirmation.name-unknown');
    expect(await own({ text: 'Ja, {signer}', textFor })).toBe('confirmation.short');
    const views = await clerk.call('settings.confirmations', {});
    expect(views.every((view) => view.own === null)).toBe(true);
    expect(views[0]?.builtIn.text).toContain('{signer}');
  });

  it('are on the screen and in the evidence, under a version that is never used twice', async () => {
    expect(await own({ text, textFor })).toMatchObject({ own: { version: 'office-1' } });
    expect(await own({ text, textFor })).toMatchObject({ own: { version: 'office-1' } });
    await handOver(clerk, made.job, signer());
    const view = await clerk.call('signing.view', {});
    expect(view.confirmation.text).toBe(
      'Jeg, Kari {forWhom} $& Bø, har lest avtalen med kommunen og vil skrive under på den.',
    );
    expect(view.confirmation.version).toBe('nb-office-1');
    const shown = await readAndConfirm(clerk);
    await clerk.call('signing.sign', { shown, mark: drawnMark });
    await clerk.call('session.leave', { reason: 'done' });
    await clerk.call('session.resume', { pin });
    const { events } = await clerk.call('job.get', { job: made.job });
    const confirmed = events.map(({ event }) => event).find(({ type }) => type === 'confirmed');
    expect(confirmed).toMatchObject({ textVersion: 'nb-office-1', text: view.confirmation.text });

    expect(await own(null)).toMatchObject({ own: null });
    expect(await own({ text: `${text} I dag.`, textFor })).toMatchObject({
      own: { version: 'office-2' },
    });
  });

  it('name the other one where somebody signs for them', async () => {
    await handOver(clerk, made.job, signer(1));
    const view = await clerk.call('signing.view', {});
    expect(view.confirmation.text).toBe(
      'Jeg, Ola Nordmann, skriver under for Lise {signer} på avtalen med kommunen.',
    );
    await clerk.call('session.leave', { reason: 'stopped' });
    await clerk.call('session.resume', { pin });
  });

  it('that change while somebody reads are not confirmed unseen', async () => {
    await handOver(clerk, made.job, signer(2));
    const other = desk.visit();
    const seen = await clerk.call('signing.view', {});
    await other.call('session.signIn', { user: 'Kari Skrankevakt', passphrase });
    await other.call('settings.putConfirmation', { language: 'nb', own: null });
    const confirmed = await clerk.try('signing.confirm', {
      shown: seen.documents.map(({ document, revision, sha256 }) => ({
        ...{ document, revision, sha256 },
      })),
      textSha256: seen.confirmation.sha256,
      pagesShown: {},
    });
    expect(confirmed.ok || confirmed.error.code).toBe('signing.other-text');
  });
});
