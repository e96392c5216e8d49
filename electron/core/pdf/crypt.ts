/** The standard security handler (ISO 32000-2, 7.6). */
import { Refusal } from '../../../shared/result.ts';
import type { Resolve } from './filters.ts';
import type { Decipher } from './loader.ts';
import type { PdfDict } from './objects.ts';

export interface CryptState {
  readonly info: {
    readonly algorithm: 'RC4' | 'AES-128' | 'AES-256';
    readonly revision: number;
    readonly opensEmpty: boolean;
    readonly encryptMetadata: boolean;
  };
  readonly decipher: Decipher;
}

export function openEncryption(
  _dictionary: PdfDict,
  _trailer: PdfDict,
  _password: string | null,
  _resolve: Resolve,
): CryptState {
  throw new Refusal('pdf.encryption-unsupported', 'The file is encrypted.');
}
