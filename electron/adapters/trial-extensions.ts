/** Writes the certificate extensions of RFC 5280, 4.2 that trial certificates carry. */
import type { RawExtension } from '../core/cms/certificate-body.ts';
import {
  boolean,
  element,
  explicit,
  implicit,
  integer,
  ia5String,
  namedBits,
  octetString,
  oid,
  sequence,
} from '../core/cms/der-writing.ts';
import { extensionOids, keyUsageNames } from '../core/cms/extension-names.ts';
import type { KeyUsage } from '../core/cms/extension-names.ts';

export interface ExtensionRequest {
  /** Present for a certificate authority. */
  readonly ca?: { readonly pathLength?: number };
  readonly keyUsage?: readonly KeyUsage[];
  readonly extendedKeyUsage?: { readonly purposes: readonly string[]; readonly critical?: boolean };
  readonly subjectAltNames?: readonly {
    readonly type: 'email' | 'dns' | 'uri';
    readonly value: string;
  }[];
  readonly ocspUrls?: readonly string[];
  readonly issuerUrls?: readonly string[];
  readonly crlUrls?: readonly string[];
  readonly policies?: readonly string[];
  /** EN 319 412-5: statement identifiers; `types` only for QcType. */
  readonly qcStatements?: readonly { readonly oid: string; readonly types?: readonly string[] }[];
  /** RFC 5280, 4.2.1.10, on DNS and e-mail names. */
  readonly nameConstraints?: {
    readonly permitted?: readonly AltName[];
    readonly excluded?: readonly AltName[];
  };
}

type AltName = NonNullable<ExtensionRequest['subjectAltNames']>[number];

const altNameTags = { email: 1, dns: 2, uri: 6 } as const;

function generalName(name: AltName): Uint8Array {
  return implicit(altNameTags[name.type], ia5String(name.value));
}

function url(value: string): Uint8Array {
  return generalName({ type: 'uri', value });
}

function plain(name: string, value: Uint8Array, critical = false): RawExtension {
  return { oid: name, critical, value };
}

/** The extensions of a request, in a fixed order. Key identifiers are octets. */
export function encodeExtensions(
  request: ExtensionRequest,
  subjectKeyId: Uint8Array,
  issuerKeyId: Uint8Array,
): readonly RawExtension[] {
  const extensions: RawExtension[] = [];
  if (request.ca !== undefined) {
    const { pathLength } = request.ca;
    const limit = pathLength === undefined ? [] : [integer(pathLength)];
    extensions.push(plain(extensionOids.basicConstraints, sequence(boolean(true), ...limit), true));
  }
  if (request.keyUsage !== undefined) {
    const bits = request.keyUsage.map((usage) => keyUsageNames.indexOf(usage));
    extensions.push(plain(extensionOids.keyUsage, namedBits(bits), true));
  }
  if (request.extendedKeyUsage !== undefined) {
    const { purposes, critical = false } = request.extendedKeyUsage;
    extensions.push(
      plain(extensionOids.extendedKeyUsage, sequence(...purposes.map(oid)), critical),
    );
  }
  extensions.push(
    plain(extensionOids.subjectKeyId, octetString(subjectKeyId)),
    plain(extensionOids.authorityKeyId, sequence(implicit(0, octetString(issuerKeyId)))),
  );
  return [...extensions, ...encodeNames(request), ...encodePointers(request)];
}

function encodeNames(request: ExtensionRequest): readonly RawExtension[] {
  const extensions: RawExtension[] = [];
  if (request.subjectAltNames !== undefined) {
    const names = request.subjectAltNames.map(generalName);
    extensions.push(plain(extensionOids.subjectAltName, sequence(...names)));
  }
  if (request.nameConstraints !== undefined) {
    const { permitted = [], excluded = [] } = request.nameConstraints;
    const trees = [permitted, excluded].map((names) =>
      names.map((name) => sequence(generalName(name))),
    );
    const parts = trees.flatMap((tree, i) => (tree.length === 0 ? [] : [explicit(i, ...tree)]));
    extensions.push(plain(extensionOids.nameConstraints, sequence(...parts), true));
  }
  return extensions;
}

function encodePointers(request: ExtensionRequest): readonly RawExtension[] {
  const extensions: RawExtension[] = [];
  const access = [
    ...(request.ocspUrls ?? []).map((value) => ['1.3.6.1.5.5.7.48.1', value] as const),
    ...(request.issuerUrls ?? []).map((value) => ['1.3.6.1.5.5.7.48.2', value] as const),
  ].map(([method, value]) => sequence(oid(method), url(value)));
  if (access.length > 0) {
    extensions.push(plain(extensionOids.authorityInfoAccess, sequence(...access)));
  }
  if (request.crlUrls !== undefined) {
    const points = request.crlUrls.map((value) => sequence(explicit(0, element(0xa0, url(value)))));
    extensions.push(plain(extensionOids.crlDistributionPoints, sequence(...points)));
  }
  if (request.policies !== undefined) {
    const policies = request.policies.map((policy) => sequence(oid(policy)));
    extensions.push(plain(extensionOids.certificatePolicies, sequence(...policies)));
  }
  if (request.qcStatements !== undefined) {
    const statements = request.qcStatements.map(({ oid: statement, types }) =>
      sequence(oid(statement), ...(types === undefined ? [] : [sequence(...types.map(oid))])),
    );
    extensions.push(plain(extensionOids.qcStatements, sequence(...statements)));
  }
  return extensions;
}
