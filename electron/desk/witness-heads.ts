/** Others' heads: held against what we have seen of them, countersigned, remembered in the office's log. */
import type { KnownOffice } from '../../shared/witness.ts';
import { ourselves, type Exchange, type Taken } from './witness-ourselves.ts';
import { checkStatement, signStatement, type HeadFile } from './witness-files.ts';
import type { CountersignatureFile } from './witness-files.ts';
import { writeWitnessFile } from './witness-folder.ts';
import { judgeHead, meet, type Witnessed } from './witness-judge.ts';
import { note } from './office-log.ts';

export async function takeHead(exchange: Exchange, file: HeadFile): Promise<Taken> {
  const { desk, offices } = exchange;
  const { office, archive, seq, hash } = file.statement;
  if (office.number === exchange.number && archive === exchange.archive) return 'known';
  const before = offices.get(office.number);
  const witnessed = witnessedOf(exchange, before, archive);
  // Nothing comes of it, so its signature need not be looked at.
  if (before?.last !== undefined && before.last !== null)
    if (witnessed.get(seq) === hash && before.archive === archive && seq <= before.last.seq)
      return 'known';
  const now = desk.clock.now();
  const checked = await checkStatement(file, { crypto: desk.crypto, now, lives: true });
  if (!checked.ok) return { code: checked.error.code };
  const met = before ?? meet(file, checked.value, now.toISOString());
  const verdict = judgeHead(met, file, checked.value, witnessed, now.toISOString());
  switch (verdict.type) {
    case 'known':
      offices.set(office.number, verdict.office);
      return 'known';
    case 'held':
      offices.set(office.number, sound(exchange, met, verdict.office));
      return { code: verdict.alarm.code };
    case 'new':
      return countersign(exchange, file, before === undefined ? met : before, verdict.office);
  }
}

/** An alarm is told once, and stays the first of its kind: what comes after it says no more. */
function sound({ desk, actor }: Exchange, before: KnownOffice, after: KnownOffice): KnownOffice {
  const { alarm } = after;
  const known = before.alarm;
  if (alarm === null) return after;
  const isSame =
    known?.code === alarm.code &&
    known.pin.key === alarm.pin.key &&
    known.archive === alarm.archive;
  if (isSame) return before;
  const { code, head } = alarm;
  note(desk, actor, { type: 'witness-alarm', office: after.number, code, seq: head.seq });
  return after;
}

async function countersign(
  exchange: Exchange,
  head: HeadFile,
  before: KnownOffice,
  after: KnownOffice,
): Promise<Taken> {
  const { desk, actor, offices, write } = exchange;
  const { office, archive, seq, hash } = head.statement;
  // Known from now on, and asked for again when we can sign.
  offices.set(office.number, before);
  if (write === null) return 'known';
  const statement: CountersignatureFile['statement'] = {
    format: 'skranke-countersignature-1',
    ...ourselves(exchange, write.trial),
    of: { number: office.number, archive, seq, hash },
  };
  const signed = await signStatement(statement, write.key, desk.crypto);
  if (!signed.ok) return { code: signed.error.code };
  const written = writeWitnessFile(write.out, { ...signed.value, head });
  // The folder has gone away in between: that is told with the report.
  if (!written.ok) return 'known';
  const seen = { office: `${office.number}/${archive}`, seq, hash };
  const our = desk.archive.recordOffice(actor, { type: 'witnessed', ...seen });
  exchange.witnessed.unshift({ our, ...seen });
  offices.set(office.number, after);
  return 'countersigned';
}

/** Of the past that has been laid aside nothing counts any more. */
function witnessedOf(
  { witnessed }: Exchange,
  known: KnownOffice | undefined,
  archive: string,
): Witnessed {
  if (known === undefined) return new Map();
  const of = `${known.number}/${archive}`;
  const counting = witnessed.filter(({ office, our }) => office === of && our > known.from);
  return new Map(counting.map(({ seq, hash }) => [seq, hash]));
}
