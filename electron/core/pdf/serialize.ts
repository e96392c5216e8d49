/** Objects as bytes (ISO 32000-2, 7.3). */
import { charClass } from './chars.ts';
import { isSignatureDict } from './crypt.ts';
import type { PdfDict, PdfObject } from './objects.ts';

/** Changes the bytes of a string or stream on their way out: encryption. */
export interface Encipher {
  string(bytes: Uint8Array): Uint8Array;
  /** `dict` decides: a metadata stream or an Identity crypt filter may stay in the clear. */
  stream(bytes: Uint8Array, dict: PdfDict): Uint8Array;
}

export interface ByteSink {
  /** Bytes written so far. */
  readonly length: number;
  text(text: string): void;
  bytes(bytes: Uint8Array): void;
  finish(): Uint8Array;
}

/** A growing run of bytes. */
export function createSink(): ByteSink {
  let buffer = new Uint8Array(4096);
  let length = 0;
  const room = (more: number) => {
    if (length + more <= buffer.length) return;
    const larger = new Uint8Array(Math.max(buffer.length * 2, length + more));
    larger.set(buffer.subarray(0, length));
    buffer = larger;
  };
  return {
    get length() {
      return length;
    },
    text(text) {
      room(text.length);
      for (let i = 0; i < text.length; i++) buffer[length++] = text.charCodeAt(i);
    },
    bytes(bytes) {
      room(bytes.length);
      buffer.set(bytes, length);
      length += bytes.length;
    },
    finish: () => buffer.slice(0, length),
  };
}

/** Called with the name of a hole, the position of its first byte in the sink, and its length. */
export type OnHole = (name: string, position: number, length: number) => void;

/**
 * Writes one object without white space around it.
 * @throws Error (a bug) for a number that is not finite and for a stream inside another object.
 */
export function writeObject(
  sink: ByteSink,
  object: PdfObject,
  encipher: Encipher | null,
  onHole: OnHole,
  nested = false,
): void {
  if (object === null) sink.text('null');
  else if (typeof object === 'boolean') sink.text(object ? 'true' : 'false');
  else if (typeof object === 'number') sink.text(numberText(object));
  else if (isList(object)) {
    sink.text('[');
    object.forEach((item, index) => {
      if (index > 0) sink.text(' ');
      writeObject(sink, item, encipher, onHole, true);
    });
    sink.text(']');
  } else {
    switch (object.kind) {
      case 'real':
        sink.text(realText(object.value));
        return;
      case 'name':
        sink.text(nameText(object.value));
        return;
      case 'ref':
        sink.text(`${object.number} ${object.generation} R`);
        return;
      case 'string':
        writeString(
          sink,
          encipher ? encipher.string(object.bytes) : object.bytes,
          object.hex || encipher !== null,
        );
        return;
      case 'hole':
        onHole(object.name, sink.length, object.bytes.length);
        sink.bytes(object.bytes);
        return;
      case 'dict':
        writeDict(sink, object, encipher, onHole);
        return;
      case 'stream': {
        if (nested) throw new Error('a stream must be an indirect object');
        const raw = object.raw();
        const bytes = encipher ? encipher.stream(raw, object.dict) : raw;
        const entries = new Map(object.dict.entries);
        entries.set('Length', bytes.length);
        writeDict(sink, { kind: 'dict', entries }, encipher, onHole);
        sink.text('\nstream\n');
        sink.bytes(bytes);
        sink.text('\nendstream');
        return;
      }
    }
  }
}

function isList(object: PdfObject): object is readonly PdfObject[] {
  return Array.isArray(object);
}

function writeDict(sink: ByteSink, dict: PdfDict, encipher: Encipher | null, onHole: OnHole): void {
  sink.text('<<');
  const signature = encipher !== null && isSignatureDict(dict.entries);
  let first = true;
  for (const [key, value] of dict.entries) {
    if (!first) sink.text(' ');
    first = false;
    sink.text(`${nameText(key)} `);
    writeObject(sink, value, signature && key === 'Contents' ? null : encipher, onHole, true);
  }
  sink.text('>>');
}

/** A whole number; one with a fraction is written as a real. */
export function numberText(value: number): string {
  if (Number.isSafeInteger(value)) return String(value === 0 ? 0 : value);
  return realText(value);
}

/** ISO 32000-2, 7.3.3: no exponents. Always with a point, so that it is read back as a real. */
export function realText(value: number): string {
  if (!Number.isFinite(value)) throw new Error('a PDF number must be finite');
  let text = String(value);
  if (text.includes('e')) text = Math.abs(value) < 1 ? value.toFixed(12) : String(BigInt(value));
  if (!text.includes('.')) return `${text}.0`;
  // toFixed leaves zeros behind.
  return text.replace(/(\.\d+?)0+$/, '$1');
}

/** ISO 32000-2, 7.3.5: everything but regular printable characters goes as #xx. */
export function nameText(value: string): string {
  let text = '/';
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i) & 0xff;
    const plain = code > 0x20 && code < 0x7f && code !== 0x23 && charClass[code] === 0;
    text += plain ? String.fromCharCode(code) : `#${hexByte(code)}`;
  }
  return text;
}

function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, '0').toUpperCase();
}

function writeString(sink: ByteSink, bytes: Uint8Array, hex: boolean): void {
  if (hex) {
    let text = '';
    for (const byte of bytes) text += hexByte(byte);
    sink.text(`<${text}>`);
    return;
  }
  let text = '(';
  for (const byte of bytes) {
    if (byte === 0x28 || byte === 0x29 || byte === 0x5c) text += `\\${String.fromCharCode(byte)}`;
    else if (byte >= 0x20 && byte < 0x7f) text += String.fromCharCode(byte);
    else text += `\\${byte.toString(8).padStart(3, '0')}`;
  }
  sink.text(`${text})`);
}
