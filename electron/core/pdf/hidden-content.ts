/**
 * Content that is there and not seen, or that can change what is seen: told to the clerk before
 * anybody signs (shadow attacks are prepared in the document before its first signature).
 */
import { Refusal } from '../../../shared/result.ts';
import type { PdfDocument, PdfPage } from './document.ts';
import type { GraphFindings } from './object-graph.ts';
import type { PdfDict } from './objects.ts';
import { isArray, isDict, isName, numberOf } from './objects.ts';
import { boxOf } from './pages.ts';

/** Stable codes with what they mean, in the order in which they are reported. */
export const hiddenCodes = {
  'hidden.optional-content': 'layers that are switched off',
  'hidden.javascript': 'scripts',
  'hidden.actions': 'an action that runs when the document is opened or left',
  'hidden.launch': 'an action that starts a program',
  'hidden.external': 'an action that sends data or opens another file',
  'hidden.attachments': 'files inside the file',
  'hidden.xfa': 'a form of its own that other viewers show instead of the pages',
  'hidden.hidden-annotations': 'annotations that are not shown',
  'hidden.overlay': 'annotations that cover most of a page',
  'hidden.multimedia': 'sound, video or 3D',
  'hidden.unreferenced': 'pages, images or fonts that nothing refers to',
} as const;

export type HiddenCode = keyof typeof hiddenCodes;

/** Pages whose annotations are looked at. */
const PAGES = 5000;

/** The codes that hold for a document, in the order of `hiddenCodes`. */
export function hiddenContent(document: PdfDocument, graph: GraphFindings): readonly HiddenCode[] {
  const found = new Set<HiddenCode>();
  const { catalog } = document;
  const { actions } = graph;
  if (switchedOff(document)) found.add('hidden.optional-content');
  const names = document.dictEntry(catalog, 'Names');
  const has = (key: string) => names !== null && document.entry(names, key) !== null;
  if (actions.has('JavaScript') || has('JavaScript')) found.add('hidden.javascript');
  if (actions.has('Launch')) found.add('hidden.launch');
  if (['SubmitForm', 'ImportData', 'GoToR', 'GoToE'].some((one) => actions.has(one)))
    found.add('hidden.external');
  if (['Rendition', 'Movie', 'Sound', 'RichMediaExecute'].some((one) => actions.has(one)))
    found.add('hidden.multimedia');
  if (actsOnOpening(document) || actions.has('SetOCGState') || actions.has('Hide'))
    found.add('hidden.actions');
  if (has('EmbeddedFiles') || document.entry(catalog, 'AF') !== null)
    found.add('hidden.attachments');
  const form = document.dictEntry(catalog, 'AcroForm');
  if (form !== null && document.entry(form, 'XFA') !== null) found.add('hidden.xfa');
  const count = Math.min(document.pageCount(), PAGES);
  for (let index = 0; index < count; index++) onPage(document, document.page(index), found);
  if (graph.hiddenContent > 0) found.add('hidden.unreferenced');
  return (Object.keys(hiddenCodes) as HiddenCode[]).filter((code) => found.has(code));
}

/** ISO 32000-2, table 99: /OFF of the default configuration, or /BaseState /OFF. */
function switchedOff(document: PdfDocument): boolean {
  const properties = document.dictEntry(document.catalog, 'OCProperties');
  const config = properties && document.dictEntry(properties, 'D');
  if (!config) return false;
  const base = document.entry(config, 'BaseState');
  return isName(base, 'OFF') || (document.arrayEntry(config, 'OFF') ?? []).length > 0;
}

/** An /OpenAction that is an action and not just a place to begin at, or triggers of the document (/AA). */
function actsOnOpening(document: PdfDocument): boolean {
  const opening = document.entry(document.catalog, 'OpenAction');
  if (isDict(opening) && !isName(document.entry(opening, 'S'), 'GoTo')) return true;
  return document.entry(document.catalog, 'AA') !== null;
}

const media = new Set(['Movie', 'Sound', 'Screen', 'RichMedia', '3D']);

function onPage(document: PdfDocument, page: PdfPage, found: Set<HiddenCode>): void {
  for (const item of document.arrayEntry(page.dict, 'Annots') ?? []) {
    const annotation = resolveQuietly(document, item);
    if (annotation === null) continue;
    const subtype = document.entry(annotation, 'Subtype');
    const kind = isName(subtype) ? subtype.value : '';
    if (media.has(kind)) found.add('hidden.multimedia');
    if (kind === 'FileAttachment') found.add('hidden.attachments');
    if (kind === 'Popup' || kind === 'Link') continue;
    const box = boxOf(annotation.entries.get('Rect'), document.resolve);
    // Table 167: hidden (2) and no view (6); a box without area shows nothing by intent (invisible signatures).
    const flags = numberOf(document.entry(annotation, 'F')) ?? 0;
    if ((flags & (2 | 32)) !== 0 && box !== null) found.add('hidden.hidden-annotations');
    if (box === null || document.entry(annotation, 'AP') === null) continue;
    const { crop } = page.geometry;
    const width = Math.min(box.x1, crop.x1) - Math.max(box.x0, crop.x0);
    const height = Math.min(box.y1, crop.y1) - Math.max(box.y0, crop.y0);
    const whole = (crop.x1 - crop.x0) * (crop.y1 - crop.y0);
    if (width > 0 && height > 0 && width * height > 0.5 * whole) found.add('hidden.overlay');
  }
}

function resolveQuietly(
  document: PdfDocument,
  item: Parameters<PdfDocument['resolve']>[0],
): PdfDict | null {
  try {
    const value = document.resolve(item);
    return isDict(value) && !isArray(value) ? value : null;
  } catch (error) {
    if (error instanceof Refusal && error.failure.code === 'pdf.damaged') return null;
    throw error;
  }
}
