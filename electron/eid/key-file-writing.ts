/** Writes PKCS #12 (RFC 7292) with today's algorithms: PBES2, AES-256, HMAC with SHA-256. */
import { createCipheriv, createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import {
  element,
  explicit,
  implicit,
  integer,
  nothing,
  octetString,
  oid,
  sequence,
  setOfSorted,
} from '../core/cms/der-writing.ts';
import { tags } from '../core/cms/der.ts';
import { bmpPassphrase, deriveKey } from './pkcs12-key-derivation.ts';
import { pkcs12Oids } from './pkcs12-names.ts';

export interface KeyFileRequest {
  readonly key: KeyObject;
  /** DER, the key's own certificate first. */
  readonly chain: readonly Uint8Array[];
  readonly passphrase: string;
  readonly friendlyName?: string;
  /** Rounds of each key derivation; what OpenSSL takes where absent. */
  readonly iterations?: number;
}

/** The bytes of a `.p12` file; readable by OpenSSL, Windows (10 1709 and later), macOS, Java, NSS. */
export function toPkcs12(request: KeyFileRequest): Uint8Array {
  const { key, chain, passphrase, iterations = 2048 } = request;
  const [own, ...issuers] = chain;
  if (own === undefined) throw new RangeError('a key file needs the certificate of its key');
  const pkcs8 = new Uint8Array(key.export({ type: 'pkcs8', format: 'der' }));
  const attributes = bagAttributes(own, request.friendlyName);
  const keyBag = bag(
    pkcs12Oids.shroudedKeyBag,
    sequence(...encrypt(pkcs8, passphrase, iterations, octetString)),
    attributes,
  );
  const certificateBags = [
    bag(pkcs12Oids.certificateBag, certificateValue(own), attributes),
    ...issuers.map((issuer) => bag(pkcs12Oids.certificateBag, certificateValue(issuer), null)),
  ];
  const encrypted = sequence(
    integer(0),
    sequence(
      oid(pkcs12Oids.data),
      ...encrypt(sequence(...certificateBags), passphrase, iterations, (bytes) =>
        implicit(0, octetString(bytes)),
      ),
    ),
  );
  const safe = sequence(
    sequence(oid(pkcs12Oids.encryptedData), explicit(0, encrypted)),
    sequence(oid(pkcs12Oids.data), explicit(0, octetString(sequence(keyBag)))),
  );
  return sequence(
    integer(3),
    sequence(oid(pkcs12Oids.data), explicit(0, octetString(safe))),
    macData(safe, passphrase, iterations),
  );
}

function bag(type: string, value: Uint8Array, attributes: Uint8Array | null): Uint8Array {
  return sequence(oid(type), explicit(0, value), ...(attributes === null ? [] : [attributes]));
}

function certificateValue(der: Uint8Array): Uint8Array {
  return sequence(oid(pkcs12Oids.x509Certificate), explicit(0, octetString(der)));
}

/** The same local key id on key and certificate is how readers pair them. */
function bagAttributes(certificate: Uint8Array, friendlyName: string | undefined): Uint8Array {
  const id = createHash('sha1').update(certificate).digest();
  const attributes = [sequence(oid(pkcs12Oids.localKeyId), setOfSorted(octetString(id)))];
  if (friendlyName !== undefined) {
    const name = bmpPassphrase(friendlyName).subarray(0, friendlyName.length * 2);
    const value = setOfSorted(element(tags.bmp, name));
    attributes.push(sequence(oid(pkcs12Oids.friendlyName), value));
  }
  return setOfSorted(...attributes);
}

/** AlgorithmIdentifier and ciphertext (RFC 8018, 6.2). */
function encrypt(
  plain: Uint8Array,
  passphrase: string,
  iterations: number,
  wrap: (ciphertext: Uint8Array) => Uint8Array,
): readonly [Uint8Array, Uint8Array] {
  const salt = randomBytes(16);
  const iv = randomBytes(16);
  const secret = pbkdf2Sync(Buffer.from(passphrase, 'utf8'), salt, iterations, 32, 'sha256');
  const cipher = createCipheriv('aes-256-cbc', secret, iv);
  const algorithm = sequence(
    oid(pkcs12Oids.pbes2),
    sequence(
      sequence(
        oid(pkcs12Oids.pbkdf2),
        sequence(
          octetString(salt),
          integer(iterations),
          sequence(oid(pkcs12Oids.hmacSha256), nothing()),
        ),
      ),
      sequence(oid(pkcs12Oids.aes256), octetString(iv)),
    ),
  );
  return [algorithm, wrap(Buffer.concat([cipher.update(plain), cipher.final()]))];
}

function macData(safe: Uint8Array, passphrase: string, iterations: number): Uint8Array {
  const salt = randomBytes(16);
  const algorithm = 'sha256';
  const secret = deriveKey({
    algorithm,
    passphrase: bmpPassphrase(passphrase),
    salt,
    iterations,
    purpose: 'mac',
    length: 32,
  });
  if (secret === null) throw new Error(`PKCS #12 does not go with ${algorithm}`);
  const mac = createHmac(algorithm, secret).update(safe).digest();
  const sha256 = sequence(oid('2.16.840.1.101.3.4.2.1'), nothing());
  return sequence(sequence(sha256, octetString(mac)), octetString(salt), integer(iterations));
}
