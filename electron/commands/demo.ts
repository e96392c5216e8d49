/**
 * `skranke demo`: the whole main job on the shipped sample, without a window but through the same
 * router: first start, prepare, open, two people at the counter, seal, verify, export, backup. A
 * timestamp authority and a certificate issuer of its own run for as long as it takes.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refusal, attemptAsync } from '../../shared/result.ts';
import type { InputOf } from '../../shared/rpc/contract.ts';
import { pemOf } from '../adapters/anchors.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { makeTrialAuthority, type TrialAuthority } from '../adapters/trial-pki.ts';
import { startTrialTimestampAuthority } from '../adapters/trial-timestamp-authority.ts';
import { writeWholeFile } from '../adapters/whole-file.ts';
import { toPkcs12 } from '../eid/key-file-writing.ts';
import { command, parseFlags } from './console.ts';
import type { Console } from './console.ts';
import { exitCode, exitCodeFor } from './exit-code.ts';
import { createDeskClient } from './desk-client.ts';
import type { DeskClient } from './desk-client.ts';
import { demoStrokes } from './demo-strokes.ts';
import { ensureCheckers, holdAgainstOthers, holdByKontroller } from './demo-checks.ts';

const sample = fileURLToPath(new URL('../../resources/sample/leieavtale.pdf', import.meta.url));
/** Of the demonstration's own archive, which holds nothing but the sample. */
const passphrase = 'en prøve på skranken';
const pin = '2468';

interface Demo {
  readonly out: string;
  readonly desk: DeskClient;
  readonly step: (text: string) => void;
}

export const main = command(async (args, terminal) => {
  const { values } = parseFlags(args, { out: { type: 'string' } });
  const out = resolve(values.out ?? mkdtempSync(join(tmpdir(), 'skranke-demo-')));
  const done = await attemptAsync(() => demonstrate(out, terminal));
  if (!done.ok) {
    terminal.failure(done.error);
    return exitCodeFor(done.error);
  }
  return done.value;
});

async function demonstrate(out: string, terminal: Console): Promise<number> {
  mkdirSync(out, { recursive: true });
  if (readdirSync(out).length > 0)
    throw new Refusal('demo.not-empty', 'The folder for the demonstration is not empty.', { out });
  ensureCheckers(terminal);
  let number = 0;
  const step = (text: string): void => {
    number += 1;
    terminal.say(`${String(number).padStart(2)}. ${text}`);
  };
  const issuer = makeTrialAuthority({ name: 'Skranke Demo', now: systemClock.now() });
  writeWholeFile(join(out, 'root.pem'), pemOf(issuer.root.certificate));
  const authority = await startTrialTimestampAuthority({
    ...issuer.issueTimestamper('Skranke Demo Time Stamping'),
    clock: systemClock,
  });
  const desk = createDeskClient({ home: join(out, 'home') });
  try {
    const demo = { out, desk, step };
    await firstStart(demo, {
      seal: sealFile(issuer),
      root: pemOf(issuer.root.certificate),
      timestamps: authority.url,
    });
    const job = await prepare(demo);
    await desk.call('job.open', { job });
    step('Opened: one revision added both fields and the organisation’s certification (DocMDP)');
    await signAsPerson(demo, job, 'signer-1', 'for utleier', demoStrokes.landlord);
    await signAsPerson(demo, job, 'signer-2', 'leietaker', demoStrokes.tenant);
    const sealed = await desk.call('sealing.seal', { job });
    if (sealed.deferred !== null)
      throw new Refusal(sealed.deferred, 'The seal waits: no timestamp authority answered.');
    step('Sealed: a document timestamp over everything, from a local authority (RFC 3161)');
    const files = await exportAndVerify(demo, job);
    const root = join(out, 'root.pem');
    const others = holdAgainstOthers(files.pdf, root, terminal, step);
    await backUp(demo);
    const checked = [...others, holdByKontroller(files.folder, root, terminal, step)];
    terminal.emit({ out, job, ...files, checks: checked });
    terminal.say('');
    terminal.say(`Signed document   ${files.pdf}`);
    terminal.say(`Evidence          ${files.evidence}`);
    terminal.say(`For people        ${join(files.folder, 'signeringsbevis.pdf')}`);
    terminal.say(`All in one file   ${join(files.folder, 'pakke.pdf')}`);
    terminal.say(`Check it anywhere node ${join(files.folder, 'kontroller.mjs')}`);
    terminal.say(`Archive           ${join(out, 'home')}`);
    terminal.say(`Root to trust     ${join(out, 'root.pem')}`);
    return checked.every(({ good }) => good !== false) ? exitCode.done : exitCode.no;
  } finally {
    await desk.close();
    await authority.close();
  }
}

