/** What the one signature of an appended revision says of time, without reading the file before it. */
import { parseSignedData } from '../cms/parsed-signed-data.ts';
import { contentTypes } from '../cms/signed-attributes.ts';
import { parseTimestampToken, type TimestampToken } from '../cms/timestamp-token.ts';

export interface TailSignature {
  readonly kind: 'signature' | 'timestamp';
  /** Of the signature, or the document timestamp itself; null where there is none. */
  readonly token: TimestampToken | null;
}

/**
 * The signature that a revision of ours appended: its byte range ends where the revision does.
 * `start`: offset of the tail in the file. Null where the tail carries none, or one that cannot be read.
 */
export function tailSignature(tail: Uint8Array, start: number): TailSignature | null {
  const text = String.fromCharCode.bind(String);
  const range = /\/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g;
  for (const match of latin1(tail, text).matchAll(range)) {
    const [from, to, rest] = match.slice(1).map(Number) as [number, number, number];
    if (to + rest !== start + tail.length || from < start || to - from < 4) continue;
    const der = fromHex(latin1(tail.subarray(from - start + 1, to - start - 1), text));
    return der === null ? null : readSignature(der);
  }
  return null;
}

function latin1(bytes: Uint8Array, text: (...codes: number[]) => string): string {
  let made = '';
  for (let at = 0; at < bytes.length; at += 8192) made += text(...bytes.subarray(at, at + 8192));
  return made;
}

function fromHex(hex: string): Uint8Array | null {
  if (!/^(?:[0-9a-f]{2})+$/i.test(hex)) return null;
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function readSignature(der: Uint8Array): TailSignature | null {
  const signed = parseSignedData(der);
  if (!signed.ok) return null;
  if (signed.value.contentType === contentTypes.timestampInfo)
    return { kind: 'timestamp', token: tokenOf(der) };
  const [first] = signed.value.signer.timestamps;
  return { kind: 'signature', token: first === undefined ? null : tokenOf(first) };
}

function tokenOf(der: Uint8Array): TimestampToken | null {
  const parsed = parseTimestampToken(der);
  return parsed.ok ? parsed.value : null;
}
