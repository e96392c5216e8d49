/**
 * The document package of the remote signing service: documents and `manifest.xml` at the root, one
 * `META-INF/signatures.xml` over all of them, no type entry and no list of files (ETSI TS 102 918 as the
 * service profiles it).
 */
import { attemptAsync } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { Crypto, SigningKey } from '../ports.ts';
import { signForService } from '../xades/service-profile.ts';
import type { SignedFile, SigningMoment } from '../xades/write-signature.ts';
import { writeZip } from './write-zip.ts';

export const MANIFEST = 'manifest.xml';
export const SIGNATURES = 'META-INF/signatures.xml';

/**
 * Packs and signs. The same input gives the same octets, so a package can be kept and sent again.
 * Fails with `xades.key-not-rsa`, `crypto.unsupported` and what the key answers.
 */
export function packForService(
  input: {
    readonly documents: readonly SignedFile[];
    readonly manifest: Uint8Array;
    readonly time: SigningMoment;
  },
  key: SigningKey,
  crypto: Pick<Crypto, 'hash'>,
): Promise<Result<Uint8Array>> {
  return attemptAsync(async () => {
    const files = [
      ...input.documents,
      { name: MANIFEST, mime: 'application/xml', bytes: input.manifest },
    ];
    const { xml } = await signForService(files, key, input.time, crypto);
    return writeZip(
      [...files, { name: SIGNATURES, bytes: xml }].map(({ name, bytes }) => ({
        name,
        bytes,
        method: 'deflated' as const,
      })),
    );
  });
}