/** What an office gets from its issuer: key and chain in one file behind a passphrase. */
function sealFile(issuer: TrialAuthority): Uint8Array<ArrayBuffer> {
  const seal = issuer.issue([
    { oid: '2.5.4.6', value: 'NO' },
    { oid: '2.5.4.10', value: 'Fjellvik kommune' },
    { oid: '2.5.4.97', value: 'NTRNO-974760673' },
    { oid: '2.5.4.3', value: 'Fjellvik kommune' },
  ]);
  const chain = [seal.certificate, ...seal.chain];
  return new Uint8Array(toPkcs12({ key: seal.key.privateKey, chain, passphrase }));
}

async function firstStart(
  { desk, step, out }: Demo,
  with_: {
    readonly seal: Uint8Array<ArrayBuffer>;
    readonly root: string;
    readonly timestamps: string;
  },
): Promise<void> {
  const { recoveryCode } = await desk.call('session.setUp', {
    organisation: 'Fjellvik kommune',
    organisationNumber: '974760673',
    sector: 'public',
    name: 'Marit Aas',
    passphrase,
    pin,
    trialSeal: false,
    language: 'nb',
  });
  writeWholeFile(join(out, 'recovery-code.txt'), `${recoveryCode}\n`);
  step('First start: organisation, first user, recovery code, an encrypted archive');
  const state = await desk.call('session.state', {});
  if (state.state === 'locked')
    await desk.call('session.signIn', { user: state.users[0]?.id ?? '', passphrase });
  await desk.call('settings.sealFromKeyFile', { bytes: with_.seal, passphrase });
  await desk.call('settings.trust', { anchors: [with_.root] });
  await desk.call('settings.timestamps', { authorities: [{ url: with_.timestamps }] });
  step('Seal from a PKCS#12 key file, trust anchor and timestamp authority are in place');
}

async function prepare({ desk, step }: Demo): Promise<string> {
  const { job } = await desk.call('job.create', { spec: { title: 'Leieavtale, rom 204' } });
  const imported = await desk.call('document.import', { job, ...(await desk.upload(sample)) });
  const { findings } = imported.document;
  step(
    `Imported the sample: ${findings.pageCount} pages, ${findings.pdfa ?? 'no PDF/A'}, ${findings.signatures} signatures`,
  );
  const signer = (id: string, name: string, title: string, order: number) => ({
    id,
    name,
    title,
    order,
    kind: 'simple' as const,
    role: 'signer' as const,
    onBehalfOf: 'SELF' as const,
    language: 'nb' as const,
  });
  const field = (id: string, who: string, x: number) => ({
    id,
    document: imported.document.id,
    signer: who,
    placement: { page: 3, x, y: 266, width: 200, height: 72 },
  });
  const { job: draft } = await desk.call('job.get', { job });
  await desk.call('job.edit', {
    job,
    version: draft.version,
    spec: {
      ...draft.spec,
      title: 'Leieavtale, rom 204',
      reference: '26/1183',
      signers: [
        signer('signer-1', 'Ola Nordmann', 'For utleier', 0),
        signer('signer-2', 'Kari Nordmann', 'Leietaker', 1),
      ],
      fields: [field('field-001', 'signer-1', 68), field('field-002', 'signer-2', 322)],
    } as InputOf<'job.edit'>['spec'],
    titles: { [imported.document.id]: 'Leieavtale' },
    order: [imported.document.id],
  });
  step('Prepared: two signers in order, a field for each on page 4');
  return job;
}

