/**
 * The one door: known method? allowed role? valid input? a job they see? -> handler -> Result. What a stranger may
 * learn is decided in that order, so a refused caller is told nothing about the input.
 */
import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { fail, Refusal, type Result } from '../../shared/result.ts';
import {
  contract,
  type MethodName,
  type OutputOf,
  type ParsedOf,
} from '../../shared/rpc/contract.ts';
import { rolesOf, type Standing } from './sessions.ts';
import { stackOf } from './stack-of.ts';

/** Who calls. Handlers take the caller from here, never from the input. */
export interface Caller {
  readonly client: string;
  readonly standing: Standing;
}

export type Handlers = {
  readonly [M in MethodName]: (
    input: ParsedOf<M>,
    caller: Caller,
  ) => Promise<Result<OutputOf<M>>> | Result<OutputOf<M>>;
};

export interface RouterPorts {
  readonly handlers: Handlers;
  readonly standing: (client: string) => Standing;
  /** Whether a call may speak of the job or the document that it names. */
  readonly authorize: (standing: Standing, input: unknown) => Result<null>;
  /** Somebody who is somebody tried what is not theirs. */
  readonly refused: (caller: Caller, method: MethodName) => void;
  /** One line per call: method and code, never values. */
  readonly log: (line: string) => void;
}

export interface Router {
  call(client: string, method: string, input: unknown): Promise<Result<unknown>>;
}

export function createRouter({ handlers, standing, authorize, refused, log }: RouterPorts): Router {
  return {
    async call(client, method, input) {
      // hasOwn: `constructor` and `__proto__` are no methods.
      if (!Object.hasOwn(contract, method)) return fail('rpc.unknown', 'There is no such method.');
      const name = method as MethodName;
      const entry = contract[name];
      const caller: Caller = { client, standing: standing(client) };
      const held = rolesOf(caller.standing);
      if (!entry.roles.some((role) => held.includes(role))) {
        log(`${name} rpc.forbidden`);
        refused(caller, name);
        return fail('rpc.forbidden', 'This session may not do that.');
      }
      const parsed = (entry.input as z.ZodType).safeParse(input);
      if (!parsed.success) {
        log(`${name} rpc.invalid`);
        return fail('rpc.invalid', 'The input does not fit the method.', {
          // Paths and codes only: the values may be personal data.
          issues: parsed.error.issues.slice(0, 20).map((issue) => ({
            path: issue.path.map(String).join('.'),
            code: issue.code,
          })),
        });
      }
      try {
        const allowed = authorize(caller.standing, parsed.data);
        if (!allowed.ok) {
          log(`${name} ${allowed.error.code}`);
          refused(caller, name);
          return allowed;
        }
        // The handler of a name takes what the schema of the same name parsed; `Handlers` ties them.
        const handler = handlers[name] as (
          input: unknown,
          caller: Caller,
        ) => Promise<Result<unknown>> | Result<unknown>;
        const result = await handler(parsed.data, caller);
        log(`${name} ${result.ok ? 'ok' : result.error.code}`);
        return result;
      } catch (error) {
        if (error instanceof Refusal) {
          log(`${name} ${error.failure.code}`);
          return { ok: false, error: error.failure };
        }
        const reference = randomBytes(4).toString('hex');
        log(`${name} internal ${reference} ${stackOf(error)}`);
        return fail('internal', 'Something went wrong in the program.', { reference });
      }
    },
  };
}
