/** The signed bytes and the CMS of each signature, as another tool needs them. */
import type { PdfDocument } from '../core/pdf/document.ts';
import { isDict, isName, isString, numberOf } from '../core/pdf/objects.ts';

export interface SignatureBytes {
  readonly kind: 'signature' | 'timestamp';
  readonly signed: Uint8Array;
  /** The CMS or timestamp token, without the padding. */
  readonly contents: Uint8Array;
}

/** In the order of what they cover. */
export function signatureBytes(
  document: PdfDocument,
  bytes: Uint8Array,
): readonly SignatureBytes[] {
  const found: (SignatureBytes & { readonly end: number })[] = [];
  for (const number of document.objectNumbers()) {
    const object = document.resolve({ kind: 'ref', number, generation: 0 });
    if (!isDict(object)) continue;
    const range = document.arrayEntry(object, 'ByteRange')?.map((item) => numberOf(item) ?? NaN);
    const contents = document.entry(object, 'Contents');
    if (range === undefined || !isString(contents)) continue;
    const [start = 0, first = 0, second = 0, rest = 0] = range;
    const signed = new Uint8Array(first + rest);
    signed.set(bytes.subarray(start, start + first));
    signed.set(bytes.subarray(second, second + rest), first);
    found.push({
      kind: isName(document.entry(object, 'SubFilter'), 'ETSI.RFC3161') ? 'timestamp' : 'signature',
      signed,
      contents: withoutPadding(contents.bytes),
      end: second + rest,
    });
  }
  return found.sort((one, other) => one.end - other.end);
}

/** The length stands in the DER header: what comes after it is padding. */
function withoutPadding(der: Uint8Array): Uint8Array {
  const first = der[1] ?? 0;
  if (first < 0x80) return der.slice(0, 2 + first);
  let length = 0;
  for (let i = 0; i < (first & 0x7f); i++) length = length * 256 + (der[2 + i] ?? 0);
  return der.slice(0, 2 + (first & 0x7f) + length);
}
