/**
 * A whole journey at the counter, and then a search for a number and a name wherever the program, the
 * browser and the machine may have left them. `allowed` is all there is: anything else is a leak.
 */
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { layoutOf } from '../../electron/archive/layout.ts';
import { subkey } from '../../electron/archive/box.ts';
import { unlockWithPassphrase } from '../../electron/archive/keys.ts';
import { openArchive } from '../../electron/archive/open-archive.ts';
import { nodeRandom } from '../../electron/adapters/node-random.ts';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import { unwrap } from '../../shared/result.ts';
import { root } from '../support/cli.ts';
import { search, type Allowed } from '../support/leaks/allowed.ts';
import { contentsOf, filesIn } from '../support/leaks/files.ts';
import { formsFound, secretOf } from '../support/leaks/forms.ts';
import { databaseInTheClear, type Piece } from '../support/leaks/pages.ts';
import { freePort, startOidc } from '../support/oidc.ts';
import { addSigner, button, clerk, comeBack, goTo, handOver, introduce } from './support/clerk.ts';
import { jobPage, keepRecoveryCode, openJob, openSettings } from './support/clerk.ts';
import { dropFiles, samplePath } from './support/files.ts';
import { expect, hostName, test, type OpenedHost } from './support/host.ts';
import { asDesk, environment, keptByPage, killBrowser } from './support/privacy-desk.ts';
import { makeFolders, openBrowser, startProgram, textOf } from './support/privacy-desk.ts';
import { seedDraft, seedJob, seedSignatures } from './support/seed.ts';
import { confirm, draw, readToTheEnd, sayWho, signNow } from './support/signer.ts';

const name = 'Ragnfrid Zåkariassen';
const number = '01818000010';
const printed = '12857910093';
const secrets = [
  secretOf('name', name),
  secretOf('number', number),
  secretOf('printed number', printed),
];

const allowed: readonly Allowed[] = [
  {
    place: 'opened with the job’s own key: event',
    what: ['name', 'number', 'printed number'],
    why: 'the log of a job says whose it is',
  },
  {
    place: 'opened with the job’s own key: document',
    what: ['name'],
    why: 'the signature names the signer',
  },
  {
    place: 'opened with the job’s own key: document of “Med nummer”',
    what: ['printed number'],
    why: 'the job’s rule prints the number beside the signature',
  },
  { place: 'views: ', what: ['name'], why: 'lists and search find a job by its signers' },
  { place: 'export: contents of', what: ['name'], why: 'an export says who signed' },
  {
    place: 'export: contents of Med nummer',
    what: ['printed number'],
    why: 'the job’s rule prints the number beside the signature',
  },
  {
    place: 'complete export: contents of',
    what: ['name', 'number', 'printed number'],
    why: 'a records manager asked for the whole record',
  },
];

const pdfsOf = (pieces: readonly Piece[]) =>
  pieces.flatMap(({ place, bytes }) =>
    bytes.subarray(0, 5).toString() === '%PDF-'
      ? [{ place: `${place}, as read`, bytes: textOf(bytes) }]
      : [],
  );

/** `printing`: the folder of the job whose rule prints the number. */
function exported(label: string, folder: string, printing = ''): readonly Piece[] {
  const pieces = contentsOf(label, folder).map(({ place, bytes }) => ({
    place: place
      .replace(/^([^:]*): (?!names of files)/, '$1: contents of ')
      .replace(`of ${printing}/`, 'of Med nummer/'),
    bytes,
  }));
  return [...pieces, ...pdfsOf(pieces)];
}

