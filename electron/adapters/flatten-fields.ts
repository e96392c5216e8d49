/** Form fields as they are filled in, drawn into the page: what was a field is then part of the paper. */
import { PDFArray, PDFDict, PDFName, PDFRawStream } from 'pdf-lib';
import type { PDFContext } from 'pdf-lib';
import type { PdfDocument, PdfPage } from '../core/pdf/document.ts';
import { isArray, isDict, isName, isRef, isStream, numberOf } from '../core/pdf/objects.ts';
import type { PdfDict, PdfObject, PdfRef } from '../core/pdf/objects.ts';
import { boxOf } from '../core/pdf/pages.ts';
import { inherited } from '../core/verify/field-tree.ts';
import type { Copier } from './copy-objects.ts';

/** The page's annotations without its fields; empty signature fields are nothing that could be drawn. */
export function withoutWidgets(
  document: PdfDocument,
  page: PdfPage,
): { readonly rest: readonly PdfObject[] | null; readonly widgets: readonly PdfDict[] } {
  const annotations = document.arrayEntry(page.dict, 'Annots');
  if (annotations === null) return { rest: null, widgets: [] };
  const rest: PdfObject[] = [];
  const widgets: PdfDict[] = [];
  for (const item of annotations) {
    const annotation = document.resolve(item);
    if (!isDict(annotation) || !isName(document.entry(annotation, 'Subtype'), 'Widget'))
      rest.push(item);
    else if (!isName(inherited(document, annotation, 'FT'), 'Sig')) widgets.push(annotation);
  }
  return { rest: rest.length === 0 ? null : rest, widgets };
}

interface Flattening {
  readonly document: PdfDocument;
  readonly page: PdfPage;
  readonly widgets: readonly PdfDict[];
  /** The page as it is written. */
  readonly copy: PDFDict;
  readonly copier: Copier;
  readonly context: PDFContext;
}

/** ISO 32000-2, 12.5.5: where an appearance stands on its page. */
export function drawFlattened(given: Flattening): void {
  const { document, page, widgets, copy, copier, context } = given;
  const resources = page.resources ?? { kind: 'dict', entries: new Map<string, PdfObject>() };
  const own = copier.dictOf(resources, ['XObject']);
  const known = document.dictEntry(resources, 'XObject');
  const drawn = known === null ? PDFDict.withContext(context) : copier.dictOf(known);
  let content = 'Q\n';
  for (const [index, widget] of widgets.entries()) {
    const shown = appearanceOf(document, widget);
    const rect = boxOf(widget.entries.get('Rect'), document.resolve);
    if (shown === null || rect === null) continue;
    const box = transformedBox(document, shown.dict);
    const width = box.x1 - box.x0;
    const height = box.y1 - box.y0;
    if (width <= 0 || height <= 0) continue;
    const [a, d] = [(rect.x1 - rect.x0) / width, (rect.y1 - rect.y0) / height];
    const matrix = [a, 0, 0, d, rect.x0 - box.x0 * a, rect.y0 - box.y0 * d].map(plain).join(' ');
    const name = `SkrankeField${index}`;
    drawn.set(PDFName.of(name), copier.refFor(shown.ref.number));
    content += `q ${matrix} cm /${name} Do Q\n`;
  }
  own.set(PDFName.of('XObject'), drawn);
  copy.set(PDFName.of('Resources'), own);
  const text = (words: string) =>
    context.register(PDFRawStream.of(PDFDict.withContext(context), Buffer.from(words, 'latin1')));
  const contents = PDFArray.withContext(context);
  contents.push(text('q\n'));
  const before = document.entry(page.dict, 'Contents');
  const parts = isArray(before) ? before : [page.dict.entries.get('Contents') ?? null];
  for (const part of parts) if (part !== null) contents.push(copier.convert(part));
  contents.push(text(content));
  copy.set(PDFName.of('Contents'), contents);
}

/** What it shows now; null for what is hidden (table 167: 2, 6) or has no picture. */
function appearanceOf(
  document: PdfDocument,
  widget: PdfDict,
): { readonly ref: PdfRef; readonly dict: PdfDict } | null {
  if (((numberOf(document.entry(widget, 'F')) ?? 0) & (2 | 32)) !== 0) return null;
  const appearances = document.dictEntry(widget, 'AP');
  let normal = appearances?.entries.get('N');
  const states = document.resolve(normal);
  if (isDict(states)) {
    const state = document.entry(widget, 'AS');
    normal = isName(state) ? states.entries.get(state.value) : undefined;
  }
  const stream = document.resolve(normal);
  return isRef(normal) && isStream(stream) ? { ref: normal, dict: stream.dict } : null;
}

function transformedBox(document: PdfDocument, form: PdfDict) {
  const box = boxOf(form.entries.get('BBox'), document.resolve) ?? { x0: 0, y0: 0, x1: 0, y1: 0 };
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = (
    document.arrayEntry(form, 'Matrix') ?? []
  ).map((one) => numberOf(document.resolve(one)) ?? 0);
  const xs: number[] = [];
  const ys: number[] = [];
  for (const x of [box.x0, box.x1])
    for (const y of [box.y0, box.y1]) {
      xs.push(a * x + c * y + e);
      ys.push(b * x + d * y + f);
    }
  return { x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) };
}

/** Without an exponent, which PDF does not know. */
function plain(value: number): string {
  return String(Number(value.toFixed(5)));
}
