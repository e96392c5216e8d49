/** The office's settings. What computes or asks the network is in the worker; here it is read and kept. */
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { statSync } from 'node:fs';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { ChecklistItem, SettingsView } from '../../shared/rpc/views.ts';
import { norwegianIssuers } from '../adapters/norwegian-issuers.ts';
import { certificatesIn } from '../adapters/anchors.ts';
import { parseCertificate } from '../core/cms/certificate.ts';
import { hasCardSupport } from '../eid/card/support.ts';
import type { Desk } from './desk.ts';
import { sealOf, sealView, summaryOf, fromBase64, toBase64 } from './seal.ts';
import { settingsOf, type Authority } from './settings-store.ts';

export function getSettings(desk: Desk): Result<SettingsView> {
  const settings = settingsOf(desk.archive);
  return ok({
    organisation: settings.get('organisation'),
    seal: sealView(desk),
    timestamps: settings.get('timestamps').map(({ url, user, policy, seconds }) => ({
      ...{ url, user: user ?? null, policy: policy ?? null, seconds: seconds ?? null },
    })),
    anchors: settings.get('anchors').map((der) => summaryOf(fromBase64(der))),
    trustedLists: settings.get('trustedLists'),
    norwegianIssuers: {
      on: settings.get('norwegianIssuers'),
      issuers: norwegianIssuers.map(({ name, fingerprint }) => ({ name, fingerprint })),
    },
    exportFolder: exportFolder(desk),
    idleSeconds: settings.get('kiosk').idleSeconds,
    strokeDynamics: settings.get('kiosk').strokeDynamics === true,
    imageMarks: settings.get('kiosk').imageMarks === true,
    lockMinutes: settings.get('lock').minutes,
    cards: { supported: hasCardSupport(), ...settings.get('cards') },
    ...settings.get('counter'),
    loginAlone: settings.get('counter').loginAlone === true,
    units: settings.get('units'),
    backup: settings.get('backup'),
    dataFolder: desk.archive.home,
    languages: ['nb', 'nn', 'en'],
  });
}

/** Where exports go when nobody says otherwise. */
export function exportFolder(desk: Pick<Desk, 'archive'>): string {
  const chosen = settingsOf(desk.archive).get('exportFolder');
  return chosen === '' ? join(homedir(), 'Skranke') : chosen;
}

export function checklist(desk: Desk): Result<readonly ChecklistItem[]> {
  const settings = settingsOf(desk.archive);
  const seal = sealOf(desk);
  const backup = settings.get('backup');
  return ok([
    { code: 'seal-certificate', done: seal !== null && !seal.trial },
    { code: 'timestamp-authority', done: settings.get('timestamps').length > 0 },
    { code: 'backup-folder', done: backup.folder !== null },
    { code: 'rehearsal', done: backup.lastRehearsal?.ok === true },
    { code: 'posten-agreement', done: settings.get('posten').on },
    { code: 'eid-client', done: settings.get('eid').providers.length > 0 },
  ]);
}

export function putOrganisation(
  desk: Desk,
  input: ParsedOf<'settings.organisation'>,
  actor: string,
): Result<null> {
  const { organisation: name, organisationNumber: number, sector } = input;
  settingsOf(desk.archive).put('organisation', { name, number, sector }, actor);
  return ok(null);
}

/** A password that is left out is kept, as long as address and user are the same. */
export function putTimestamps(
  desk: Desk,
  input: ParsedOf<'settings.timestamps'>,
  actor: string,
): Result<null> {
  const settings = settingsOf(desk.archive);
  const before = settings.get('timestamps');
  const authorities = input.authorities.map(
    ({ url, user, password, policy, seconds }): Authority => {
      const kept = before.find((one) => one.url === url && one.user === user)?.password;
      const secret = password ?? kept;
      return {
        url,
        ...(user === undefined ? {} : { user }),
        ...(secret === undefined ? {} : { password: secret }),
        ...(policy === undefined ? {} : { policy }),
        ...(seconds === undefined ? {} : { seconds }),
      };
    },
  );
  settings.put('timestamps', authorities, actor);
  // Whoever is asked from now on, the next timestamp tells their certificate.
  settings.put('timestampCertificates', [], actor);
  return ok(null);
}

