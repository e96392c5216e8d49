import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure, Result } from '../../../shared/result.ts';
import type { InputOf, MethodName, OutputOf } from '../../../shared/rpc/contract.ts';
import { call } from '../../host/client.ts';
import { toast } from '../../ui/toasts.tsx';

export interface Save {
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly save: <M extends MethodName>(
    method: M,
    input: InputOf<M>,
    /** What is said when it went well; "Lagret" when left out. */
    said?: string,
  ) => Promise<Result<OutputOf<M>>>;
}

/** Sends one change; says so when it went well and keeps the failure where it happened. */
export function useSave(): Save {
  const { t } = useTranslation('settings');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  return {
    busy,
    failure,
    async save(method, input, said) {
      setBusy(true);
      setFailure(null);
      const answer = await call(method, input);
      setBusy(false);
      if (answer.ok) toast(said ?? t('saved'));
      else setFailure(answer.error);
      return answer;
    },
  };
}
