import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import type { Certificate } from '../../../electron/core/cms/certificate.ts';
import { createCertificateReader } from '../../../electron/core/trust/certificates.ts';
import { validatePath } from '../../../electron/core/trust/path.ts';

const suite = new URL('../../../../shared/corpus/nist-pkits/', import.meta.url);
const present = existsSync(suite);
if (!present) console.warn('NIST PKITS is not beside the project: path validation is not proved.');

interface PkitsCase {
  readonly id: string;
  readonly name: string;
  readonly cert: string;
  readonly other_certs?: readonly string[];
  readonly error?: { readonly msg_regex: string };
  readonly params?: {
    readonly user_initial_policy_set?: readonly string[];
    readonly initial_explicit_policy?: boolean;
    readonly initial_policy_mapping_inhibit?: boolean;
    readonly initial_any_policy_inhibit?: boolean;
  };
}

const cases: readonly PkitsCase[] = present
  ? JSON.parse(readFileSync(new URL('pkits.json', suite), 'utf8'))
  : [];
const read = createCertificateReader();

/** Null for one that is refused by its structure: some cases consist in that. */
function certificate(name: string): Certificate | null {
  return read([readFileSync(new URL(`certs/${name}`, suite))])[0] ?? null;
}

/** Cases that fail only by a revocation list: the upper floor's. */
function needsRevocation({ error }: PkitsCase): boolean {
  return error !== undefined && /revoked|revocation|CRL/.test(error.msg_regex);
}

async function decide({ cert, other_certs: others = [], params }: PkitsCase): Promise<boolean> {
  const anchor = certificate('TrustAnchorRootCertificate.crt');
  const end = certificate(cert);
  if (anchor === null) throw new Error('the trust anchor cannot be read');
  if (end === null) return false;
  const result = await validatePath(
    {
      certificate: end,
      pool: others.flatMap((name) => certificate(name) ?? []),
      anchors: [anchor],
      at: new Date('2012-01-01T00:00:00Z'),
      purpose: 'any',
      strength: 'any',
      policies: {
        ...(params?.user_initial_policy_set === undefined
          ? {}
          : { accepted: params.user_initial_policy_set }),
        requireExplicit: params?.initial_explicit_policy ?? false,
        inhibitMapping: params?.initial_policy_mapping_inhibit ?? false,
        inhibitAny: params?.initial_any_policy_inhibit ?? false,
      },
    },
    { crypto: nodeCrypto },
  );
  return result.valid;
}

describe.skipIf(!present)('NIST PKITS without revocation lists', () => {
  const decidable = cases.filter((one) => !needsRevocation(one));

  test.each(decidable.map((one) => [`${one.id} ${one.name}`, one] as const))(
    '%s',
    async (_, one) => {
      expect(await decide(one)).toBe(one.error === undefined);
    },
  );

  test('leaves only revocation to the upper floor', () => {
    expect(cases).toHaveLength(246);
    expect(decidable.length).toBeGreaterThan(180);
  });
});
