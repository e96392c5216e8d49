import { Button } from '@digdir/designsystemet-react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../shared/result.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { Notice } from './notice.tsx';

/** An error in four parts: what happened, what it means for the document, what to do, what to quote. */
export function FailureNotice({
  failure,
  onRetry,
}: {
  failure: Failure;
  onRetry?: (() => void) | undefined;
}) {
  const { t } = useTranslation('app');
  const words = failureWords(failure);
  return (
    <Notice tone="red" title={words.what} role="alert">
      <p>{words.means}</p>
      <p>{words.action}</p>
      <p className="small">
        {t('failure.quote')} <code>{words.code}</code>
      </p>
      {onRetry !== undefined && (
        <div className="row">
          <Button variant="secondary" onClick={onRetry}>
            {t('failure.retry')}
          </Button>
        </div>
      )}
    </Notice>
  );
}