/** The whole list anew: PEM text, or the fingerprint of one that is there already and is kept. */
export function putTrust(
  desk: Desk,
  input: ParsedOf<'settings.trust'>,
  actor: string,
): Result<null> {
  const anchors: string[] = [];
  const before = settingsOf(desk.archive).get('anchors');
  for (const [index, text] of input.anchors.entries()) {
    const kept = before.find((der) => summaryOf(fromBase64(der)).fingerprint === text);
    if (kept !== undefined) {
      anchors.push(kept);
      continue;
    }
    const found = certificatesIn(Buffer.from(text, 'utf8'));
    if (found.length === 0)
      return fail('trust.no-certificate', 'A trust anchor is no certificate.', { index });
    for (const der of found) {
      const parsed = parseCertificate(der);
      if (!parsed.ok) return fail('trust.no-certificate', parsed.error.message, { index });
      anchors.push(toBase64(der));
    }
  }
  settingsOf(desk.archive).put('anchors', [...new Set(anchors)], actor);
  return ok(null);
}

export function putExportFolder(
  desk: Desk,
  input: ParsedOf<'settings.export'>,
  actor: string,
): Result<null> {
  if (input.folder !== '') {
    const wrong = wrongFolder(input.folder);
    if (wrong !== null) return wrong;
  }
  settingsOf(desk.archive).put('exportFolder', input.folder, actor);
  return ok(null);
}

export function putKiosk(
  desk: Desk,
  input: ParsedOf<'settings.kiosk'>,
  actor: string,
): Result<null> {
  const settings = settingsOf(desk.archive);
  const before = settings.get('kiosk');
  const { idleSeconds } = input;
  const strokeDynamics = input.strokeDynamics ?? before.strokeDynamics === true;
  const imageMarks = input.imageMarks ?? before.imageMarks === true;
  settings.put('kiosk', { idleSeconds, strokeDynamics, imageMarks }, actor);
  return ok(null);
}

/** A driver is native code: only by its whole path, never by what a search path may find. */
export function putCards(
  desk: Desk,
  input: ParsedOf<'settings.cards'>,
  actor: string,
): Result<null> {
  const modules = [...new Set(input.modules.map((path) => path.trim()).filter(Boolean))];
  if (!modules.every((path) => isAbsolute(path)))
    return fail('card.module-path', 'Give the whole path of the driver.');
  settingsOf(desk.archive).put('cards', { ...input, modules }, actor);
  return ok(null);
}

export function putLock(desk: Desk, input: ParsedOf<'settings.lock'>, actor: string): Result<null> {
  settingsOf(desk.archive).put('lock', { minutes: input.minutes }, actor);
  return ok(null);
}

export function putCounter(
  desk: Desk,
  input: ParsedOf<'settings.counter'>,
  actor: string,
): Result<null> {
  settingsOf(desk.archive).put('counter', input, actor);
  return ok(null);
}

export function putBackup(
  desk: Desk,
  input: ParsedOf<'settings.backup'>,
  actor: string,
): Result<null> {
  if (input.folder !== null) {
    const wrong = wrongFolder(input.folder);
    if (wrong !== null) return wrong;
  }
  const { folder, everyHours } = input;
  // A backup under way notes its receipt in the same place.
  settingsOf(desk.archive).change('backup', (now) => ({ ...now, folder, everyHours }), actor);
  return ok(null);
}

/** A folder a person typed: there, and whole from the root, or it would depend on where we started. */
function wrongFolder(folder: string): ReturnType<typeof fail> | null {
  if (!isAbsolute(folder)) return fail('folder.relative', 'Give the whole path of the folder.');
  const status = statSync(folder, { throwIfNoEntry: false });
  return status?.isDirectory() === true ? null : fail('folder.missing', 'There is no such folder.');
}
