/** The pages for people: what they say, that others read them, and that they hold the rest together. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  aSigner,
  handOver,
  makeDraft,
  pin,
  setUp,
  startAuthority,
  startDesk,
  type Client,
  type TestAuthority,
  type TestDesk,
} from '../support/desk.ts';
import { copyOf, exportJob, finishedJob, kontroller, sumAgain } from '../support/exported-job.ts';
import { httpTimestamps } from '../../electron/adapters/http-timestamps.ts';
import { nodeCrypto } from '../../electron/adapters/node-crypto.ts';
import { nodeRandom } from '../../electron/adapters/node-random.ts';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import { unwrap } from '../../shared/result.ts';
import {
  changeEvidence,
  eventOf,
  forgeEvidence,
  readEvidence,
  rehash,
  type Loose,
} from '../support/forged-evidence.ts';
import { pdfsig, qpdfComplaints } from '../support/other-readers.ts';

let desk: TestDesk;
let authority: TestAuthority;
let clerk: Client;
let whole = '';
const target = mkdtempSync(join(tmpdir(), 'skranke-covers-'));
const nationalId = '01818000010';

beforeAll(async () => {
  authority = await startAuthority();
  desk = startDesk();
  clerk = desk.visit();
  await setUp(clerk);
  await clerk.call('settings.timestamps', { authorities: [{ url: authority.timestamps.url }] });
  const signers = [aSigner('Kari Nordmann', 0, { nationalId }), aSigner('Ola Nordmann', 1)];
  whole = await exportJob(clerk, await finishedJob(clerk, signers), target);
});
afterAll(async () => {
  await desk.close();
  await authority.timestamps.close();
  rmSync(target, { recursive: true, force: true });
});

const bytesOf = (name: string, folder = whole) => new Uint8Array(readFileSync(join(folder, name)));
/** As somebody who copies text out of it, or has it read aloud. */
function textOf(folder: string, name = 'signeringsbevis.pdf'): string {
  const { stdout } = spawnSync('pdftotext', ['-layout', join(folder, name), '-'], {
    encoding: 'utf8',
  });
  return stdout.replace(/\s+/g, ' ');
}

describe('signeringsbevis.pdf', () => {
  it('says what was signed, by whom, how each was identified, when, and what they confirmed', () => {
    const text = textOf(whole);
    for (const said of [
      'Leieavtale',
      'Alle har signert. Tidsstemplet',
      'Kari Nordmann, Leietaker',
      'Enkel signatur',
      'Pass, siste tegn A123, kontrollert av Kari Skrankevakt',
      '«Jeg, Ola Nordmann, vet hva som står i dokumentene',
      'Seglet til Eksempel kommune (PRØVESEGL)',
      'signert med seglet (Eksempel kommune (PRØVESEGL))',
      'Seglet er et prøvesegl',
      'Side 1 av 2',
      'kontroller.mjs',
    ])
      expect(text).toContain(said);
    expect(text).toMatch(/\d+\. \p{L}+ \d{4} kl\. \d\d\.\d\d/u);
    expect(text).not.toMatch(/[Aa]vansert|[Aa]utentisert/);
    expect(text).not.toContain(nationalId);
  });

  it('is one whole signed file with its structure, to other readers too', () => {
    for (const name of ['signeringsbevis.pdf', 'pakke.pdf']) {
      expect(qpdfComplaints(bytesOf(name))).toBeNull();
      expect(pdfsig(bytesOf(name))).toMatchObject([{ valid: true, whole: true }]);
    }
    const info = spawnSync('pdfinfo', [join(whole, 'signeringsbevis.pdf')], { encoding: 'utf8' });
    expect(info.stdout).toMatch(/Tagged:\s+yes/);
  });

  it('tells of a rejected job in the signer’s language, with masked numbers, and of a cancelled one', async () => {
    const language = 'en';
    const signers = [aSigner('Åse Ødegård', 0, { language })];
    const made = await makeDraft(clerk, signers);
    await clerk.call('job.open', { job: made.job });
    await handOver(clerk, made.job, made.signers[0]?.id ?? '');
    await clerk.call('signing.decline', { reason: `${nationalId} is not mine` });
    await clerk.call('session.leave', { reason: 'done' });
    await clerk.call('session.resume', { pin });
    const folder = await exportJob(clerk, made.job, target);
    expect(kontroller(folder).wrong).toEqual([]);
    expect(textOf(folder)).toContain('Rejected. Åse Ødegård would not sign.');
    expect(textOf(folder)).toContain('018180***** is not mine');
    expect(textOf(folder)).not.toContain(nationalId);

    const { job } = await clerk.call('job.create', { spec: { title: 'Avlyst' } });
    await clerk.call('job.cancel', { job, reason: 'Ombestemt' });
    const cancelled = await exportJob(clerk, job, target);
    expect(textOf(cancelled)).toContain('Trukket tilbake.');
    expect(kontroller(cancelled).wrong).toEqual([]);
  });

  it('comes whatever somebody is called: what no font has is told by its number', async () => {
    const { job } = await clerk.call('job.create', { spec: { title: 'عقد' } });
    await clerk.call('job.cancel', { job, reason: '' });
    expect(textOf(await exportJob(clerk, job, target))).toContain('[U+0639][U+0642][U+062F]');
  });
});

