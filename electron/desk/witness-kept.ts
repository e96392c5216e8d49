/** Others' countersignatures on our own heads: held against our log, and kept beside it. */
import { attempt } from '../../shared/result.ts';
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { Json } from '../../shared/result.ts';
import { note } from './office-log.ts';
import { checkStatement, isAbout, keptCountersignature } from './witness-files.ts';
import type { CountersignatureFile } from './witness-files.ts';
import { isPinned, meet } from './witness-judge.ts';
import type { Exchange, Taken } from './witness-ourselves.ts';
import type { ArchiveProblem } from '../archive/archive.ts';
import type { Desk } from './desk.ts';

export async function takeCountersignature(
  exchange: Exchange,
  file: CountersignatureFile,
): Promise<Taken> {
  const { desk, offices, actor } = exchange;
  const { of, office } = file.statement;
  // Others' among themselves, and what we wrote ourselves into a folder that all share.
  if (of.number !== exchange.number) return 'known';
  const authority = `${office.name} (${office.number})${file.statement.trial ? ' – prøvesegl' : ''}`;
  const isOurs = desk.archive.hashAt(of.seq) === of.hash;
  if (isOurs && isKept(desk, of.seq, office.number)) return 'known';

  const now = desk.clock.now();
  const ports = { crypto: desk.crypto, now };
  const theirs = await checkStatement(file, ports);
  if (!theirs.ok) return { code: theirs.error.code };
  const ours = await checkStatement(file.head, ports);
  // It names us; only our own seal can say that we ever said so.
  if (!ours.ok || !isAbout(file) || !exchange.ownKeys.has(ours.value.key))
    return { code: 'witness.not-ours' };
  // The same seal over another log: a second archive of this office, or one of another time.
  if (of.archive !== exchange.archive) return { code: 'witness.other-archive' };
  const known = offices.get(office.number) ?? meet(file, theirs.value, now.toISOString());
  offices.set(office.number, known);
  if (!isPinned(known, theirs.value)) return { code: 'witness.key-changed' };

  const token = Buffer.from(canonicalJson(file as unknown as Json));
  const anchor = { kind: 'witness', seq: of.seq, hash: of.hash, token, authority } as const;
  if (isOurs) {
    const put = attempt(() => desk.archive.putAnchor(anchor));
    return put.ok ? 'kept' : { code: put.error.code };
  }
  if (wasLost(desk, file)) return { code: 'witness.gone-back' };
  if (desk.archive.putContradiction(anchor))
    note(desk, actor, {
      ...{ type: 'witness-alarm', code: 'witness.own-history', seq: of.seq },
      office: office.number,
    });
  return { code: 'witness.own-history' };
}

function isKept(desk: Desk, seq: number, office: string): boolean {
  return desk.archive
    .anchors(seq, seq)
    .some(
      ({ kind, token }) =>
        kind === 'witness' && keptCountersignature(token)?.statement.office.number === office,
    );
}

/** What was said before a restore, and lies behind where the backup ended, is gone, and told to be so. */
function wasLost(desk: Desk, { head: { statement } }: CountersignatureFile): boolean {
  return desk.archive
    .officeEventsOf('restored', 100)
    .some(
      ({ at, event }) =>
        event.type === 'restored' && statement.at < at && statement.seq > event.seq,
    );
}

/** Countersignatures beside the log that are not their office's, or not over what we said. */
export async function falseWitnesses(desk: Desk): Promise<readonly ArchiveProblem[]> {
  const problems: ArchiveProblem[] = [];
  const ports = { crypto: desk.crypto, now: desk.clock.now() };
  for (const { kind, seq, hash, token } of desk.archive.anchors()) {
    if (kind !== 'witness') continue;
    const file = keptCountersignature(token);
    const sound =
      file !== null &&
      isAbout(file) &&
      file.statement.of.seq === seq &&
      file.statement.of.hash === hash &&
      (await checkStatement(file, ports)).ok &&
      (await checkStatement(file.head, ports)).ok;
    if (!sound) problems.push({ code: 'anchor.signature', place: `event ${seq}` });
  }
  return problems;
}
