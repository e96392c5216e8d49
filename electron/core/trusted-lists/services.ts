/** The services of trusted lists as trust anchors: by type, and by status at the time that counts. */
import type { Certificate } from '../cms/certificate.ts';
import { latin1Text } from '../pdf/chars.ts';
import { createCertificateReader } from '../trust/certificates.ts';
import type { Purpose } from '../trust/purpose.ts';
import type { ServiceState, TrustService, TrustedList } from './trusted-list.ts';

export interface ListedService {
  readonly list: TrustedList;
  readonly service: TrustService;
}

export interface TrustedServices {
  /** Certificates of services that were in good standing at `at` and may vouch for `purpose`. */
  anchors(purpose: Purpose, at: Date): readonly Certificate[];
  /** The services whose identity one of the certificates is. */
  of(certificates: readonly Certificate[]): readonly ListedService[];
}

/** TS 119 612, 5.5.4: `granted` since July 2016, and what it was called before; and national services. */
const GOOD: ReadonlySet<string> = new Set([
  'granted',
  'undersupervision',
  'supervisionincessation',
  'accredited',
  'recognisedatnationallevel',
  'setbynationallaw',
]);

export function inGoodStanding({ status, unknownCritical }: ServiceState): boolean {
  return GOOD.has(status) && !unknownCritical;
}

/** What the service was at a time; null where the list does not reach back that far. */
export function stateAt({ states }: TrustService, at: Date): ServiceState | null {
  return states.find(({ from }) => from <= at) ?? null;
}

function mayVouch(type: string, purpose: Purpose): boolean {
  const issues = type.startsWith('CA/') || type.startsWith('NationalRootCA');
  return issues || (purpose === 'timestamp' && type.startsWith('TSA'));
}

/** Reads every certificate of the lists once: worth keeping for many files. */
export function trustedServices(lists: readonly TrustedList[]): TrustedServices {
  const read = createCertificateReader();
  const all = lists.flatMap((list) => list.services.map((service) => ({ list, service })));
  const known = new Map<TrustService, readonly Certificate[]>();
  const certificatesOf = (service: TrustService): readonly Certificate[] => {
    const found = known.get(service) ?? read(service.certificates);
    known.set(service, found);
    return found;
  };
  const byCertificate = new Map<string, ListedService[]>();
  for (const one of all)
    for (const certificate of certificatesOf(one.service))
      byCertificate.set(keyOf(certificate), [
        ...(byCertificate.get(keyOf(certificate)) ?? []),
        one,
      ]);
  return {
    anchors: (purpose, at) => [
      ...new Set(
        all.flatMap(({ service }) => {
          const state = stateAt(service, at);
          return state !== null && inGoodStanding(state) && mayVouch(state.type, purpose)
            ? certificatesOf(service)
            : [];
        }),
      ),
    ],
    of: (certificates) => [
      ...new Set(
        certificates.flatMap((certificate) => byCertificate.get(keyOf(certificate)) ?? []),
      ),
    ],
  };
}

function keyOf({ der }: Certificate): string {
  return latin1Text(der);
}
