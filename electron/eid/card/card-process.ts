/**
 * The process a driver lives in: a crash or a hang in native code takes it down and nothing else. It
 * speaks to whoever forked it and keeps no PIN.
 */
import { createRequire } from 'node:module';
import type * as Binding from 'pkcs11js';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { ckr } from './cryptoki.ts';
import { faultOf, loadFaultOf, noSupport } from './faults.ts';
import type { CardAsk, FromCard, ToCard } from './protocol.ts';
import { beginSitting, type Sitting } from './sitting.ts';
import { lookOf, readSlots, type TokenMemory } from './tokens.ts';

/** Electron's utility process has a port to its parent, a forked Node process a channel. */
interface ParentPort {
  postMessage(message: FromCard): void;
  on(event: 'message', listener: (event: { readonly data: ToCard }) => void): void;
}
const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };

const memory: TokenMemory = new Map();
let driver: Binding.PKCS11 | null = null;
let sitting: Sitting | null = null;
let timer: NodeJS.Timeout | null = null;
let look = '';
/** Whoever still looks at the readers asks again before that. */
const watchFor = 90_000;

function send(message: FromCard): void {
  if (parentPort === undefined) process.send?.(message);
  else parentPort.postMessage(message);
}

function loaded(path: string): Result<Binding.PKCS11> {
  if (driver !== null) return ok(driver);
  let fresh: Binding.PKCS11;
  try {
    const { PKCS11 } = createRequire(import.meta.url)('pkcs11js') as typeof Binding;
    fresh = new PKCS11();
  } catch {
    return noSupport;
  }
  try {
    fresh.load(path);
  } catch (error) {
    return loadFaultOf(error);
  }
  try {
    fresh.C_Initialize();
  } catch (error) {
    if ((error as { readonly code?: number }).code !== ckr.alreadyInitialized)
      return fail('card.module-failed', 'The driver could not be started.', {
        reason: String(faultOf(error).error.detail?.['reason'] ?? ''),
      });
  }
  driver = fresh;
  return ok(fresh);
}

function watch(open: Binding.PKCS11, milliseconds: number): void {
  if (timer !== null) clearInterval(timer);
  const until = Date.now() + watchFor;
  timer = setInterval(() => {
    // A reader that is busy with a signature is left alone.
    if (sitting !== null) return;
    if (Date.now() > until && timer !== null) return clearInterval(timer);
    const now = seen(open);
    if (now === look) return;
    look = now;
    send({ type: 'changed' });
  }, milliseconds);
}

function seen(open: Binding.PKCS11): string {
  try {
    return lookOf(open);
  } catch (error) {
    return faultOf(error).error.code;
  }
}

function endSitting(): void {
  sitting?.end();
  sitting = null;
}

function answer(module: string, ask: CardAsk): Result<unknown> {
  const open = loaded(module);
  if (!open.ok) return open;
  try {
    switch (ask.type) {
      case 'read':
        // What changes after this is told of.
        look = seen(open.value);
        return ok(readSlots(open.value, memory));
      case 'watch':
        watch(open.value, ask.milliseconds);
        return ok(null);
      case 'begin': {
        endSitting();
        const begun = beginSitting(open.value, ask);
        if (!begun.ok) return begun;
        ({ sitting } = begun.value);
        return ok(begun.value.begun);
      }
      case 'sign':
        return sitting?.sign(ask) ?? fail('card.removed', 'The card was taken out.');
      case 'end':
        endSitting();
        return ok(null);
    }
  } catch (error) {
    return faultOf(error);
  }
}

function hear({ id, module, ask }: ToCard): void {
  send({ type: 'answer', id, result: answer(module, ask) });
}

if (parentPort === undefined) {
  process.on('message', hear);
  // The program ended: nobody is left to ask.
  process.on('disconnect', () => process.exit(0));
} else parentPort.on('message', ({ data }) => hear(data));
