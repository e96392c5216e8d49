/**
 * A form that asks its viewers to draw (/NeedAppearances true; ISO 32000-2, table 224, deprecated there, and
 * forbidden by ISO 19005-2, 6.4.1): each draws what it will, so nobody knows what a signer saw. Before the
 * certification every field gets the appearance of its value, and the form asks no more.
 */
import type { PdfDocument, PdfUpdate } from '../pdf/document.ts';
import { emptyAppearance } from '../pdf/appearance.ts';
import { withEntries } from '../pdf/fields.ts';
import { tickAppearance } from '../pdf/form-appearance.ts';
import {
  bytesString,
  dict,
  isArray,
  isDict,
  isName,
  isRef,
  isStream,
  name,
  numberOf,
} from '../pdf/objects.ts';
import type { PdfObject } from '../pdf/objects.ts';
import { formNodes, inherited, textOf } from '../verify/field-tree.ts';
import type { FormNode } from '../verify/field-tree.ts';
import { widgetOf } from './existing-field.ts';
import type { Widget } from './existing-field.ts';
import type { FieldInk } from './field-ink.ts';
import { on } from './form-field.ts';

// ISO 32000-2, tables 229 and 231.
const pushButton = 1 << 16;
const password = 1 << 13;

/**
 * Rewrites widgets and the form where the form asks to be drawn; touches nothing where it does not.
 * Throws `appearance.no-glyph` for a letter that no font has.
 */
export function settleAppearances(update: PdfUpdate, ink: FieldInk): void {
  const { document } = update;
  const formObject = document.catalog.entries.get('AcroForm');
  const form = document.resolve(formObject);
  if (!isDict(form) || document.entry(form, 'NeedAppearances') !== true) return;
  for (const node of formNodes(document)) {
    const widget = node.ref === null ? null : widgetOf(document, node.ref, node.dict);
    if (widget === null || widget.width <= 0 || widget.height <= 0) continue;
    const entries = settled(update, node, widget, ink);
    if (entries !== null) update.set(widget.ref, withEntries(widget.dict, entries));
  }
  ink.finish();
  const asksNoMore = withEntries(form, { NeedAppearances: undefined });
  if (isRef(formObject)) update.set(formObject, asksNoMore);
  else update.set(document.catalogRef, withEntries(document.catalog, { AcroForm: asksNoMore }));
}

type Entries = Readonly<Record<string, PdfObject>>;

/** What the widget gets; null where it shows its value already, or is nothing to show one in. */
function settled(
  update: PdfUpdate,
  { type, dict: field }: FormNode,
  widget: Widget,
  ink: FieldInk,
): Entries | null {
  const { document } = update;
  const box = { width: widget.width, height: widget.height, rotate: widget.geometry.rotate };
  const flags = numberOf(inherited(document, field, 'Ff')) ?? 0;
  const appearance = document.dictEntry(widget.dict, 'AP');
  const normal = appearance === null ? null : document.entry(appearance, 'N');
  const blank = (): Entries | null =>
    normal === null
      ? { AP: dict({ N: update.add(emptyAppearance(box.width, box.height)) }) }
      : null;
  switch (type) {
    case 'Tx':
    case 'Ch': {
      const words = type === 'Tx' ? textValue(document, field) : chosen(document, field);
      if (words.trim() === '') return blank();
      const text = (flags & password) !== 0 && type === 'Tx' ? '*'.repeat(words.length) : words;
      return { AP: dict({ N: ink.draw({ type: 'text', text }, box) }) };
    }
    case 'Btn': {
      if ((flags & pushButton) !== 0) return blank();
      const state = stateOf(document, field, widget);
      if (isDict(normal) && (state === 'Off' || normal.entries.has(state)))
        return { AS: name(state) };
      const ticked = state === 'Off' ? on : state;
      return {
        AS: name(state),
        AP: dict({
          N: dict({
            [ticked]: update.add(tickAppearance(true, box)),
            Off: update.add(tickAppearance(false, box)),
          }),
        }),
      };
    }
    default:
      return blank();
  }
}

function textValue(document: PdfDocument, field: FormNode['dict']): string {
  const value = inherited(document, field, 'V');
  if (!isStream(value)) return textOf(value) ?? '';
  return textOf(bytesString(document.decode(value))) ?? '';
}

/** The chosen options as they are displayed (ISO 32000-2, table 234): the second of a pair. */
function chosen(document: PdfDocument, field: FormNode['dict']): string {
  const value = inherited(document, field, 'V');
  const exports = (isArray(value) ? value : [value]).map(
    (one) => textOf(document.resolve(one)) ?? '',
  );
  const options = inherited(document, field, 'Opt');
  const displayed = new Map<string, string>();
  for (const option of isArray(options) ? options : []) {
    const pair = document.resolve(option);
    if (!isArray(pair)) continue;
    const [exported, shown] = pair.map((part) => textOf(document.resolve(part)) ?? '');
    if (exported !== undefined && shown !== undefined) displayed.set(exported, shown);
  }
  return exports.map((one) => displayed.get(one) ?? one).join(', ');
}

/** The state of a box by its value: the value wins over a widget that says otherwise, as in a viewer. */
function stateOf(document: PdfDocument, field: FormNode['dict'], widget: Widget): string {
  const own = document.entry(widget.dict, 'AS');
  const value = inherited(document, field, 'V');
  const state = isName(own) ? own.value : 'Off';
  if (!isName(value)) return state;
  const appearance = document.dictEntry(widget.dict, 'AP');
  const normal = appearance === null ? null : document.entry(appearance, 'N');
  // One of several radio buttons bears the value as its own state; the others are off.
  if (isDict(normal)) return normal.entries.has(value.value) ? value.value : 'Off';
  return isName(own) ? state : value.value;
}
