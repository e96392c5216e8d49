/** Signatures put together by hand, right in all but one thing. */
import { nodeCrypto } from '../../electron/adapters/node-crypto.ts';
import { encodeSignedAttributes } from '../../electron/core/cms/signed-attributes.ts';
import { encodeSignedData } from '../../electron/core/cms/signed-data.ts';
import type { SignedDataParts } from '../../electron/core/cms/signed-data.ts';
import { digestOf } from '../../electron/core/pades/digest-of.ts';
import { embed } from '../../electron/core/pades/embed.ts';
import { prepareSignature } from '../../electron/core/pades/prepare.ts';
import type { SigningKey } from '../../electron/core/ports.ts';
import { unwrap } from '../../shared/result.ts';
import { appended, opened, ports, requestOf, trialKey } from './signing.ts';

export interface HandRequest {
  readonly key?: SigningKey;
  /** Of twenty characters, as `ETSI.CAdES.detached` with its slash. */
  readonly subFilter?: '/adbe.pkcs7.detached';
  /** Other signed attributes (DER of the SET) than the usual ones. */
  readonly attributes?: (digest: Uint8Array, usual: Uint8Array) => Uint8Array;
  /** Changes the parts before they are written. */
  readonly parts?: (parts: SignedDataParts) => SignedDataParts | Promise<SignedDataParts>;
  /** Makes the CMS of the bytes of the range, instead of all that. */
  readonly whole?: (content: Uint8Array) => Uint8Array;
  /** Changes the finished CMS. */
  readonly cms?: (cms: Uint8Array) => Uint8Array;
}

/** The file with one invisible signature whose CMS is made as the request says. */
export async function signedByHand(
  base: Uint8Array,
  request: HandRequest = {},
): Promise<Uint8Array> {
  const key = request.key ?? trialKey();
  const document = opened(base);
  const prepared = unwrap(prepareSignature(document, requestOf(), 20_000, ports));
  if (request.subFilter !== undefined) {
    const at = Buffer.from(prepared.tail).indexOf('/ETSI.CAdES.detached');
    prepared.tail.set(Buffer.from(request.subFilter, 'latin1'), at);
  }
  if (request.whole !== undefined) {
    const { offset, length } = prepared.contents;
    const whole = appended(base, prepared.tail);
    const content = appended(whole.subarray(0, offset), whole.subarray(offset + length));
    return appended(base, unwrap(embed(prepared, request.whole(content))));
  }
  const digest = digestOf(prepared, document.source, nodeCrypto);
  const usual = encodeSignedAttributes({
    digest,
    digestAlgorithm: 'sha256',
    certificate: key.certificate,
    crypto: nodeCrypto,
  });
  const signedAttributes = request.attributes?.(digest, usual) ?? usual;
  const scheme =
    key.schemes.find((one) => 'hash' in one && one.hash === 'sha256') ?? key.schemes[0];
  if (scheme === undefined) throw new Error('the key cannot sign');
  const parts: SignedDataParts = {
    signedAttributes,
    signature: unwrap(await key.sign(signedAttributes, scheme)),
    scheme,
    digestAlgorithm: 'sha256',
    certificate: key.certificate,
    chain: key.chain,
  };
  const cms = encodeSignedData((await request.parts?.(parts)) ?? parts);
  return appended(base, unwrap(embed(prepared, request.cms?.(cms) ?? cms)));
}