describe('pakke.pdf', () => {
  it('carries the very files', () => {
    const file = join(whole, 'pakke.pdf');
    const list = spawnSync('pdfdetach', ['-list', file], { encoding: 'utf8' }).stdout;
    expect(list).toContain('3 embedded files');
    const out = mkdtempSync(join(target, 'detached-'));
    expect(spawnSync('pdfdetach', ['-saveall', '-o', out, file]).status).toBe(0);
    for (const name of ['document-1.pdf', 'evidence.json', 'signeringsbevis.pdf'])
      expect(Buffer.compare(readFileSync(join(out, name)), bytesOf(name))).toBe(0);
    const text = readFileSync(file, 'latin1');
    for (const how of ['Source', 'Data', 'Supplement'])
      expect(text).toContain(`/AFRelationship /${how}`);
    expect(text).toContain('<pdfaid:part>3</pdfaid:part>');
    expect(textOf(whole, 'pakke.pdf')).toContain('Signert dokument');
  });
});

describe('the seal over them holds what came after the last signature', () => {
  it.each<[string, (folder: string) => void]>([
    [
      'a statement’s signature taken out of the log, everything computed anew',
      (folder) =>
        forgeEvidence(
          folder,
          (evidence) => delete eventOf(evidence, 'attested', -1).event.signature,
        ),
    ],
    [
      'when it was sealed',
      (folder) =>
        forgeEvidence(
          folder,
          (evidence) => void (eventOf(evidence, 'sealed').event.authority = 'Andre'),
        ),
    ],
    [
      'the last events left out, head and all',
      (folder) =>
        changeEvidence(folder, (evidence) => {
          evidence.events.pop();
          evidence.documents[0].revisions.pop();
          evidence.clocks.pop();
          evidence.state = 'signed';
          rehash(evidence);
        }),
    ],
  ])('%s', (_, change) => {
    const folder = copyOf(whole);
    change(folder);
    sumAgain(folder);
    const codes = kontroller(folder).wrong.map(({ code }) => code);
    expect(codes).toContain('cover.other');
    rmSync(join(folder, '..'), { recursive: true, force: true });
  });

  it.each(['signeringsbevis.pdf', 'pakke.pdf'])('a byte of %s', (name) => {
    const folder = copyOf(whole);
    const bytes = readFileSync(join(folder, name));
    bytes[2000] = (bytes[2000] ?? 0) ^ 1;
    writeFileSync(join(folder, name), bytes);
    sumAgain(folder);
    expect(kontroller(folder).wrong.map(({ code }) => code)).toEqual(
      name === 'pakke.pdf' ? ['cover.value'] : ['cover.value', 'cover.other'],
    );
    rmSync(join(folder, '..'), { recursive: true, force: true });
  });
});

describe('a timestamp over the log', () => {
  const anchored = async (change: (anchor: Loose) => void = () => undefined) => {
    const folder = copyOf(whole);
    const { events } = readEvidence(folder);
    const { hash, version } = events.at(-1);
    const port = httpTimestamps({
      ...{ urls: [{ url: authority.timestamps.url }], clock: systemClock },
      ...{ crypto: nodeCrypto, random: nodeRandom },
    });
    const digest = new Uint8Array(Buffer.from(hash, 'hex'));
    const token = unwrap(await port.stamp({ algorithm: 'sha256', digest }));
    const anchor = { event: version, hash, token: Buffer.from(token).toString('base64') };
    change(anchor);
    changeEvidence(folder, (evidence) => void evidence.anchors.push(anchor));
    sumAgain(folder);
    const verdict = kontroller(folder);
    rmSync(join(folder, '..'), { recursive: true, force: true });
    return verdict;
  };

  it('holds for the event whose hash it is over, and for no other', async () => {
    const put = await anchored();
    expect(put.good.map(({ code }) => code)).toContain('anchor.good');
    // The seal knows that it was put in afterwards.
    expect(new Set(put.wrong.map(({ code }) => code))).toEqual(new Set(['cover.other']));
    const codes = async (change: (anchor: Loose) => void) =>
      (await anchored(change)).wrong.map(({ code }) => code);
    expect(await codes((anchor) => void (anchor.event -= 1))).toContain('anchor.other');
    const { events } = readEvidence(whole);
    expect(
      await codes((anchor) => Object.assign(anchor, { event: 1, hash: events[0].hash })),
    ).toContain('timestamp.imprint');
  });
});
