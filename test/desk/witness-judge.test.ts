import { describe, expect, it } from 'vitest';
import type { KnownOffice, WitnessPin } from '../../shared/witness.ts';
import type { HeadFile } from '../../electron/desk/witness-files.ts';
import { accepted, judgeHead } from '../../electron/desk/witness-judge.ts';

const pin: WitnessPin = {
  ...{ key: 'k1', fingerprint: 'f1', subject: 'Aust', issuer: 'CN=CA', trial: false },
};
const day = (number: number) => `2026-11-${String(number).padStart(2, '0')}T08:00:00.000Z`;
const known: KnownOffice = {
  ...{ number: '987654325', name: 'Aust', archive: 'a1', pin, since: day(1) },
  ...{ last: { seq: 100, hash: 'h100', at: day(10) }, alarm: null, after: null, from: 0 },
};
const witnessed = new Map([
  [80, 'h80'],
  [100, 'h100'],
]);

interface Case {
  readonly seq: number;
  readonly hash?: string;
  readonly at: number;
  readonly archive?: string;
  readonly key?: string;
  readonly restored?: { readonly at: string; readonly seq: number };
}

function judged({ seq, hash, at, archive, key, restored }: Case, office = known) {
  const file: HeadFile = {
    statement: {
      ...{ format: 'skranke-head-1', office: { name: 'Aust', number: '987654325' }, seq },
      ...{ archive: archive ?? 'a1', at: day(at), version: '1', trial: false },
      ...{ hash: hash ?? `h${seq}`, restored: restored ?? null },
    },
    signature: 'AA==',
  };
  const verdict = judgeHead(office, file, { ...pin, key: key ?? 'k1' }, witnessed, day(20));
  return { verdict, said: verdict.type === 'held' ? verdict.alarm.code : verdict.type };
}

describe('another office’s head', () => {
  it.each<[string, Case, string]>([
    ['a longer log', { seq: 101, at: 11 }, 'new'],
    ['a longer log, by a clock that was set back', { seq: 101, at: 9 }, 'new'],
    ['the same file again', { seq: 100, at: 10 }, 'known'],
    ['an older file that we saw', { seq: 80, at: 8 }, 'known'],
    ['an older file that we never saw', { seq: 90, at: 9 }, 'known'],
    ['the same place with another hash', { seq: 100, hash: 'x', at: 11 }, 'history-rewritten'],
    ['an old place with another hash', { seq: 80, hash: 'x', at: 8 }, 'history-rewritten'],
    ['a log that lost its end', { seq: 90, at: 12 }, 'history-rewritten'],
    ['a log that begins again', { seq: 3, at: 12, archive: 'a2' }, 'history-rewritten'],
    ['a longer log of another archive', { seq: 300, at: 12, archive: 'a2' }, 'other-archive'],
    ['a key we do not know', { seq: 101, at: 11, key: 'k2' }, 'key-changed'],
    ['a stranger’s word on an old place', { seq: 90, at: 9, key: 'k2' }, 'known'],
    ['a restore', { seq: 85, at: 12, restored: { at: day(11), seq: 80 } }, 'gone-back'],
    [
      'a restore whose log has grown past what we saw',
      { seq: 120, at: 12, restored: { at: day(11), seq: 80 } },
      'gone-back',
    ],
    [
      'a restore from before we met',
      { seq: 101, at: 12, restored: { at: day(2), seq: 80 } },
      'new',
    ],
    [
      'a restore that lost nothing we saw',
      { seq: 110, at: 12, restored: { at: day(11), seq: 105 } },
      'new',
    ],
    [
      'an old restore as an excuse',
      { seq: 90, at: 12, restored: { at: day(9), seq: 80 } },
      'history-rewritten',
    ],
  ])('%s', (_, head, expected) => {
    expect(judged(head).said.replace('witness.', '')).toBe(expected);
  });

  it('goes on after what was asked about, and the past that was laid aside says no more', () => {
    const restored = { at: day(11), seq: 80 };
    const { verdict } = judged({ seq: 85, at: 12, restored });
    const next = accepted(verdict.office, 7);
    if (next === null) throw new Error('it cannot be accepted');
    expect(next).toMatchObject({ last: null, alarm: null, after: day(12), from: 7 });
    const fresh = (one: Case) => judged({ restored, ...one }, next).said;
    expect(fresh({ seq: 85, at: 12 })).toBe('new');
    expect(fresh({ seq: 99, at: 9 })).toBe('known');
  });

  it('never goes on after a rewriting, whatever else is said of it', () => {
    const { office } = judged({ seq: 100, hash: 'x', at: 11 }).verdict;
    expect(accepted(office, 7)).toBe(null);
    expect(judged({ seq: 101, at: 12 }, office).said).toBe('witness.history-rewritten');
    const after = judged({ seq: 101, at: 12, key: 'k2' }, office).verdict.office;
    expect(after.alarm?.code).toBe('witness.history-rewritten');
  });

  it('is still countersigned while a stranger shows another key', () => {
    const { office } = judged({ seq: 101, at: 11, key: 'k2' }).verdict;
    expect(judged({ seq: 102, at: 12 }, office).said).toBe('new');
  });
});
