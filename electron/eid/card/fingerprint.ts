import { createHash } from 'node:crypto';

/** Hex SHA-256: the name of a certificate everywhere. */
export function fingerprint(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex');
}
