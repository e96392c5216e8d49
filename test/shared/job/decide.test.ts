import { describe, expect, it } from 'vitest';
import { decide } from '../../../shared/job/decide.ts';
import { emptySpec } from '../../../shared/job/job.ts';
import { missing } from '../../../shared/job/missing.ts';
import {
  confirm,
  document,
  handOver,
  newest,
  now,
  openCommand,
  openTale,
  eventTypes,
  revision,
  seal,
  sign,
  signer,
  signWhole,
  spec,
  tale,
} from './made-jobs.ts';

describe('a draft', () => {
  it('cannot be opened before it is complete, and says what is missing', () => {
    const made = tale();
    made.tell({ type: 'create', spec: emptySpec });
    expect(missing(made.job()).map(({ code }) => code)).toEqual([
      'checklist.documents',
      'checklist.title',
      'checklist.signers',
    ]);
    expect(made.tell(openCommand(made.job()))).toBe('job.incomplete');
    made.tell({ type: 'add-document', document: document('doc-1') });
    const kari = signer('kari', 0, { name: ' ' });
    made.tell({ type: 'edit', spec: { ...spec([kari], []), title: 'x' }, titles: {}, order: [] });
    expect(missing(made.job())).toEqual([
      { code: 'checklist.signer-name', of: 'kari' },
      { code: 'checklist.signer-field', of: 'kari' },
    ]);
  });

  it('refuses fields outside the page and fields on top of each other', () => {
    const made = tale();
    made.tell({ type: 'create', spec: emptySpec });
    made.tell({ type: 'add-document', document: document('doc-1') });
    const base = spec([signer('a', 0), signer('b', 0)], ['doc-1']);
    const place = { page: 0, x: 10, y: 10, width: 100, height: 20 };
    const codes = (fields: typeof base.fields) => {
      made.tell({ type: 'edit', spec: { ...base, fields }, titles: {}, order: [] });
      return missing(made.job()).map(({ code }) => code);
    };
    const [first, second] = base.fields as [(typeof base.fields)[0], (typeof base.fields)[0]];
    expect(codes([first, second])).toEqual([]);
    expect(codes([first, { ...second, placement: { ...place, x: 50 } }])).toEqual([
      'checklist.field-overlap',
    ]);
    expect(codes([first, { ...second, placement: { ...place, x: 500 } }])).toEqual([
      'checklist.field-outside',
    ]);
    expect(codes([first, { ...second, placement: { ...place, page: 7 } }])).toEqual([
      'checklist.field-outside',
    ]);
    // A field of the file that is not in the file.
    expect(codes([first, { ...second, existing: 'Sign1' }])).toEqual(['checklist.field-outside']);
  });

  it('takes no file that is certified against every change, and no field of nobody', () => {
    const made = tale();
    made.tell({ type: 'create', spec: emptySpec });
    const plain = document('doc-1');
    const certified = { ...plain, findings: { ...plain.findings, certified: 1 as const } };
    expect(made.tell({ type: 'add-document', document: certified })).toBe('document.certified');
    made.tell({ type: 'add-document', document: plain });
    const foreign = { ...spec([signer('a', 0)], ['doc-1']), signers: [] };
    expect(made.tell({ type: 'edit', spec: foreign, titles: {}, order: [] })).toBe(
      'signer.unknown',
    );
  });

  it('needs a seal for a signature by hand, not for a signer with a key of their own', () => {
    for (const [kind, expected] of [
      ['simple', 'seal.missing'],
      ['authenticated', 'seal.missing'],
      ['advanced', 'ok'],
    ] as const) {
      const made = tale();
      made.tell({ type: 'create', spec: emptySpec });
      made.tell({ type: 'add-document', document: document('doc-1') });
      const wanted = spec([signer('a', 0, { kind })], ['doc-1']);
      made.tell({ type: 'edit', spec: wanted, titles: {}, order: [] });
      const command = { ...openCommand(made.job()), seal: null } as Parameters<typeof decide>[1];
      expect(made.tell(command)).toBe(expected);
    }
  });
});

