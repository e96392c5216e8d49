import { useCallback, useEffect, useRef } from 'react';
import type { RestLoginView } from '../../shared/rpc/views-eid.ts';
import { call, useCall } from '../host/client.ts';

/** The login of whoever stands at a resting kiosk; null where none is offered. */
export function useRestLogin(offered: boolean): {
  readonly login: RestLoginView | null;
  /** What came of it is nobody's business any more. */
  readonly forget: () => void;
} {
  const { value, reload } = useCall(
    'session.login',
    offered ? {} : null,
    (event) => event.type === 'session.changed',
  );
  const state = value?.state ?? null;
  const first = useRef(true);
  useEffect(() => {
    if (state === null) return;
    // A page that is drawn while a login is under way came back by the browser's own button.
    if (first.current && state === 'pending') void call('session.cancelLogin', {});
    first.current = false;
  }, [state]);
  const forget = useCallback(() => {
    void call('session.cancelLogin', {}).then(reload);
  }, [reload]);
  return { login: value, forget };
}
