/** The jobs of the stand-in: their signers, what ends them, and the queues their news wait in. */

export interface StandInSigner {
  /** The number, the sender's own word, or the contact data, as they are echoed. */
  readonly identifier: string;
  readonly echo: string;
  readonly order: number;
  status: string;
  since: Date;
  /** One-time tokens of redirect URLs. */
  readonly tokens: Set<string>;
}

export interface StandInJob {
  readonly id: number;
  readonly flow: 'portal' | 'direct';
  readonly organisation: string;
  readonly reference: string | null;
  readonly queue: string;
  readonly polled: boolean;
  readonly exits: readonly string[];
  readonly signers: readonly StandInSigner[];
  readonly title: string;
  readonly documents: readonly { readonly title: string; readonly bytes: Uint8Array }[];
  readonly available: number;
  deadline: number;
  status: 'IN_PROGRESS' | 'COMPLETED_SUCCESSFULLY' | 'FAILED';
  endedAt: number;
  gone: boolean;
  statusToken: string | null;
}

/** News of one job; handed out it is hidden for ten minutes, and confirmed it is gone. */
interface News {
  readonly job: StandInJob;
  visibleAt: number;
  /** Only what was handed out can be confirmed: what came after it has not been seen. */
  handed: boolean;
}

const HIDDEN = 10 * 60_000;

export function createQueues() {
  const news = new Map<StandInJob, News>();
  const permitted = new Map<string, number>();
  return {
    tell(job: StandInJob, now: number): void {
      news.set(job, { job, visibleAt: now, handed: false });
    },
    confirm: (job: StandInJob): boolean => news.get(job)?.handed === true && news.delete(job),
    has: (job: StandInJob): boolean => news.has(job),
    /** `wait`: milliseconds that an empty queue asks for. */
    poll(flow: string, organisation: string, queue: string, now: number, wait: number) {
      const key = `${flow} ${organisation} ${queue}`;
      const next = permitted.get(key) ?? 0;
      if (now < next) return { type: 'early', next } as const;
      const found = [...news.values()].find(
        ({ job, visibleAt }) =>
          visibleAt <= now &&
          job.flow === flow &&
          job.organisation === organisation &&
          job.queue === queue,
      );
      if (found === undefined) {
        permitted.set(key, now + wait);
        return { type: 'empty', next: now + wait } as const;
      }
      found.visibleAt = now + HIDDEN;
      found.handed = true;
      permitted.set(key, now);
      return { type: 'news', job: found.job, next: now } as const;
    },
  };
}

/** Whether this signer's turn has come: everyone of the groups before has signed. */
export function isActive(job: StandInJob, signer: StandInSigner): boolean {
  return (
    job.status === 'IN_PROGRESS' &&
    signer.status === 'WAITING' &&
    job.signers.every((other) => other.order >= signer.order || other.status === 'SIGNED')
  );
}

export type Act =
  | 'SIGNED'
  | 'REJECTED'
  | 'CANCELLED'
  | 'EXPIRED'
  | 'FAILED'
  | 'RESERVED'
  | 'CONTACT_INFORMATION_MISSING'
  | 'BLOCKED'
  | 'SIGNERS_NAME_NOT_AVAILABLE';

/** A signer's act, the sender's, or time's; false where it may not be. */
export function act(
  job: StandInJob,
  what: Act,
  signer: StandInSigner | null,
  now: number,
): boolean {
  if (job.status !== 'IN_PROGRESS') return false;
  if (signer !== null) {
    if (!isActive(job, signer)) return false;
    signer.status = what;
    signer.since = new Date(now);
  }
  if (what === 'SIGNED') {
    if (job.signers.every(({ status }) => status === 'SIGNED'))
      job.status = 'COMPLETED_SUCCESSFULLY';
    // Each group has the whole time anew.
    else job.deadline = now + job.available;
  } else {
    job.status = 'FAILED';
    const rest = signer === null ? what : 'NOT_APPLICABLE';
    const active = job.signers.map((each) => each.status === 'WAITING');
    for (const [index, each] of job.signers.entries())
      if (active[index] === true) {
        each.status = rest;
        each.since = new Date(now);
      }
  }
  if (job.status !== 'IN_PROGRESS') job.endedAt = now;
  return true;
}