async function inTheClear(home: string, scratch: string): Promise<readonly Piece[]> {
  const key = unwrap(await unlockWithPassphrase(home, clerk.name, clerk.passphrase));
  const layout = layoutOf(home);
  const databases = (['archive', 'keyring', 'views'] as const).flatMap((which) =>
    databaseInTheClear(which, layout[which], subkey(key, which), scratch),
  );
  const archive = unwrap(openArchive({ home, key, clock: systemClock, random: nodeRandom }));
  const pieces: Piece[] = [];
  const own = 'opened with the job’s own key';
  try {
    const jobs = new Set(archive.eventsSince(0, 10_000).map(({ job }) => job));
    for (const { event } of archive.eventsSince(0, 10_000))
      pieces.push({ place: `${own}: event`, bytes: Buffer.from(JSON.stringify(event)) });
    for (const id of jobs)
      for (const { id: document } of archive.documents(id)) {
        const source = unwrap(archive.source(document));
        const bytes = Buffer.from(source.read(0, source.length));
        source.close();
        const place = `${own}: document of “${archive.job(id)?.spec.title ?? ''}”`;
        pieces.push({ place, bytes }, { place, bytes: textOf(bytes) });
      }
  } finally {
    archive.close();
  }
  return [...databases, ...pieces];
}

async function withNumber(
  desk: OpenedHost,
  job: string,
  more: object,
  rule: 'NAME' | 'NATIONAL_ID_AND_NAME',
) {
  const { job: draft } = await desk.call('job.get', { job });
  await desk.call('job.edit', {
    ...{ job, version: draft.version, titles: {}, order: draft.documents.map(({ id }) => id) },
    spec: {
      ...draft.spec,
      identifierInDocument: rule,
      fields: [...draft.spec.fields],
      signers: draft.spec.signers.map((signer, at) => (at === 0 ? { ...signer, ...more } : signer)),
    },
  });
}

