import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JobCommand } from '../../../shared/job/command.ts';
import { decide } from '../../../shared/job/decide.ts';
import { evolve } from '../../../shared/job/evolve.ts';
import type { Job } from '../../../shared/job/job.ts';
import { emptySpec } from '../../../shared/job/job.ts';
import { missing } from '../../../shared/job/missing.ts';
import {
  confirm,
  document,
  handOver,
  newest,
  now,
  openCommand,
  revision,
  sign,
  signer,
  spec,
  tale,
} from './made-jobs.ts';

const ids = ['a', 'b', 'c', 'd'];
const id = fc.constantFrom(...ids);
const orders = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 });

const later = '2027-01-01T00:00:00.000Z';

function sealing(job: Job): JobCommand {
  const revisions = job.revisions.map((one) => revision(one.document, one.revision + 1));
  return { type: 'seal', authority: 'x', time: now, revisions };
}

/** Whoever is meant: often the one whose turn it is, sometimes anybody. */
function meant(job: Job, who: string, sensible: boolean): string {
  if (!sensible || job.state !== 'open') return who;
  const inTurn = job.signers.find((one) => one.state === 'WAITING' && one.order === job.group);
  return job.atKiosk?.signer ?? inTurn?.id ?? who;
}

const person = fc.tuple(id, fc.boolean());

/** A step is a command made from the job as it stands, sometimes with a stale or foreign part. */
const step: fc.Arbitrary<(job: Job) => JobCommand> = fc.oneof(
  ...(
    [
      [
        12,
        person.map(
          ([who, sensible]) =>
            (job: Job) =>
              handOver(meant(job, who, sensible)),
        ),
      ],
      [
        12,
        fc.tuple(person, fc.boolean()).map(([[who, sensible], stale]) => (job: Job) => {
          const shown = newest(job).map((one) => (stale ? { ...one, revision: 0 } : one));
          return confirm(meant(job, who, sensible), shown);
        }),
      ],
      [
        12,
        fc.tuple(person, fc.boolean()).map(([[who, sensible], stale]) => (job: Job) => {
          const shown = newest(job);
          return sign(meant(job, who, sensible), stale ? shown.slice(1) : shown, job);
        }),
      ],
      [3, fc.constant(() => ({ type: 'hand-back', reason: 'idle' }))],
      [1, id.map((who) => () => ({ type: 'decline', signer: who, reason: '' }))],
      [1, fc.constant(() => ({ type: 'cancel', reason: '' }))],
      [1, fc.constant(() => ({ type: 'expire', now: later }))],
      [1, fc.constant(() => ({ type: 'extend', now, deadline: later }))],
      [2, fc.constant(() => ({ type: 'defer-seal', code: 'timestamp.none' }))],
      [2, fc.constant(sealing)],
      [2, fc.constant(() => ({ type: 'export', receipt: 'r', files: [] }))],
      [1, fc.constant(() => ({ type: 'remove-document', document: 'doc-1' }))],
      [1, fc.constant(() => ({ type: 'add-document', document: document('doc-2') }))],
      [1, fc.constant((job: Job) => openCommand(job))],
    ] as const satisfies readonly (readonly [number, fc.Arbitrary<(job: Job) => JobCommand>])[]
  ).map(([weight, arbitrary]) => ({
    weight,
    arbitrary: arbitrary as fc.Arbitrary<(job: Job) => JobCommand>,
  })),
);

/** The clerk's usual way, so that random steps reach beyond the draft. */
function begun(order: readonly number[]) {
  const made = tale();
  const signers = order.map((group, index) => signer(ids[index] ?? '', group));
  made.tell({ type: 'create', spec: emptySpec });
  made.tell({ type: 'add-document', document: document('doc-1') });
  made.tell({ type: 'edit', spec: spec(signers, ['doc-1']), titles: {}, order: [] });
  return made;
}

describe('whatever is asked of a job', () => {
  it('keeps its rules', () => {
    let accepted = 0;
    fc.assert(
      fc.property(orders, fc.array(step, { minLength: 20, maxLength: 80 }), (order, steps) => {
        const made = begun(order);
        made.tell(openCommand(made.job()));
        for (const make of steps) {
          const before = made.job();
          const command = make(before);
          const answer = made.tell(command);
          const after = made.job();
          if (answer !== 'ok') {
            expect(after).toBe(before);
            continue;
          }
          accepted += 1;
          holds(before, command, after);
        }
        expect(made.log.map(({ version }) => version)).toEqual(
          made.log.map((_, index) => index + 1),
        );
        // The same log gives the same job.
        const replayed = made.log.reduce<Job | null>((job, event) => evolve(job, event), null);
        expect(replayed).toEqual(made.job());
      }),
      { numRuns: 300 },
    );
    // Most of it is refused; enough must pass for the rules above to have been tried.
    expect(accepted).toBeGreaterThan(1500);
  });

  it('never opens a draft that lacks something', () => {
    fc.assert(
      fc.property(orders, fc.string({ maxLength: 90 }), fc.nat(3), (order, title, drop) => {
        const made = begun(order);
        const job = made.job();
        const fields = job.spec.fields.slice(drop);
        made.tell({ type: 'edit', spec: { ...job.spec, title, fields }, titles: {}, order: [] });
        const lacks = missing(made.job());
        expect(decide(made.job(), openCommand(made.job())).ok).toBe(lacks.length === 0);
        const complete = title.trim().length >= 1 && title.trim().length <= 80 && drop === 0;
        expect(lacks.length === 0).toBe(complete);
      }),
    );
  });
});

const ended = ['rejected', 'cancelled', 'expired', 'failed', 'sealed'];

function holds(before: Job, command: JobCommand, after: Job): void {
  if (command.type === 'sign') {
    const mine = before.signers.find((one) => one.id === command.signer);
    const earlier = before.signers.filter((one) => one.order < (mine?.order ?? 0));
    expect(earlier.every((one) => one.state === 'SIGNED')).toBe(true);
    expect(before).toMatchObject({ state: 'open', atKiosk: { signer: command.signer } });
    expect(before.state === 'open' && before.atKiosk?.confirmed).toBeTruthy();
    expect(command.shown).toEqual(newest(before));
  }
  if (before.signers.some((one) => one.state === 'REJECTED')) expect(after.state).toBe('rejected');
  if (ended.includes(before.state)) expect(after.state).toBe(before.state);
  if (after.state === 'signed' || after.state === 'sealed')
    expect(after.signers.every((one) => one.state === 'SIGNED')).toBe(true);
  if (before.state !== 'draft') {
    expect(after.documents).toEqual(before.documents);
    expect(after.signers.map((one) => one.id)).toEqual(before.signers.map((one) => one.id));
  }
  // Revisions only grow.
  for (const old of before.revisions) {
    const same = after.revisions.find((one) => one.document === old.document);
    if (before.state !== 'draft') expect(same?.revision).toBeGreaterThanOrEqual(old.revision);
  }
}
