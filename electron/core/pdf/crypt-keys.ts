/** From a password to the file's key: algorithms 2 to 13 of ISO 32000-2, 7.6.4. */
import { cbc } from '@noble/ciphers/aes.js';
import { md5 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { latin1 } from './objects.ts';
import { rc4 } from './rc4.ts';

/** What the encryption dictionary says, checked for shape. */
export interface KeyInput {
  readonly revision: number;
  readonly owner: Uint8Array;
  readonly user: Uint8Array;
  /** /OE and /UE, empty below revision 5. */
  readonly ownerKey: Uint8Array;
  readonly userKey: Uint8Array;
  readonly permissions: number;
  readonly id: Uint8Array;
  readonly encryptMetadata: boolean;
  /** Key lengths in bytes to try, the most likely first; writers get /Length wrong. */
  readonly keyLengths: readonly number[];
}

const PADDING = Uint8Array.of(
  ...[0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e, 0x56, 0xff, 0xfa, 0x01],
  ...[0x08, 0x2e, 0x2e, 0x00, 0xb6, 0xd0, 0x68, 0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53],
  ...[0x69, 0x7a],
);

/** The file's key if `password` is its user or owner password, else null. */
export function fileKey(input: KeyInput, password: string): Uint8Array | null {
  if (input.revision >= 5) return modernKey(input, utf8(password.normalize('NFKC')).slice(0, 127));
  // Algorithm 2, step a: PDFDocEncoding; files made elsewhere hash what their system used.
  const forms = [latin1(password)];
  if (/[^\x20-\x7e]/.test(password)) forms.push(utf8(password));
  for (const bytes of forms)
    for (const length of input.keyLengths) {
      const key = userKey(input, padded(bytes), length) ?? ownerKey(input, bytes, length);
      if (key !== null) return key;
    }
  return null;
}

function padded(password: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(32);
  const own = password.subarray(0, 32);
  bytes.set(own);
  bytes.set(PADDING.subarray(0, 32 - own.length), own.length);
  return bytes;
}

/** Algorithms 2, 4, 5 and 6. */
function userKey(input: KeyInput, password: Uint8Array, length: number): Uint8Array | null {
  const hash = md5.create().update(password).update(input.owner.subarray(0, 32));
  const p = input.permissions;
  hash.update(Uint8Array.of(p & 255, (p >> 8) & 255, (p >> 16) & 255, (p >> 24) & 255));
  hash.update(input.id);
  if (input.revision >= 4 && !input.encryptMetadata) hash.update(new Uint8Array(4).fill(255));
  let digest: Uint8Array = hash.digest();
  const size = input.revision === 2 ? 5 : length;
  if (input.revision >= 3) for (let i = 0; i < 50; i++) digest = md5(digest.subarray(0, size));
  const key = digest.slice(0, size);
  if (input.revision === 2) return same(rc4(key, PADDING), input.user.subarray(0, 32)) ? key : null;
  let check = rc4(key, md5(concat(PADDING, input.id)));
  for (let i = 1; i < 20; i++)
    check = rc4(
      key.map((byte) => byte ^ i),
      check,
    );
  return same(check, input.user.subarray(0, 16)) ? key : null;
}

/** Algorithm 7: the owner password gives the user password, which gives the key. */
function ownerKey(input: KeyInput, password: Uint8Array, length: number): Uint8Array | null {
  let digest: Uint8Array = md5(padded(password));
  if (input.revision >= 3) for (let i = 0; i < 50; i++) digest = md5(digest);
  const key = digest.slice(0, input.revision === 2 ? 5 : length);
  let user = input.owner.subarray(0, 32);
  if (input.revision === 2) user = rc4(key, user);
  else
    for (let i = 19; i >= 0; i--)
      user = rc4(
        key.map((byte) => byte ^ i),
        user,
      );
  return userKey(input, user, length);
}

/** Algorithms 2.A, 11 and 12 (revisions 5 and 6). */
function modernKey(input: KeyInput, password: Uint8Array): Uint8Array | null {
  const { user, owner } = input;
  if (user.length < 48 || owner.length < 48) return null;
  const hash = input.revision === 5 ? simpleHash : hardenedHash;
  const none = new Uint8Array(0);
  const u = user.subarray(0, 48);
  if (same(hash(password, owner.subarray(32, 40), u), owner.subarray(0, 32)))
    return unwrapKey(hash(password, owner.subarray(40, 48), u), input.ownerKey);
  if (same(hash(password, user.subarray(32, 40), none), user.subarray(0, 32)))
    return unwrapKey(hash(password, user.subarray(40, 48), none), input.userKey);
  return null;
}

function unwrapKey(key: Uint8Array, wrapped: Uint8Array): Uint8Array | null {
  if (wrapped.length < 32) return null;
  const cipher = cbc(key, new Uint8Array(16), { disablePadding: true });
  return cipher.decrypt(wrapped.slice(0, 32));
}

/** Revision 5, Adobe's extension level 3: one SHA-256. */
function simpleHash(password: Uint8Array, salt: Uint8Array, user: Uint8Array): Uint8Array {
  return sha256(concat(password, salt, user));
}

/** Algorithm 2.B. */
function hardenedHash(password: Uint8Array, salt: Uint8Array, user: Uint8Array): Uint8Array {
  let k: Uint8Array = sha256(concat(password, salt, user));
  for (let round = 0, last = 0; round < 64 || last > round - 32; round++) {
    const once = concat(password, k, user);
    const repeated = new Uint8Array(once.length * 64);
    for (let i = 0; i < 64; i++) repeated.set(once, i * once.length);
    const e = cbc(k.slice(0, 16), k.slice(16, 32), { disablePadding: true }).encrypt(repeated);
    // The first 16 bytes as a number modulo 3: 256 is 1 modulo 3, so the sum of the bytes will do.
    let sum = 0;
    for (let i = 0; i < 16; i++) sum += e[i] ?? 0;
    k = sum % 3 === 0 ? sha256(e) : sum % 3 === 1 ? sha384(e) : sha512(e);
    last = e[e.length - 1] ?? 0;
  }
  return k.slice(0, 32);
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** UTF-8 without TextEncoder, which is not of the language. */
function utf8(text: string): Uint8Array {
  return latin1(unescape16(encodeURIComponent(text.toWellFormed())));
}

function unescape16(text: string): string {
  return text.replace(/%([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
}
