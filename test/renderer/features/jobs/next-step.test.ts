import { describe, expect, it } from 'vitest';
import { emptySpec } from '../../../../shared/job/job.ts';
import type { JobEvent } from '../../../../shared/job/event.ts';
import type { Job, SignerStatus } from '../../../../shared/job/job.ts';
import type { JobView } from '../../../../shared/rpc/views.ts';
import { nextStep } from '../../../../renderer/features/jobs/next-step.ts';

function signer(id: string, order: number, state = 'WAITING'): SignerStatus {
  return {
    id,
    name: id,
    title: '',
    order,
    kind: 'simple',
    role: 'signer',
    onBehalfOf: 'SELF',
    language: 'nb',
    state,
    since: null,
  };
}

const base = {
  id: 'job-00000001',
  version: 1,
  createdAt: '2026-11-24T08:00:00.000Z',
  createdBy: 'clerk',
  audience: { unit: 'office', only: null },
  spec: emptySpec,
  documents: [],
  revisions: [],
  fieldNames: {},
  seal: null,
  changedAt: '2026-11-24T08:00:00.000Z',
  exported: null,
  remote: null,
};

function view(job: Job, events: readonly (readonly [string, JobEvent])[] = []): JobView {
  return {
    job,
    events: events.map(([actor, event], index) => ({
      seq: index,
      job: job.id,
      version: index,
      at: base.createdAt,
      actor,
      actorName: actor,
      event,
    })),
    missing: [],
    sealReady: true,
    sealProblem: null,
  };
}

const handedOver = (to: string): JobEvent => ({
  type: 'handed-over',
  signer: to,
  identityCheck: { method: 'known', note: 'kollega' },
  identityCheckHash: '0'.repeat(64),
});
const attested = (of: string): JobEvent => ({ type: 'attested', signer: of, statement: 'jeg så' });

describe('the next thing to do', () => {
  it('is to go on preparing while something is missing, then to open', () => {
    const draft: Job = { ...base, state: 'draft', signers: [] };
    expect(nextStep({ ...view(draft), missing: [{ code: 'checklist.title' }] }, 'clerk')).toEqual({
      type: 'resume',
    });
    expect(nextStep(view(draft), 'clerk')).toEqual({ type: 'open' });
  });

  it('calls up the first signer whose turn it is, never one of a later group', () => {
    const job: Job = {
      ...base,
      state: 'open',
      group: 1,
      atKiosk: null,
      pickUps: [],
      signers: [signer('late', 2), signer('first', 0, 'SIGNED'), signer('now', 1)],
    };
    expect(nextStep(view(job), 'clerk')).toMatchObject({ type: 'call-up', signer: { id: 'now' } });
  });

  it('waits while somebody has the kiosk', () => {
    const job: Job = {
      ...base,
      state: 'open',
      group: 0,
      signers: [signer('a', 0), signer('b', 0)],
      pickUps: [],
      atKiosk: {
        signer: 'b',
        identityCheck: { method: 'known' },
        identityCheckHash: '',
        clerk: 'clerk',
        since: base.createdAt,
        proof: null,
        confirmed: null,
      },
    };
    expect(nextStep(view(job), 'clerk')).toMatchObject({ type: 'wait-kiosk', signer: { id: 'b' } });
  });

  it('asks for the attestation of the clerk who handed over, and of nobody else, once', () => {
    const job: Job = {
      ...base,
      state: 'open',
      group: 1,
      atKiosk: null,
      pickUps: [],
      signers: [signer('a', 0, 'SIGNED'), signer('b', 1)],
    };
    const seen = view(job, [['clerk', handedOver('a')]]);
    expect(nextStep(seen, 'clerk')).toMatchObject({ type: 'attest', signer: { id: 'a' } });
    expect(nextStep(seen, 'other')).toMatchObject({ type: 'call-up', signer: { id: 'b' } });
    const stated = view(job, [
      ['clerk', handedOver('a')],
      ['clerk', attested('a')],
    ]);
    expect(nextStep(stated, 'clerk')).toMatchObject({ type: 'call-up', signer: { id: 'b' } });
  });

  it('seals, unless there is no authority to ask; then exports; then nothing is left', () => {
    const signers = [signer('a', 0, 'SIGNED')];
    const signed = (sealDeferred: string | null): Job => ({
      ...base,
      state: 'signed',
      signers,
      sealDeferred,
    });
    expect(nextStep(view(signed(null)), 'clerk')).toEqual({ type: 'seal' });
    expect(nextStep(view(signed('timestamp.unreachable')), 'clerk')).toEqual({ type: 'seal' });
    expect(nextStep(view(signed('timestamp.none')), 'clerk')).toEqual({ type: 'export' });
    const sealed: Job = {
      ...base,
      ...{ state: 'sealed', signers, sealedAt: '', authority: '' },
      ...{ stamp: null, renewedAt: null, renewal: null },
    };
    expect(nextStep(view(sealed), 'clerk')).toEqual({ type: 'export' });
    const out: Job = { ...sealed, exported: { receipt: 'r', at: '', takenOver: null } };
    expect(nextStep(view(out), 'clerk')).toEqual({ type: 'none' });
    const due: Job = { ...sealed, renewal: { end: null, deferred: null } };
    expect(nextStep(view(due), 'clerk')).toEqual({ type: 'renew' });
  });

  it('is nothing for a job that stopped', () => {
    const stopped = { state: 'cancelled', reason: '', was: 'open' } as const;
    const job: Job = { ...base, ...stopped, signers: [signer('a', 0)] };
    expect(nextStep(view(job), 'clerk')).toEqual({ type: 'none' });
  });
});
