import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certificateFacts } from '../../electron/posten/certificate-facts.ts';
import { production, test as trial } from '../../electron/posten/environments.ts';
import { allowedAuthorities, serverObjection } from '../../electron/posten/server-trust.ts';
import { postenFixture } from '../support/schemas.ts';

const certificates = join(import.meta.dirname, '../fixtures/posten/certs');

function derOf(name: string): Uint8Array {
  return new Uint8Array(new X509Certificate(Buffer.from(postenFixture(`certs/${name}`))).raw);
}

function all(folder: string): readonly Uint8Array[] {
  return readdirSync(join(certificates, folder)).map((name) => derOf(`${folder}/${name}`));
}

describe('whom the client trusts', () => {
  it.each([
    ['test4-autentiseringssertifikat-vid-europa.cer', '100101688'],
    ['seid1-buypass-test-2017.cer', '991825827'],
  ])('finds the organisation of %s in its DER', (name, organisation) => {
    const der = derOf(`endentity-samples/${name}`);
    const facts = certificateFacts(der);
    expect(facts?.organisation).toBe(organisation);
    expect(facts?.maySign).toBe(true);
    expect(facts?.notAfter).toEqual(new Date(new X509Certificate(der).validTo));
    expect(serverObjection(production, der)).toBeInstanceOf(Error);
  });

  it('lets only the environment’s own authorities vouch', () => {
    expect(allowedAuthorities(production, all('prod'))).toHaveLength(8);
    expect(allowedAuthorities(trial, all('test'))).toHaveLength(8);
    expect(allowedAuthorities(production, all('test'))).toHaveLength(0);
    expect(allowedAuthorities(trial, all('prod'))).toHaveLength(0);
  });

  it('reads any bytes without harm', () => {
    const der = derOf('endentity-samples/seid1-buypass-test-2017.cer');
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.nat(255), (at, value) => {
        const bytes = Uint8Array.from(der);
        bytes[at] = value;
        certificateFacts(bytes);
        certificateFacts(bytes.subarray(0, at));
      }),
    );
  });
});