describe('signers', () => {
  it('sign in their order; equal numbers in any order', () => {
    const made = openTale([signer('late', 2), signer('a', 1), signer('b', 1)]);
    expect(made.tell(handOver('late'))).toBe('job.not-their-turn');
    expect(signWhole(made, 'b')).toBe('ok');
    expect(made.tell(handOver('b'))).toBe('job.not-their-turn');
    expect(made.tell(handOver('late'))).toBe('job.not-their-turn');
    expect(signWhole(made, 'a')).toBe('ok');
    expect(made.job()).toMatchObject({ state: 'open', group: 2 });
    expect(signWhole(made, 'late')).toBe('ok');
    expect(made.job().state).toBe('signed');
  });

  it('sign only what was handed over, confirmed and shown at its newest', () => {
    const made = openTale([signer('a', 0), signer('b', 0)], ['doc-1', 'doc-2']);
    const shown = newest(made.job());
    expect(made.tell(sign('a', shown, made.job()))).toBe('job.not-at-kiosk');
    made.tell(handOver('a'));
    expect(made.tell(handOver('b'))).toBe('job.at-kiosk');
    expect(made.tell(sign('a', shown, made.job()))).toBe('signing.not-confirmed');
    expect(made.tell(confirm('b', shown))).toBe('job.not-at-kiosk');
    expect(made.tell(confirm('a', shown.slice(1)))).toBe('signing.changed');
    made.tell(confirm('a', shown));
    const older = shown.map((one) => ({ ...one, revision: 0 }));
    const other = shown.map((one) => ({ ...one, sha256: 'f'.repeat(64) }));
    expect(made.tell(sign('a', older, made.job()))).toBe('signing.changed');
    expect(made.tell(sign('a', other, made.job()))).toBe('signing.changed');
    expect(made.tell(sign('a', [...shown, ...shown], made.job()))).toBe('signing.changed');
    expect(made.tell(sign('a', shown, made.job()))).toBe('ok');
    expect(made.job().revisions.map(({ revision: number }) => number)).toEqual([2, 2]);
  });

  it('need an identity check that says something', () => {
    const made = openTale([signer('a', 0)]);
    const command = handOver('a') as Extract<ReturnType<typeof handOver>, { type: 'hand-over' }>;
    const check = (identityCheck: typeof command.identityCheck) =>
      decide(made.job(), { ...command, identityCheck });
    expect(check({ method: 'document' })).toMatchObject({
      error: { code: 'identity-check.incomplete' },
    });
    expect(check({ method: 'known' })).toMatchObject({
      error: { code: 'identity-check.incomplete' },
    });
    expect(check({ method: 'eid' })).toMatchObject({
      error: { code: 'identity-check.incomplete' },
    });
    const passport = {
      method: 'document',
      documentType: 'passport',
      lastFour: '1234',
      expires: '2099-12-31',
    } as const;
    expect(check({ ...passport, expires: '2026-11-23' })).toMatchObject({
      error: { code: 'identity-check.expired' },
    });
    expect(check({ ...passport, expires: '2026-11-24' }).ok).toBe(true);
    // Every document that carries its last day is recorded with it; who shows something else may not have one.
    const { expires: _, ...undated } = passport;
    expect(check(undated)).toMatchObject({ error: { code: 'identity-check.no-date' } });
    expect(check({ ...undated, documentType: 'other' }).ok).toBe(true);
    expect(check({ method: 'known', note: 'Nabo' }).ok).toBe(true);
  });

  it('end the job for everyone when one of them declines', () => {
    const made = openTale([signer('a', 0), signer('b', 1), signer('c', 2)]);
    signWhole(made, 'a');
    expect(made.tell({ type: 'decline', signer: 'b', reason: 'Nei' })).toBe('job.not-at-kiosk');
    made.tell(handOver('b'));
    expect(made.tell({ type: 'decline', signer: 'b', reason: 'Nei' })).toBe('ok');
    expect(made.job()).toMatchObject({ state: 'rejected', by: 'b', reason: 'Nei' });
    expect(made.job().signers.map(({ state }) => state)).toEqual([
      'SIGNED',
      'REJECTED',
      'CANCELLED',
    ]);
    expect(made.tell(handOver('c'))).toBe('job.state');
    expect(made.tell({ type: 'cancel', reason: '' })).toBe('job.state');
  });

  it('hand back without having signed, and the next one can be called', () => {
    const made = openTale([signer('a', 0), signer('b', 0)]);
    made.tell(handOver('a'));
    made.tell(confirm('a', newest(made.job())));
    expect(made.tell({ type: 'hand-back', reason: 'idle' })).toBe('ok');
    expect(made.job()).toMatchObject({ state: 'open', atKiosk: null });
    expect(made.tell(sign('a', newest(made.job()), made.job()))).toBe('job.not-at-kiosk');
    made.tell(handOver('b'));
    // Nothing that one signer confirmed counts for another.
    expect(made.tell(sign('b', newest(made.job()), made.job()))).toBe('signing.not-confirmed');
    const before = made.log.length;
    made.tell(confirm('b', newest(made.job())));
    made.tell(sign('b', newest(made.job()), made.job()));
    expect(made.tell({ type: 'hand-back', reason: 'done' })).toBe('ok');
    expect(made.log.length).toBe(before + 2);
  });
});