test('a number and a name are nowhere but where they belong', async ({
  playwright,
  launchOptions,
}) => {
  test.skip(hostName !== 'web', 'the browser’s profile is what Electron keeps in memory');
  test.setTimeout(400_000);
  const folders = makeFolders();
  const { home, exports, drive, faults, scratch, profile } = folders;
  let program = await startProgram(folders, 'test/support/leaks/serve-with-eid.ts', [home]);
  let browser = await openBrowser(playwright, profile, launchOptions);
  let { page } = browser;
  const desk = asDesk(page, folders);
  const found: Piece[] = [];
  let withNumberPrinted = '';
  const said: (() => string)[] = [() => program.said()];
  const first = program;
  said[0] = () => first.said();

  await test.step('first start and settings', async () => {
    await page.goto(program.url);
    await introduce(page);
    await button(page, 'Lag arkivet').click();
    await page
      .getByRole('heading', { name: 'Skriv ut denne koden nå' })
      .waitFor({ timeout: 60_000 });
    await keepRecoveryCode(page);
    await button(page, 'Gå til skranken').click();
    await openSettings(page, 'Eksport');
    await page.getByLabel('Eksportmappe').fill(exports);
    await button(page, 'Lagre').click();
    await expect(page.getByText('Lagret.')).toBeVisible();
  });

  await test.step('a job by hand, with what goes wrong on the way', async () => {
    const no = join(folders.top, `${name} ${number}.pdf`);
    writeFileSync(no, `Dette er ${name}, ikke en PDF`);
    await goTo(page, 'Oppdrag');
    await button(page, 'Nytt oppdrag').first().click();
    await expect(page.getByRole('heading', { name: 'Legg inn dokumentene' })).toBeVisible();
    await dropFiles(page.getByRole('main'), samplePath);
    const documents = page.getByRole('complementary', { name: 'Dokumenter' });
    await expect(documents.getByText('leieavtale.pdf')).toBeVisible();
    const choosing = page.waitForEvent('filechooser');
    await button(documents, 'Legg til flere dokumenter').click();
    await (await choosing).setFiles(no);
    await expect(page.getByText(/ikke.*PDF/i).first()).toBeVisible();
    rmSync(no);
    await button(page, 'Gå til undertegnere').click();
    const panel = page.getByRole('complementary', { name: 'Undertegnere' });
    await button(panel, 'Legg til undertegner').click();
    await panel.getByLabel('Navn', { exact: true }).fill(name);
    await page.getByLabel('Ved signaturen i dokumentet står').selectOption('NATIONAL_ID_AND_NAME');
    const field = panel.getByLabel('Fødselsnummer');
    await field.fill('01818000011');
    await field.blur();
    await field.fill(number);
    await field.blur();
    await button(panel, `Lukk ${name}`).click();
    await addSigner(page, { name: 'Ola Nordmann', title: 'Utleier' });
    await page.getByLabel('Ved signaturen i dokumentet står').selectOption('NAME');
    await button(page, /Plasser.*alle/i).click();
    await button(page, 'Gå til kontroll').click();
    await page.getByLabel('Tittel', { exact: true }).fill('For hånd');
    // Nothing is missing but the file that did not come in: the button leads to it.
    await button(page, 'Se filen som ikke er kommet inn').click();
    await button(documents, 'Ta bort').click();
    await button(page, 'Gå til undertegnere').click();
    await button(page, 'Gå til kontroll').click();
    await button(page, 'Start signeringen').click();
    await expect(jobPage(page, 'For hånd')).toBeVisible();
  });

  const signs = async (who: string) => {
    await handOver(page, who);
    await sayWho(page, who);
    await readToTheEnd(page);
    await confirm(page);
    await draw(page);
    await signNow(page);
    await button(page, 'Ferdig').click();
  };
  await test.step('signed by two, attested, and a wrong PIN', async () => {
    await signs(name);
    await button(page, 'Ansatt').click();
    await page.getByLabel('PIN-koden til den som ga over skjermen').fill('0000');
    await button(page, 'Fortsett').click();
    await expect(page.getByText('PIN-koden er feil')).toBeVisible();
    await page.getByLabel('PIN-koden til den som ga over skjermen').fill(clerk.pin);
    await button(page, 'Fortsett').click();
    await button(page, `Bekreft at du så ${name} signere`).click();
    await button(page, 'Bekreft').click();
    await signs('Ola Nordmann');
    await comeBack(page);
    await expect(page.getByRole('navigation', { name: 'Hovedmeny' })).toBeVisible();
  });

  await test.step('declined, cancelled, and one that prints the number', async () => {
    const declined = await seedDraft(desk, 'Avslått', [name]);
    await withNumber(desk, declined.job, { nationalId: number }, 'NAME');
    await desk.call('job.open', { job: declined.job });
    const { origin } = new URL(page.url());
    // A page of the same origin without the app in it, which would follow the session about.
    const icon = await page.evaluate(
      () => document.querySelector<HTMLLinkElement>('link[rel=icon]')?.href ?? '',
    );
    await page.goto(icon);
    const { job: open } = await desk.call('job.get', { job: declined.job });
    await desk.call('session.handOver', {
      ...{ job: declined.job, signer: open.signers[0]?.id ?? '' },
      identityCheck: {
        method: 'document',
        documentType: 'passport',
        lastFour: 'A12B',
        expires: '2099-12-31',
      },
    });
    await desk.call('signing.decline', { reason: 'Nei' });
    await desk.call('session.leave', { reason: 'done' });
    await desk.call('session.resume', { pin: clerk.pin });
    await page.goto(origin);
    await expect(page.getByRole('navigation', { name: 'Hovedmeny' })).toBeVisible();
    const cancelled = await seedJob(desk, 'Avbrutt', [name]);
    await desk.call('job.cancel', { job: cancelled.job, reason: 'Feil' });
    const whole = await seedDraft(desk, 'Med nummer', ['Ola Nordmann']);
    await withNumber(desk, whole.job, { nationalId: printed }, 'NATIONAL_ID_AND_NAME');
    await desk.call('job.open', { job: whole.job });
    await seedSignatures(desk, whole.job, 1);
  });

  await test.step('one who logs in: the provider tells the number', async () => {
    const port = await freePort();
    const put = (issuer: string, key: 'new' | 'keep') =>
      desk.call('settings.putEid', {
        providers: [
          {
            ...{ id: 'id-porten-1', kind: 'id-porten', label: 'ID-porten', issuer, key },
            ...{ clientId: 'skranke', authentication: 'private-key', requestObject: true },
            ...{ logout: true, nationalId: false, levels: { substantial: [], high: [] } },
            claims: { name: '', birthDate: '', nationalId: '' },
          },
        ],
        ...{ default: null, port },
      });
    const { providers, ...made } = await put('http://127.0.0.1:1', 'new');
    const provider = await startOidc({
      publicKey: providers[0]?.publicKey ?? '',
      ...{ redirectUri: made.redirectUri, loggedOutUri: made.loggedOutUri },
      people: [{ pid: number, name: 'Den ene', birthdate: '1980-01-01' }],
    });
    await put(provider.issuer, 'keep');
    const { job } = await seedDraft(desk, 'Innlogget', [name]);
    const more = { kind: 'authenticated', level: 4, nationalId: number };
    await withNumber(desk, job, more, 'NAME');
    await desk.call('job.open', { job });
    await openJob(page, 'Venter', 'Innlogget');
    await button(page, `Kall fram ${name}`).click();
    await button(page.getByRole('dialog'), `Gi over til ${name}`).click();
    await sayWho(page, name);
    await readToTheEnd(page);
    await confirm(page);
    await button(page, 'Logg inn med ID-porten').click();
    await page.getByRole('link', { name: 'Den ene high', exact: true }).click();
    await button(page, 'Logg ut').click();
    await expect(page.getByRole('heading', { name: 'Du er logget inn' })).toBeVisible();
    await button(page, 'Signer').click();
    await expect(page.getByRole('heading', { name: 'Takk, du har signert' })).toBeVisible();
    await button(page, 'Ferdig').click();
    await comeBack(page);
    await expect(page.getByRole('navigation', { name: 'Hovedmeny' })).toBeVisible();
    await provider.close();
  });

  await test.step('searched, refused, verified, exported, backed up', async () => {
    await goTo(page, 'Oppdrag');
    await page.getByLabel('Søk i tittel, navn, innhold eller dato').fill('Zåkariassen');
    await expect(page.getByText('Avslått').first()).toBeVisible();
    await page.getByLabel('Søk i tittel, navn, innhold eller dato').fill(number);
    await expect(page.getByText('Ingenting du har tilgang til')).toBeVisible();
    await page.getByLabel('Søk i tittel, navn, innhold eller dato').fill('');
    const refused = await desk.try('job.create', { spec: { reference: `Sak ${number}` } });
    expect(refused.ok).toBe(false);
    await desk.try('job.create', { spec: { title: name, [number]: name } as never });
    const { rows } = await desk.call('job.list', { search: name, limit: 50 });
    const all = await desk.call('job.list', { limit: 50 });
    expect(rows.length).toBe(4);
    for (const { id } of all.rows) {
      const { job } = await desk.call('job.get', { job: id });
      for (const document of job.documents)
        await desk.call('verify.document', { document: document.id });
    }
    const jobs = all.rows.map(({ id }) => id);
    const receipt = await desk.call('export.save', { jobs, folder: exports });
    const whole = all.rows.find(({ title }) => title === 'Med nummer')?.id;
    withNumberPrinted = receipt.jobs.find(({ job }) => job === whole)?.folder ?? '';
    await desk.call('export.save', { jobs, folder: folders.scratch, complete: true });
    await desk.call('settings.backupNow', { folder: drive });
    expect((await desk.call('archive.verify', {})).ok).toBe(true);
  });

  await test.step('what the browser keeps, while it runs and after it is killed', async () => {
    found.push({ place: 'browser: kept by the page', bytes: Buffer.from(await keptByPage(page)) });
    const cookies = JSON.stringify(await browser.context.cookies());
    found.push({ place: 'browser: cookies', bytes: Buffer.from(cookies) });
    found.push(...contentsOf('browser’s profile, running', profile));
    killBrowser(profile);
    found.push({
      place: 'browser: addresses, titles, console',
      bytes: Buffer.from(browser.seen()),
    });
    found.push(...contentsOf('browser’s profile, killed', profile));
    await browser.context.close().catch(() => undefined);
  });

  await test.step('the program breaks: in a handler, in a worker, where nobody waits', async () => {
    found.push(...exported('complete export', scratch));
    for (const folder of filesIn(scratch)) rmSync(folder);
    found.push(...(await inTheClear(home, scratch)));
    await program.end();
    program = await startProgram(folders, 'electron/web/serve.ts', ['--home', home]);
    const second = program;
    said.push(() => second.said());
    browser = await openBrowser(playwright, `${profile}-2`, launchOptions);
    page = browser.page;
    await page.goto(program.url);
    await page.waitForURL((url) => url.search === '');
    const again = asDesk(page, folders);
    await again.call('session.signIn', { user: clerk.name, passphrase: clerk.passphrase });
    const message = `${name} ${number} ${printed}`;
    const broken = { ok: false, error: { code: 'internal' } };
    writeFileSync(join(faults, 'host'), message);
    expect(await again.try('archive.verify', {})).toMatchObject(broken);
    const [some] = (await again.call('job.list', { limit: 1, tab: 'signed' })).rows;
    writeFileSync(join(faults, 'worker'), message);
    const jobs = [some?.id ?? ''];
    expect(await again.try('export.save', { jobs, folder: exports })).toMatchObject(broken);
    rmSync(join(faults, 'worker'));
    expect((await again.call('archive.verify', {})).ok).toBe(true);
    await page.goto('about:blank');
    writeFileSync(join(faults, 'nobody'), message);
    expect(await program.ended).not.toBe(0);
    found.push(...(await inTheClear(home, scratch)));
    await browser.context.close();
  });

  await test.step('the command line, and what it says when it breaks', async () => {
    const run = (...args: readonly string[]) => {
      const { stdout, stderr, status } = spawnSync(
        process.execPath,
        [
          '--import',
          join(root, 'test/support/leaks/faults.ts'),
          join(root, 'electron/cli.ts'),
          ...args,
        ],
        { cwd: folders.cwd, env: environment(folders), encoding: 'utf8' },
      );
      found.push({ place: `command ${args[0] ?? ''}`, bytes: Buffer.from(stdout + stderr) });
      return status;
    };
    const bad = join(scratch, 'bad.json');
    writeFileSync(bad, `{"title": ${name}, "nationalId": ${number}x}`);
    const passphrase = join(scratch, 'passphrase');
    writeFileSync(passphrase, clerk.passphrase);
    const who = ['--home', home, '--user', clerk.name, '--user-passphrase-file', passphrase];
    expect(run('job', 'create', bad, ...who)).not.toBe(0);
    expect(run('archive', 'verify', ...who)).toBe(0);
    writeFileSync(join(faults, 'host'), `${name} ${number}`);
    run('archive', 'verify', ...who);
    writeFileSync(join(faults, 'nobody'), `${name} ${number}`);
    run('archive', 'verify', ...who);
    for (const file of [bad, passphrase]) rmSync(file);
  });

  said.forEach((words, at) => {
    found.push({ place: `log of program ${at + 1}`, bytes: Buffer.from(words()) });
    expect(words().length).toBeGreaterThan(100);
  });
  found.push(...contentsOf('data folder', home), ...contentsOf('backup', drive));
  found.push(
    ...contentsOf('user’s folder', folders.user),
    ...contentsOf('started in', folders.cwd),
  );
  found.push(
    ...contentsOf('temporary files', folders.temporary),
    ...exported('export', exports, withNumberPrinted),
  );

  const result = search(found, secrets, allowed);
  const megabytes = (result.bytes / 1e6).toFixed(1);
  console.log(
    [
      `${result.places} places, ${megabytes} MB, ${result.forms} forms; allowed hits:`,
      ...result.table,
    ].join('\n'),
  );
  expect(result.leaks).toEqual([]);
  expect(new Set(result.table.map((line) => line.split(' | ')[0])).size).toBe(allowed.length);
  expect(formsFound(Buffer.from(name), secrets[0] as never)).not.toEqual([]);
  rmSync(folders.top, { recursive: true, force: true });
});
