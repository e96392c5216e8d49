/** Changes of the interactive form itself (ISO 32000-2, 12.7.3): flags and default resources. */
import { isArray, isDict, isName, isStream, isString, numberOf } from '../../pdf/objects.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import type { PdfDict, PdfObject } from '../../pdf/objects.ts';
import { formNodes } from '../field-tree.ts';
import { unpacked } from '../unpacked.ts';
import { changedKeys, same } from './equal.ts';
import { judgeFields } from './field-changes.ts';
import { dictOf } from './step.ts';
import type { Step } from './step.ts';

/** The form's dictionary. */
export function judgeForm(
  step: Step,
  before: PdfObject | undefined,
  after: PdfObject | undefined,
): void {
  const old = dictOf(step.before, before);
  const now = dictOf(step.after, after);
  if (old === null || now === null || after === undefined)
    return step.note('forbidden', 'form-replaced');
  for (const key of changedKeys(step, old, now)) {
    const value = now.entries.get(key);
    switch (key) {
      case 'Fields':
        judgeFields(step, old.entries.get(key) ?? null, value ?? null);
        break;
      case 'SigFlags': {
        const flags = numberOf(step.after.resolve(value)) ?? 0;
        const were = numberOf(step.before.entry(old, key)) ?? 0;
        if ((flags & were) !== were || (flags & ~3) !== 0)
          step.note('forbidden', 'signature-flags-changed');
        break;
      }
      case 'NeedAppearances':
        // True makes viewers draw fields by themselves: what is seen is then not what was signed.
        if (step.after.resolve(value) === true) step.note('forbidden', 'form-redrawn');
        break;
      case 'DR':
        judgeFormResources(step, old.entries.get(key) ?? null, value ?? null, false);
        break;
      case 'DA':
        if (old.entries.has(key) || isDrawnByDefault(step.before, old))
          step.note('forbidden', 'form-changed', { entry: key });
        break;
      default:
        step.note('forbidden', 'form-changed', { entry: key });
    }
  }
}

/** Whether some text is drawn by the form's own /DA: by viewers, where a field has no appearance. */
function isDrawnByDefault(document: PdfDocument, form: PdfDict): boolean {
  const redrawn = document.entry(form, 'NeedAppearances') === true;
  return formNodes(document).some(
    ({ type, dict }) =>
      (type === 'Tx' || type === 'Ch') &&
      (redrawn || !dict.entries.has('AP')) &&
      !dict.entries.has('DA'),
  );
}

/** Default resources: new names may come that nothing used before, none may change. `category`: inside /Font and the like. */
export function judgeFormResources(
  step: Step,
  before: PdfObject,
  after: PdfObject,
  category: boolean,
): void {
  const old = dictOf(step.before, before);
  const now = dictOf(step.after, after);
  const refuse = (): void => step.note('forbidden', 'form-resource-changed');
  if (old === null || now === null) return refuse();
  for (const [key, value] of old.entries) {
    const theirs = now.entries.get(key) ?? null;
    if (same(step, value, theirs)) continue;
    if (category || !isDict(step.before.resolve(value))) refuse();
    else judgeFormResources(step, value, theirs, true);
  }
  const added = [...now.entries].filter(([key]) => !old.entries.has(key));
  const resources = category
    ? added
    : added.flatMap(([, group]) => {
        const named = step.after.resolve(group);
        return isDict(named) ? [...named.entries] : [];
      });
  const suspect = resources.filter(([, value]) => !isPlainFont(step.after, value));
  if (suspect.length === 0) return;
  const used = namesInUse(step.before);
  if (used === null || suspect.some(([name]) => used.has(name))) refuse();
}

const STANDARD =
  /^(Courier|Helvetica)(-(Bold|Oblique|BoldOblique))?$|^Times-|^Symbol$|^ZapfDingbats$/;

/** One of the fourteen fonts that every viewer has, with its letters where they belong. */
function isPlainFont(document: PdfDocument, value: PdfObject): boolean {
  const font = document.resolve(value);
  if (!isDict(font) || !isName(document.entry(font, 'Subtype'), 'Type1')) return false;
  const base = document.entry(font, 'BaseFont');
  if (!isName(base) || !STANDARD.test(base.value) || font.entries.has('FontDescriptor'))
    return false;
  const encoding = document.entry(font, 'Encoding');
  if (!isDict(encoding)) return true;
  let code = 0;
  return (document.arrayEntry(encoding, 'Differences') ?? []).every((item) => {
    const number = numberOf(document.resolve(item));
    if (number !== null) code = number;
    return number !== null || code < 32 || code++ > 126;
  });
}

/** Names that /DA strings and appearances without resources of their own refer to; null where they cannot be told. */
function namesInUse(document: PdfDocument): ReadonlySet<string> | null {
  const names = new Set<string>();
  const form = document.dictEntry(document.catalog, 'AcroForm');
  for (const dict of [
    ...(form === null ? [] : [form]),
    ...formNodes(document).map((n) => n.dict),
  ]) {
    const defaults = document.entry(dict, 'DA');
    if (isString(defaults)) for (const name of namesIn(defaults.bytes)) names.add(name);
    const appearance = document.dictEntry(dict, 'AP');
    for (const value of appearance === null ? [] : [...appearance.entries.values()]) {
      const state = document.resolve(value);
      for (const item of isDict(state) ? [...state.entries.values()] : [state]) {
        const stream = document.resolve(item);
        if (!isStream(stream)) continue;
        const content = unpacked(document, stream);
        if (content === null) return null;
        const own = document.dictEntry(stream.dict, 'Resources');
        for (const name of namesIn(content))
          if (own === null || !defines(document, own, name)) names.add(name);
      }
    }
  }
  return names;
}

function defines(document: PdfDocument, resources: PdfDict, name: string): boolean {
  return [...resources.entries.values()].some((group) => {
    const named = document.resolve(group);
    return isDict(named) && !isArray(named) && named.entries.has(name);
  });
}

function* namesIn(bytes: Uint8Array): Generator<string> {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  for (const [, name = ''] of text.matchAll(/\/([^\s\0()<>[\]{}/%]+)/g))
    yield name.replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
}
