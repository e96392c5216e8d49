/** What one office makes of another's head: pure, so that every case can be tried. */
import type { KnownOffice, SeenHead, WitnessAlarm, WitnessPin } from '../../shared/witness.ts';
import type { HeadFile, WitnessFile } from './witness-files.ts';

/** Hash by place of what we have countersigned of an office's archive. */
export type Witnessed = ReadonlyMap<number, string>;

export type HeadVerdict =
  /** Longer than what we had seen, and nothing speaks against it. */
  | { readonly type: 'new'; readonly office: KnownOffice }
  /** Nothing that we did not know. */
  | { readonly type: 'known'; readonly office: KnownOffice }
  /** Something has to be asked about, or is wrong; it may have been told before. */
  | { readonly type: 'held'; readonly office: KnownOffice; readonly alarm: WitnessAlarm };

/** The office of the first file that came: trusted from then on, by its key (trust on first use). */
export function meet(
  { statement }: Pick<WitnessFile, 'statement'>,
  pin: WitnessPin,
  now: string,
): KnownOffice {
  return {
    ...{ number: statement.office.number, name: statement.office.name, pin, since: now },
    archive: statement.archive,
    ...{ last: null, alarm: null, after: null, from: 0 },
  };
}

/**
 * A new certificate over the same key is the same office; another key, or another issuer's word for
 * it, is for an administrator to ask about.
 */
export function isPinned(known: KnownOffice, pin: WitnessPin): boolean {
  return known.pin.key === pin.key && known.pin.issuer === pin.issuer;
}

/**
 * A log only grows: what it says at a place never changes, and its end never comes back. The one
 * honest exception is an office that was made anew out of a backup and says so.
 */
export function judgeHead(
  known: KnownOffice,
  { statement }: HeadFile,
  pin: WitnessPin,
  witnessed: Witnessed,
  now: string,
): HeadVerdict {
  const { seq, hash, at, archive, restored } = statement;
  const head: SeenHead = { seq, hash, at };
  const hold = (code: WitnessAlarm['code']): HeadVerdict => {
    const alarm = { code, at: now, head, archive, pin };
    const kept =
      known.alarm !== null && weightOf(known.alarm) > weightOf(alarm) ? known.alarm : alarm;
    return { type: 'held', office: { ...known, alarm: kept }, alarm };
  };
  // From the past that an administrator has laid aside.
  if (known.after !== null && at < known.after) return { type: 'known', office: known };
  const { last } = known;
  const isOld = last !== null && seq <= last.seq && at <= last.at;
  const before = archive === known.archive ? witnessed.get(seq) : undefined;
  if (before === hash) {
    const isLonger = last === null || seq > last.seq;
    return { type: 'known', office: isLonger ? { ...known, last: head } : known };
  }
  if (!isPinned(known, pin))
    // Under a key it had before, or nobody's: it says nothing new.
    return isOld ? { type: 'known', office: known } : hold('witness.key-changed');
  if (archive !== known.archive) {
    // A log that begins again under another name is the oldest way to have another past.
    const backwards = last !== null && seq <= last.seq;
    return hold(backwards ? 'witness.history-rewritten' : 'witness.other-archive');
  }
  if (last !== null && restored !== null && restored.at > last.at && restored.seq < last.seq)
    return hold('witness.gone-back');
  if (before !== undefined || (last?.seq === seq && last.hash !== hash))
    return hold('witness.history-rewritten');
  if (last === null || seq > last.seq) {
    // Anybody can show us another key: that alone does not stop the one we know.
    if (known.alarm !== null && known.alarm.code !== 'witness.key-changed')
      return { type: 'held', office: known, alarm: known.alarm };
    return { type: 'new', office: { ...known, name: statement.office.name, last: head } };
  }
  // Shorter: an old file that comes late, or a log that lost its end.
  return isOld ? { type: 'known', office: known } : hold('witness.history-rewritten');
}

/** What is wrong stays said; what anybody could have put there gives way to what the office signed. */
function weightOf({ code }: WitnessAlarm): number {
  return code === 'witness.history-rewritten' ? 2 : code === 'witness.key-changed' ? 0 : 1;
}

/** What an administrator has asked about and found right; null where it cannot be. */
export function accepted(known: KnownOffice, head: number): KnownOffice | null {
  const { alarm } = known;
  if (alarm === null || alarm.code === 'witness.history-rewritten') return null;
  if (alarm.code === 'witness.key-changed')
    // Its log goes on: what we have seen of it still binds it.
    return { ...known, pin: alarm.pin, alarm: null };
  return {
    ...known,
    ...{ archive: alarm.archive, last: null, alarm: null, after: alarm.head.at, from: head },
  };
}
