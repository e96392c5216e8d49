/** The program's clock beside the time of each timestamp: how far either may be trusted. */
import type { RevisionRef } from '../../shared/job/job.ts';
import { unwrap } from '../../shared/result.ts';
import type { ChainedEvent } from '../archive/archive.ts';
import { parseCertificate } from '../core/cms/certificate.ts';
import { tailSignature } from '../core/verify/tail-signature.ts';
import type { Desk } from './desk.ts';

export interface ClockReading {
  /** Version of the event in the job's log. */
  readonly event: number;
  readonly document: string;
  readonly revision: number;
  readonly of: 'certification' | 'signature' | 'document-timestamp';
  /** ISO instants; the timestamp is null where no authority answered. */
  readonly clock: string;
  readonly timestamp: string | null;
  readonly authority: string | null;
  /** Timestamp minus clock. */
  readonly differenceSeconds: number | null;
}

export interface MadeRevision extends RevisionRef {
  /** Version of the event that made it. */
  readonly event: number;
}

/** Every revision of a document with the event that made it, oldest first. */
export function revisionsOf(
  desk: Pick<Desk, 'archive'>,
  document: string,
  events: readonly ChainedEvent[],
): readonly MadeRevision[] {
  const makers = new Map<number, number>();
  for (const { event, version } of events) {
    if (event.type === 'document-added' && event.document.id === document) makers.set(0, version);
    if ('revisions' in event)
      for (const one of event.revisions)
        if (one.document === document) makers.set(one.revision, version);
  }
  return desk.archive
    .revisions(document)
    .flatMap((one) => {
      const event = makers.get(one.revision);
      // A revision nobody tells of cannot be: event and bytes are stored together.
      return event === undefined ? [] : [{ ...one, event }];
    })
    .sort((a, b) => a.revision - b.revision);
}

export function clockReadings(
  desk: Pick<Desk, 'archive'>,
  revisions: readonly MadeRevision[],
  events: readonly ChainedEvent[],
): readonly ClockReading[] {
  const [first] = revisions;
  if (first === undefined || revisions.length < 2) return [];
  const source = unwrap(desk.archive.source(first.document));
  try {
    return revisions.slice(1).flatMap((revision, index) => {
      const start = revisions[index]?.length ?? 0;
      const signature = tailSignature(source.read(start, revision.length - start), start);
      const maker = events.find(({ version }) => version === revision.event);
      if (signature === null || maker === undefined) return [];
      const { token } = signature;
      const clock = clockOf(maker);
      const timestamp = token?.genTime.toISOString() ?? null;
      return [
        {
          ...{ event: revision.event, document: revision.document, revision: revision.revision },
          of:
            signature.kind === 'timestamp'
              ? 'document-timestamp'
              : maker.event.type === 'opened'
                ? 'certification'
                : 'signature',
          ...{ clock, timestamp, authority: authorityOf(token?.certificate ?? null) },
          differenceSeconds:
            timestamp === null
              ? null
              : Math.round((Date.parse(timestamp) - Date.parse(clock)) / 1000),
        } as const,
      ];
    });
  } finally {
    source.close();
  }
}

/** What the program's clock said when the signature was made; the log's own time comes a little later. */
function clockOf({ event, at }: ChainedEvent): string {
  if (event.type === 'sealed' || event.type === 'renewed') return event.time;
  if (event.type !== 'signed') return at;
  const { time } = JSON.parse(event.evidence) as { readonly time?: unknown };
  return typeof time === 'string' ? time : at;
}

function authorityOf(certificate: Uint8Array | null): string | null {
  if (certificate === null) return null;
  const parsed = parseCertificate(certificate);
  return parsed.ok ? parsed.value.commonName : null;
}
