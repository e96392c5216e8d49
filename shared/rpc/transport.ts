/** How a window reaches its host; the Electron preload and the web host's page make the same thing. */
import type { JobTab } from '../job/job.ts';
import type { Result } from '../result.ts';

/** What main tells the windows; filtered per session before it leaves. */
export type HostEvent =
  | { readonly type: 'job.changed'; readonly job: string }
  | { readonly type: 'archive.changed' }
  | { readonly type: 'session.changed' }
  | { readonly type: 'settings.changed' }
  /** Of the address book. */
  | { readonly type: 'book.changed' }
  /** A kiosk came, went, or is further along. */
  | { readonly type: 'screens.changed' }
  /** A card came into a reader or left it. */
  | { readonly type: 'cards.changed' }
  | {
      readonly type: 'task.progress';
      readonly task: string;
      readonly step: string;
      readonly done: number;
      readonly total: number;
    }
  | { readonly type: 'counts'; readonly counts: Readonly<Record<JobTab, number>> };

/**
 * `window.host` in the renderer. The preload knows no method names: the method is data.
 * Uploads (dropped files) go by `fetch('/upload', { method: 'PUT', body: file })`, same-origin in both
 * hosts, and answer `{ upload }`; PDF bytes come from `documentUrl` by range requests.
 */
export interface Host {
  call(method: string, input: unknown): Promise<Result<unknown>>;
  listen(listener: (event: HostEvent) => void): () => void;
  /** Same-origin address of a document's bytes at a revision, or of an upload (`upload:<id>`). */
  documentUrl(document: string, revision: number): string;
  /** After the kiosk is left: a fresh window or page with empty memory. */
  restart(): void;
}
