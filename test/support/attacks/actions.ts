/** Actions that later revisions bring along. */
import type { PdfObject } from '../../../electron/core/pdf/objects.ts';
import { dict, name, ref, textString } from '../../../electron/core/pdf/objects.ts';
import { addAnnotation, edit, editCatalog, editPage, revised } from '../tampering.ts';
import { forbidden } from './attack.ts';
import type { Attack } from './attack.ts';
import { parts } from './target.ts';

const script = dict({ S: name('JavaScript'), JS: textString('app.alert(1)') });
const uri = dict({ S: name('URI'), URI: textString('http://example.org/') });
const launch = dict({ S: name('Launch'), F: textString('a.exe') });

const action = (name: string, make: (bytes: Uint8Array) => Uint8Array): Attack => ({
  row: 'actions',
  name,
  must: forbidden,
  leavesSignatureWhole: true,
  make: ({ bytes }) => make(bytes),
});

const onField = (name: string, entries: Readonly<Record<string, PdfObject>>): Attack =>
  action(name, (bytes) => revised(bytes, (update) => edit(update, ref(parts.amount), entries)));

export const actions: readonly Attack[] = [
  action('OpenAction: an address', (bytes) => editCatalog(bytes, () => ({ OpenAction: uri }))),
  action('OpenAction: a place in the document', (bytes) =>
    editCatalog(bytes, () => ({ OpenAction: [ref(parts.page), name('Fit')] })),
  ),
  action('AA of the document: a script before printing', (bytes) =>
    editCatalog(bytes, () => ({ AA: dict({ WP: script }) })),
  ),
  action('AA of the page: a script on opening', (bytes) =>
    editPage(bytes, () => ({ AA: dict({ O: script }) })),
  ),
  action('JavaScript of the document', (bytes) =>
    editCatalog(bytes, () => ({
      Names: dict({ JavaScript: dict({ Names: [textString('a'), script] }) }),
    })),
  ),
  action('files inside the file', (bytes) =>
    editCatalog(bytes, () => ({ Names: dict({ EmbeddedFiles: dict({ Names: [] }) }) })),
  ),
  onField('A of a field: a program', { A: launch }),
  onField('AA of a field: a script on every key', { AA: dict({ K: script }) }),
  onField('A of a field: the form is sent away', {
    A: dict({ S: name('SubmitForm'), F: textString('http://example.org/') }),
  }),
  action('a link over the page', (bytes) =>
    revised(bytes, (update, document) =>
      addAnnotation(
        update,
        document,
        dict({ Type: name('Annot'), Subtype: name('Link'), Rect: [0, 0, 99, 99], A: uri }),
      ),
    ),
  ),
  action('a new signature field with an action', (bytes) =>
    revised(bytes, (update, document) =>
      addAnnotation(
        update,
        document,
        dict({
          ...{ Type: name('Annot'), Subtype: name('Widget'), FT: name('Sig') },
          ...{ T: textString('acting'), Rect: [0, 0, 0, 0], P: ref(parts.page), A: script },
        }),
        true,
      ),
    ),
  ),
];
