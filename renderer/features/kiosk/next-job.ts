import { useState } from 'react';
import type { Failure } from '../../../shared/result.ts';
import { call } from '../../host/client.ts';
import { host } from '../../host/host.ts';
import { useSession } from '../../host/session.ts';

/** What else waits for whoever began by logging in: the next one starts with a memory as empty as the first. */
export function useNextJob() {
  const { moreWaiting } = useSession();
  const [going, setGoing] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  async function next() {
    setGoing(true);
    const answer = await call('session.nextJob', {});
    if (answer.ok) return host.restart();
    setGoing(false);
    setFailure(answer.error);
  }
  return {
    more: moreWaiting,
    ...{ going, failure },
    goOn: () => {
      void next();
    },
  };
}
