/** Typed calls and the hooks that keep a screen in step with the archive. Nothing here polls. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure, Result } from '../../shared/result.ts';
import type { InputOf, MethodName, OutputOf } from '../../shared/rpc/contract.ts';
import type { HostEvent } from '../../shared/rpc/transport.ts';
import { contactBack, contactLost, untilContact, useContact } from './contact.ts';
import { host } from './host.ts';

const doubters = new Set<() => void>();

/** Calls back when an answer hints that this window is no longer who it thinks it is. */
export function onDoubt(listener: () => void): () => void {
  doubters.add(listener);
  return () => {
    doubters.delete(listener);
  };
}

/** After these the window begins anew for somebody else. */
const changesHands: ReadonlySet<MethodName> = new Set([
  'session.handOver',
  'session.leave',
  'session.takeBack',
]);
/** While the screen changes hands: what still stands on it must not ask, it would be refused. */
let held: HostEvent[] | null = null;

/** The contract types the answer; the router validated the input and made the value. */
export async function call<M extends MethodName>(
  method: M,
  input: InputOf<M>,
): Promise<Result<OutputOf<M>>> {
  const leaves = changesHands.has(method) && !staysHere(method, input);
  if (leaves) held ??= [];
  const answer = await ask(method, input);
  if (!answer.ok && leaves) {
    const missed = held ?? [];
    held = null;
    missed.forEach(tell);
  }
  if (!answer.ok && method !== 'session.state') {
    const { code } = answer.error;
    if (code === 'rpc.forbidden' || code === 'archive.locked')
      for (const doubt of [...doubters]) doubt();
  }
  return answer;
}

/** A signer who is called to another screen leaves the clerk at this one. */
function staysHere<M extends MethodName>(method: M, input: InputOf<M>): boolean {
  return method === 'session.handOver' && 'screen' in input && input.screen !== undefined;
}

/** At a kiosk that is a machine of its own: again and again until the program answers. */
async function ask<M extends MethodName>(
  method: M,
  input: InputOf<M>,
): Promise<Result<OutputOf<M>>> {
  for (;;) {
    const answer = (await host.call(method, input)) as Result<OutputOf<M>>;
    const cut = !answer.ok && answer.error.code === 'host.unreachable';
    if (!cut) {
      if (useContact.getState().lostAt !== null) hearAnew();
      contactBack();
      return answer;
    }
    contactLost();
    if (method === 'screen.report' || useContact.getState().screen === null) return answer;
    await untilContact();
  }
}

/** A stream that stood on a network that is gone may never notice. */
function hearAnew(): void {
  if (stop === null) return;
  stop();
  stop = host.listen(tell);
  tell({ type: 'session.changed' });
}

const listeners = new Set<(event: HostEvent) => void>();
let stop: (() => void) | null = null;

function tell(event: HostEvent): void {
  if (held !== null && event.type !== 'session.changed') held.push(event);
  else for (const each of [...listeners]) each(event);
}

/** Hears every event of the host until the returned function is called. One connection for all. */
export function listen(listener: (event: HostEvent) => void): () => void {
  listeners.add(listener);
  stop ??= host.listen(tell);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      stop?.();
      stop = null;
    }
  };
}

/** Hears events while the component is mounted; the newest `listener` is always the one called. */
export function useHostEvents(listener: (event: HostEvent) => void): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(
    () =>
      listen((event) => {
        latest.current(event);
      }),
    [],
  );
}

export interface Called<T> {
  /** The newest answer; stays while a reload is under way, so nothing flickers. */
  readonly value: T | null;
  readonly error: Failure | null;
  readonly loading: boolean;
  readonly reload: () => void;
}

/**
 * Calls when mounted, when `input` changes (by value), and when an event for which `refetchOn` is
 * true arrives. `input` null means: not yet.
 */
export function useCall<M extends MethodName>(
  method: M,
  input: InputOf<M> | null,
  refetchOn?: (event: HostEvent) => boolean,
): Called<OutputOf<M>> {
  const key = input === null ? null : `${method} ${JSON.stringify(input)}`;
  const [state, setState] = useState<{
    key: string | null;
    value: OutputOf<M> | null;
    error: Failure | null;
  }>({ key: null, value: null, error: null });
  const turn = useRef(0);
  const latest = useRef(input);
  useEffect(() => {
    latest.current = input;
  });
  const reload = useCallback(() => {
    const asked = latest.current;
    turn.current += 1;
    const mine = turn.current;
    if (asked === null || key === null) return;
    void call(method, asked).then((answer) => {
      // A slower, older answer must not overwrite a newer one.
      if (mine !== turn.current) return;
      setState((before) =>
        answer.ok
          ? { key, value: answer.value, error: null }
          : { key, value: before.key === key ? before.value : null, error: answer.error },
      );
    });
  }, [method, key]);
  useEffect(() => {
    reload();
    return () => {
      turn.current += 1;
    };
  }, [reload]);
  useHostEvents((event) => {
    if (refetchOn?.(event) === true) reload();
  });
  const fresh = state.key === key;
  return {
    value: fresh ? state.value : null,
    error: fresh ? state.error : null,
    loading: key !== null && !fresh,
    reload,
  };
}
