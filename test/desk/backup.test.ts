import { mkdtempSync, rmSync, writeFileSync, mkdirSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toPkcs12 } from '../../electron/eid/key-file-writing.ts';
import { authority } from '../support/signing.ts';
import {
  aSigner,
  makeDraft,
  passphrase,
  setUp,
  signAtKiosk,
  startDesk,
  until,
  type Client,
  type TestDesk,
} from '../support/desk.ts';

describe('what an office sets up', () => {
  let desk: TestDesk;
  let clerk: Client;
  let code = '';
  const drive = mkdtempSync(join(tmpdir(), 'skranke-drive-'));

  beforeAll(async () => {
    desk = startDesk();
    clerk = desk.visit();
    code = await setUp(clerk);
  });
  afterAll(async () => {
    await desk.close();
    rmSync(drive, { recursive: true, force: true });
  });
  const done = async () =>
    (await clerk.call('settings.checklist', {})).flatMap((item) => (item.done ? [item.code] : []));

  it('backs up to a drive, restores on trial with the printed code, and says so on the checklist', async () => {
    expect(await done()).toEqual([]);
    expect(await clerk.refusal('settings.backupNow', {})).toMatchObject({
      code: 'backup.no-folder',
    });
    expect(
      await clerk.refusal('settings.backup', { folder: join(drive, 'nei'), everyHours: 1 }),
    ).toMatchObject({ code: 'folder.missing' });
    await clerk.call('settings.backup', { folder: drive, everyHours: 24 });
    const receipt = await clerk.call('settings.backupNow', { task: 'backup-1' });
    expect(receipt).toMatchObject({ tested: true });
    expect(await clerk.refusal('settings.rehearse', { recoveryCode: 'XXXX-XXXX' })).toMatchObject({
      code: 'archive.mistyped-recovery-code',
    });
    expect(await clerk.call('settings.rehearse', { recoveryCode: code })).toMatchObject({
      ok: true,
    });
    expect(await done()).toEqual(['backup-folder', 'rehearsal']);
    expect((await clerk.call('settings.get', {})).backup.last).toEqual(receipt);
    expect(readdirSync(desk.home).some((name) => name.startsWith('rehearsal'))).toBe(false);
  });

  it('gives a new code for the passphrase, and only for the right one', async () => {
    expect(await clerk.refusal('settings.newRecoveryCode', { passphrase: 'feil' })).toMatchObject({
      code: 'archive.wrong-passphrase',
    });
    const { recoveryCode } = await clerk.call('settings.newRecoveryCode', { passphrase });
    expect(recoveryCode).not.toBe(code);
    await clerk.call('settings.backupNow', {});
    expect(await clerk.refusal('settings.rehearse', { recoveryCode: code })).toMatchObject({
      code: 'archive.wrong-recovery-code',
    });
    expect(await clerk.call('settings.rehearse', { recoveryCode })).toMatchObject({ ok: true });
  });

  it('takes the enterprise certificate from its key file and signs with it from then on', async () => {
    const seal = authority.issue('Eksempel kommune');
    const chain = [seal.certificate, ...seal.chain];
    const file = new Uint8Array(
      toPkcs12({ key: seal.key.privateKey, chain, passphrase: 'nøkkelfil' }),
    );
    expect(
      await clerk.refusal('settings.sealFromKeyFile', { bytes: file, passphrase: 'feil' }),
    ).toMatchObject({ code: 'key.wrong-passphrase' });
    expect(
      await clerk.refusal('settings.sealFromKeyFile', {
        ...{ bytes: new Uint8Array([1, 2, 3]), passphrase: '' },
      }),
    ).toMatchObject({ code: 'key.not-a-key-file' });
    const expired = authority.issue('Gammelt segl', 'p-256', {
      notAfter: new Date(Date.now() - 1),
    });
    const old = toPkcs12({
      key: expired.key.privateKey,
      chain: [expired.certificate],
      passphrase: 'x',
    });
    expect(
      await clerk.refusal('settings.sealFromKeyFile', {
        ...{ bytes: new Uint8Array(old), passphrase: 'x' },
      }),
    ).toMatchObject({ code: 'key.expired' });
    // Three refusals later the trial seal still stands.
    expect((await clerk.call('session.state', {})).trialSeal).toBe(true);
    const view = await clerk.call('settings.sealFromKeyFile', {
      ...{ bytes: file, passphrase: 'nøkkelfil' },
    });
    expect(view).toMatchObject({ certificate: { subject: 'Eksempel kommune', trial: false } });
    expect((await clerk.call('session.state', {})).trialSeal).toBe(false);
    expect(await done()).toContain('seal-certificate');

    const root = Buffer.from(authority.root.certificate).toString('base64');
    await clerk.call('settings.trust', {
      anchors: [`-----BEGIN CERTIFICATE-----\n${root}\n-----END CERTIFICATE-----`],
    });
    const made = await makeDraft(clerk, [aSigner('Kari')]);
    await clerk.call('job.open', { job: made.job });
    await signAtKiosk(clerk, made.job, made.signers[0]?.id ?? '');
    const document = made.documents[0]?.id ?? '';
    const report = await clerk.call('verify.document', { document });
    expect(report.indication).toBe('TOTAL-PASSED');
    expect(report.signatures.every(({ certificate }) => certificate?.trial === false)).toBe(true);
  });

  it('keeps its settings, checks them, and never gives a password back', async () => {
    expect(
      await clerk.refusal('settings.trust', { anchors: ['ikke noe sertifikat'] }),
    ).toMatchObject({ code: 'trust.no-certificate' });
    await clerk.call('settings.timestamps', {
      authorities: [{ url: 'https://tsa.example/ts', user: 'oss', password: 'hemmelig' }],
    });
    // Saved again without the password: it is still there.
    await clerk.call('settings.timestamps', {
      authorities: [{ url: 'https://tsa.example/ts', user: 'oss' }],
    });
    const view = await clerk.call('settings.get', {});
    expect(view.timestamps).toEqual([
      { url: 'https://tsa.example/ts', user: 'oss', policy: null, seconds: null },
    ]);
    expect(JSON.stringify(view)).not.toContain('hemmelig');
    expect(await clerk.refusal('settings.export', { folder: 'relativ' })).toMatchObject({
      code: 'folder.relative',
    });
    await clerk.call('settings.export', { folder: drive });
    await clerk.call('settings.kiosk', { idleSeconds: 300 });
    expect(await clerk.call('settings.get', {})).toMatchObject({
      ...{ exportFolder: drive, idleSeconds: 300 },
    });
    expect(await clerk.call('settings.checkTimestamps', {})).toMatchObject([
      { url: 'https://tsa.example/ts', ok: false },
    ]);
    await clerk.call('settings.timestamps', { authorities: [] });
  });

  it('exports to a folder that somebody else writes to without touching theirs', async () => {
    mkdirSync(join(drive, 'deres'));
    writeFileSync(join(drive, 'deres', 'fil.txt'), 'deres');
    const page = await clerk.call('job.list', { limit: 5, tab: 'signed' });
    const job = page.rows[0]?.id ?? '';
    await until(async () => {
      const view = await clerk.call('job.get', { job });
      return view.job.state === 'signed' && view.job.sealDeferred !== null;
    });
    const receipt = await clerk.call('export.save', { jobs: [job] });
    expect(receipt).toMatchObject({ folder: drive, failed: [] });
    expect(readdirSync(join(drive, 'deres'))).toEqual(['fil.txt']);
  });
});
