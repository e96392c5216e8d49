/** An app in a temporary home, with a clerk signed in: what the desk's tests stand on. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtWorker } from './built.ts';
import { createApp, type App, type AppPorts } from '../../electron/app.ts';
import { makeTrialAuthority, type TrialAuthority } from '../../electron/adapters/trial-pki.ts';
import {
  startTrialTimestampAuthority,
  type RunningAuthority,
} from '../../electron/adapters/trial-timestamp-authority.ts';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import type { Placement } from '../../shared/document.ts';
import type { JobDocument, SignerSpec } from '../../shared/job/job.ts';
import type { Failure, Result } from '../../shared/result.ts';
import type { InputOf, MethodName, OutputOf } from '../../shared/rpc/contract.ts';
import type { HostEvent } from '../../shared/rpc/transport.ts';

export const passphrase = 'riktig hest batteri';
export const pin = '4711';
export const samplePath = join(import.meta.dirname, '../../resources/sample/leieavtale.pdf');

export interface Client {
  readonly id: string;
  readonly events: HostEvent[];
  try<M extends MethodName>(method: M, input: InputOf<M>): Promise<Result<OutputOf<M>>>;
  /** The value; throws where the call is refused. */
  call<M extends MethodName>(method: M, input: InputOf<M>): Promise<OutputOf<M>>;
  /** The failure; throws where the call is granted. */
  refusal<M extends MethodName>(method: M, input: InputOf<M>): Promise<Failure>;
  upload(bytes: Uint8Array): Promise<string>;
}

export interface TestDesk {
  readonly app: App;
  readonly home: string;
  /** A fresh visitor. */
  visit(): Client;
  close(): Promise<void>;
}

export function startDesk(ports: Partial<AppPorts> = {}): TestDesk {
  const home = ports.home ?? join(mkdtempSync(join(tmpdir(), 'skranke-desk-')), 'home');
  const app = createApp({
    home,
    host: 'web',
    zone: 'Europe/Oslo',
    log: () => undefined,
    ...builtWorker,
    ...ports,
  });
  return {
    app,
    home,
    visit: () => clientOf(app),
    async close() {
      await app.close();
      if (ports.home === undefined) rmSync(join(home, '..'), { recursive: true, force: true });
    },
  };
}

function clientOf(app: App): Client {
  const id = app.sessions.open();
  const events: HostEvent[] = [];
  app.events.listen(id, (event) => events.push(event));
  const ask = async <M extends MethodName>(method: M, input: InputOf<M>) =>
    (await app.router.call(id, method, input)) as Result<OutputOf<M>>;
  return {
    id,
    events,
    try: ask,
    async call(method, input) {
      const result = await ask(method, input);
      if (!result.ok) throw new Error(`${method}: ${JSON.stringify(result.error)}`);
      return result.value;
    },
    async refusal(method, input) {
      const result = await ask(method, input);
      if (result.ok) throw new Error(`${method} was granted`);
      return result.error;
    },
    async upload(bytes) {
      const received = await app.uploads.receive(id, once(bytes));
      if (!received.ok) throw new Error(received.error.code);
      return received.value.upload;
    },
  };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield bytes;
}

/** A new archive with its first user at this client. */
export async function setUp(client: Client, name = 'Kari Skrankevakt'): Promise<string> {
  const { recoveryCode } = await client.call('session.setUp', {
    ...{ organisation: 'Eksempel kommune', organisationNumber: '123456785', sector: 'public' },
    ...{ name, passphrase, pin, trialSeal: true, language: 'nb' },
  });
  return recoveryCode;
}

export function aSigner(name: string, order = 0, more: Partial<SignerSpec> = {}): SignerSpec {
  return {
    ...{ id: randomUUID(), name, title: 'Leietaker', order, kind: 'simple', role: 'signer' },
    ...{ onBehalfOf: 'SELF', language: 'nb' },
    ...more,
  };
}

export interface MadeJob {
  readonly job: string;
  readonly documents: readonly JobDocument[];
  readonly signers: readonly SignerSpec[];
}

