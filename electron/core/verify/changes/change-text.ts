/** Every kind of change, and its English sentence; the language files have the others under the code. */

/** What a sentence speaks of. `where`: the page in words. */
export interface ChangeAbout {
  readonly field: string;
  readonly where: string;
  /** Key of a dictionary. */
  readonly entry: string;
  /** Subtype of an annotation. */
  readonly annotation: string;
}

export const CHANGE_TEXT = {
  'action-changed': ({ entry }) => `An action was added or changed (/${entry}).`,
  'annotation-action-added': ({ where }) => `An annotation with an action was added on ${where}.`,
  'annotation-added': ({ annotation, where }) =>
    `An annotation (${annotation}) was added on ${where}.`,
  'annotation-appearance-changed': () => 'The appearance of an annotation was changed.',
  'annotation-changed': ({ where }) => `An existing annotation on ${where} was changed or removed.`,
  'annotation-removed': ({ where }) => `An annotation on ${where} was removed.`,
  'annotations-replaced': ({ where }) => `The annotations of ${where} were replaced.`,
  'bookmarks-changed': () => 'The bookmarks were changed.',
  'bytes-hidden': () => 'Objects that no cross-reference names were appended.',
  'bytes-loose': () => 'Bytes that are no part of any revision were appended.',
  'bytes-uncovered': () => 'Bytes of the signed revision are not covered by the signature.',
  'catalog-changed': ({ entry }) => `The catalog of the document was changed (/${entry}).`,
  'extensions-updated': () => 'The list of format extensions was updated.',
  'field-added': ({ field, where }) => `A form field was added on ${where}: "${field}".`,
  'field-appearance-shared': ({ field }) =>
    `The appearance of the field "${field}" is also used elsewhere.`,
  'field-changed': ({ field, entry }) => `The form field "${field}" was changed (/${entry}).`,
  'field-closed': ({ field }) => `The form field "${field}" was changed though it was closed.`,
  'field-covers': ({ field, where }) =>
    `The form field "${field}" was filled in so that it hides what stands on ${where}.`,
  'field-filled': ({ field }) => `The form field "${field}" was filled in.`,
  'field-hidden': ({ field }) => `The form field "${field}" was hidden.`,
  'field-invalid': () => 'Something that is no field was added to the form.',
  'field-moved': ({ field, where }) => `The field "${field}" was given another place, on ${where}.`,
  'field-odd': ({ field, entry }) =>
    `The new signature field "${field}" carries an action or an unknown entry (/${entry}).`,
  'field-removed': () => 'A form field was removed or replaced.',
  'field-shown': ({ field }) => `The form field "${field}" was hidden and is shown now.`,
  'field-signed': ({ field }) => `The signature field "${field}" was signed.`,
  'field-takes-over': ({ field }) => `The new signature field "${field}" takes over other fields.`,
  'fields-replaced': () => 'The list of form fields was replaced.',
  'form-changed': ({ entry }) => `The form was changed (/${entry}).`,
  'form-redrawn': () => 'Viewers were told to redraw the form.',
  'form-replaced': () => 'The form was removed or replaced.',
  'form-resource-changed': () => 'A resource of the form was changed.',
  'form-xfa-changed': () => 'The XFA form was changed.',
  'layers-changed': () => 'The layers (optional content) were changed.',
  'mark-added': ({ field, where }) => `A new visible mark stands on ${where}: "${field}".`,
  'mark-opaque': ({ field, where }) => `The new mark "${field}" on ${where} is opaque.`,
  'mark-over-content': ({ field, where }) =>
    `The new mark "${field}" lies over what stands on ${where}.`,
  'mark-over-field': ({ field, where }) =>
    `The new mark "${field}" lies over another field or note on ${where}.`,
  'metadata-updated': () => 'The metadata of the document was updated.',
  'names-changed': () => 'The names, attachments or scripts of the document were changed.',
  'nothing-changed': () => 'A revision was added that changes nothing.',
  'object-reused': ({ where }) => `An object of the signed document was put on ${where}.`,
  'object-reused-as-field': () => 'An object of the signed document was made a form field.',
  'page-action-added': ({ where }) => `An action was added on ${where}.`,
  'page-changed': ({ where, entry }) => `The dictionary of ${where} was changed (/${entry}).`,
  'page-content-changed': ({ where }) => `The content of ${where} was changed.`,
  'page-cropped': ({ where }) => `The size or the visible part of ${where} was changed.`,
  'page-removed': ({ where }) => `The dictionary of ${where} was removed.`,
  'page-resources-changed': ({ where }) =>
    `The fonts, images or other resources of ${where} were changed.`,
  'page-rotated': ({ where }) => `The rotation of ${where} was changed.`,
  'page-tree-changed': ({ entry }) => `The page tree was changed (/${entry}).`,
  'pages-changed': () => 'Pages were added, removed or reordered.',
  'part-changed': () => 'A part of the document that signatures leave alone was changed.',
  'permissions-changed': () => 'The permissions of the certification were changed.',
  'root-replaced': () => 'The root of the document was replaced.',
  'signature-added': ({ field }) => `A signature was added in a new field: "${field}".`,
  'signature-appearance-changed': ({ field }) =>
    `The appearance of the signature field "${field}" was changed.`,
  'signature-field-added': ({ field }) => `An empty signature field was added: "${field}".`,
  'signature-flags-changed': () => 'The signature flags of the form were changed.',
  'signature-replaced': ({ field }) => `The signature in "${field}" was replaced.`,
  'structure-changed': () => 'The structure of the document (its tags) was changed.',
  'structure-extended': () => 'The structure of the document was extended for a new field.',
  'timestamp-added': () => 'A document timestamp was added.',
  'trailer-changed': ({ entry }) => `The trailer was changed (/${entry}).`,
  'validation-data-added': () => 'Validation data was added.',
  'validation-data-removed': () => 'The validation data was removed.',
  'version-raised': () => 'The document says it follows a later version of the PDF format.',
} as const satisfies Readonly<Record<string, (about: ChangeAbout) => string>>;

export type ChangeCode = keyof typeof CHANGE_TEXT;
