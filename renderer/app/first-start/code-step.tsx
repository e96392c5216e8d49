import { Button, Textfield } from '@digdir/designsystemet-react';
import { PrinterSmallIcon } from '@navikt/aksel-icons';
import { useMemo, useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../i18n/format.ts';
import { codeGroups, RecoveryCode } from '../../ui/recovery-code.tsx';
import { Notice } from '../../ui/notice.tsx';
import { StepActions } from './step-actions.tsx';

/** Two different groups to type back, so that the paper is looked at once more. */
function twoGroups(count: number): readonly [number, number] {
  const random = crypto.getRandomValues(new Uint32Array(2));
  const first = (random[0] ?? 0) % count;
  const second = (first + 1 + ((random[1] ?? 0) % Math.max(1, count - 1))) % count;
  return first < second ? [first, second] : [second, first];
}

/** The code that opens a backup anywhere; shown once, and typed back in part before going on. */
export function CodeStep({
  code,
  organisation,
  onNext,
}: {
  code: string;
  organisation: string;
  onNext: () => void;
}) {
  const { t } = useTranslation('app');
  const groups = codeGroups(code);
  const asked = useMemo(() => twoGroups(groups.length), [groups.length]);
  const [typed, setTyped] = useState<readonly [string, string]>(['', '']);
  const [tried, setTried] = useState(false);
  const right = asked.map(
    (group, at) => typed[at]?.trim().toUpperCase() === groups[group]?.toUpperCase(),
  );
  function next(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!right.includes(false)) onNext();
  }
  return (
    <form className="stack" onSubmit={next} noValidate>
      <div className="print-sheet stack">
        <h1 tabIndex={-1}>{t('first.code.title')}</h1>
        <p className="prose">{t('first.code.lead')}</p>
        <p className="print-only">
          {t('first.code.printed', { organisation, date: formatDate(new Date().toISOString()) })}
        </p>
        <RecoveryCode code={code} label={t('first.code.label')} />
      </div>
      <div className="row">
        <Button
          type="button"
          variant="secondary"
          onClick={() => {
            window.print();
          }}
        >
          <PrinterSmallIcon aria-hidden="true" />
          {t('first.code.print')}
        </Button>
      </div>
      <Notice tone="brass" title={t('first.code.warnTitle')}>
        <p>{t('first.code.warn')}</p>
      </Notice>
      <fieldset className="type-back">
        <legend>{t('first.code.typeBack')}</legend>
        <div className="pair">
          {asked.map((group, at) => (
            <Textfield
              key={group}
              label={t('first.code.group', { number: group + 1 })}
              autoComplete="off"
              spellCheck={false}
              value={typed[at] ?? ''}
              error={tried && right[at] !== true && t('first.code.wrong')}
              onChange={(event) => {
                const text = event.target.value;
                setTyped(at === 0 ? [text, typed[1]] : [typed[0], text]);
              }}
            />
          ))}
        </div>
      </fieldset>
      <StepActions next={t('first.code.next')} onBack={null} />
    </form>
  );
}
