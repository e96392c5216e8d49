/** How a passphrase becomes octets, and what protects a key file that is beyond us. */
import { Refusal } from '../../shared/result.ts';
import type { DerNode } from '../core/cms/der.ts';
import { smallIntegerOf } from '../core/cms/der.ts';
import { bmpPassphrase } from './pkcs12-key-derivation.ts';
import { MAX_ITERATIONS } from './pkcs12-names.ts';

/** One way a program may have turned the passphrase into octets. */
export interface Secret {
  /** For PKCS #12's own derivation. */
  readonly bmp: Uint8Array;
  /** For PBKDF2. */
  readonly octets: Uint8Array;
}

/**
 * The ways to read one passphrase, the standard's own first: other normal forms of æøå, the octets of
 * UTF-8 taken for characters (OpenSSL before 1.1), and for an empty one nothing at all instead of a
 * terminator (Windows and OpenSSL disagree).
 */
export function secretsOf(passphrase: string): readonly Secret[] {
  const forms = [
    ...new Set([passphrase, passphrase.normalize('NFC'), passphrase.normalize('NFD')]),
  ];
  const secrets = forms.map((form): Secret => ({
    bmp: bmpPassphrase(form),
    octets: Buffer.from(form, 'utf8'),
  }));
  if (passphrase === '') secrets.push({ bmp: new Uint8Array(), octets: new Uint8Array() });
  for (const form of forms) {
    const octets = Buffer.from(form, 'utf8');
    if (octets.length === form.length) continue;
    secrets.push({ bmp: bmpPassphrase(octets.toString('latin1')), octets });
    secrets.push({ bmp: bmpPassphrase(form), octets: Buffer.from(form, 'latin1') });
  }
  return secrets;
}

export function unsupported(what: string): Refusal {
  return new Refusal('key.unsupported', 'The key file is protected in a way that is not known.', {
    what,
  });
}

/** Rounds within reason, or a refusal. */
export function iterationsOf(node: DerNode | undefined): number {
  const iterations = smallIntegerOf(node, 'iterations');
  if (iterations < 1 || iterations > MAX_ITERATIONS) throw unsupported('iterations');
  return iterations;
}
