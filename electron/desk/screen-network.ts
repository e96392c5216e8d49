/** What the desk asks of the part that listens on the office's network, and what it lets that part ask. */
import type { Result } from '../../shared/result.ts';

export interface ScreenNetwork {
  /** PEM; `certificates`: its own and its issuer's. */
  listen(options: {
    readonly key: string;
    readonly certificates: string;
    readonly address: string;
    readonly port: number;
    readonly door: ScreenDoor;
  }): Promise<Result<null>>;
  close(): void;
}

export interface ScreenDoor {
  /** The client of a paired kiosk's cookie; null for every other. */
  clientOf(cookie: string | null): string | null;
  /** A kiosk has typed a code. `secret`: by which it collects what becomes of it. */
  offer(code: string): Promise<Result<{ readonly secret: string; readonly compare: string }>>;
  collect(secret: string): Collected | null;
}

export type Collected =
  | { readonly type: 'waiting' }
  | { readonly type: 'refused' }
  /** Once: afterwards nobody knows the cookie but the kiosk. */
  | { readonly type: 'accepted'; readonly cookie: string };
