/** Copies that wait to be mailed: rows of the outbox, where alone the address stands. */
import type { OutboxRow } from '../archive/archive.ts';
import type { Desk } from './desk.ts';

export const copyTopic = 'copy';

interface Wanted {
  readonly job: string;
  readonly signer: string;
  readonly address: string;
}

export function copyRow(job: string, signer: string, address: string) {
  return { topic: copyTopic, body: { job, signer, address } };
}

export function wantedIn(row: OutboxRow): Wanted {
  return row.body as unknown as Wanted;
}

/** Of this signer's rows the newest, or none. */
export function keepLast(desk: Desk, job: string, signer: string, one: boolean): void {
  const rows = desk.archive.outbox(copyTopic, 1000).filter((row) => {
    const wanted = wantedIn(row);
    return wanted.job === job && wanted.signer === signer;
  });
  for (const row of one ? rows.slice(0, -1) : rows) desk.archive.removeFromOutbox(row.id);
}