describe('time', () => {
  const later = '2026-12-01T00:00:00.000Z';
  function withDeadline() {
    const made = openTale([signer('a', 0)]);
    made.tell({ type: 'extend', now, deadline: later });
    return made;
  }

  it('expires a job when its deadline has passed, not before', () => {
    const made = withDeadline();
    expect(made.tell({ type: 'expire', now })).toBe('job.not-due');
    expect(made.tell({ type: 'expire', now: later })).toBe('ok');
    expect(made.job()).toMatchObject({ state: 'expired', signers: [{ state: 'EXPIRED' }] });
    expect(made.tell({ type: 'extend', now, deadline: later })).toBe('job.state');
  });

  it('never works against who sits at the kiosk', () => {
    const made = withDeadline();
    made.tell(handOver('a'));
    expect(made.tell({ type: 'expire', now: later })).toBe('job.at-kiosk');
    expect(made.tell({ type: 'cancel', reason: '' })).toBe('job.at-kiosk');
  });

  it('is only extended into the future, and lets nobody begin after the deadline', () => {
    const made = withDeadline();
    expect(made.tell({ type: 'extend', now: later, deadline: now })).toBe('job.deadline-past');
    const command = { ...handOver('a'), now: later } as ReturnType<typeof handOver>;
    expect(made.tell(command)).toBe('job.deadline-past');
  });
});

describe('after the last signature', () => {
  it('waits for a timestamp without filling the log, and is sealed once', () => {
    const made = openTale([signer('a', 0)]);
    expect(made.tell({ type: 'defer-seal', code: 'timestamp.none' })).toBe('job.state');
    signWhole(made, 'a');
    made.tell({ type: 'defer-seal', code: 'timestamp.none' });
    made.tell({ type: 'defer-seal', code: 'timestamp.none' });
    made.tell({ type: 'defer-seal', code: 'timestamp.unreachable' });
    expect(eventTypes(made).filter((type) => type === 'seal-deferred')).toHaveLength(2);
    const sealing = {
      type: 'seal',
      ...{ authority: 'tsa.example', time: now },
      revisions: [revision('doc-1', 3)],
    } as const;
    expect(made.tell(sealing)).toBe('ok');
    expect(made.tell(sealing)).toBe('job.state');
    expect(made.job()).toMatchObject({ state: 'sealed', revisions: [{ revision: 3 }], seal });
  });

  it('is exported and taken over by the receipt it was exported with', () => {
    const made = openTale([signer('a', 0)]);
    const exporting = { type: 'export', receipt: 'r-1', files: [] } as const;
    expect(made.tell(exporting)).toBe('job.state');
    signWhole(made, 'a');
    expect(made.tell(exporting)).toBe('ok');
    expect(made.tell({ type: 'take-over', receipt: 'r-2', reference: '' })).toBe('export.unknown');
    expect(made.tell({ type: 'take-over', receipt: 'r-1', reference: 'P360' })).toBe('ok');
    expect(made.job().exported).toEqual({ receipt: 'r-1', at: now, takenOver: now });
  });

  it('lets the clerk attest for who has signed, not for others', () => {
    const made = openTale([signer('a', 0), signer('b', 0)]);
    signWhole(made, 'a');
    expect(made.tell({ type: 'attest', signer: 'a', statement: 'x' })).toBe('ok');
    expect(made.tell({ type: 'attest', signer: 'b', statement: 'x' })).toBe('job.not-signed');
  });
});
