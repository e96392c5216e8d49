/** Who sits here, for every screen below the app. */
import { createContext, useContext } from 'react';
import type { SessionView, UserView } from '../../shared/rpc/views.ts';

export const SessionContext = createContext<SessionView | null>(null);

/** The session; only screens that the app mounts inside it may ask. */
export function useSession(): SessionView {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession outside of the session');
  return session;
}

type OperatorRole = UserView['roles'][number];

/** Whether the user holds any of the roles: what they may not do is not offered. */
export function useMay(...roles: readonly OperatorRole[]): boolean {
  const { user } = useSession();
  return user !== null && roles.some((role) => user.roles.includes(role));
}
