/** Signatures whose CMS is right in all but one thing. */
import {
  makeCertificate,
  makeKeyPair,
  signingKeyOf,
} from '../../../electron/adapters/trial-pki.ts';
import { childrenOf, readWhole } from '../../../electron/core/cms/der.ts';
import type { DerNode } from '../../../electron/core/cms/der.ts';
import {
  element,
  octetString,
  oid,
  sequence,
  setOfSorted,
} from '../../../electron/core/cms/der-writing.ts';
import {
  attribute,
  attributeOids,
  contentTypes,
} from '../../../electron/core/cms/signed-attributes.ts';
import { sha256Of } from '../digest.ts';
import { signedByHand } from '../hand-signing.ts';
import type { HandRequest } from '../hand-signing.ts';
import { openssl, pemOf } from '../openssl.ts';
import { authority, signingTime } from '../signing.ts';
import { failedFormat } from './attack.ts';
import type { Attack, Must } from './attack.ts';
import { document } from './target.ts';

type Attributes = NonNullable<HandRequest['attributes']>;

/** The attributes without the ones of this type, and with these instead. */
export const attributesBut =
  (type: string, ...instead: readonly Uint8Array[]): Attributes =>
  (_, usual) =>
    setOfSorted(
      ...childrenOf(readWhole(usual))
        .map(({ raw }) => raw)
        .filter((raw) => !Buffer.from(raw).includes(Buffer.from(oid(type)))),
      ...instead,
    );

/** The SignedData rebuilt from its parts: version, digests, content, certificates, signers. */
export function rebuilt(
  cms: Uint8Array,
  change: (parts: readonly DerNode[]) => readonly Uint8Array[],
): Uint8Array {
  const [type, wrapped] = childrenOf(readWhole(cms));
  const [data] = wrapped === undefined ? [] : childrenOf(wrapped);
  if (type === undefined || data === undefined) throw new Error('no signed data');
  return sequence(type.raw, element(0xa0, sequence(...change(childrenOf(data)))));
}

const raws = (parts: readonly DerNode[]): Uint8Array[] => parts.map(({ raw }) => raw);

/** Every signer through `change`. */
function withSigners(
  cms: Uint8Array,
  change: (signer: DerNode) => readonly Uint8Array[],
): Uint8Array {
  return rebuilt(cms, (parts) => {
    const signers = parts.at(-1);
    const [signer] = signers === undefined ? [] : childrenOf(signers);
    if (signer === undefined) throw new Error('no signer');
    return [...raws(parts.slice(0, -1)), element(0x31, ...change(signer))];
  });
}

const unsure = (...because: readonly string[]): Must => ({ indication: 'INDETERMINATE', because });
const failed = (...because: readonly string[]): Must => ({ indication: 'TOTAL-FAILED', because });

const trick = (name: string, must: Must, request: () => HandRequest): Attack => ({
  row: 'cms',
  name,
  // The CMS is made anew, so what else the document went through does not matter.
  on: ['signed'],
  must,
  make: () => signedByHand(document, request()),
});

/** A certificate of the attacker's own with the signer's issuer and number. */
function twin() {
  const key = makeKeyPair('p-256');
  const self = makeCertificate({
    subject: 'Kari Nordmann',
    key,
    notBefore: new Date(signingTime.getTime() - 1000),
    notAfter: new Date(signingTime.getTime() + 1e9),
  });
  return signingKeyOf({ ...self, chain: [] });
}

const otherCertificate = (): Uint8Array => {
  const other = authority.issue('Ola Nordmann').certificate;
  const hash = octetString(Buffer.from(sha256Of(other), 'hex'));
  return attribute(attributeOids.signingCertificateV2, sequence(sequence(sequence(hash))));
};

