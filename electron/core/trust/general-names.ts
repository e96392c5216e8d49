/** General names (RFC 5280, 4.2.1.6) of distribution points and issuers, prepared for comparison. */
import { childrenOf, contextTag } from '../cms/der.ts';
import type { DerNode } from '../cms/der.ts';
import { hex } from '../cms/certificate.ts';
import { latin1Text } from '../pdf/chars.ts';
import { relativeNames } from './names.ts';

export interface GeneralName {
  /** Equal for names that are equal. */
  readonly key: string;
  /** DER of the Name of a directory name, else null. */
  readonly directory: Uint8Array | null;
  /** The address of a uniform resource identifier, else null. */
  readonly url: string | null;
}

/** Reads the parts of a GeneralNames. Throws `Refusal` `der.malformed`. */
export function generalNamesOf(node: DerNode): readonly GeneralName[] {
  return childrenOf(node).map((name) => {
    if (name.tag === contextTag(4)) {
      const directory = childrenOf(name)[0]?.raw ?? new Uint8Array();
      return { key: directoryKey(directory), directory, url: null };
    }
    const url = name.tag === contextTag(6, false) ? latin1Text(name.content) : null;
    return { key: `${name.tag}:${hex(name.content)}`, directory: null, url };
  });
}

/** The key of a directory name, from the DER of its Name. Throws `Refusal` `der.malformed`. */
export function directoryKey(name: Uint8Array): string {
  return relativeKey(relativeNames(name));
}

/** The key of a directory name from its prepared parts. */
export function relativeKey(parts: readonly string[]): string {
  return `name:${parts.map((part) => `${part.length}:${part}`).join('/')}`;
}
