import type { Failure } from '../../../shared/result.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { ExclamationmarkTriangleIcon } from '@navikt/aksel-icons';

/** What happened, what it means, what to do and what to quote, in the kiosk's size. */
export function KioskFailure({ failure }: { failure: Failure }) {
  const words = failureWords(failure);
  return (
    <div className="k-failure" role="alert">
      <ExclamationmarkTriangleIcon aria-hidden="true" />
      <div>
        <strong>{words.what}</strong>
        <p>
          {words.means} {words.action}
        </p>
        <p className="k-quiet">{words.code}</p>
      </div>
    </div>
  );
}
