/** The first phase: a revision with its signature still open. */
import type { Result } from '../../../shared/result.ts';
import { Refusal, attempt } from '../../../shared/result.ts';
import { drawAppearance, emptyAppearance } from '../pdf/appearance.ts';
import type { PdfDocument, PdfUpdate } from '../pdf/document.ts';
import { addCertification, addToForm, withEntries } from '../pdf/fields.ts';
import { dict, isDict, isStream, name } from '../pdf/objects.ts';
import type { PdfObject, PdfRef, PdfStream } from '../pdf/objects.ts';
import { beginUpdate } from '../pdf/update.ts';
import { existingField } from './existing-field.ts';
import type { ExistingField, FieldLockTerms } from './existing-field.ts';
import { createFieldInk } from './field-ink.ts';
import { fillFields } from './fill.ts';
import { freeName, takenNames, writeNewFields } from './new-fields.ts';
import type { NewField } from './new-fields.ts';
import { permitCertifying, refuseDamaged, standingOf } from './permission.ts';
import type { Standing } from './permission.ts';
import { permitMark } from './place.ts';
import { settleAppearances } from './settle-appearances.ts';
import {
  byteRangeHole,
  byteRangeText,
  contentsHole,
  lockEntries,
  signatureDictionary,
  signatureHoles,
  timestampDictionary,
} from './signature-dictionary.ts';
import type { FieldRequest, Mark, Prepared, SignatureRequest, SigningPorts } from './signature.ts';

/**
 * Whether an image with alpha must be laid on white: PDF before 1.4 knows no transparency, PDF/A-1
 * forbids it (ISO 19005-1, 6.4), and later parts allow it only with an output intent or a blending
 * space of the page (ISO 19005-2, 6.2.10), which is not ours to add.
 */
