/** A desk where the work up to the journey's own first step is done, through the same calls a page makes. */
import { readFileSync } from 'node:fs';
import type { OpenedHost } from './host.ts';
import { expect } from './host.ts';
import { clerk } from './clerk.ts';
import { samplePath } from './files.ts';

/** What the clerk saw, where it is not the journey's point. */
export const passport = {
  method: 'document',
  documentType: 'passport',
  lastFour: 'A12B',
  expires: '2099-12-31',
} as const;

export interface SeedOptions {
  readonly trialSeal?: boolean;
  readonly timestamps?: string;
  readonly root?: string;
  readonly idleSeconds?: number;
}

/** First start done and the clerk signed in at the job list. Gives the recovery code. */
export async function seedDesk(desk: OpenedHost, options: SeedOptions = {}): Promise<string> {
  const { organisation, organisationNumber, name, passphrase, pin } = clerk;
  const { recoveryCode } = await desk.call('session.setUp', {
    ...{ organisation, organisationNumber, sector: 'public', language: 'nb' },
    ...{ name, passphrase, pin, trialSeal: options.trialSeal ?? true },
  });
  if (options.timestamps !== undefined)
    await desk.call('settings.timestamps', { authorities: [{ url: options.timestamps }] });
  if (options.root !== undefined) await desk.call('settings.trust', { anchors: [options.root] });
  if (options.idleSeconds !== undefined)
    await desk.call('settings.kiosk', { idleSeconds: options.idleSeconds });
  await desk.page.reload();
  await expect(desk.page.locator('nav.rail')).toBeVisible();
  return recoveryCode;
}

export interface SeededJob {
  readonly job: string;
  readonly document: string;
}

export interface SeededSigners {
  readonly language?: 'nb' | 'nn' | 'en';
  readonly kind?: 'simple' | 'advanced' | 'authenticated';
  readonly level?: 3 | 4;
  readonly nationalId?: string;
  /** Of each: what they are in the document. */
  readonly title?: string;
  /** How many documents the job has: one, where nothing is said. */
  readonly documents?: number;
}

/** A draft of the sample with a field on its last page for each signer, in order. */
export async function seedDraft(
  desk: OpenedHost,
  title: string,
  names: readonly string[],
  signers: SeededSigners = {},
): Promise<SeededJob> {
  const { job } = await desk.call('job.create', { spec: { title } });
  const documents: string[] = [];
  for (let number = 0; number < (signers.documents ?? 1); number++) {
    const upload = await desk.page.evaluate(async (base64) => {
      const body = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      const response = await fetch('/upload', { method: 'PUT', body });
      return ((await response.json()) as { upload: string }).upload;
    }, readFileSync(samplePath).toString('base64'));
    const given = { job, upload, name: 'Leieavtale.pdf' };
    documents.push((await desk.call('document.import', given)).document.id);
  }
  const { job: draft } = await desk.call('job.get', { job });
  await desk.call('job.edit', {
    ...{ job, version: draft.version, order: documents },
    titles: Object.fromEntries(
      documents.map((id, at) => [id, at === 0 ? 'Leieavtale' : `Vedlegg ${at}`]),
    ),
    spec: {
      ...draft.spec,
      signers: names.map((name, order) => ({
        ...{
          id: `undertegner-${String(order)}`,
          name,
          order,
          kind: signers.kind ?? ('simple' as const),
        },
        ...{ role: 'signer' as const, onBehalfOf: 'SELF' as const },
        ...{ title: signers.title ?? '', language: signers.language ?? 'nb' },
        ...(signers.level === undefined ? {} : { level: signers.level }),
        ...(signers.nationalId === undefined ? {} : { nationalId: signers.nationalId }),
      })),
      fields: documents.flatMap((document, number) =>
        names.map((_, at) => ({
          ...{ id: `signaturfelt-${String(number * names.length + at)}`, document },
          signer: `undertegner-${String(at)}`,
          placement: { page: 3, x: 60 + (at % 2) * 240, y: 560 + at * 2, width: 200, height: 72 },
        })),
      ),
    },
  });
  return { job, document: documents[0] ?? '' };
}

/** The same, open for signing. */
export async function seedJob(
  desk: OpenedHost,
  title: string,
  names: readonly string[],
  signers: SeededSigners = {},
): Promise<SeededJob> {
  const made = await seedDraft(desk, title, names, signers);
  await desk.call('job.open', { job: made.job });
  return made;
}

/** Signs for everybody by calls alone, and leaves the clerk at the desk. */
export async function seedSignatures(desk: OpenedHost, job: string, signers: number) {
  const { page } = desk;
  // A page of the same origin without the app in it, which would follow the session about.
  const icon = await page.evaluate(
    () => document.querySelector<HTMLLinkElement>('link[rel=icon]')?.href ?? '',
  );
  await page.goto(icon);
  for (let index = 0; index < signers; index += 1) {
    await desk.call('session.handOver', {
      ...{ job, signer: `undertegner-${String(index)}` },
      identityCheck: passport,
    });
    const view = await desk.call('signing.view', {});
    const shown = view.documents.map(({ document, revision, sha256 }) => ({
      ...{ document, revision, sha256 },
    }));
    const pagesShown = Object.fromEntries(
      view.documents.flatMap(({ document, pageCount }) =>
        Array.from({ length: pageCount }, (_, page) => [`${document}/${String(page + 1)}`, 900]),
      ),
    );
    const textSha256 = view.confirmation.sha256;
    await desk.call('signing.confirm', { shown, textSha256, pagesShown });
    await desk.call('signing.sign', { shown, mark: { type: 'typed', text: view.signer.name } });
    await desk.call('session.leave', { reason: 'done' });
    await desk.call('session.resume', { pin: clerk.pin });
  }
  await page.goto(new URL('/', icon).href);
  await expect(page.getByRole('navigation').first()).toBeVisible();
}
