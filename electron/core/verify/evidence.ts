/** Revocation data that a file brings along: in its store, and in a signature's own structure. */
import { hex } from '../cms/certificate.ts';
import { childrenOf, contextTag, readFirst, sequenceOf } from '../cms/der.ts';
import { attributeOids } from '../cms/signed-attributes.ts';
import { reading } from '../cms/parsed-signed-data.ts';
import type { ParsedSignedData } from '../cms/parsed-signed-data.ts';
import type { Crypto, Revocation, RevocationEvidence } from '../ports.ts';
import { wrapBasicResponse } from '../trust/ocsp.ts';
import { revocationEvidence } from '../trust/revocation-evidence.ts';
import type { HeldEvidence } from '../trust/revocation-evidence.ts';
import { atHandThenAsked, elseAsOf } from '../trust/revocation-order.ts';
import type { Strength } from '../trust/strength.ts';
import type { Case, Ports, TimeProof } from './judged.ts';

/** ETSI EN 319 122-1, A.1.2.2.2: what CAdES keeps beside the signature. */
const REVOCATION_VALUES = '1.2.840.113549.1.9.16.2.24';

/** The same bytes have the same key. */
export function evidenceKey({ der }: RevocationEvidence, crypto: Pick<Crypto, 'hash'>): string {
  const hash = crypto.hash('sha256');
  return hash === null ? '' : hex(hash.update(der).digest());
}

/** OCSP answers and lists in a SignedData: nothing in it is believed for being there. */
export function evidenceIn(signed: ParsedSignedData): readonly RevocationEvidence[] {
  const { signedAttributes, unsignedAttributes } = signed.signer;
  const values = (oid: string): readonly Uint8Array[] =>
    [...(signedAttributes?.all ?? []), ...unsignedAttributes]
      .filter((attribute) => attribute.oid === oid)
      .flatMap((attribute) => attribute.values);
  return [
    ...signed.ocsps.map((der) => ({ type: 'ocsp', der }) as const),
    ...signed.crls.map((der) => ({ type: 'crl', der }) as const),
    // ISO 32000-2, 12.8.3.3.2: RevocationInfoArchival, [0] lists and [1] responses.
    ...values(attributeOids.adbeRevocation).flatMap((der) => listsIn(der, (basic) => basic)),
    ...values(REVOCATION_VALUES).flatMap((der) => listsIn(der, wrapBasicResponse)),
  ];
}

function listsIn(
  der: Uint8Array,
  asResponse: (der: Uint8Array) => Uint8Array,
): readonly RevocationEvidence[] {
  const found = reading(() =>
    sequenceOf(readFirst(der), 'revocation data').flatMap((part): RevocationEvidence[] => {
      const items = childrenOf(part).flatMap((list) => childrenOf(list));
      if (part.tag === contextTag(0)) return items.map(({ raw }) => ({ type: 'crl', der: raw }));
      if (part.tag !== contextTag(1)) return [];
      return items.map(({ raw }) => ({ type: 'ocsp', der: asResponse(raw) }));
    }),
  );
  return found.ok ? found.value : [];
}

/** What is known of the revocation data of one signature or timestamp. */
export interface OwnEvidence {
  /** Inside it. */
  readonly evidence: readonly RevocationEvidence[];
  /** When all of that is proven to have existed. */
  readonly provenAt: Date | null;
  /** Of a timestamp that nothing proves to be older than now: what it says of its own time. */
  readonly stamped?: Date;
  /** What that timestamp is over. */
  readonly covered?: readonly RevocationEvidence[];
}

/**
 * What the file brings along, then whoever can be asked. Where nobody can, a file's newest timestamp is
 * judged by what was known when it was made: nothing in the file can say more of its authority.
 */
export function revocationFor(
  theCase: Pick<Case, 'validation' | 'at' | 'readAnswer'>,
  proofs: readonly TimeProof[],
  own: OwnEvidence,
  strength: Strength,
  ports: Ports,
): Revocation {
  const proving = proofs.filter(({ proves }) => proves);
  const inStore = theCase.validation.evidence.map((one) => {
    const key = proving.length === 0 ? '' : evidenceKey(one, ports.crypto);
    const times = proving.filter(({ evidence }) => evidence.has(key)).map(({ time }) => time);
    return { ...one, ...provenAt(times) };
  });
  const held = [
    ...inStore,
    ...own.evidence.map((one) => ({
      ...one,
      ...provenAt(own.provenAt === null ? [] : [own.provenAt]),
    })),
  ];
  const { at: now, readAnswer: read } = theCase;
  const among = (these: readonly HeldEvidence[]): Revocation =>
    revocationEvidence({ held: these, now, read, strength }, ports.crypto);
  const present = atHandThenAsked(among(held), ports.revocation);
  const { stamped, covered = [] } = own;
  if (stamped === undefined) return present;
  const under = new Set(covered.map((one) => evidenceKey(one, ports.crypto)));
  const then = (one: HeldEvidence): HeldEvidence =>
    under.has(evidenceKey(one, ports.crypto)) ? { ...one, provenAt: stamped } : one;
  // Most files never need it.
  const past: Revocation = { check: (question) => among(held.map(then)).check(question) };
  return elseAsOf(present, past, stamped);
}

function provenAt(times: readonly Date[]): { readonly provenAt?: Date } {
  const [first, ...rest] = times;
  if (first === undefined) return {};
  return { provenAt: rest.reduce((earliest, time) => (time < earliest ? time : earliest), first) };
}
