/** Name constraints (RFC 5280, 4.2.1.10 and 6.1.3 (b), (c), 6.1.4 (g)). */
import { Refusal } from '../../../shared/result.ts';
import type { Certificate } from '../cms/certificate.ts';
import { childrenOf, contextTag, readWhole, sequenceOf } from '../cms/der.ts';
import type { DerNode } from '../cms/der.ts';
import { extensionOids } from '../cms/extension-names.ts';
import { nameOids, nameValue } from '../cms/name.ts';
import { latin1Text } from '../pdf/chars.ts';
import { relativeNames } from './names.ts';

type Kind = 'email' | 'dns' | 'directory' | 'uri' | 'ip' | 'other';

/** A general name, or the base of a subtree of such names. */
interface Named {
  readonly kind: Kind;
  readonly text: string;
  readonly bytes: Uint8Array;
  /** Relative names of a distinguished name, prepared for comparison. */
  readonly relative: readonly string[];
}

interface Subtrees {
  readonly permitted: readonly Named[];
  readonly excluded: readonly Named[];
}

export interface NameConstraints {
  /** What a name of this certificate breaks, as the rest of a sentence; null where nothing. */
  problem(certificate: Certificate): string | null;
  /** Takes the constraints of an issuing certificate on board; a problem where they cannot be read. */
  add(certificate: Certificate): string | null;
}

/** The permitted and excluded subtrees along one path; empty at its start. */
export function createNameConstraints(): NameConstraints {
  const levels: Subtrees[] = [];
  return {
    problem(certificate) {
      if (levels.length === 0) return null;
      const names = attempt(() => namesOf(certificate));
      if (names === null) return `a name of "${certificate.commonName}" cannot be read`;
      const outside = names.some((name) => levels.some((level) => !isWithin(level, name)));
      return outside ? `an issuer may not certify the names of "${certificate.commonName}"` : null;
    },
    add(certificate) {
      const extension = certificate.extensions.find(
        ({ oid }) => oid === extensionOids.nameConstraints,
      );
      if (extension === undefined) return null;
      const subtrees = attempt(() => readSubtrees(extension.value));
      if (subtrees === null)
        return `the name constraints of "${certificate.commonName}" cannot be read`;
      levels.push(subtrees);
      return null;
    },
  };
}

function attempt<T>(body: () => T): T | null {
  try {
    return body();
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

function readSubtrees(value: Uint8Array): Subtrees {
  const parts = sequenceOf(readWhole(value), 'name constraints');
  const list = (number: number): Named[] =>
    parts
      .filter((part) => part.tag === contextTag(number))
      .flatMap((part) => childrenOf(part))
      .map((subtree) => readGeneralName(sequenceOf(subtree, 'subtree')[0]));
  return { permitted: list(0), excluded: list(1) };
}

const KINDS: ReadonlyMap<number, Kind> = new Map<number, Kind>([
  [1, 'email'],
  [2, 'dns'],
  [4, 'directory'],
  [6, 'uri'],
  [7, 'ip'],
]);

function readGeneralName(node: DerNode | undefined): Named {
  if (node === undefined) throw new Refusal('der.malformed', 'A general name is missing.');
  const kind = KINDS.get(node.tag & 0x1f) ?? 'other';
  if (kind === 'directory') return directoryName(childrenOf(node)[0]?.raw ?? new Uint8Array());
  // The string types of general names are IA5String under a context tag.
  return { kind, text: latin1Text(node.content), bytes: node.content, relative: [] };
}

function directoryName(der: Uint8Array): Named {
  return { kind: 'directory', text: '', bytes: der, relative: relativeNames(der) };
}

/** Every name the certificate gives its subject (RFC 5280, 4.2.1.10). */
function namesOf(certificate: Certificate): Named[] {
  const names: Named[] = [];
  const subject = directoryName(certificate.subject.der);
  if (subject.relative.length > 0) names.push(subject);
  const extension = certificate.extensions.find(({ oid }) => oid === extensionOids.subjectAltName);
  if (extension !== undefined)
    names.push(...sequenceOf(readWhole(extension.value), 'alternative names').map(readGeneralName));
  const email = nameValue(certificate.subject, nameOids.email);
  // Where no alternative name carries an address, the one in the subject is held to the constraint.
  if (email !== null && !names.some(({ kind }) => kind === 'email'))
    names.push({ kind: 'email', text: email, bytes: new Uint8Array(), relative: [] });
  return names;
}

function isWithin(level: Subtrees, name: Named): boolean {
  const ofKind = (subtree: Named): boolean => subtree.kind === name.kind;
  const permitted = level.permitted.filter(ofKind);
  const excluded = level.excluded.filter(ofKind);
  // RFC 5280, 4.2.1.10: a constrained form that cannot be processed means rejection.
  if (name.kind === 'other') return permitted.length === 0 && excluded.length === 0;
  if (excluded.some((subtree) => matches(subtree, name))) return false;
  return permitted.length === 0 || permitted.some((subtree) => matches(subtree, name));
}

function matches(subtree: Named, name: Named): boolean {
  const base = subtree.text.toLowerCase();
  const text = name.text.toLowerCase();
  switch (name.kind) {
    case 'directory':
      return subtree.relative.every((part, i) => name.relative[i] === part);
    case 'dns':
      return (
        base === '' || text === base || text.endsWith(base.startsWith('.') ? base : `.${base}`)
      );
    case 'email': {
      if (base.includes('@')) return text === base;
      const host = text.slice(text.lastIndexOf('@') + 1);
      return base.startsWith('.') ? host.endsWith(base) : host === base;
    }
    case 'uri': {
      const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)/.exec(text)?.[1];
      // A URI without a host name cannot be held against a constraint on hosts.
      if (host === undefined || host === '' || /^\[|^\d+(\.\d+){3}$/.test(host)) return false;
      return base.startsWith('.') ? host.endsWith(base) : host === base;
    }
    case 'ip': {
      const size = name.bytes.length;
      if (subtree.bytes.length !== 2 * size) return false;
      return name.bytes.every((byte, i) => {
        const mask = subtree.bytes[size + i] ?? 0;
        return (byte & mask) === ((subtree.bytes[i] ?? 0) & mask);
      });
    }
    case 'other':
      return true;
  }
}
