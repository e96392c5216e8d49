/** A trusted list out of its bytes, its signature verified; and which of several may be relied on. */
import type { Result } from '../../../shared/result.ts';
import { Refusal, attemptAsync, unwrap } from '../../../shared/result.ts';
import { readXml } from '../../../shared/xml/read-xml.ts';
import type { Certificate } from '../cms/certificate.ts';
import { equalBytes } from '../cms/der-writing.ts';
import type { Crypto } from '../ports.ts';
import { createCertificateReader } from '../trust/certificates.ts';
import { listSigner } from './list-signature.ts';
import { readTrustedList } from './read-list.ts';
import type { TrustedList } from './trusted-list.ts';

export interface OpenedList {
  readonly list: TrustedList;
  readonly signer: Certificate;
}

/**
 * Reads the list and checks that its signature is over all of it. Whose it is, is for the caller to weigh.
 * Fails with `xml.what`, `trusted-list.malformed`, `trusted-list.version`, `trusted-list.unsigned`,
 * `trusted-list.signature`, `trusted-list.weak`, `xades.malformed`, `xades.unsupported`.
 */
export function openTrustedList(
  bytes: Uint8Array,
  ports: { readonly crypto: Crypto; readonly now: Date },
): Promise<Result<OpenedList>> {
  return attemptAsync(async () => {
    const document = unwrap(readXml(bytes, { nodes: 2_000_000 }));
    const list = readTrustedList(document.root);
    const signer = await listSigner(document, { ...ports, read: createCertificateReader() });
    return { list, signer };
  });
}

/**
 * Refuses `trusted-list.other-signer` where a list of lists among them names other signers for a list's
 * territory (ETSI TS 119 615, 4.1). Without one, each list stands on whoever handed it over, as a PEM
 * file of anchors does.
 */
export function requireNamedSigners(opened: readonly OpenedList[]): void {
  const pointers = opened.flatMap(({ list }) => (list.isListOfLists ? list.pointers : []));
  for (const { list, signer } of opened) {
    const named = pointers.filter(
      ({ territory, isListOfLists }) =>
        territory === list.territory && isListOfLists === list.isListOfLists,
    );
    const signers = named.flatMap((one) => one.signers);
    if (signers.length > 0 && !signers.some((der) => equalBytes(der, signer.der)))
      throw new Refusal(
        'trusted-list.other-signer',
        'The list of lists names other signers for a trusted list.',
        { territory: list.territory },
      );
  }
}
