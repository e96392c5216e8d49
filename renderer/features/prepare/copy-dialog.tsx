/** A field on many pages at once: initials on every one, or all but some. */
import {
  Field,
  Fieldset,
  Input,
  Label,
  Radio,
  ValidationMessage,
} from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldSpec } from '../../../shared/job/job.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { copyToPages } from './fields.ts';
import { pagesIn } from './geometry.ts';
import { usePrepare } from './store.ts';

const ways = ['all', 'last', 'some'] as const;

export function CopyDialog({ field, onClose }: { field: FieldSpec; onClose: () => void }) {
  const { t } = useTranslation('fields');
  const count = usePrepare(
    (state) => state.documents.find((each) => each.id === field.document)?.findings.pageCount ?? 1,
  );
  const [way, setWay] = useState<(typeof ways)[number]>('all');
  const [text, setText] = useState('');
  const except =
    way === 'all'
      ? new Set<number>()
      : way === 'last'
        ? new Set([count - 1])
        : pagesIn(text, count);
  return (
    <AskDialog
      title={t('copy.title')}
      confirm={t('copy.yes')}
      ready={except !== null}
      onConfirm={() => {
        if (except === null) return;
        copyToPages(field, except);
        onClose();
      }}
      onClose={onClose}
    >
      <Fieldset>
        <Fieldset.Legend>{t('copy.legend', { count })}</Fieldset.Legend>
        {ways.map((each) => (
          <Radio
            key={each}
            name="copy-way"
            value={each}
            label={t(`copy.${each}`)}
            checked={way === each}
            onChange={() => {
              setWay(each);
            }}
          />
        ))}
      </Fieldset>
      {way === 'some' && (
        <Field>
          <Label>{t('copy.pages')}</Label>
          <Input
            value={text}
            maxLength={200}
            placeholder="1, 4-6"
            aria-invalid={except === null}
            onChange={(event) => {
              setText(event.target.value);
            }}
          />
          {except === null && <ValidationMessage>{t('copy.wrong', { count })}</ValidationMessage>}
        </Field>
      )}
    </AskDialog>
  );
}
