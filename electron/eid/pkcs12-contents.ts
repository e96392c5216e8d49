/** The contents of a PKCS #12 file (RFC 7292, 4): private keys and certificates, decrypted. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../../shared/result.ts';
import { algorithmIdentifierOf, hashOf } from '../core/cms/algorithms.ts';
import {
  childrenOf,
  contextTag,
  expectTag,
  malformed,
  octetsOf,
  oidOf,
  readFirst,
  readWhole,
  sequenceOf,
  smallIntegerOf,
} from '../core/cms/der.ts';
import type { DerNode } from '../core/cms/der.ts';
import { decrypt, macHash, pbkdf2Key } from './pkcs12-decryption.ts';
import type { Secret } from './pkcs12-secret.ts';
import { iterationsOf, secretsOf, unsupported } from './pkcs12-secret.ts';
import { deriveKey } from './pkcs12-key-derivation.ts';
import { pkcs12Oids } from './pkcs12-names.ts';

export interface KeyFileContents {
  /** DER of each PrivateKeyInfo (PKCS #8). */
  readonly keys: readonly Uint8Array[];
  /** DER of each X.509 certificate, in the file's order. */
  readonly certificates: readonly Uint8Array[];
}

/** Bags within bags (RFC 7292, 4.2.6) go no deeper in any file that is not an attack. */
const MAX_NESTING = 4;
const MAX_BAGS = 200;

interface Collected {
  readonly keys: Uint8Array[];
  readonly certificates: Uint8Array[];
  /** The readings of the passphrase that are still possible. */
  secrets: readonly Secret[];
  bags: number;
}

/**
 * Reads and decrypts. Throws `Refusal`: `key.wrong-passphrase`, `key.unsupported`, or `der.malformed`
 * for what is no key file.
 */
export async function readKeyFile(bytes: Uint8Array, passphrase: string): Promise<KeyFileContents> {
  const [version, authSafe, mac] = sequenceOf(readFirst(bytes), 'key file');
  if (smallIntegerOf(version, 'version') !== 3) throw malformed('another version than 3');
  const [type, content] = sequenceOf(authSafe, 'contents');
  // The other mode is protected by a public key (RFC 7292, 3.1); nobody hands those out.
  if (oidOf(type, 'type of contents') !== pkcs12Oids.data) throw unsupported('public-key mode');
  const safe = octetsOf(childrenOf(expectTag(content, contextTag(0), 'contents'))[0], 'contents');
  const secrets = secretsOf(passphrase);
  const collected: Collected = {
    keys: [],
    certificates: [],
    secrets: mac === undefined ? secrets : [await secretOfMac(mac, safe, secrets), ...secrets],
    bags: 0,
  };
  for (const part of sequenceOf(readWhole(safe), 'parts')) await readPart(part, collected);
  return collected;
}

/** The reading of the passphrase that gives the file's MAC (RFC 7292, 4; RFC 9579). */
async function secretOfMac(
  mac: DerNode,
  safe: Uint8Array,
  secrets: readonly Secret[],
): Promise<Secret> {
  const [digestInfo, salt, rounds] = sequenceOf(mac, 'MAC');
  const [algorithmNode, digestNode] = sequenceOf(digestInfo, 'MAC value');
  const algorithm = algorithmIdentifierOf(algorithmNode, 'MAC algorithm');
  const expected = octetsOf(digestNode, 'MAC value');
  for (const secret of secrets) {
    let found: Uint8Array;
    if (algorithm.oid === pkcs12Oids.pbmac1) {
      const [derivation, scheme] = sequenceOf(algorithm.parameters ?? undefined, 'PBMAC1');
      const hash = macHash(algorithmIdentifierOf(scheme, 'MAC scheme').oid);
      const key = await pbkdf2Key(derivation, secret.octets, expected.length);
      found = createHmac(hash, key).update(safe).digest();
    } else {
      const hash = hashOf(algorithm.oid) ?? algorithm.oid;
      const key = deriveKey({
        algorithm: hash,
        passphrase: secret.bmp,
        salt: octetsOf(salt, 'MAC salt'),
        iterations: rounds === undefined ? 1 : iterationsOf(rounds),
        purpose: 'mac',
        length: expected.length,
      });
      if (key === null) throw unsupported(hash);
      found = createHmac(hash, key).update(safe).digest();
    }
    if (found.length === expected.length && timingSafeEqual(found, expected)) return secret;
  }
  throw wrongPassphrase();
}

