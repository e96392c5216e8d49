/** Writes baseline containers with a XAdES signature, level B-B or B-T (EN 319 162-1, 5; EN 319 132-1, 6). */
import { Refusal, attemptAsync, fail } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import { utf8Bytes } from '../../../shared/xml/utf8.ts';
import { xmlDocument, xmlElement } from '../../../shared/xml/write-xml.ts';
import type { DigestAlgorithm, SigningKey } from '../ports.ts';
import { ASIC } from '../xades/namespaces.ts';
import { addressOfScheme } from '../xades/xml-algorithms.ts';
import { writeSignature } from '../xades/write-signature.ts';
import type { SignedFile, SigningMoment, WriterPorts } from '../xades/write-signature.ts';
import { mimetypes } from './container.ts';
import { nameProblem, sameNameKey } from './zip-names.ts';
import { writeZip } from './write-zip.ts';

/**
 * Packs and signs files; level B-T where `ports` bring a timestamp authority. `simple` (ASiC-S) takes one
 * file only. Fails with `asice.unsuitable-file` (a name that cannot stand in a container, one twice, none, or
 * several in a simple one), `xades.unsupported`, `crypto.unsupported`, and what key and authority answer.
 */
export function signContainer(
  type: keyof typeof mimetypes,
  files: readonly SignedFile[],
  key: SigningKey,
  time: SigningMoment,
  ports: WriterPorts,
): Promise<Result<Uint8Array>> {
  const names = new Set(files.map(({ name }) => sameNameKey(name)));
  const unsuitable =
    files.length === 0 ||
    names.size !== files.length ||
    (type === 'simple' && files.length > 1) ||
    files.some(
      ({ name }) => nameProblem(name) !== null || /^(mimetype$|meta-inf\/|.*\/$)/i.test(name),
    );
  if (unsuitable)
    return Promise.resolve(
      fail('asice.unsuitable-file', 'These files cannot stand in such a container.'),
    );
  return attemptAsync(async () => {
    const scheme = key.schemes.find((each) => addressOfScheme(each) !== null);
    if (scheme === undefined)
      throw new Refusal(
        'xades.unsupported',
        'XML signatures have no name for this key’s algorithms.',
      );
    const profile = {
      root: ASIC,
      scheme,
      digest: digestOf('hash' in scheme ? scheme.hash : 'sha256'),
      certificateProperty: 2,
    } as const;
    const { xml } = await writeSignature(files, key, time, profile, ports);
    return writeZip([
      { name: 'mimetype', bytes: utf8Bytes(mimetypes[type]), method: 'stored' },
      ...files.map(({ name, bytes }) => ({ name, bytes, method: 'deflated' as const })),
      ...(type === 'extended' ? [{ ...manifestOf(files), method: 'deflated' as const }] : []),
      { name: 'META-INF/signatures.xml', bytes: xml, method: 'deflated' },
    ]);
  });
}

const MANIFEST = 'urn:oasis:names:tc:opendocument:xmlns:manifest:1.0';

/**
 * The list of contents as OpenDocument has it. EN 319 162-1 leaves it open for XAdES; some validators ask
 * for it. It proves nothing: the signature's references do.
 */
function manifestOf(files: readonly SignedFile[]): { name: string; bytes: Uint8Array } {
  const entry = (path: string, type: string) =>
    xmlElement('manifest:file-entry', {
      'manifest:full-path': path,
      'manifest:media-type': type,
    });
  const list = xmlElement(
    'manifest:manifest',
    { 'xmlns:manifest': MANIFEST, 'manifest:version': '1.2' },
    entry('/', mimetypes.extended),
    ...files.map(({ name, mime }) => entry(name, mime)),
  );
  return { name: 'META-INF/manifest.xml', bytes: utf8Bytes(xmlDocument(list)) };
}

function digestOf(hash: string): DigestAlgorithm {
  return hash === 'sha384' || hash === 'sha512' ? hash : 'sha256';
}
