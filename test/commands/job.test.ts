/** `skranke job`: a job's whole life by the command line, through the same router as the windows. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';
import { passphrase } from '../support/desk.ts';
import { pdfsig, qpdfComplaints } from '../support/other-readers.ts';
import { plainPdf } from '../support/plain-pdf.ts';
import { makeHome, shippedCli } from './home.ts';
import type { Home, Shipped } from './home.ts';
import { closedPort, codeOf, newScene, only, startAuthority } from './scene.ts';
import type { Answer } from './scene.ts';

const scene = newScene();
let authority: Awaited<ReturnType<typeof startAuthority>>;
let shipped: Shipped;
let home: Home;
const identityCheck = ['--identity-check', scene.path('identity.json')];

const signer = (name: string) => ({ name, title: 'Leietaker' });
const field = (who: number) => ({
  ...{ document: 1, signer: who, page: 1, x: 60 + 220 * (who - 1), y: 600 },
  ...{ width: 200, height: 70 },
});
const spec = {
  title: 'Leieavtale, rom 204',
  reference: '26/1183',
  documents: [{ file: 'avtale.pdf', title: 'Avtale' }],
  signers: [signer('Ola Nordmann'), signer('Kari Nordmann')],
  fields: [field(1), field(2)],
};

beforeAll(async () => {
  authority = await startAuthority(scene);
  shipped = await shippedCli();
  home = await makeHome(scene, { ...shipped, authorities: [authority.url] });
  scene.put('avtale.pdf', plainPdf());
  scene.put('spec.json', JSON.stringify(spec));
  scene.put(
    'identity.json',
    JSON.stringify({
      method: 'document',
      documentType: 'passport',
      lastFour: '1234',
      expires: '2099-12-31',
    }),
  );
});
afterAll(async () => {
  await authority.close();
  shipped.remove();
  scene.close();
});

async function created(changes: object = {}): Promise<string> {
  const path = scene.put('changed.json', JSON.stringify({ ...spec, ...changes }));
  return String(only(await home.ask('job', 'create', path))['job']);
}

async function opened(): Promise<string> {
  const job = await created();
  expect((await home.ask('job', 'open', job)).code).toBe(0);
  return job;
}

async function stateOf(job: string): Promise<unknown> {
  return (only(await home.ask('job', 'show', job))['job'] as { state: unknown }).state;
}

const outcome = (answer: Answer): unknown => [answer.code, codeOf(only(answer)) ?? 'done'];

describe('a job', () => {
  it('has its fields where the words and the marks of its documents stand', async () => {
    const content =
      'BT /H 12 Tf 72 600 Td ({{sign:1}}) Tj 0 -180 Td (Leietakers underskrift) Tj ET';
    scene.put('merket.pdf', plainPdf({ pages: [{ content }] }));
    const marked = {
      ...{ tags: true, documents: [{ file: 'merket.pdf' }] },
      fields: [{ document: 1, signer: 2, anchor: { text: 'leietakers  UNDERSKRIFT' } }],
    };
    const job = await created(marked);
    const shown = only(await home.ask('job', 'show', job))['job'] as {
      spec: {
        signers: readonly { id: string }[];
        fields: readonly { signer: string; placement: { page: number; x: number; y: number } }[];
      };
    };
    const [ola, kari] = shown.spec.signers.map(({ id }) => id);
    const places = new Map(shown.spec.fields.map(({ signer, placement }) => [signer, placement]));
    expect([...places.keys()].toSorted()).toEqual([ola, kari].toSorted());
    // 842 points high: the mark is 242 from the top, the words 180 below it.
    const [first, second] = [places.get(ola ?? '')?.y ?? 0, places.get(kari ?? '')?.y ?? 0];
    expect(second - first).toBeGreaterThan(20);
    expect(outcome(await home.ask('job', 'open', job))).toEqual([0, 'done']);

    const gone = { fields: [{ document: 1, signer: 1, anchor: { text: 'står ikke der' } }] };
    const path = scene.put('gone.json', JSON.stringify({ ...spec, ...gone }));
    expect(codeOf(only(await home.ask('job', 'create', path)))).toBe('anchor.not-found');
  });

  it('goes from a specification to sealed files in a folder', async () => {
    const create = await home.ask('job', 'create', scene.path('spec.json'));
    expect([create.code, create.stderr]).toEqual([0, '']);
    expect(only(create)).toMatchObject({ documents: 1, job: expect.any(String) });
    const job = String(only(create)['job']);
    expect(await stateOf(job)).toBe('draft');

    expect(outcome(await home.ask('job', 'open', job))).toEqual([0, 'done']);
    for (const who of ['1', '2']) {
      const signed = await home.ask('job', 'sign', job, '--signer', who, ...identityCheck);
      expect(signed.code).toBe(0);
      expect(only(signed)).toMatchObject({ job, signedAt: expect.stringMatching(/^\d{4}-.*Z$/) });
    }
    expect(outcome(await home.ask('job', 'seal', job))).toEqual([0, 'done']);
    const shown = only(await home.ask('job', 'show', job));
    expect(shown).toMatchObject({
      job: { state: 'sealed', spec: { reference: '26/1183' }, signers: [{}, {}], documents: [{}] },
    });
    const events = shown['events'] as readonly { event: { type: string } }[];
    expect(events.map(({ event }) => event.type)).toEqual(
      expect.arrayContaining(['created', 'opened', 'handed-over', 'signed', 'sealed']),
    );

    const exported = await home.ask('job', 'export', job, scene.path('export'));
    expect(exported.code).toBe(0);
    const receipt = only(exported) as { folder: string; jobs: { folder: string }[] };
    const folder = join(receipt.folder, receipt.jobs[0]?.folder ?? '');
    const name = readdirSync(folder).find((each) => each.endsWith('.pdf')) ?? '';
    const pdf = new Uint8Array(readFileSync(join(folder, name)));
    expect(qpdfComplaints(pdf)).toBeNull();
    // The organisation's certification and two people; Poppler cannot read the timestamp.
    expect(pdfsig(pdf).slice(0, 3)).toMatchObject([
      { valid: true },
      { valid: true },
      { valid: true },
    ]);
    // Once more does no harm, and nothing.
    expect(outcome(await home.ask('job', 'seal', job))).toEqual([0, 'done']);
    const after = only(await home.ask('job', 'show', job))['events'] as readonly {
      event: { type: string };
    }[];
    expect(after.filter(({ event }) => event.type === 'sealed')).toHaveLength(1);
  });

  it('is declined, withdrawn, extended', async () => {
    const declined = await opened();
    const no = ['--signer', '1', '--reason', 'Feil beløp', ...identityCheck];
    expect(outcome(await home.ask('job', 'decline', declined, ...no))).toEqual([0, 'done']);
    expect(await stateOf(declined)).toBe('rejected');

    const withdrawn = await opened();
    const cancel = ['job', 'cancel', withdrawn, '--reason', 'Ikke aktuelt'];
    expect(outcome(await home.ask(...cancel))).toEqual([0, 'done']);
    expect(await stateOf(withdrawn)).toBe('cancelled');
    expect(outcome(await home.ask(...cancel))).toEqual([1, 'job.state']);

    const extended = await opened();
    const deadline = '2031-05-01T12:00:00.000Z';
    const extend = ['job', 'extend', extended, '--deadline', deadline];
    expect(outcome(await home.ask(...extend))).toEqual([0, 'done']);
    expect(only(await home.ask('job', 'show', extended))).toMatchObject({
      job: { spec: { deadline } },
    });
    const past = ['job', 'extend', extended, '--deadline', '2020-01-01'];
    expect(outcome(await home.ask(...past))).toEqual([1, 'job.deadline-past']);
  });

  it('is found in the list by what stands in it', async () => {
    const job = await created({ title: 'Barnehageplass på Solbakken' });
    const found = only(await home.ask('job', 'list', '--search', 'solbakken'));
    expect(found['rows']).toMatchObject([{ id: job, state: 'draft' }]);
    const all = only(await home.ask('job', 'list', '--limit', '2'))['rows'] as unknown[];
    expect(all).toHaveLength(2);
    const nothing = only(await home.ask('job', 'list', '--search', 'finnesikke'));
    expect(nothing['rows']).toEqual([]);
  });

  it('waits for its seal, with code 3, while no authority answers', async () => {
    const alone = await makeHome(scene, {
      ...shipped,
      name: 'alone',
      authorities: [await closedPort()],
    });
    const path = scene.put(
      'one.json',
      JSON.stringify({ ...spec, signers: [signer('Ola')], fields: [field(1)] }),
    );
    const job = String(only(await alone.ask('job', 'create', path))['job']);
    await alone.ask('job', 'open', job);
    await alone.ask('job', 'sign', job, '--signer', '1', ...identityCheck);
    const sealed = await alone.ask('job', 'seal', job);
    expect(outcome(sealed)).toEqual([3, 'timestamp.unreachable']);
    const { job: shown } = only(await alone.ask('job', 'show', job)) as { job: { state: string } };
    expect(shown.state).not.toBe('sealed');
  });
});

describe('a job is refused', () => {
  it('a step that is not its turn, each by name', async () => {
    const draft = await created();
    const sign = ['--signer', '1', ...identityCheck];
    expect(outcome(await home.ask('job', 'sign', draft, ...sign))).toEqual([1, 'job.state']);
    const job = await opened();
    const second = ['--signer', '2', ...identityCheck];
    expect(outcome(await home.ask('job', 'sign', job, ...second))).toEqual([
      1,
      'job.not-their-turn',
    ]);
    const third = ['--signer', '3', ...identityCheck];
    expect(outcome(await home.ask('job', 'sign', job, ...third))).toEqual([2, 'job.no-signer']);
    expect(outcome(await home.ask('job', 'show', 'abcdefgh'))).toEqual([2, 'job.unknown']);
    expect(await stateOf(job)).toBe('open');
  });

  it('a signature without an identity check, or with one that says nothing', async () => {
    const job = await opened();
    const bare = await home.ask('job', 'sign', job, '--signer', '1');
    expect(outcome(bare)).toEqual([2, 'cli.usage']);
    const empty = ['--identity-check', scene.put('empty.json', '{}')];
    const nothing = await home.ask('job', 'sign', job, '--signer', '1', ...empty);
    expect(outcome(nothing)).toEqual([2, 'rpc.invalid']);
    const text = ['--identity-check', scene.put('text.json', 'passport, I think')];
    const words = await home.ask('job', 'sign', job, '--signer', '1', ...text);
    expect(outcome(words)).toEqual([2, 'file.not-json']);
    const events = only(await home.ask('job', 'show', job))['events'] as readonly {
      event: { type: string };
    }[];
    expect(events.map(({ event }) => event.type)).not.toContain('handed-over');
  });

  it('a specification that does not fit, and leaves no draft behind', async () => {
    const before = only(await home.ask('job', 'list'))['rows'];
    const create = (name: string, content: unknown) =>
      home.ask(
        'job',
        'create',
        scene.put(name, typeof content === 'string' ? content : JSON.stringify(content)),
      );
    const cases = [
      ['a title alone', { title: 'x' }, 'job.specification'],
      ['no JSON', 'title: x', 'file.not-json'],
      ['a key nobody knows', { ...spec, colour: 'red' }, 'job.specification'],
      ['a field of nobody', { ...spec, fields: [field(3)] }, 'job.specification'],
      [
        'a file that is not there',
        { ...spec, documents: [{ file: 'absent.pdf' }] },
        'file.not-found',
      ],
      ['a file that is no PDF', { ...spec, documents: [{ file: 'spec.json' }] }, 'pdf.not-a-pdf'],
    ] as const;
    for (const [what, content, code] of cases) {
      const answer = await create('bad.json', content);
      expect([what, outcome(answer)]).toEqual([what, [2, code]]);
    }
    expect(outcome(await home.ask('job', 'create', scene.path('absent.json')))).toEqual([
      2,
      'file.unreadable',
    ]);
    expect(only(await home.ask('job', 'list'))['rows']).toEqual(before);
  });
});

describe('who acts', () => {
  const list = (flags: readonly string[], env: Record<string, string> = {}) =>
    runCli(['job', 'list', '--home', home.folder, '--json', ...flags], { env, ...shipped });
  const code = (run: { stdout: string }): unknown =>
    codeOf(JSON.parse(run.stdout) as Record<string, unknown>);

  it('is told by name, with the passphrase from a file or the environment', () => {
    const secret = { SKRANKE_PASSPHRASE: passphrase };
    expect(list([], secret).code).toBe(0);
    expect(list(['--user', 'Kari Skrankevakt'], secret).code).toBe(0);
    const stranger = list(['--user', 'Nobody'], secret);
    expect([stranger.code, code(stranger)]).toEqual([2, 'session.no-such-user']);
    const silent = list([], { SKRANKE_PASSPHRASE: '' });
    expect(silent.code).toBe(2);
  });

  it('is nobody with a wrong passphrase', () => {
    const wrong = list([], { SKRANKE_PASSPHRASE: 'helt feil setning' });
    expect([wrong.code, code(wrong)]).toEqual([2, 'archive.wrong-passphrase']);
    expect(wrong.stdout + wrong.stderr).not.toContain('helt feil');
  });

  it('finds the data folder in SKRANKE_HOME, and says where there is none', () => {
    const env = { SKRANKE_PASSPHRASE: passphrase, SKRANKE_HOME: home.folder };
    expect(runCli(['job', 'list', '--json'], { env, ...shipped }).code).toBe(0);
    const nowhere = runCli(['job', 'list', '--json', '--home', scene.path('nowhere')], {
      env,
      ...shipped,
    });
    expect([nowhere.code, code(nowhere)]).toEqual([2, 'archive.not-here']);
    expect(scene.list()).not.toContain('nowhere');
  });
});
