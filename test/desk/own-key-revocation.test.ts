/** Whether a signer's certificate is revoked is asked before anything is signed with it, and written down. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pemOf } from '../../electron/adapters/anchors.ts';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import {
  makeTrialAuthority,
  toPkcs12,
  type TrialCertificate,
} from '../../electron/adapters/trial-pki.ts';
import {
  startTrialRevocation,
  type RunningRevocation,
} from '../../electron/adapters/trial-revocation-server.ts';
import { aSigner, handOver, makeDraft, pin, setUp, startDesk } from '../support/desk.ts';
import type { Client, TestDesk } from '../support/desk.ts';

const authority = makeTrialAuthority({ name: 'Utsteder', now: new Date() });
let desk: TestDesk;
let clerk: Client;
let running: RunningRevocation;
beforeAll(async () => {
  desk = startDesk();
  clerk = desk.visit();
  await setUp(clerk);
  await clerk.call('settings.trust', {
    anchors: [authority.root, authority.intermediate].map((one) => pemOf(one.certificate)),
  });
  running = await startTrialRevocation({ issuer: authority.intermediate, clock: systemClock });
});
afterAll(async () => {
  await running.close();
  await desk.close();
});

const issue = (crlUrl: string) =>
  authority.issue('KARI NORDMANN', 'p-256', {
    keyUsage: ['nonRepudiation'],
    crlUrls: [crlUrl],
  });

/** What the desk says of the file, and what stands in the job's log afterwards. */
async function shown(person: TrialCertificate) {
  const made = await makeDraft(clerk, [aSigner('Kari Nordmann', 0, { kind: 'advanced' })]);
  await clerk.call('job.open', { job: made.job });
  await handOver(clerk, made.job, made.signers[0]?.id ?? '');
  const bytes = Uint8Array.from(
    toPkcs12({
      key: person.key.privateKey,
      chain: [person.certificate, ...person.chain],
      passphrase: 'hemmelig',
    }),
  );
  const answer = await clerk.try('signing.showKeyFile', { bytes, passphrase: 'hemmelig' });
  await clerk.call('session.takeBack', { pin });
  const { job, events } = await clerk.call('job.get', { job: made.job });
  expect(job.state).toBe('open');
  const log = events
    .map(({ event }) => event)
    .filter(({ type }) => type === 'proof-given' || type === 'proof-refused');
  return { answer, log };
}

it('one that the issuer vouches for is a proof, and says so', async () => {
  const { answer, log } = await shown(issue(running.crlUrl));
  expect(answer).toMatchObject({ ok: true, value: { revocation: 'good' } });
  expect(log).toMatchObject([{ type: 'proof-given', proof: { revocation: 'good' } }]);
});

it('one that is revoked is refused and written down', async () => {
  const person = issue(running.crlUrl);
  running.revoke(person.certificate, new Date(Date.now() - 60_000));
  const { answer, log } = await shown(person);
  expect(answer).toMatchObject({ error: { code: 'certificate.revoked' } });
  expect(log).toMatchObject([
    { type: 'proof-refused', means: 'key-file', code: 'certificate.revoked' },
  ]);
});

it('where nobody answers the proof stands and says that nobody was reached', async () => {
  const { answer, log } = await shown(issue('http://127.0.0.1:9/list.crl'));
  expect(answer).toMatchObject({ ok: true, value: { revocation: 'unreachable' } });
  expect(log).toMatchObject([{ type: 'proof-given', proof: { revocation: 'unreachable' } }]);
});
