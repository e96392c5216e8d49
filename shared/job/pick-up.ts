/** The codes that wait for their signers. Pure. */
import type { JobEvent } from './event.ts';
import type { Job, PickUp } from './job.ts';

type Open = Extract<Job, { state: 'open' }>;

/** One for each signer: a new one replaces the old, and whoever has begun needs none. */
export function withoutPickUp(job: Open, signer: string): Open {
  return { ...job, pickUps: job.pickUps.filter((one) => one.signer !== signer) };
}

export function withPickUp(
  job: Open,
  event: Extract<JobEvent, { type: 'pick-up-made' }>,
  clerk: string,
): Open {
  const { type: _, ...made } = event;
  const others = withoutPickUp(job, event.signer);
  return { ...others, pickUps: [...others.pickUps, { ...made, clerk }] };
}

/** Without what a code could be tried out against. */
export function shownPickUp({ hash: _, ...shown }: PickUp): PickUp {
  return shown;
}
