/** The fields of one page: shown, moved, sized; with the lines they are pulled to. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import type { FieldSpec, JobDocument } from '../../../shared/job/job.ts';
import { FieldBox } from './field-box.tsx';
import { addField } from './fields.ts';
import { useDrawing } from './drawing.ts';
import { useFileFields } from './file-fields.ts';
import type { FileField } from './file-fields.ts';
import { coversWords, fieldsOn, pageSize } from './geometry.ts';
import type { Guide } from './geometry.ts';
import { usePageLines } from './page-lines.ts';
import { usePrepare } from './store.ts';

interface Props {
  readonly document: JobDocument;
  readonly page: number;
  /** CSS pixels a point. */
  readonly scale: number;
  readonly pdf: PDFDocumentProxy;
  readonly editable: boolean;
}

export function FieldsLayer({ document, page, scale, pdf, editable }: Props) {
  const { t } = useTranslation('prepare');
  const spec = usePrepare((state) => state.draft.spec);
  const signer = usePrepare((state) => state.signer);
  const { look, editSpec } = usePrepare.getState();
  const [guides, setGuides] = useState<readonly Guide[]>([]);
  const [said, setSaid] = useState('');
  const fields = fieldsOn(spec.fields, document.id, page);
  const used = new Set(
    spec.fields.map((field) => field.existing).filter((name) => name !== undefined),
  );
  const inFile = useFileFields(pdf, document, page).filter((field) => !used.has(field.name));
  const size = pageSize(document, page);
  const lines = usePageLines(pdf, document.id, page);
  const chosen = usePrepare((state) => fields.find(({ id }) => id === state.field));
  const covers = chosen !== undefined && coversWords(chosen.placement, lines.words);
  const drawing = useDrawing(scale, (box) => {
    if (signer === null) return;
    addField(signer, {
      ...{ document: document.id, page },
      ...{ x: box.x + box.width / 2, y: box.y + box.height / 2 },
      size: { width: box.width, height: box.height },
    });
  });

  function takeExisting({ name, placement, kind, label, maxLength }: FileField) {
    if (signer === null) return;
    const field: FieldSpec = {
      id: crypto.randomUUID(),
      document: document.id,
      signer,
      placement,
      existing: name,
      ...(kind === 'signature' ? {} : { kind, label }),
      ...(maxLength === null ? {} : { maxLength }),
    };
    editSpec({ fields: [...spec.fields, field] });
    look({ field: field.id });
  }

  return (
    <div
      className="prep-fields"
      data-page-layer
      data-document={document.id}
      data-page={page}
      onPointerDown={(event) => {
        if (event.target !== event.currentTarget) return;
        look({ field: null });
        if (editable && signer !== null) drawing.down(event);
      }}
      onPointerMove={drawing.move}
      onPointerUp={drawing.up}
      onPointerCancel={drawing.up}
      onDoubleClick={(event) => {
        if (!editable || signer === null || event.target !== event.currentTarget) return;
        const box = event.currentTarget.getBoundingClientRect();
        addField(signer, {
          document: document.id,
          page,
          x: (event.clientX - box.left) / scale,
          y: (event.clientY - box.top) / scale,
        });
      }}
    >
      {editable &&
        inFile.map((field) => (
          <button
            key={field.name}
            type="button"
            className="prep-file-field"
            disabled={signer === null}
            style={{
              left: field.placement.x * scale,
              top: field.placement.y * scale,
              width: field.placement.width * scale,
              height: field.placement.height * scale,
            }}
            onClick={() => {
              takeExisting(field);
            }}
          >
            {field.kind === 'signature'
              ? t('field.inFile')
              : t('fields:prepare.inFile', { label: field.label })}
          </button>
        ))}
      {fields.map((field) => (
        <FieldBox
          key={field.id}
          field={field}
          others={fields.filter((other) => other !== field)}
          size={size}
          lines={lines}
          scale={scale}
          editable={editable}
          onGuides={setGuides}
          onSay={setSaid}
        />
      ))}
      {drawing.box !== null && (
        <span
          className="prep-drawing"
          aria-hidden="true"
          style={{
            left: drawing.box.x * scale,
            top: drawing.box.y * scale,
            width: drawing.box.width * scale,
            height: drawing.box.height * scale,
          }}
        />
      )}
      {guides.map((guide) => (
        <span
          key={`${guide.axis}${String(guide.at)}`}
          className="prep-guide"
          data-axis={guide.axis}
          style={guide.axis === 'x' ? { left: guide.at * scale } : { top: guide.at * scale }}
        />
      ))}
      {covers && editable && (
        <span className="prep-covers" role="status">
          {t('fields:prepare.covers')}
        </span>
      )}
      <span className="ds-sr-only" role="status">
        {said}
      </span>
    </div>
  );
}
