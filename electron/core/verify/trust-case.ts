/** Whom a verdict may be built on, and what the trusted lists say of it. */
import type { Qualification } from '../../../shared/report.ts';
import type { Certificate } from '../cms/certificate.ts';
import { qualificationOf, timestampQualification } from '../trusted-lists/qualification.ts';
import type { Purpose } from '../trust/purpose.ts';
import type { Case } from './judged.ts';

/** The anchors that were given, and the services of the lists that were in good standing at `at`. */
export function anchorsAt(
  { anchors, services }: Pick<Case, 'anchors' | 'services'>,
  purpose: Purpose,
  at: Date,
): readonly Certificate[] {
  return services === null ? anchors : [...anchors, ...services.anchors(purpose, at)];
}

/** Null where there are no lists, or no chain that holds. */
export function qualified(
  { services }: Pick<Case, 'services'>,
  purpose: 'signature' | 'timestamp',
  path: { readonly valid: boolean; readonly chain: readonly Certificate[] } | null,
  at: Date,
): Qualification | null {
  if (services === null || path?.valid !== true) return null;
  return purpose === 'timestamp'
    ? timestampQualification(path.chain, at, services)
    : qualificationOf(path.chain, at, services);
}