function wrongPassphrase(): Refusal {
  return new Refusal('key.wrong-passphrase', 'The passphrase does not open the key file.');
}

async function readPart(part: DerNode, collected: Collected): Promise<void> {
  const [type, wrapped] = sequenceOf(part, 'part');
  const content = childrenOf(expectTag(wrapped, contextTag(0), 'part'))[0];
  const oid = oidOf(type, 'type of a part');
  if (oid === pkcs12Oids.data) {
    await readBags(readWhole(octetsOf(content, 'part')), collected, 0);
    return;
  }
  if (oid !== pkcs12Oids.encryptedData) throw unsupported('public-key mode');
  const [, encrypted] = sequenceOf(content, 'encrypted part');
  const [, algorithm, ciphertext] = sequenceOf(encrypted, 'encrypted part');
  await readBags(await opened(algorithm, implicitOctets(ciphertext), collected), collected, 0);
}

/** `[0] IMPLICIT OCTET STRING`, in one piece or, in BER, in several. */
function implicitOctets(node: DerNode | undefined): Uint8Array {
  if (node?.tag === contextTag(0, false)) return node.content;
  const pieces = childrenOf(expectTag(node, contextTag(0), 'encrypted contents'));
  return new Uint8Array(
    Buffer.concat(pieces.map((piece) => octetsOf(piece, 'encrypted contents'))),
  );
}

/** Tries the readings of the passphrase; the one that opens goes first from then on. */
async function opened(
  algorithmNode: DerNode | undefined,
  ciphertext: Uint8Array,
  collected: Collected,
): Promise<DerNode> {
  const algorithm = algorithmIdentifierOf(algorithmNode, 'encryption');
  for (const secret of collected.secrets) {
    const plain = await decrypt(algorithm, ciphertext, secret);
    if (plain === null) continue;
    try {
      const node = readWhole(plain);
      // A wrong key gives right padding once in 256 tries, but hardly a SEQUENCE of just that length.
      expectTag(node, 0x30, 'decrypted contents');
      collected.secrets = [secret, ...collected.secrets.filter((other) => other !== secret)];
      return node;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  throw wrongPassphrase();
}

async function readBags(safe: DerNode, collected: Collected, nesting: number): Promise<void> {
  if (nesting > MAX_NESTING) throw malformed('bags nested too deeply');
  for (const bag of sequenceOf(safe, 'bags')) {
    if (++collected.bags > MAX_BAGS) throw malformed('too many bags');
    const [type, wrapped] = sequenceOf(bag, 'bag');
    const value = childrenOf(expectTag(wrapped, contextTag(0), 'bag'))[0];
    switch (oidOf(type, 'type of a bag')) {
      case pkcs12Oids.keyBag:
        collected.keys.push(expectTag(value, 0x30, 'private key').raw);
        break;
      case pkcs12Oids.shroudedKeyBag: {
        const [algorithm, ciphertext] = sequenceOf(value, 'encrypted key');
        const key = await opened(algorithm, octetsOf(ciphertext, 'encrypted key'), collected);
        collected.keys.push(key.raw);
        break;
      }
      case pkcs12Oids.certificateBag: {
        const [kind, certificate] = sequenceOf(value, 'certificate');
        if (oidOf(kind, 'kind of certificate') !== pkcs12Oids.x509Certificate) break;
        const inner = childrenOf(expectTag(certificate, contextTag(0), 'certificate'))[0];
        collected.certificates.push(octetsOf(inner, 'certificate'));
        break;
      }
      case pkcs12Oids.safeContentsBag:
        await readBags(expectTag(value, 0x30, 'bags'), collected, nesting + 1);
        break;
      default:
      // CRLs and secrets: nothing we sign with.
    }
  }
}
