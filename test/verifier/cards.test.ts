/** An advanced signature made with a card, and a statement under the clerk's own, as others get them. */
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pemOf } from '../../electron/adapters/anchors.ts';
import { runCli } from '../support/cli.ts';
import {
  aSigner,
  identityCheck,
  makeDraft,
  pin as clerkPin,
  readAndConfirm,
  setUp,
  startDesk,
  type TestDesk,
} from '../support/desk.ts';
import { exportJob, kontroller } from '../support/exported-job.ts';
import { readEvidence } from '../support/forged-evidence.ts';
import {
  cardAuthority,
  contentsOf,
  makeSoftTokens,
  personCertificate,
  type SoftTokens,
} from '../support/soft-tokens.ts';

const pin = '2580';
const kari = personCertificate({ name: 'NORDMANN KARI' });
const marit = personCertificate({ name: 'AAS MARIT', key: 'p-256' });
const idOf = (der: Uint8Array) =>
  new X509Certificate(der).fingerprint256.replaceAll(':', '').toLowerCase();
const target = mkdtempSync(join(tmpdir(), 'skranke-cards-'));

let tokens: SoftTokens;
let desk: TestDesk;
let folder = '';

beforeAll(async () => {
  tokens = makeSoftTokens([
    { label: 'Karis kort', pin, contents: [contentsOf(kari)] },
    { label: 'Marits kort', pin, contents: [contentsOf(marit)] },
  ]);
  desk = startDesk();
  const clerk = desk.visit();
  await setUp(clerk, 'Marit Aas');
  await clerk.call('settings.cards', {
    ...{ use: true, known: false, modules: [tokens.shim().path], keyFiles: false },
  });
  const anchors = [cardAuthority.root, cardAuthority.intermediate].map((one) =>
    pemOf(one.certificate),
  );
  await clerk.call('settings.trust', { anchors });
  const made = await makeDraft(clerk, [aSigner('Kari Nordmann', 0, { kind: 'advanced' })]);
  const { job } = made;
  const signer = made.signers[0]?.id ?? '';
  await clerk.call('job.open', { job });
  const certificate = idOf(kari.certificate);
  await clerk.call('session.handOver', { job, signer, identityCheck, certificate });
  await clerk.call('signing.showCard', { certificate });
  const shown = await readAndConfirm(clerk);
  const card = { type: 'card' as const, certificate, pins: [pin] };
  await clerk.call('signing.sign', { shown, mark: { type: 'plain' }, with: card });
  await clerk.call('session.leave', { reason: 'done' });
  await clerk.call('session.resume', { pin: clerkPin });
  const key = { type: 'card', certificate: idOf(marit.certificate), pin } as const;
  await clerk.call('job.attest', { job, signer, key });
  folder = await exportJob(clerk, job, target);
});
afterAll(async () => {
  await desk.close();
  tokens.close();
  rmSync(target, { recursive: true, force: true });
});

const nowhereQualified = (text: string) => expect(text).not.toMatch(/qualified|kvalifisert/i);

describe('a job signed and attested with cards', () => {
  it('is accepted by the check that lies beside it, which says whose cards they were', () => {
    const { wrong, good } = kontroller(folder);
    expect(wrong).toEqual([]);
    const said = good.map(({ code, text }) => `${code}: ${text}`).join('\n');
    expect(said).toContain('proof.good-certificate');
    expect(said).toMatch(/saksbehandlerens eget smartkort \(AAS MARIT\)/);
    const read = execFileSync(process.execPath, [join(folder, 'kontroller.mjs'), folder], {
      encoding: 'utf8',
    });
    expect(read).toContain('avansert signatur, laget med undertegnerens egen nøkkel');
    nowhereQualified(`${said}${read}`);
    expect(readEvidence(folder).signatures[0]).toMatchObject({ key: 'card', kind: 'advanced' });
  });

  it('is the person’s own signature to whoever checks the document, and no more than advanced', () => {
    const file = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) =>
      /document-1\.pdf$/.test(name),
    );
    const root = join(target, 'root.pem');
    writeFileSync(root, pemOf(cardAuthority.root.certificate));
    const at = join(folder, file ?? '');
    const { stdout } = runCli(['verify', at, '--trust', root, '--offline']);
    expect(stdout).toContain('NORDMANN KARI');
    nowhereQualified(stdout);
  });

  it('says so on the page of evidence', () => {
    const file = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) =>
      /signeringsbevis.*\.pdf$|evidence.*\.pdf$/.test(name),
    );
    const text = execFileSync('pdftotext', ['-layout', join(folder, file ?? ''), '-'], {
      encoding: 'utf8',
    }).replace(/\s+/g, ' ');
    expect(text).toContain('Avansert signatur');
    expect(text).toContain('signert med sitt eget smartkort (AAS MARIT)');
    nowhereQualified(text);
  });
});
