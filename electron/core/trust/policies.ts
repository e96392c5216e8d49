/** Certificate policies along a path: the valid policy tree of RFC 5280, 6.1.2 to 6.1.5. */
import { Refusal } from '../../../shared/result.ts';
import type { Certificate } from '../cms/certificate.ts';
import { contextTag, oidOf, readWhole, sequenceOf, smallIntegerOf, tags } from '../cms/der.ts';
import type { DerNode } from '../cms/der.ts';
import { extensionOids } from '../cms/extension-names.ts';

/** Inputs (c) to (g) of RFC 5280, 6.1.1. */
export interface PathPolicies {
  /** Acceptable policies; absent for any. */
  readonly accepted?: readonly string[];
  readonly requireExplicit?: boolean;
  readonly inhibitMapping?: boolean;
  readonly inhibitAny?: boolean;
}

const ANY = '2.5.29.32.0';
/** Mappings can double a tree at each level (RFC 9618); no honest path comes near this. */
const MAX_NODES = 4096;

interface Node {
  readonly policy: string;
  readonly parent: Node | null;
  expected: ReadonlySet<string>;
}

export interface Policies {
  /** 6.1.3 (d) to (f). */
  enter(certificate: Certificate, last: boolean): string | null;
  /** 6.1.4 (a), (b), (h) to (j). */
  leave(certificate: Certificate): string | null;
  /** 6.1.5 (a), (b), (g). */
  finish(): string | null;
}

const REFUSED = 'the chain does not keep to an accepted certificate policy';

/** Policy state for a path of `length` certificates below the anchor. */
export function createPolicies(length: number, inputs: PathPolicies = {}): Policies {
  // levels[0] is the root; a level without nodes means the tree is NULL.
  let levels: Node[][] = [[{ policy: ANY, parent: null, expected: new Set([ANY]) }]];
  let explicit = inputs.requireExplicit ? 0 : length + 1;
  let inhibitAny = inputs.inhibitAny ? 0 : length + 1;
  let mapping = inputs.inhibitMapping ? 0 : length + 1;
  let final: Certificate | null = null;

  const leaves = (): Node[] => levels[levels.length - 1] ?? [];
  const prune = (): void => {
    for (let i = levels.length - 2; i >= 0; i--) {
      const parents = new Set(levels[i + 1]?.map(({ parent }) => parent));
      levels[i] = (levels[i] ?? []).filter((node) => parents.has(node));
    }
  };

  function grow(certificate: Certificate, last: boolean): void {
    const parents = leaves();
    const next: Node[] = [];
    const add = (policy: string, parent: Node): void => {
      if (next.length >= MAX_NODES) throw new Refusal('path.policies', 'Too many policies.');
      next.push({ policy, parent, expected: new Set([policy]) });
    };
    const named = certificate.policies ?? [];
    for (const policy of named) {
      if (policy === ANY) continue;
      const expecting = parents.filter(({ expected }) => expected.has(policy));
      for (const parent of expecting) add(policy, parent);
      if (expecting.length > 0) continue;
      for (const parent of parents) if (parent.policy === ANY) add(policy, parent);
    }
    if (named.includes(ANY) && (inhibitAny > 0 || (!last && certificate.selfIssued)))
      for (const parent of parents)
        for (const policy of parent.expected)
          if (!next.some((node) => node.parent === parent && node.policy === policy))
            add(policy, parent);
    levels.push(next);
    prune();
  }

  function map(certificate: Certificate): string | null {
    const mappings = readMappings(certificate);
    if (mappings.some(([from, to]) => from === ANY || to === ANY))
      return 'a certificate maps the policy "any"';
    const sources = new Set(mappings.map(([from]) => from));
    for (const source of sources) {
      if (mapping <= 0) {
        levels[levels.length - 1] = leaves().filter(({ policy }) => policy !== source);
        continue;
      }
      const expected = new Set(mappings.filter(([from]) => from === source).map(([, to]) => to));
      const nodes = leaves().filter(({ policy }) => policy === source);
      for (const node of nodes) node.expected = expected;
      const any = leaves().find(({ policy }) => policy === ANY);
      if (nodes.length === 0 && any !== undefined)
        leaves().push({ policy: source, parent: any.parent, expected });
    }
    prune();
    return null;
  }

  return {
    enter: (certificate, last) =>
      guarded(() => {
        if (last) final = certificate;
        if (certificate.policies === null) levels = [[]];
        else if (leaves().length > 0) grow(certificate, last);
        return explicit > 0 || leaves().length > 0 ? null : REFUSED;
      }),
    leave: (certificate) =>
      guarded(() => {
        const problem = map(certificate);
        if (problem !== null) return problem;
        if (!certificate.selfIssued) {
          explicit = Math.max(0, explicit - 1);
          mapping = Math.max(0, mapping - 1);
          inhibitAny = Math.max(0, inhibitAny - 1);
        }
        const constraints = readConstraints(certificate);
        explicit = Math.min(explicit, constraints.requireExplicit);
        mapping = Math.min(mapping, constraints.inhibitMapping);
        inhibitAny = Math.min(inhibitAny, readInhibitAny(certificate));
        return null;
      }),
    finish: () =>
      guarded(() => {
        explicit = Math.max(0, explicit - 1);
        if (final !== null && readConstraints(final).requireExplicit === 0) explicit = 0;
        return explicit > 0 || intersects(levels, inputs.accepted) ? null : REFUSED;
      }),
  };
}

function guarded(body: () => string | null): string | null {
  try {
    return body();
  } catch (error) {
    if (error instanceof Refusal) return 'the policies of the chain cannot be read';
    throw error;
  }
}

/** 6.1.5 (g): whether something acceptable is left of the tree. */
function intersects(levels: readonly Node[][], accepted: readonly string[] | undefined): boolean {
  const last = levels[levels.length - 1] ?? [];
  if (accepted === undefined || accepted.includes(ANY)) return last.length > 0;
  // The policy in the user's terms is the one directly below "any" on the way to the leaf.
  return last.some((leaf) => {
    let node: Node = leaf;
    while (node.parent !== null && node.parent.policy !== ANY) node = node.parent;
    return node.policy === ANY || accepted.includes(node.policy);
  });
}

function valueOf(certificate: Certificate, oid: string): DerNode | null {
  const extension = certificate.extensions.find((entry) => entry.oid === oid);
  return extension === undefined ? null : readWhole(extension.value);
}

function readMappings(certificate: Certificate): readonly (readonly [string, string])[] {
  const value = valueOf(certificate, extensionOids.policyMappings);
  if (value === null) return [];
  return sequenceOf(value, 'policy mappings').map((pair) => {
    const [from, to] = sequenceOf(pair, 'policy mapping');
    return [oidOf(from, 'issuer policy'), oidOf(to, 'subject policy')];
  });
}

function readConstraints(certificate: Certificate): {
  readonly requireExplicit: number;
  readonly inhibitMapping: number;
} {
  const value = valueOf(certificate, extensionOids.policyConstraints);
  const parts = value === null ? [] : sequenceOf(value, 'policy constraints');
  const skip = (number: number): number => {
    const part = parts.find(({ tag }) => tag === contextTag(number, false));
    return part === undefined
      ? Infinity
      : smallIntegerOf({ ...part, tag: tags.integer }, 'skip certs');
  };
  return { requireExplicit: skip(0), inhibitMapping: skip(1) };
}

function readInhibitAny(certificate: Certificate): number {
  const value = valueOf(certificate, extensionOids.inhibitAnyPolicy);
  return value === null ? Infinity : smallIntegerOf(value, 'inhibit any policy');
}
