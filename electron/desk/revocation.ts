/** Who can be asked whether a certificate has been revoked, for as long as this thread runs. */
import { httpRevocation } from '../adapters/http-revocation.ts';
import type { Revocation } from '../core/ports.ts';
import type { Desk } from './desk.ts';

type Ports = Pick<Desk, 'clock' | 'crypto' | 'random'>;

/** Somebody sits and waits: an issuer that is slower than this counts as out of reach. */
const TIMEOUT_MS = 3_000;
const BUDGET_MS = 6_000;

const known = new WeakMap<Ports['clock'], Revocation>();

/** One port for each clock, so that what was answered is remembered from one document to the next. */
export function revocationOf(desk: Ports): Revocation {
  const { clock, crypto, random } = desk;
  const revocation =
    known.get(clock) ??
    httpRevocation({ clock, crypto, random, timeoutMs: TIMEOUT_MS, budgetMs: BUDGET_MS });
  known.set(clock, revocation);
  return revocation;
}
