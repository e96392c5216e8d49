/** Whether a new mark hides something of the page it stands on. */
import type { PdfDict } from '../../pdf/objects.ts';
import type { Step } from './step.ts';

export function coversPage(
  _step: Step,
  _widget: PdfDict,
  _page: number | null,
): 'nothing' | 'opaque' | 'content' {
  return 'nothing';
}
