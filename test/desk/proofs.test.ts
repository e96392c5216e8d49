import { afterAll, beforeAll, expect, it } from 'vitest';
import { aSigner, handOver, makeDraft, pin, setUp, startDesk } from '../support/desk.ts';
import type { Client, TestDesk } from '../support/desk.ts';

let desk: TestDesk;
let clerk: Client;
beforeAll(async () => {
  desk = startDesk();
  clerk = desk.visit();
  await setUp(clerk);
});
afterAll(() => desk.close());

it('accepts nothing that the signer has not shown, and takes no try for it', async () => {
  const made = await makeDraft(clerk, [aSigner('Kari Nordmann')]);
  await clerk.call('job.open', { job: made.job });
  const proof = 'ab'.repeat(32);
  expect(await clerk.refusal('signing.acceptProof', { proof, pin })).toMatchObject({
    code: 'rpc.forbidden',
  });
  await handOver(clerk, made.job, made.signers[0]?.id ?? '');
  expect(await clerk.call('signing.view', {})).toMatchObject({ kind: 'simple', proof: null });
  for (let tries = 0; tries < 5; tries++)
    expect(await clerk.refusal('signing.acceptProof', { proof, pin: '0000' })).toMatchObject({
      code: 'proof.unknown',
    });
  await clerk.call('session.takeBack', { pin });
});
