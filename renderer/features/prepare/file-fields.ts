/** Fields that stand ready in the file, to be signed or filled in: where they are on a page. */
import { useEffect, useState } from 'react';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { toDisplayed } from '../../../shared/document.ts';
import type { Placement } from '../../../shared/document.ts';
import type { JobDocument } from '../../../shared/job/job.ts';

export interface FileField {
  readonly name: string;
  readonly placement: Placement;
  readonly kind: 'signature' | 'text' | 'check';
  /** What the file calls it. */
  readonly label: string;
  readonly maxLength: number | null;
}

interface Widget {
  readonly fieldType?: string;
  readonly fieldName?: string;
  readonly rect?: readonly number[];
  readonly alternativeText?: string;
  readonly readOnly?: boolean;
  readonly checkBox?: boolean;
  readonly comb?: boolean;
  readonly password?: boolean;
  readonly maxLen?: number;
}

/** What it is to us; null for what cannot be used: filled combs, buttons, lists, signed fields. */
function kindOf(widget: Widget, empty: readonly string[]): FileField['kind'] | null {
  const { fieldType, fieldName = '', readOnly, checkBox, comb, password } = widget;
  if (fieldType === 'Sig') return empty.includes(fieldName) ? 'signature' : null;
  if (readOnly === true) return null;
  if (fieldType === 'Tx') return comb === true || password === true ? null : 'text';
  return fieldType === 'Btn' && checkBox === true ? 'check' : null;
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
    if (geometry === undefined) return;
    let gone = false;
    const look = async () => {
      const proxy = await pdf.getPage(page + 1);
      const widgets = (await proxy.getAnnotations()) as readonly Widget[];
      const fields = widgets.flatMap((widget): FileField[] => {
        const { fieldName, rect, alternativeText, maxLen } = widget;
        const kind = kindOf(widget, names);
        if (kind === null || fieldName === undefined) return [];
        const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = rect ?? [];
        const place = toDisplayed(geometry, { x0, y0, x1, y1 });
        // One without area is an invisible field: nothing to point at.
        return place.width < 1 || place.height < 1
          ? []
          : [
              {
                ...{ name: fieldName, kind, placement: { page, ...place } },
                label: (alternativeText ?? '').trim().slice(0, 120) || fieldName.slice(0, 120),
                maxLength: maxLen !== undefined && maxLen > 0 ? Math.min(maxLen, 500) : null,
              },
            ];
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