export const cmsTricks: readonly Attack[] = [
  trick('another digest than the document has', failed('HASH_FAILURE'), () => ({
    attributes: attributesBut(
      attributeOids.messageDigest,
      attribute(attributeOids.messageDigest, octetString(new Uint8Array(32))),
    ),
  })),
  trick('a signature over something else', failed('SIG_CRYPTO_FAILURE'), () => ({
    parts: (usual) => {
      const signature = Uint8Array.from(usual.signature);
      signature[signature.length - 1] = (signature[signature.length - 1] ?? 0) ^ 1;
      return { ...usual, signature };
    },
  })),
  trick('no message digest', failedFormat, () => ({
    attributes: attributesBut(attributeOids.messageDigest),
  })),
  trick('no content type', failedFormat, () => ({
    attributes: attributesBut(attributeOids.contentType),
  })),
  trick('two message digests', failedFormat, () => ({
    attributes: (digest, usual) =>
      setOfSorted(
        ...childrenOf(readWhole(usual)).map(({ raw }) => raw),
        attribute(attributeOids.messageDigest, octetString(digest.map((byte) => byte ^ 1))),
      ),
  })),
  trick('another content type than the one outside', failedFormat, () => ({
    attributes: attributesBut(
      attributeOids.contentType,
      attribute(attributeOids.contentType, oid(contentTypes.signedData)),
    ),
  })),
  trick('no signing certificate', unsure('SIG_CONSTRAINTS_FAILURE'), () => ({
    attributes: attributesBut(attributeOids.signingCertificateV2),
  })),
  trick('another signing certificate', unsure('NO_SIGNING_CERTIFICATE_FOUND'), () => ({
    attributes: attributesBut(attributeOids.signingCertificateV2, otherCertificate()),
  })),
  trick('no certificate at all', unsure('NO_SIGNING_CERTIFICATE_FOUND'), () => ({
    parts: (usual) => ({ ...usual, certificates: [] }),
  })),
  trick(
    'a certificate of the attacker with the same name',
    unsure('NO_CERTIFICATE_CHAIN_FOUND'),
    () => ({
      key: twin(),
    }),
  ),
  trick('content inside', failedFormat, () => ({
    parts: (usual) => ({
      ...usual,
      content: { type: contentTypes.data, bytes: new Uint8Array([1, 2, 3]) },
    }),
  })),
  trick('the signer twice', failedFormat, () => ({
    cms: (cms) => withSigners(cms, ({ raw }) => [raw, raw]),
  })),
  trick('no signer', failedFormat, () => ({ cms: (cms) => withSigners(cms, () => []) })),
  trick(
    'a weaker hash is named outside than inside',
    failed('HASH_FAILURE', 'SIG_CRYPTO_FAILURE'),
    () => ({
      cms: (cms) =>
        withSigners(cms, (signer) => {
          const sha1 = sequence(oid('1.3.14.3.2.26'));
          const parts = childrenOf(signer);
          return [sequence(...raws(parts.slice(0, 2)), sha1, ...raws(parts.slice(3)))];
        }),
    }),
  ),
  trick('SHA-1 throughout', unsure('CRYPTO_CONSTRAINTS_FAILURE'), () => weakHash('sha1')),
  trick('MD5 throughout', unsure('CRYPTO_CONSTRAINTS_FAILURE', 'GENERIC'), () => weakHash('md5')),
  trick('the hash is not among those listed', unsure('SIG_CONSTRAINTS_FAILURE'), () => ({
    cms: (cms) =>
      rebuilt(cms, (parts) => raws(parts).map((raw, index) => (index === 1 ? element(0x31) : raw))),
  })),
  trick('a version that its content does not have', unsure('SIG_CONSTRAINTS_FAILURE'), () => ({
    cms: (cms) =>
      rebuilt(cms, (parts) =>
        raws(parts).map((raw, index) => (index === 0 ? Uint8Array.of(2, 1, 9) : raw)),
      ),
  })),
  trick('BER: signed attributes of indefinite length', failed('SIG_CRYPTO_FAILURE'), () => ({
    cms: (cms) =>
      withSigners(cms, (signer) => [
        sequence(
          ...childrenOf(signer).map((node) => (node.tag === 0xa0 ? indefinite(node) : node.raw)),
        ),
      ]),
  })),
  trick(
    'BER: lengths longer than they need be in the signed attributes',
    failed('SIG_CRYPTO_FAILURE'),
    () => ({
      cms: (cms) =>
        withSigners(cms, (signer) => [
          sequence(
            ...childrenOf(signer).map((node) => (node.tag === 0xa0 ? long(node) : node.raw)),
          ),
        ]),
    }),
  ),
  trick('a structure that is cut off', failedFormat, () => ({
    cms: () => Uint8Array.of(0x30, 0x80),
  })),
  trick('no structure', failedFormat, () => ({ cms: () => new Uint8Array(40).fill(0xff) })),
  trick('something behind the structure', failedFormat, () => ({
    cms: (cms) => Uint8Array.from([...cms, 0x41]),
  })),
];

function indefinite({ tag, content }: DerNode): Uint8Array {
  return Uint8Array.from([tag, 0x80, ...content, 0, 0]);
}

function long({ tag, content }: DerNode): Uint8Array {
  return Uint8Array.from([tag, 0x83, 0, content.length >> 8, content.length & 0xff, ...content]);
}

/** A signature by openssl that uses this hash for everything. */
function weakHash(hash: 'sha1' | 'md5'): HandRequest {
  const { certificate, chain, key } = authority.issue('Kari Nordmann', 'rsa-2048');
  return {
    whole: (content) =>
      openssl(
        [
          ...['cms', '-sign', '-binary', '-cades', '-md', hash, '-in', 'content'],
          ...['-signer', 'own.pem', '-inkey', 'key.pem', '-certfile', 'chain.pem'],
          ...['-outform', 'DER', '-out', 'cms'],
        ],
        {
          content,
          'own.pem': pemOf(certificate),
          'chain.pem': pemOf(...chain),
          'key.pem': key.privateKey.export({ type: 'pkcs8', format: 'pem' }),
        },
        (run) => run.file('cms'),
      ),
  };
}
