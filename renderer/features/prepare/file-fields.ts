/** Signature fields that stand ready in the file: where they are on a page. */
import { useEffect, useState } from 'react';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { toDisplayed } from '../../../shared/document.ts';
import type { Placement } from '../../../shared/document.ts';
import type { JobDocument } from '../../../shared/job/job.ts';

export interface FileField {
  readonly name: string;
  readonly placement: Placement;
}

interface Widget {
  readonly fieldType?: string;
  readonly fieldName?: string;
  readonly rect?: readonly number[];
}

export function useFileFields(
  pdf: PDFDocumentProxy,
  document: JobDocument,
  page: number,
): readonly FileField[] {
  const [found, setFound] = useState<{ of: string; fields: readonly FileField[] } | null>(null);
  const of = `${document.id} ${String(page)}`;
  const names = document.findings.emptySignatureFields;
  const geometry = document.findings.pages[page];
  useEffect(() => {
    if (names.length === 0 || geometry === undefined) return;
    let gone = false;
    const look = async () => {
      const proxy = await pdf.getPage(page + 1);
      const widgets = (await proxy.getAnnotations()) as readonly Widget[];
      const fields = widgets.flatMap(({ fieldType, fieldName, rect }) => {
        if (fieldType !== 'Sig' || fieldName === undefined || !names.includes(fieldName)) return [];
        const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = rect ?? [];
        const place = toDisplayed(geometry, { x0, y0, x1, y1 });
        // One without area is an invisible field: nothing to point at.
        return place.width < 1 || place.height < 1
          ? []
          : [{ name: fieldName, placement: { page, ...place } }];
      });
      if (!gone) setFound({ of, fields });
    };
    look().catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [pdf, page, names, geometry, of]);
  return found?.of === of ? found.fields : [];
}
