/** The standard security handler, revisions 2 to 6 (ISO 32000-2, 7.6). */
import { cbc } from '@noble/ciphers/aes.js';
import { md5 } from '@noble/hashes/legacy.js';
import { Refusal } from '../../../shared/result.ts';
import { concat, fileKey } from './crypt-keys.ts';
import type { CryptMethod, CryptRules } from './crypt-rules.ts';
import { readRules } from './crypt-rules.ts';
import type { Resolve } from './filters.ts';
import type { Decipher } from './loader.ts';
import type { PdfDict, PdfObject } from './objects.ts';
import { isArray, isDict, isName, isString } from './objects.ts';
import { rc4 } from './rc4.ts';
import type { Encipher } from './serialize.ts';

/** Gives 16 bytes that nobody can foretell, for one string or stream. */
export type NewIv = (plain: Uint8Array) => Uint8Array;

export interface CryptState {
  readonly info: {
    readonly algorithm: 'RC4' | 'AES-128' | 'AES-256';
    readonly revision: number;
    readonly opensEmpty: boolean;
    readonly encryptMetadata: boolean;
  };
  readonly decipher: Decipher;
  /** The cipher of one indirect object that is written. */
  encipher(number: number, generation: number, iv: NewIv): Encipher;
  /** The file's key; null where nothing but attachments is encrypted and no password was given. */
  readonly key: Uint8Array | null;
}

/**
 * Opens the encryption of a file.
 * @param password user or owner password; null tries the empty one only.
 * @throws Refusal `pdf.password`, `pdf.encryption-unsupported`, `pdf.damaged`.
 */
export function openEncryption(
  dictionary: PdfDict,
  trailer: PdfDict,
  password: string | null,
  resolve: Resolve,
): CryptState {
  const rules = readRules(dictionary, trailer, resolve);
  const empty = fileKey(rules.input, '');
  const key =
    (password === null || password === '' ? null : fileKey(rules.input, password)) ?? empty;
  if (key === null && !(rules.streams === 'none' && rules.strings === 'none'))
    throw new Refusal(
      'pdf.password',
      password === null ? 'The file needs a password.' : 'The password does not open the file.',
    );
  const methods = [rules.streams, rules.strings, rules.attachments, ...rules.filters.values()];
  const algorithm = methods.includes('AESV3')
    ? 'AES-256'
    : methods.includes('AESV2')
      ? 'AES-128'
      : 'RC4';
  return {
    info: {
      algorithm,
      revision: rules.input.revision,
      opensEmpty: empty !== null,
      encryptMetadata: rules.input.encryptMetadata,
    },
    key,
    decipher: {
      object: (value, number, generation) =>
        rules.strings === 'none'
          ? value
          : mapStrings(value, (bytes) => decrypt(rules.strings, key, number, generation, bytes)),
      stream: (bytes, dict, number, generation) =>
        decrypt(methodFor(rules, dict, resolve), key, number, generation, bytes),
    },
    encipher: (number, generation, iv) => ({
      string: (bytes) => encrypt(rules.strings, key, number, generation, bytes, iv),
      stream: (bytes, dict) =>
        encrypt(methodFor(rules, dict, resolve), key, number, generation, bytes, iv),
    }),
  };
}

/** Which crypt filter a stream goes through (7.6.6). */
function methodFor(rules: CryptRules, dict: PdfDict, resolve: Resolve): CryptMethod {
  const type = resolve(dict.entries.get('Type'));
  if (isName(type, 'XRef')) return 'none';
  const filter = resolve(dict.entries.get('Filter'));
  const names = isArray(filter) ? filter.map(resolve) : [filter];
  const index = names.findIndex((one) => isName(one, 'Crypt'));
  if (index !== -1) {
    const parms = resolve(dict.entries.get('DecodeParms'));
    const own = isArray(parms) ? resolve(parms[index]) : parms;
    const named = isDict(own) ? resolve(own.entries.get('Name')) : null;
    return isName(named) ? (rules.filters.get(named.value) ?? 'none') : 'none';
  }
  if (isName(type, 'Metadata') && !rules.input.encryptMetadata) return 'none';
  if (isName(type, 'EmbeddedFile')) return rules.attachments;
  return rules.streams;
}

/** Algorithm 1: the key of one object; algorithm 1.A uses the file's key itself. */
function objectKey(
  method: CryptMethod,
  key: Uint8Array,
  number: number,
  generation: number,
): Uint8Array {
  if (method === 'AESV3') return key;
  const salt = Uint8Array.of(
    ...[number & 255, (number >> 8) & 255, (number >> 16) & 255, generation & 255, generation >> 8],
    ...(method === 'AESV2' ? [0x73, 0x41, 0x6c, 0x54] : []),
  );
  return md5(concat(key, salt)).slice(0, Math.min(16, key.length + 5));
}

function needKey(key: Uint8Array | null): Uint8Array {
  if (key === null) throw new Refusal('pdf.password', 'The attachments need a password.');
  return key;
}

function decrypt(
  method: CryptMethod,
  fileKeyOrNull: Uint8Array | null,
  number: number,
  generation: number,
  bytes: Uint8Array,
): Uint8Array {
  if (method === 'none') return bytes;
  const key = objectKey(method, needKey(fileKeyOrNull), number, generation);
  if (method === 'RC4') return rc4(key, bytes);
  const blocks = (bytes.length - 16) & ~15;
  if (blocks <= 0) return new Uint8Array(0);
  const cipher = cbc(key, bytes.slice(0, 16), { disablePadding: true });
  const plain = cipher.decrypt(bytes.subarray(16, 16 + blocks));
  const pad = plain[plain.length - 1] ?? 0;
  // Padding that makes no sense is left in, as viewers do: the data before it may still be read.
  return pad >= 1 && pad <= 16 ? plain.subarray(0, plain.length - pad) : plain;
}

function encrypt(
  method: CryptMethod,
  fileKeyOrNull: Uint8Array | null,
  number: number,
  generation: number,
  bytes: Uint8Array,
  newIv: NewIv,
): Uint8Array {
  if (method === 'none') return bytes;
  const key = objectKey(method, needKey(fileKeyOrNull), number, generation);
  if (method === 'RC4') return rc4(key, bytes);
  const iv = newIv(bytes);
  return concat(iv, cbc(key, iv).encrypt(bytes));
}

/** True for a signature dictionary, whose /Contents is never encrypted (7.6.2). */
export function isSignatureDict(entries: ReadonlyMap<string, PdfObject>): boolean {
  if (!entries.has('Contents')) return false;
  const type = entries.get('Type');
  return entries.has('ByteRange') || isName(type, 'Sig') || isName(type, 'DocTimeStamp');
}

function mapStrings(value: PdfObject, change: (bytes: Uint8Array) => Uint8Array): PdfObject {
  if (isString(value)) return { kind: 'string', bytes: change(value.bytes), hex: value.hex };
  if (isArray(value)) return value.map((one) => mapStrings(one, change));
  if (!isDict(value)) return value;
  const entries = new Map<string, PdfObject>();
  const signature = isSignatureDict(value.entries);
  for (const [key, one] of value.entries)
    entries.set(key, signature && key === 'Contents' ? one : mapStrings(one, change));
  return { kind: 'dict', entries };
}
