/** The signature dictionary (ISO 32000-2, 12.8.1, table 255; EN 319 142-1, 6.3) and what hangs on it. */
import { Refusal } from '../../../shared/result.ts';
import { bytesString, dict, hole, latin1, name, textString } from '../pdf/objects.ts';
import type { PdfDict, PdfObject, PdfRef } from '../pdf/objects.ts';
import type { FieldLockTerms } from './existing-field.ts';
import { pdfDate } from './pdf-date.ts';
import type { SignatureRequest } from './signature.ts';

export const contentsHole = 'Contents';
export const byteRangeHole = 'ByteRange';

/** Where an offset may end up: the file as it is and a tail nobody could want larger. */
const largestTail = 2 ** 32;

/** The two holes: /ByteRange wide enough for any offset of the finished file, /Contents of `room` bytes. */
export function signatureHoles(base: number, room: number): Record<string, PdfObject> {
  const digits = String(base + largestTail).length;
  const range = latin1(' '.repeat('[0   ]'.length + 3 * digits));
  const contents = new Uint8Array(2 * room + 2).fill(0x30);
  contents[0] = 0x3c;
  contents[contents.length - 1] = 0x3e;
  return { ByteRange: hole(byteRangeHole, range), Contents: hole(contentsHole, contents) };
}

/** /ByteRange as text, filled up with blanks to the width of its hole. */
export function byteRangeText(range: readonly number[], width: number): Uint8Array {
  const text = `[${range.join(' ')}]`;
  if (text.length > width) throw new RangeError('the byte range is wider than its hole');
  return latin1(text.padEnd(width, ' '));
}

/** A signature reference dictionary (ISO 32000-2, table 256). */
function reference(method: string, params: Record<string, PdfObject>, data?: PdfRef): PdfDict {
  return dict({
    Type: name('SigRef'),
    TransformMethod: name(method),
    TransformParams: dict({ Type: name('TransformParams'), V: name('1.2'), ...params }),
    Data: data,
  });
}

/** The entries that a lock (table 235) and FieldMDP's parameters (table 259) share. */
export function lockEntries(lock: Omit<FieldLockTerms, 'permission'>): Record<string, PdfObject> {
  const fields = lock.action === 'All' ? {} : { Fields: lock.fields.map(textString) };
  return { Action: name(lock.action), ...fields };
}

/** /Reference: certification, field locks; undefined where there is neither. */
function references(
  request: Pick<SignatureRequest, 'certify'>,
  lock: FieldLockTerms | null,
  catalog: PdfRef,
): PdfObject | undefined {
  const list: PdfDict[] = [];
  // ISO 32000-2, table 235: /P of a lock limits changes as DocMDP does, without certifying.
  const permission = request.certify ?? lock?.permission ?? null;
  if (permission !== null) list.push(reference('DocMDP', { P: permission }));
  // Table 256: FieldMDP names the object it speaks of, the catalog.
  if (lock !== null) list.push(reference('FieldMDP', lockEntries(lock), catalog));
  return list.length === 0 ? undefined : list;
}

function hexBytes(hex: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})+$/i.test(hex))
    throw new Refusal('sign.evidence-hash', 'The evidence hash is not hexadecimal.');
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/**
 * The dictionary of an ordinary signature or certification. `/SkrankeClaim` is ours (a private key,
 * ISO 32000-2, annex E): who the organisation says signed, and the hash of the evidence.
 */
export function signatureDictionary(
  request: SignatureRequest,
  lock: FieldLockTerms | null,
  catalog: PdfRef,
  holes: Record<string, PdfObject>,
): PdfDict {
  const text = (value: string | undefined): PdfObject | undefined =>
    value === undefined || value === '' ? undefined : textString(value);
  const { claim } = request;
  return dict({
    Type: name('Sig'),
    Filter: name('Adobe.PPKLite'),
    SubFilter: name('ETSI.CAdES.detached'),
    ...holes,
    M: bytesString(latin1(pdfDate(request.time.getTime(), request.zoneOffset))),
    Name: text(request.name),
    Reason: text(request.reason),
    Location: text(request.location),
    ContactInfo: text(request.contact),
    Reference: references(request, lock, catalog),
    Prop_Build: dict({ App: dict({ Name: name('Skranke') }) }),
    SkrankeClaim:
      claim === undefined
        ? undefined
        : dict({
            Kind: name(claim.kind),
            Person: textString(claim.person),
            EvidenceHash: bytesString(hexBytes(claim.evidenceHash), true),
          }),
  });
}

/** The dictionary of a document timestamp (ISO 32000-2, 12.8.5; EN 319 142-1, 5.4.3): no /M, the token says when. */
export function timestampDictionary(holes: Record<string, PdfObject>): PdfDict {
  return dict({
    Type: name('DocTimeStamp'),
    Filter: name('Adobe.PPKLite'),
    SubFilter: name('ETSI.RFC3161'),
    ...holes,
  });
}
