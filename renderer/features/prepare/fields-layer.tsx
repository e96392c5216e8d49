/** The fields of one page: shown, moved, sized; with the lines they are pulled to. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import type { FieldSpec, JobDocument } from '../../../shared/job/job.ts';
import { FieldBox } from './field-box.tsx';
import { addField } from './fields.ts';
import { useFileFields } from './file-fields.ts';
import { fieldsOn, pageSize } from './geometry.ts';
import type { Guide } from './geometry.ts';
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

  function takeExisting(name: string, placement: FieldSpec['placement']) {
    if (signer === null) return;
    const field: FieldSpec = {
      id: crypto.randomUUID(),
      document: document.id,
      signer,
      placement,
      existing: name,
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
        if (event.target === event.currentTarget) look({ field: null });
      }}
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
              takeExisting(field.name, field.placement);
            }}
          >
            {t('field.inFile')}
          </button>
        ))}
      {fields.map((field) => (
        <FieldBox
          key={field.id}
          field={field}
          others={fields.filter((other) => other !== field).map((other) => other.placement)}
          size={size}
          scale={scale}
          editable={editable}
          onGuides={setGuides}
          onSay={setSaid}
        />
      ))}
      {guides.map((guide) => (
        <span
          key={`${guide.axis}${String(guide.at)}`}
          className="prep-guide"
          data-axis={guide.axis}
          style={guide.axis === 'x' ? { left: guide.at * scale } : { top: guide.at * scale }}
        />
      ))}
      <span className="ds-sr-only" role="status">
        {said}
      </span>
    </div>
  );
}
