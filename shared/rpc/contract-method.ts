/** How a method is written down in the contract: who may call it, what it takes, what it answers. */
import type { z } from 'zod';

/**
 * `visitor` has not signed in; `screen` is a kiosk at rest; `signer` holds a kiosk; the rest are
 * DOMAIN.md's roles.
 */
export const roles = [
  'visitor',
  'screen',
  'signer',
  'handler',
  'records',
  'admin',
  'reader',
] as const;
export type Role = (typeof roles)[number];

export const everyone = roles;
export const operators = ['handler', 'records', 'admin', 'reader'] as const;
/** An administrator is blind to content: it is not in these lists unless it holds another role too. */
export const readers = ['handler', 'records', 'reader'] as const;
export const handlers = ['handler'] as const;
export const archivists = ['handler', 'records'] as const;
export const admins = ['admin'] as const;
export const signers = ['signer'] as const;
export const visitors = ['visitor'] as const;
/** Whoever stands at a counter's screen: one that rests after a clerk, or one that is a kiosk alone. */
export const passersBy = ['visitor', 'screen'] as const;
/** What a screen that is a kiosk alone can ever be. */
export const kiosks = ['screen', 'signer'] as const;

declare const output: unique symbol;
export interface Method<Input extends z.ZodType, Output> {
  readonly roles: readonly Role[];
  readonly input: Input;
  /** Runs in the worker, reports `task.progress`, can be cancelled. */
  readonly long: boolean;
  readonly [output]?: Output;
}
export function method<Output>() {
  return <Input extends z.ZodType>(
    allowed: readonly Role[],
    input: Input,
    options: { readonly long?: boolean } = {},
  ): Method<Input, Output> => ({ roles: allowed, input, long: options.long === true });
}