/** A draft with documents, signers and a field for each signer in each document. */
export async function makeDraft(
  client: Client,
  signers: readonly SignerSpec[],
  files: readonly Uint8Array[] = [readFileSync(samplePath)],
  more: { readonly title?: string; readonly deadline?: string } = {},
): Promise<MadeJob> {
  const title = more.title ?? 'Leieavtale';
  const { job } = await client.call('job.create', { spec: { title } });
  const documents: JobDocument[] = [];
  for (const [index, bytes] of files.entries()) {
    const upload = await client.upload(bytes);
    const name = `avtale ${index + 1}.pdf`;
    documents.push((await client.call('document.import', { job, upload, name })).document);
  }
  const view = await client.call('job.get', { job });
  const fields = documents.flatMap((document) =>
    signers.map((signer, index) => ({
      ...{ id: randomUUID(), document: document.id, signer: signer.id },
      placement: placeFor(index),
    })),
  );
  await client.call('job.edit', {
    ...{ job, version: view.job.version, titles: {}, order: documents.map(({ id }) => id) },
    spec: { ...view.job.spec, deadline: more.deadline ?? null, signers: [...signers], fields },
  });
  return { job, documents, signers };
}

function placeFor(index: number): Placement {
  return {
    page: 0,
    x: 60 + 200 * (index % 2),
    y: 600 - 80 * Math.floor(index / 2),
    width: 180,
    height: 60,
  };
}

export const identityCheck = {
  method: 'document',
  documentType: 'passport',
  lastFour: 'A123',
  expires: '2099-12-31',
} as const;

export async function handOver(client: Client, job: string, signer: string): Promise<void> {
  await client.call('session.handOver', { job, signer, identityCheck });
}

/** What the kiosk does between the hand-over and "Sign". */
export async function readAndConfirm(client: Client) {
  const view = await client.call('signing.view', {});
  const shown = view.documents.map(({ document, revision, sha256 }) => ({
    ...{ document, revision, sha256 },
  }));
  const pagesShown = Object.fromEntries(
    view.documents.flatMap(({ document, pageCount }) =>
      Array.from({ length: pageCount }, (_, page) => [`${document}/${page + 1}`, 900]),
    ),
  );
  const textSha256 = view.confirmation.sha256;
  await client.call('signing.confirm', { shown, textSha256, pagesShown });
  return shown;
}

export const drawnMark = {
  type: 'drawn' as const,
  aspect: 3,
  paths: [
    [
      { x: 0.1, y: 0.6 },
      { x: 0.4, y: 0.2 },
      { x: 0.9, y: 0.7 },
    ],
  ],
};

/** One signer from the hand-over to the clerk's return. */
export async function signAtKiosk(client: Client, job: string, signer: string): Promise<void> {
  await handOver(client, job, signer);
  const shown = await readAndConfirm(client);
  await client.call('signing.sign', { shown, mark: drawnMark });
  await client.call('session.leave', { reason: 'done' });
  await client.call('session.resume', { pin });
}

export interface TestAuthority {
  readonly authority: TrialAuthority;
  readonly timestamps: RunningAuthority;
  /** PEM of the root. */
  readonly root: string;
}

/** A timestamp authority of our own on this machine. */
export async function startAuthority(port = 0): Promise<TestAuthority> {
  const authority = makeTrialAuthority({ name: 'Prøve', now: new Date() });
  const timestamps = await startTrialTimestampAuthority({
    ...authority.issueTimestamper(),
    ...{ clock: systemClock, port },
  });
  const base64 = Buffer.from(authority.root.certificate).toString('base64');
  const root = `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
  return { authority, timestamps, root };
}

/** Waits for what the desk does by itself. */
export async function until<T>(
  body: () => Promise<T | null | undefined | false> | T | null | undefined | false,
): Promise<T> {
  for (let tries = 0; tries < 400; tries++) {
    const value = await body();
    if (value !== null && value !== undefined && value !== false) return value;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('it never happened');
}
