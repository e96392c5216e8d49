/** A picture for a signature: only where the office takes one, on the page, and bound by its hash. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { root } from '../support/cli.ts';
import {
  aSigner,
  handOver,
  makeDraft,
  pin,
  readAndConfirm,
  setUp,
  startDesk,
  type TestDesk,
} from '../support/desk.ts';

let desk: TestDesk;
afterEach(() => desk.close());

const image = new Uint8Array(readFileSync(join(root, 'resources/icons/icon.png')));

it('is off at first; turned on, it stands in the document and its hash in the evidence', async () => {
  desk = startDesk();
  const clerk = desk.visit();
  await setUp(clerk);
  const signer = aSigner('Kari Nordmann');
  const { job } = await makeDraft(clerk, [signer]);
  await clerk.call('job.open', { job });
  await handOver(clerk, job, signer.id);
  expect((await clerk.call('signing.view', {})).imageMarks).toBe(false);
  const shown = await readAndConfirm(clerk);
  const mark = { type: 'image', image } as const;
  expect((await clerk.refusal('signing.sign', { shown, mark })).code).toBe('signing.image-off');
  await clerk.call('session.leave', { reason: 'stopped' });
  await clerk.call('session.resume', { pin });
  await clerk.call('settings.kiosk', { idleSeconds: 120, imageMarks: true });
  expect(await clerk.call('settings.get', {})).toMatchObject({
    ...{ imageMarks: true, strokeDynamics: false },
  });

  await handOver(clerk, job, signer.id);
  expect((await clerk.call('signing.view', {})).imageMarks).toBe(true);
  const again = await readAndConfirm(clerk);
  const broken = { type: 'image', image: image.slice(0, 60) } as const;
  expect((await clerk.refusal('signing.sign', { shown: again, mark: broken })).code).toBe(
    'appearance.image-damaged',
  );
  await clerk.call('signing.sign', { shown: again, mark });
  await clerk.call('session.leave', { reason: 'done' });
  await clerk.call('session.resume', { pin });
  const { events } = await clerk.call('job.get', { job });
  const signed = events.map(({ event }) => event).filter(({ type }) => type === 'signed');
  expect(signed).toHaveLength(1);
  const [event] = signed;
  if (event?.type !== 'signed') throw new Error('nobody signed');
  expect(event.mark).toBe('image');
  expect(JSON.parse(event.evidence)).toMatchObject({
    mark: { type: 'image', sha256: createHash('sha256').update(image).digest('hex') },
  });
});
