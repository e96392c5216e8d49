/**
 * Trusted lists of the office: each is a file in the data folder, known in the settings by its hash, with what
 * it said of itself when it came. They are public, so they lie there as they are.
 */
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { attempt, fail, ok, type Result } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { TrustedListView } from '../../shared/rpc/views-trust.ts';
import { norwegianIssuers } from '../adapters/norwegian-issuers.ts';
import { writeWholeFile } from '../adapters/whole-file.ts';
import { openTrustedList, requireNamedSigners } from '../core/trusted-lists/open-list.ts';
import type { OpenedList } from '../core/trusted-lists/open-list.ts';
import { trustedServices } from '../core/trusted-lists/services.ts';
import type { TrustedServices } from '../core/trusted-lists/services.ts';
import { sha256Hex, type Act, type Desk } from './desk.ts';
import { fromBase64, summaryOf } from './seal.ts';
import { settingsOf } from './settings-store.ts';

/** Far above every list there is. */
const MAX_BYTES = 32 * 1024 * 1024;

function pathOf({ archive }: Pick<Desk, 'archive'>, sha256: string): string {
  return join(archive.home, 'trusted-lists', `${sha256}.xml`);
}

/** A newer list of the same country takes the place of the older one; an older one is refused. */
export async function addTrustedList(
  desk: Desk,
  input: { readonly path: string },
  act: Act,
): Promise<Result<TrustedListView>> {
  const bytes = new Uint8Array(readFileSync(input.path));
  if (bytes.length > MAX_BYTES)
    return fail('trusted-list.malformed', 'The trusted list is larger than any there is.');
  const opened = await openTrustedList(bytes, { crypto: desk.crypto, now: desk.clock.now() });
  if (!opened.ok) return opened;
  const view = viewOf(opened.value, sha256Hex(bytes));
  const settings = settingsOf(desk.archive);
  const before = settings.get('trustedLists');
  const same = before.find((one) => one.territory === view.territory);
  if (same !== undefined && same.sequence > view.sequence)
    return fail('trusted-list.older', 'A newer list of the same country is there already.');
  const others = before.filter((one) => one !== same);
  const all = await openAll(desk, others);
  const agreed = attempt(() => {
    requireNamedSigners([...all.flatMap(({ list }) => list ?? []), opened.value]);
  });
  if (!agreed.ok) return agreed;
  const stored = attempt(() => {
    mkdirSync(join(desk.archive.home, 'trusted-lists'), { recursive: true });
    writeWholeFile(pathOf(desk, view.sha256), bytes);
  });
  if (!stored.ok) return stored;
  // One that was removed while this one was read stays removed.
  settings.change(
    'trustedLists',
    (now) => [...now.filter(({ territory }) => territory !== view.territory), view],
    act.actor,
  );
  if (same !== undefined && same.sha256 !== view.sha256)
    attempt(() => rmSync(pathOf(desk, same.sha256), { force: true }));
  return ok(view);
}

export function removeTrustedList(
  desk: Desk,
  { sha256 }: ParsedOf<'settings.removeTrustedList'>,
  actor: string,
): Result<null> {
  const settings = settingsOf(desk.archive);
  settings.change('trustedLists', (all) => all.filter((one) => one.sha256 !== sha256), actor);
  attempt(() => rmSync(pathOf(desk, sha256), { force: true }));
  return ok(null);
}

/** Reads and verifies every list anew, and says which is damaged, gone, or past its next update. */
export async function checkTrustedLists(
  desk: Desk,
): Promise<Result<readonly { readonly sha256: string; readonly code: string | null }[]>> {
  const now = desk.clock.now().toISOString();
  const all = await openAll(desk, settingsOf(desk.archive).get('trustedLists'));
  return ok(
    all.map(({ view, code }) => ({
      sha256: view.sha256,
      code:
        code ??
        (view.nextUpdate !== null && view.nextUpdate < now ? 'trusted-list.outdated' : null),
    })),
  );
}

/** Null where the file is gone, or is another one than was added. */
function bytesOf(desk: Desk, { sha256 }: TrustedListView): Uint8Array | null {
  const path = pathOf(desk, sha256);
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return null;
  const bytes = new Uint8Array(readFileSync(path));
  return sha256Hex(bytes) === sha256 ? bytes : null;
}

interface Kept {
  readonly view: TrustedListView;
  readonly list: OpenedList | null;
  readonly code: string | null;
}

async function openAll(desk: Desk, views: readonly TrustedListView[]): Promise<readonly Kept[]> {
  const kept: Kept[] = [];
  for (const view of views) {
    const bytes = bytesOf(desk, view);
    if (bytes === null) {
      kept.push({ view, list: null, code: 'trusted-list.missing' });
      continue;
    }
    const opened = await openTrustedList(bytes, {
      ...{ crypto: desk.crypto, now: desk.clock.now() },
    });
    kept.push(
      opened.ok
        ? { view, list: opened.value, code: null }
        : { view, list: null, code: opened.error.code },
    );
  }
  return kept;
}

/** Lists of one thread, by the hashes of what they were made from. */
let known: { readonly key: string; readonly services: TrustedServices } | null = null;

/** Null where the office has no list. What is damaged or gone is left out: nothing is trusted by it then. */
export async function trustedServicesOf(desk: Desk): Promise<TrustedServices | null> {
  const views = settingsOf(desk.archive).get('trustedLists');
  if (views.length === 0) return null;
  const key = views.map(({ sha256 }) => sha256).join(' ');
  if (known?.key === key) return known.services;
  const lists = (await openAll(desk, views)).flatMap(({ list }) => list?.list ?? []);
  const services = trustedServices(lists);
  if (lists.length === views.length) known = { key, services };
  return services;
}

/** DER of the roots, where an administrator has turned the set on. */
export function norwegianAnchors(desk: Pick<Desk, 'archive'>): readonly Uint8Array[] {
  if (!settingsOf(desk.archive).get('norwegianIssuers')) return [];
  return norwegianIssuers.map(({ certificate }) => fromBase64(certificate));
}

export function putNorwegianIssuers(
  desk: Desk,
  { on }: ParsedOf<'settings.norwegianIssuers'>,
  actor: string,
): Result<null> {
  settingsOf(desk.archive).put('norwegianIssuers', on, actor);
  return ok(null);
}

function viewOf({ list, signer }: OpenedList, sha256: string): TrustedListView {
  const { territory, operator, version, sequence, issued, nextUpdate, services } = list;
  return {
    ...{ sha256, territory, operator, version, sequence },
    issued: issued.toISOString(),
    nextUpdate: nextUpdate?.toISOString() ?? null,
    services: services.length,
    signer: summaryOf(signer.der),
  };
}
