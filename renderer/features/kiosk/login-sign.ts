import { useState } from 'react';
import type { Failure } from '../../../shared/result.ts';
import { useTask } from '../../host/task.ts';
import { useAnswers } from './answers.ts';
import type { ScreenProps } from './sitting.tsx';
import { useSitting } from './store.ts';

/** Signs with the plain mark: the login says who, the lines beside it what and when. */
export function useSignAfterLogin({ view, onBusy }: Pick<ScreenProps, 'view' | 'onBusy'>) {
  const signed = useSitting((sitting) => sitting.signed);
  const { answers, askAgain } = useAnswers(view);
  const task = useTask();
  const [failure, setFailure] = useState<Failure | null>(null);
  async function sign() {
    setFailure(null);
    onBusy(true);
    const shown = view.documents.map(({ document, revision, sha256 }) => ({
      ...{ document, revision, sha256 },
    }));
    const answer = await task.run('signing.sign', {
      ...{ shown, mark: { type: 'plain' } },
      ...answers(),
    });
    onBusy(false);
    if (answer.ok) signed(answer.value.signedAt);
    else if (!askAgain(answer.error)) setFailure(answer.error);
  }
  return { sign, failure, running: task.running };
}
