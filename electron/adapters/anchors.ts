/** Trust anchors from PEM or DER files and folders of them. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../../shared/result.ts';

const pemBlock = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END/g;

/** DER of every certificate in PEM text or DER bytes; empty when there is none. */
export function certificatesIn(bytes: Uint8Array): readonly Uint8Array[] {
  const text = new TextDecoder('latin1').decode(bytes);
  const found = [...text.matchAll(pemBlock)].map(
    (match) => new Uint8Array(Buffer.from((match[1] ?? '').replace(/\s/g, ''), 'base64')),
  );
  if (found.length > 0) return found;
  // DER: SEQUENCE with a long length.
  return bytes[0] === 0x30 && bytes.length > 100 ? [bytes] : [];
}

/** Reads files and folders (one level); refuses `trust.unreadable` and `trust.no-certificate`. */
export function readAnchors(paths: readonly string[]): readonly Uint8Array[] {
  const anchors: Uint8Array[] = [];
  for (const path of paths) {
    let files: readonly string[];
    try {
      files = statSync(path).isDirectory()
        ? readdirSync(path)
            .filter((name) => /\.(pem|crt|cer|der)$/i.test(name))
            .map((name) => join(path, name))
        : [path];
    } catch {
      throw unreadable(path);
    }
    const found = files.flatMap((file) => certificatesIn(readTrustFile(file)));
    if (found.length === 0)
      throw new Refusal('trust.no-certificate', 'A trust file holds no certificate.', { path });
    anchors.push(...found);
  }
  return anchors;
}

function readTrustFile(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch {
    throw unreadable(path);
  }
}

function unreadable(path: string): Refusal {
  return new Refusal('trust.unreadable', 'A trust file or folder cannot be read.', { path });
}

/** A certificate as PEM (RFC 7468). */
export function pemOf(der: Uint8Array): string {
  const base64 = Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n').trimEnd();
  return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
}
