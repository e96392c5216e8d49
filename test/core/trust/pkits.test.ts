import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import type { Certificate } from '../../../electron/core/cms/certificate.ts';
import type { Revocation } from '../../../electron/core/ports.ts';
import { createCertificateReader } from '../../../electron/core/trust/certificates.ts';
import { validatePath } from '../../../electron/core/trust/path.ts';
import { revocationEvidence } from '../../../electron/core/trust/revocation-evidence.ts';

const suite = new URL('../../../../shared/corpus/nist-pkits/', import.meta.url);
const present = existsSync(suite);
if (!present) console.warn('NIST PKITS is not beside the project: path validation is not proved.');

interface PkitsCase {
  readonly id: string;
  readonly name: string;
  readonly cert: string;
  readonly other_certs?: readonly string[];
  readonly crls?: readonly string[];
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

const at = new Date('2012-01-01T00:00:00Z');
const bytesOf = (path: string): Uint8Array => readFileSync(new URL(path, suite));

/** The lists of a case and the anchor's own. The suite wants the status of every certificate known. */
function listsOf({ crls = [] }: PkitsCase): Revocation {
  const held = [...new Set(['TrustAnchorRootCRL.crl', ...crls])].map((name) => ({
    type: 'crl' as const,
    der: bytesOf(`crls/${name}`),
  }));
  const evidence = revocationEvidence({ held, now: at, strength: 'any' }, nodeCrypto);
  return {
    async check(question) {
      const answer = await evidence.check(question);
      return answer.status === 'no-source' ? { ...answer, status: 'unknown' } : answer;
    },
  };
}

/** `refused` by its path; `open` where it holds and revocation is not settled. */
type Decision = 'good' | 'revoked' | 'open' | 'refused';

async function decide(one: PkitsCase): Promise<Decision> {
  const { cert, other_certs: others = [], params } = one;
  const anchor = certificate('TrustAnchorRootCertificate.crt');
  const end = certificate(cert);
  if (anchor === null) throw new Error('the trust anchor cannot be read');
  if (end === null) return 'refused';
  const result = await validatePath(
    {
      certificate: end,
      pool: others.flatMap((name) => certificate(name) ?? []),
      anchors: [anchor],
      at,
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
    { crypto: nodeCrypto, revocation: listsOf(one) },
  );
  if (!result.valid) return 'refused';
  const { revocation } = result;
  return revocation === 'good' || revocation === 'revoked' ? revocation : 'open';
}

/** What the suite says of a case, told from the sentence it is refused with. */
function expected({ error }: PkitsCase): Decision {
  const sentence = error?.msg_regex;
  if (sentence === undefined) return 'good';
  if (/^CRL indicates/.test(sentence)) return 'revoked';
  return /revocation/.test(sentence) ? 'open' : 'refused';
}

describe.skipIf(!present)('NIST PKITS', () => {
  test.each(cases.map((one) => [`${one.id} ${one.name}`, one] as const))('%s', async (_, one) => {
    expect(await decide(one)).toBe(expected(one));
  });

  test('is there whole', () => {
    expect(cases).toHaveLength(246);
  });
});