async function signAsPerson(
  { desk, step }: Demo,
  job: string,
  signer: string,
  as: string,
  mark: InputOf<'signing.sign'>['mark'],
): Promise<void> {
  await desk.call('session.handOver', {
    job,
    signer,
    identityCheck: {
      method: 'document',
      documentType: 'passport',
      lastFour: '1234',
      expires: '2031-05-01',
    },
  });
  const view = await desk.call('signing.view', {});
  const shown = view.documents.map(({ document, revision, sha256 }) => ({
    document,
    revision,
    sha256,
  }));
  const pagesShown = Object.fromEntries(
    view.documents.flatMap(({ document, pageCount }) =>
      Array.from({ length: pageCount }, (_, page) => [`${document}/${page + 1}`, 2000] as const),
    ),
  );
  await desk.call('signing.confirm', { shown, textSha256: view.confirmation.sha256, pagesShown });
  await desk.call('signing.sign', { shown, mark });
  await desk.call('session.leave', { reason: 'done' });
  await desk.call('session.resume', { pin });
  await desk.call('job.attest', { job, signer });
  step(`Signed at the counter as ${as}: identity checked, text confirmed, drawn mark, attested`);
}

interface DemoFiles {
  readonly folder: string;
  readonly pdf: string;
  readonly evidence: string;
  readonly indication: string;
}

async function exportAndVerify({ desk, step, out }: Demo, job: string): Promise<DemoFiles> {
  const { job: sealed } = await desk.call('job.get', { job });
  const document = sealed.documents[0]?.id ?? '';
  const report = await desk.call('verify.document', { document });
  step(`Verified: ${report.indication}. ${report.sentence}`);
  if (report.indication !== 'TOTAL-PASSED')
    throw new Refusal('verify.not-passed', 'The demonstration’s own document does not pass.', {
      indication: report.indication,
      signatures: report.signatures.map(
        ({ field, subIndication, sentence }) => `${field}: ${subIndication ?? ''} ${sentence}`,
      ),
    });
  const receipt = await desk.call('export.save', { jobs: [job], folder: join(out, 'export') });
  const folder = join(receipt.folder, receipt.jobs[0]?.folder ?? '');
  const names = readdirSync(folder);
  const named = (end: string): string => {
    const name = names.find((candidate) => candidate.endsWith(end));
    if (name === undefined) throw new Refusal('export.incomplete', `The export has no ${end}.`);
    return join(folder, name);
  };
  step(`Exported with evidence and checksums: ${names.length} files, receipt ${receipt.id}`);
  const { indication } = report;
  return { folder, pdf: named('document-1.pdf'), evidence: named('evidence.json'), indication };
}

async function backUp({ desk, step, out }: Demo): Promise<void> {
  const verified = await desk.call('archive.verify', {});
  step(`Archive verified: ${verified.events} events in an unbroken chain`);
  const receipt = await desk.call('settings.backupNow', { folder: join(out, 'backup') });
  const recoveryCode = readFileSync(join(out, 'recovery-code.txt'), 'utf8').trim();
  const rehearsal = await desk.call('settings.rehearse', { recoveryCode });
  step(
    `Backed up (${receipt.documents} documents, ${receipt.tested ? 'opened and checked' : 'unchecked'}) and rehearsed with the recovery code: ${rehearsal.ok ? 'it opens' : 'IT DOES NOT OPEN'}`,
  );
  if (!verified.ok || !rehearsal.ok || !existsSync(join(out, 'backup')))
    throw new Refusal('demo.backup', 'The archive or its backup is not whole.');
}
