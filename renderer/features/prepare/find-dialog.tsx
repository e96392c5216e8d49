/** Fields by the document's words: search, look at what was found, place. Or by the marks it carries. */
import { Button, Checkbox, Field, Input, Label, Select } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { besideHit, sides } from '../../../shared/anchor.ts';
import type { FieldTag, Side, TextHit } from '../../../shared/anchor.ts';
import { fieldKinds, fieldSizes } from '../../../shared/job/field.ts';
import { atTag, contentOfTag } from '../../../shared/job/job-file-fields.ts';
import type { FieldSpec } from '../../../shared/job/job.ts';
import { useTask } from '../../host/task.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import type { Failure } from '../../../shared/result.ts';
import { pageSize } from './geometry.ts';
import { usePrepare } from './store.ts';

interface Found {
  readonly hits: readonly (TextHit & { readonly document: string })[];
  readonly tags: readonly (FieldTag & { readonly document: string })[];
  /** What was looked for; null: marks. */
  readonly text: string | null;
}

export function FindDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('fields');
  const { job, draft, documents, signer, kind, editSpec, look, show } = usePrepare();
  const { signers, fields } = draft.spec;
  const task = useTask();
  const [text, setText] = useState('');
  const [side, setSide] = useState<Side>('above');
  const [found, setFound] = useState<Found | null>(null);
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const [failure, setFailure] = useState<Failure | null>(null);
  const all = found === null ? [] : found.text === null ? found.tags : found.hits;
  const wanted = all.filter((_, index) => !left.has(index));
  const nobody = found?.tags.some((tag) => tag.signer > signers.length) === true;

  async function search(words: string | null) {
    if (job === null || words?.trim() === '') return;
    setFailure(null);
    setFound(null);
    setLeft(new Set());
    const answer = await task.run('fields.find', { job, text: words });
    if (answer.ok) setFound({ ...answer.value, text: words });
    else setFailure(answer.error);
  }
  function fieldAt(hit: Found['hits'][number] | Found['tags'][number]): FieldSpec | null {
    const document = documents.find((each) => each.id === hit.document);
    if (document === undefined) return null;
    const size = pageSize(document, hit.page);
    const common = { id: crypto.randomUUID(), document: document.id };
    if ('kind' in hit) {
      const whose = signers[hit.signer - 1];
      if (whose === undefined) return null;
      return { ...common, signer: whose.id, ...contentOfTag(hit), placement: atTag(hit, size) };
    }
    if (signer === null) return null;
    return {
      ...common,
      signer,
      ...(kind === 'signature' ? {} : { kind }),
      placement: besideHit(hit, fieldSizes[kind], { side }, size),
    };
  }
  function place() {
    const added = wanted.map(fieldAt).filter((each) => each !== null);
    const first = added[0];
    if (first !== undefined) {
      editSpec({ fields: [...fields, ...added] });
      show(first.document, first.placement.page);
      look({ field: first.id, signer: first.signer });
    }
    onClose();
  }
  return (
    <AskDialog
      title={t('find.title')}
      confirm={t('find.place', { count: wanted.length })}
      ready={wanted.length > 0 && !nobody}
      onConfirm={place}
      onClose={onClose}
    >
      <div className="prep-find-row">
        <Field className="prep-fieldbar-wide">
          <Label>{t('find.text')}</Label>
          <Input
            value={text}
            maxLength={200}
            placeholder={t('find.example')}
            onChange={(event) => {
              setText(event.target.value);
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              // Enter looks; what was found is placed by its own button.
              event.preventDefault();
              void search(text);
            }}
          />
        </Field>
        <Button
          type="button"
          variant="secondary"
          loading={task.running}
          aria-disabled={text.trim() === ''}
          onClick={() => {
            void search(text);
          }}
        >
          {t('find.search')}
        </Button>
      </div>
      <div className="prep-find-row">
        <Field>
          <Label>{t('prepare.kind')}</Label>
          <Select
            value={kind}
            onChange={(event) => {
              const chosen = fieldKinds.find((each) => each === event.target.value);
              if (chosen !== undefined) look({ kind: chosen });
            }}
          >
            {fieldKinds.map((each) => (
              <Select.Option key={each} value={each}>
                {t(`kind.${each}`)}
              </Select.Option>
            ))}
          </Select>
        </Field>
        <Field>
          <Label>{t('prepare.whose')}</Label>
          <Select
            value={signer ?? ''}
            onChange={(event) => {
              look({ signer: event.target.value });
            }}
          >
            {signers.map((each, index) => (
              <Select.Option key={each.id} value={each.id}>
                {`${String(index + 1)} ${each.name.trim() || each.title.trim() || t('prepare.unnamed')}`}
              </Select.Option>
            ))}
          </Select>
        </Field>
        <Field>
          <Label>{t('find.side')}</Label>
          <Select
            value={side}
            onChange={(event) => {
              const chosen = sides.find((each) => each === event.target.value);
              if (chosen !== undefined) setSide(chosen);
            }}
          >
            {sides.map((each) => (
              <Select.Option key={each} value={each}>
                {t(`find.sides.${each}`)}
              </Select.Option>
            ))}
          </Select>
        </Field>
      </div>
      <div>
        <Button
          type="button"
          variant="tertiary"
          onClick={() => {
            void search(null);
          }}
        >
          {t('find.tags')}
        </Button>
        <p className="small muted">{t('find.tagsHelp', { sample: '{{sign:1}}, {{date:2}}' })}</p>
      </div>
      {failure !== null && <FailureNotice failure={failure} />}
      <div role="status">
        {found !== null && all.length === 0 && (
          <p>{found.text === null ? t('find.noTags') : t('find.nothing', { text: found.text })}</p>
        )}
        {nobody && <p>{t('find.nobody')}</p>}
      </div>
      {all.length > 0 && (
        <fieldset className="prep-find-hits">
          <legend>{t('find.found', { count: all.length })}</legend>
          {all.map((hit, index) => (
            <Checkbox
              key={index}
              label={t('find.hit', {
                title: draft.titles[hit.document] ?? '',
                page: hit.page + 1,
                line: hit.line,
              })}
              checked={!left.has(index)}
              onChange={(event) => {
                const next = new Set(left);
                if (event.target.checked) next.delete(index);
                else next.add(index);
                setLeft(next);
              }}
            />
          ))}
        </fieldset>
      )}
    </AskDialog>
  );
}
