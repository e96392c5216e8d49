/** PAdES baseline levels (EN 319 142-1, 6): what stands in the file, whether or not it is trusted here. */
import type { Level } from '../../../shared/report.ts';
import type { Certificate } from '../cms/certificate.ts';
import { equalBytes } from '../cms/der-writing.ts';
import { namesRevocationSource } from '../trust/revocation.ts';
import type { TimeProof } from './judged.ts';
import type { ValidationData } from './validation-data.ts';

export interface LevelInput {
  /** It has the format of EN 319 142-1, 6.3: sub-filter, signed attributes, signing certificate. */
  readonly baseline: boolean;
  /** It carries a sound timestamp of its own. */
  readonly timestamped: boolean;
  /** Sound document timestamps that cover it. */
  readonly covering: readonly TimeProof[];
  /** From the signer's certificate to the anchor. */
  readonly chain: readonly Certificate[];
  readonly pool: readonly Certificate[];
  readonly validation: ValidationData;
}

/** B-B to B-LTA, or CMS for what is no PAdES baseline signature. */
export function levelOf(input: LevelInput): Level {
  if (!input.baseline) return 'CMS';
  if (!input.timestamped && input.covering.length === 0) return 'B-B';
  if (!hasValidationData(input)) return 'B-T';
  return input.covering.some(({ overValidationData }) => overValidationData) ? 'B-LTA' : 'B-LT';
}

function hasValidationData({ chain, pool, validation }: LevelInput): boolean {
  const below = chain.length > 1 ? chain.slice(0, -1) : chain;
  const known = (certificate: Certificate): boolean =>
    [...pool, ...validation.certificates].some(({ der }) => equalBytes(der, certificate.der));
  const asked = below.some(namesRevocationSource);
  return validation.present && below.every(known) && (!asked || validation.evidence.length > 0);
}
