/** From a job to what is posted: the request, the manifest checked, and the signed package around it. */
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { readXml } from '../../shared/xml/read-xml.ts';
import { utf8Bytes } from '../../shared/xml/utf8.ts';
import type { JobDocument } from './jobs.ts';
import { grammarObjection } from './message-grammar.ts';
import type { ListedDocument } from './write-messages.ts';

/** Makes the signed container; the signature core's `packForService` with the enterprise key. */
export type Pack = (input: {
  readonly documents: readonly {
    readonly name: string;
    readonly mime: string;
    readonly bytes: Uint8Array;
  }[];
  readonly manifest: Uint8Array;
  readonly time: { readonly at: Date; readonly zoneOffset: number };
}) => Promise<Result<Uint8Array>>;

/** Names say nothing of the content: titles may hold personal data, file names must not. */
export function listDocuments(documents: readonly JobDocument[]): readonly ListedDocument[] {
  return documents.map(({ title, type }, index) => ({
    href: `dokument-${String(index + 1).padStart(2, '0')}.${type === 'pdf' ? 'pdf' : 'txt'}`,
    mime: type === 'pdf' ? 'application/pdf' : 'text/plain',
    title,
  }));
}

/** The octets of a message that fits the schemas; else `posten.invalid-message` with where it does not. */
export function checkedMessage(text: string): Result<Uint8Array> {
  const bytes = utf8Bytes(text);
  const document = readXml(bytes);
  const at = document.ok ? grammarObjection(document.value.root) : document.error.code;
  return at === null
    ? ok(bytes)
    : fail('posten.invalid-message', 'The message does not fit the service’s schemas.', { at });
}

/** The body of the creating call: the request first, then the package; parts have no names. */
export function multipart(
  request: Uint8Array,
  container: Uint8Array,
  boundary: string,
): Uint8Array {
  const parts: readonly Uint8Array[] = [
    utf8Bytes(`--${boundary}\r\nContent-Type: application/xml\r\n\r\n`),
    request,
    utf8Bytes(`\r\n--${boundary}\r\nContent-Type: application/octet-stream\r\n\r\n`),
    container,
    utf8Bytes(`\r\n--${boundary}--\r\n`),
  ];
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
