/** Filling in text fields and check boxes that stand in the file, in the revision of whoever signs. */
import { Refusal } from '../../../shared/result.ts';
import type { PdfDocument, PdfUpdate } from '../pdf/document.ts';
import { withEntries } from '../pdf/fields.ts';
import type { FieldFigure } from '../pdf/form-appearance.ts';
import { tickAppearance } from '../pdf/form-appearance.ts';
import { dict, isDict, name, numberOf, textString } from '../pdf/objects.ts';
import type { PdfObject } from '../pdf/objects.ts';
import { formNodes, inherited } from '../verify/field-tree.ts';
import type { FormNode } from '../verify/field-tree.ts';
import { widgetOf } from './existing-field.ts';
import type { Widget } from './existing-field.ts';
import type { FieldInk } from './field-ink.ts';
import { on } from './form-field.ts';
import { permitFilling } from './permission.ts';
import type { Standing } from './permission.ts';
import { permitMark } from './place.ts';

export interface Filling {
  /** Fully qualified name of a text field or check box. */
  readonly field: string;
  /** Text; of a check box: anything but the empty string ticks it. */
  readonly value: string;
  /** What is drawn where it is not the value as text: initials. */
  readonly figure?: FieldFigure;
  /** Closed from now on: viewers leave it alone, and a lock of the signature must name it. */
  readonly readOnly?: boolean;
}

const readOnly = 1;
// ISO 32000-2, tables 229 and 231: push buttons and radio buttons; passwords, files, combs, rich text.
const otherButtons = (1 << 15) | (1 << 16);
const otherTexts = (1 << 13) | (1 << 20) | (1 << 24) | (1 << 25);

function refuse(code: 'fill.no-field' | 'fill.not-fillable', field: string): never {
  throw new Refusal(
    code,
    code === 'fill.no-field'
      ? 'The document has no field of this name to fill in.'
      : 'A field of this kind cannot be filled in here.',
    { field },
  );
}

/** The field and its widgets; refuses what is no plain text field or check box. */
function fieldOf(document: PdfDocument, nodes: readonly FormNode[], fieldName: string) {
  const own = nodes.filter((node) => node.name === fieldName);
  const field = own.find((node) => node.named);
  if (field === undefined || field.ref === null) return refuse('fill.no-field', fieldName);
  const flags = numberOf(inherited(document, field.dict, 'Ff')) ?? 0;
  const type = field.type;
  const plain =
    (type === 'Tx' && (flags & otherTexts) === 0) ||
    (type === 'Btn' && (flags & otherButtons) === 0);
  const widgets = own.flatMap((node) =>
    node.ref === null ? [] : (widgetOf(document, node.ref, node.dict) ?? []),
  );
  if (!plain || widgets.length === 0) return refuse('fill.not-fillable', fieldName);
  return { ref: field.ref, dict: field.dict, type, flags, widgets };
}

/** The name under which a box of the file is ticked; null where it has none or several. */
function tickedState(document: PdfDocument, widgets: readonly Widget[]): string | null {
  const states = new Set<string>();
  for (const widget of widgets) {
    const appearance = document.dictEntry(widget.dict, 'AP');
    const normal = appearance === null ? null : document.entry(appearance, 'N');
    if (isDict(normal)) for (const key of normal.entries.keys()) if (key !== 'Off') states.add(key);
  }
  const [only] = states;
  return states.size === 1 && only !== undefined ? only : null;
}

/**
 * Fills fields in. Their appearances are drawn anew with embedded fonts; scripts of the form do not run.
 *
 * @throws Refusal `fill.no-field`, `fill.not-fillable`, `sign.field-locked`, `sign.certified-no-changes`,
 *   `sign.overlaps`, `appearance.no-glyph` ({field, character})
 */
export function fillFields(
  update: PdfUpdate,
  standing: Standing,
  fillings: readonly Filling[],
  ink: FieldInk,
): void {
  if (fillings.length === 0) return;
  const { document } = update;
  const nodes = formNodes(document);
  const filled: Widget[] = [];
  for (const filling of fillings) {
    const field = fieldOf(document, nodes, filling.field);
    permitFilling(standing, filling.field);
    if ((field.flags & readOnly) !== 0)
      throw new Refusal('sign.field-locked', 'The field is read-only.', { field: filling.field });
    const state = field.type === 'Btn' ? (tickedState(document, field.widgets) ?? on) : null;
    const drawnBox = field.type === 'Btn' && tickedState(document, field.widgets) === null;
    const value =
      state === null ? textString(filling.value) : name(filling.value === '' ? 'Off' : state);
    const closed = filling.readOnly === true ? { Ff: field.flags | readOnly } : {};
    for (const widget of field.widgets) {
      const shown = shownIn(update, widget, filling, ink, state, drawnBox);
      const merged = widget.ref.number === field.ref.number;
      update.set(
        widget.ref,
        withEntries(widget.dict, { ...shown, ...(merged ? { V: value, ...closed } : {}) }),
      );
      filled.push(widget);
    }
    if (field.widgets.every((widget) => widget.ref.number !== field.ref.number))
      update.set(field.ref, withEntries(field.dict, { V: value, ...closed }));
  }
  ink.finish();
  for (const widget of filled) {
    const now = update.current(widget.ref);
    if (isDict(now)) permitMark(update, standing, widget, now, false);
  }
}

function shownIn(
  update: PdfUpdate,
  widget: Widget,
  filling: Filling,
  ink: FieldInk,
  state: string | null,
  drawnBox: boolean,
): Record<string, PdfObject | undefined> {
  const box = {
    width: widget.width,
    height: widget.height,
    rotate: widget.geometry.rotate,
  };
  const visible = box.width > 0 && box.height > 0;
  if (state !== null) {
    const AS = name(filling.value === '' ? 'Off' : state);
    if (!drawnBox || !visible) return { AS };
    // A box without appearances of its own: ours, in both states.
    const N = dict({
      [on]: update.add(tickAppearance(true, box)),
      Off: update.add(tickAppearance(false, box)),
    });
    return { AS, AP: dict({ N }) };
  }
  if (!visible) return {};
  try {
    return {
      AP: dict({ N: ink.draw(filling.figure ?? { type: 'text', text: filling.value }, box) }),
    };
  } catch (error) {
    if (error instanceof Refusal && error.failure.code === 'appearance.no-glyph') {
      const { code, message, detail } = error.failure;
      throw new Refusal(code, message, { ...detail, field: filling.field });
    }
    throw error;
  }
}