function isFlat(document: PdfDocument): boolean {
  if (/^1\.[0-3]$/.test(document.version)) return true;
  const metadata = document.entry(document.catalog, 'Metadata');
  if (!isStream(metadata)) return false;
  const xmp = String.fromCharCode(...document.decode(metadata).subarray(0, 65_536));
  const part = /pdfaid:part\s*(?:=\s*["']|>)\s*(\d)/.exec(xmp)?.[1];
  return part === '1' || (part !== undefined && !document.catalog.entries.has('OutputIntents'));
}

function drawer(
  update: PdfUpdate,
  mark: Mark,
  ports: Pick<SigningPorts, 'fonts'>,
): NonNullable<NewField['appearance']> {
  // Only an image can carry transparency.
  const flat = mark.image !== undefined && isFlat(update.document);
  return (size) =>
    drawAppearance({ mark, ...size, flat }, ports.fonts, (object) => update.add(object));
}

/** Fills the holes that only the finished tail can fill, and says what is left open. */
function finished(update: PdfUpdate, field: string, digest: Prepared['digest']): Prepared {
  const base = update.document.source.length;
  refuseDamaged(update.document);
  const { tail, holes } = update.build();
  const contents = holes.get(contentsHole);
  const range = holes.get(byteRangeHole);
  if (contents === undefined || range === undefined) throw new Error('a signature without holes');
  const after = contents.offset + contents.length;
  // ISO 32000-2, 12.8.1: the gap is the /Contents string, delimiters included.
  const byteRange = [0, contents.offset, after, base + tail.length - after] as const;
  tail.set(byteRangeText(byteRange, range.length), range.offset - base);
  return { base, tail, contents, byteRange, digest, field };
}

/** Puts the signature, and its mark where it has one, into a field that stands ready. */
function fillField(
  update: PdfUpdate,
  standing: Standing,
  field: ExistingField,
  signature: PdfRef,
  lock: PdfRef | null,
  appearance: NewField['appearance'],
): void {
  const { widget } = field;
  const isMerged = widget !== null && widget.ref.number === field.ref.number;
  const visible = widget !== null && widget.width > 0 && widget.height > 0;
  const normal = (): PdfStream | null => {
    if (!visible) return null;
    const size = { width: widget.width, height: widget.height, rotate: widget.geometry.rotate };
    if (appearance !== undefined) return appearance(size);
    // An appearance that stands there already is the form author's; none at all is no PDF/A.
    const present = isDict(update.document.entry(widget.dict, 'AP'));
    return present ? null : emptyAppearance(widget.width, widget.height);
  };
  const drawn = normal();
  const shown: Record<string, PdfObject> =
    drawn === null ? {} : { AP: dict({ N: update.add(drawn) }) };
  if (widget !== null && drawn !== null)
    permitMark(update, standing, widget, withEntries(widget.dict, shown));
  update.set(
    field.ref,
    withEntries(field.dict, {
      V: signature,
      ...(lock === null ? {} : { Lock: lock }),
      ...(isMerged ? shown : {}),
    }),
  );
  if (widget !== null && !isMerged && drawn !== null)
    update.set(widget.ref, withEntries(widget.dict, shown));
}

function checkRequest(request: SignatureRequest, room: number): void {
  if (!Number.isInteger(room) || room <= 0 || room > 2 ** 26)
    throw new RangeError(`no sensible room for a signature: ${room}`);
  if (!Number.isFinite(request.time.getTime()))
    throw new Refusal('sign.time', 'The time of the signature is no time.');
}

/**
 * Makes the revision that will carry a signature: field, mark, dictionary, with `room` bytes reserved
 * for the CMS. Answers plain data from which any later process can go on.
 *
 * Fails with `pdf.damaged`, `sign.no-field`, `sign.field-signed`, `sign.field-locked`,
 * `sign.field-exists`, `sign.field-name`, `sign.field-has-lock`, `sign.seed-value`, `sign.no-page`,
 * `sign.off-page`, `sign.overlaps`, `sign.certified-no-changes`, `sign.certify-not-first`, `sign.not-allowed`,
 * `sign.evidence-hash`, `appearance.*`.
 *
 * @param room bytes, before hex; `roomFor` knows how many a key needs
 * @see ISO 32000-2, 12.8.1; EN 319 142-1, 6.3
 */
export function prepareSignature(
  document: PdfDocument,
  request: SignatureRequest,
  room: number,
  ports: Pick<SigningPorts, 'fonts' | 'random'>,
): Result<Prepared> {
  return attempt(() => {
    checkRequest(request, room);
    const standing = standingOf(document);
    if (request.certify !== undefined) permitCertifying(standing);
    const update = beginUpdate(document, ports);
    const taken = takenNames(document);
    const holes = signatureHoles(document.source.length, room);
    const { mark } = request;
    const appearance = mark === null ? undefined : drawer(update, mark, ports);

    const existing =
      request.field !== null && 'existing' in request.field
        ? existingField(document, standing, request.field.existing, request)
        : null;
    const created: FieldRequest | null =
      existing !== null
        ? null
        : request.field !== null && 'create' in request.field
          ? request.field.create
          : { name: freeName('Signature', reservedNames(taken, request)), placement: null };

    const closed = (request.fill ?? []).filter((one) => one.readOnly).map((one) => one.field);
    const ownLock: FieldLockTerms | null =
      request.lock !== undefined
        ? { ...request.lock, permission: null }
        : (existing?.lock ?? null) === null && closed.length > 0
          ? { action: 'Include', fields: closed, permission: null }
          : null;
    const terms = existing?.lock ? widened(existing.lock, closed) : ownLock;
    const signature = update.add(signatureDictionary(request, terms, document.catalogRef, holes));
    // ISO 32000-2, table 235: a lock is an indirect object.
    const lock =
      ownLock === null
        ? null
        : update.add(dict({ Type: name('SigFieldLock'), ...lockEntries(ownLock) }));

    const ink = createFieldInk(update, ports.fonts);
    if (request.certify !== undefined) settleAppearances(update, ink);
    fillFields(update, standing, request.fill ?? [], ink);
    const fields: NewField[] = (request.addFields ?? []).map((field) => ({ request: field }));
    if (created !== null)
      fields.unshift({
        request: created,
        appearance,
        extra: { V: signature, ...(lock === null ? {} : { Lock: lock }) },
      });
    if (existing !== null) fillField(update, standing, existing, signature, lock, appearance);
    if (fields.length > 0) writeNewFields(update, standing, taken, fields, ink);
    else addToForm(update, []);
    if (request.certify !== undefined) addCertification(update, signature);
    return finished(update, existing?.name ?? created?.name ?? '', request.digest);
  });
}

/** The terms of a field's own lock, and what its signer fills in as well. */
function widened(lock: FieldLockTerms, closed: readonly string[]): FieldLockTerms {
  const named = new Set(closed);
  switch (lock.action) {
    case 'All':
      return lock;
    case 'Include':
      return { ...lock, fields: [...new Set([...lock.fields, ...closed])] };
    case 'Exclude':
      return { ...lock, fields: lock.fields.filter((field) => !named.has(field)) };
  }
}

function reservedNames(taken: ReadonlySet<string>, request: SignatureRequest): Set<string> {
  return new Set([...taken, ...(request.addFields ?? []).map((field) => field.name)]);
}

/**
 * The revision of a document timestamp, as `prepareSignature` makes it. Outside every permission
 * (ISO 32000-2, 12.8.2.2.2), so it asks none. Fails with `pdf.damaged`.
 */
export function prepareTimestamp(
  document: PdfDocument,
  room: number,
  digest: Prepared['digest'],
  ports: Pick<SigningPorts, 'random'>,
): Result<Prepared> {
  return attempt(() => {
    const standing = { ...standingOf(document), policy: { permission: null, locks: [] } };
    const update = beginUpdate(document, ports);
    const taken = takenNames(document);
    const field = freeName('Timestamp', taken);
    const holes = signatureHoles(document.source.length, room);
    const timestamp = update.add(timestampDictionary(holes));
    const request = { name: field, placement: null };
    writeNewFields(update, standing, taken, [{ request, extra: { V: timestamp } }]);
    return finished(update, field, digest);
  });
}
