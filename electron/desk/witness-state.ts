/** What this office knows of the exchange: its own id, the others, and what it would wait for. */
import { attempt, unwrap, fail, ok, type Result } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { WitnessView } from '../../shared/witness.ts';
import { isAbsolute } from 'node:path';
import { parseCertificate } from '../core/cms/certificate.ts';
import type { Desk } from './desk.ts';
import { note } from './office-log.ts';
import { checkSeal, fromBase64, organisationNumberIn, sealOf } from './seal.ts';
import { settingsOf } from './settings-store.ts';
import { findFiles, folderProblem } from './witness-folder.ts';
import { accepted } from './witness-judge.ts';

const day = 24 * 60 * 60 * 1000;

/** What keeps us from writing into the folders now; empty where nothing does. */
export function witnessWaits(desk: Pick<Desk, 'archive' | 'clock' | 'sealKey'>): readonly string[] {
  const folders = settingsOf(desk.archive).get('witness');
  if (folders === null) return [];
  const seal = checkSeal(desk);
  const found = [
    folderProblem(folders.in, 'read'),
    folderProblem(folders.out, 'write'),
    seal.ok ? sealNumberProblem(desk) : seal.error.code,
  ];
  return [...new Set(found.filter((code) => code !== null))];
}

/** Others hold the number in a file against the one in the certificate. */
function sealNumberProblem(desk: Pick<Desk, 'archive'>): string | null {
  const seal = sealOf(desk);
  if (seal === null) return null;
  const { subject } = unwrap(parseCertificate(fromBase64(seal.certificate)));
  const { number } = settingsOf(desk.archive).get('organisation');
  return organisationNumberIn(subject.attributes) === number ? null : 'witness.seal-number';
}

/** Once a day; sooner where something that it waited for has come, or has gone. */
export function witnessIsDue(desk: Desk): boolean {
  const settings = settingsOf(desk.archive);
  if (settings.get('witness') === null) return false;
  const { last } = settings.get('witnesses');
  if (last === null) return true;
  const since = desk.clock.now().getTime() - Date.parse(last.at);
  // From the future: the clock was set back.
  if (since < 0 || since >= day) return true;
  return [...last.waits].sort().join() !== [...witnessWaits(desk)].sort().join();
}

export function witnessView(desk: Desk): Result<WitnessView> {
  const settings = settingsOf(desk.archive);
  const { archive, offices, last } = settings.get('witnesses');
  const newest = desk.archive.lastAnchor('witness');
  return ok({
    ...{ archive, offices, last, folders: settings.get('witness') },
    waits: witnessWaits(desk),
    witnessed:
      newest === null ? null : { seq: newest.seq, at: newest.at, authority: newest.authority },
  });
}

/** Names are counted, nothing is read: the exchange says what is in the files. */
export function checkWitness(desk: Desk): Result<WitnessView & { readonly files: number }> {
  const view = witnessView(desk);
  if (!view.ok) return view;
  if (view.value.folders === null)
    return fail('witness.not-set', 'No folders have been chosen for the exchange.');
  const found = findFiles(view.value.folders.in);
  return ok({ ...view.value, files: found.ok ? found.value.names.length : 0 });
}

/** A drive that is not in now may be given: it comes. */
export function putWitness(
  desk: Desk,
  { folders }: ParsedOf<'settings.witness'>,
  actor: string,
): Result<null> {
  if (folders !== null && ![folders.in, folders.out].every((folder) => isAbsolute(folder)))
    return fail('folder.relative', 'Give the whole path of the folder.');
  settingsOf(desk.archive).put('witness', folders, actor);
  return ok(null);
}

/** Whoever has it alone changes what is known of the other offices; in milliseconds. */
export const witnessLease = 'witness';
export const witnessLeaseTime = 120_000;

/** An administrator has asked the other office, and what we were shown is right. */
export function acceptWitness(
  desk: Desk,
  { office, at }: ParsedOf<'settings.acceptWitness'>,
  actor: string,
): Result<null> {
  // An exchange under way would put back what it began with.
  if (!desk.archive.lease(witnessLease, witnessLeaseTime))
    return fail('witness.busy', 'Another program is exchanging just now.');
  try {
    return acceptAlone(desk, office, at, actor);
  } finally {
    attempt(() => desk.archive.releaseLease(witnessLease));
  }
}

function acceptAlone(desk: Desk, office: string, at: string, actor: string): Result<null> {
  const settings = settingsOf(desk.archive);
  const state = settings.get('witnesses');
  const known = state.offices.find(({ number }) => number === office);
  // What is accepted is what was on the screen, and nothing that came after it.
  if (known?.alarm?.at !== at)
    return fail('witness.nothing-to-accept', 'Nothing waits to be accepted.');
  const next = accepted(known, desk.archive.head().seq);
  if (next === null)
    return fail('witness.history-rewritten', 'A history that was rewritten is never accepted.');
  const { code, head } = known.alarm;
  const offices = state.offices.map((one) => (one === known ? next : one));
  settings.put('witnesses', { ...state, offices }, actor);
  note(desk, actor, { type: 'witness-accepted', office, code, seq: head.seq });
  return ok(null);
}
