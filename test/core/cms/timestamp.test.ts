import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import type { TrialCertificate } from '../../../electron/adapters/trial-pki.ts';
import { makeTrialAuthority } from '../../../electron/adapters/trial-pki.ts';
import {
  answerTimestampRequest,
  trialTimestamps,
} from '../../../electron/adapters/trial-timestamp-authority.ts';
import { readCertificateBody } from '../../../electron/core/cms/certificate-body.ts';
import { readWhole, sequenceOf } from '../../../electron/core/cms/der.ts';
import { concat, integer, sequence } from '../../../electron/core/cms/der-writing.ts';
import type { TimestampRequest } from '../../../electron/core/cms/timestamp-request.ts';
import {
  encodeTimestampRequest,
  readTimestampResponse,
} from '../../../electron/core/cms/timestamp-request.ts';
import {
  parseTimestampToken,
  verifyTimestampToken,
} from '../../../electron/core/cms/timestamp-token.ts';
import { unwrap } from '../../../shared/result.ts';
import { openssl, pemOf } from '../../support/openssl.ts';

const now = new Date(Math.floor(Date.now() / 1000) * 1000);
const authority = makeTrialAuthority({ name: 'Prøve', now });
const tsa = authority.issueTimestamper();
const data = new TextEncoder().encode('det som stemples');
const digest = new Uint8Array(createHash('sha256').update(data).digest());
const request: TimestampRequest = {
  algorithm: 'sha256',
  digest,
  nonce: Uint8Array.of(0, 0, 0x80, 1, 2, 3, 4, 5),
};

function answer(by: TrialCertificate = tsa, asked: TimestampRequest = request): Uint8Array {
  return answerTimestampRequest(encodeTimestampRequest(asked), by, now);
}

async function code(response: Uint8Array, asked = request): Promise<string> {
  const result = await readTimestampResponse(response, asked, nodeCrypto);
  return result.ok ? 'ok' : result.error.code;
}

describe('our authority', () => {
  it.each(['rsa-2048', 'rsa-4096', 'p-256', 'p-384', 'p-521'] as const)(
    'with %s is accepted by OpenSSL and by us',
    async (type) => {
      const by = authority.issueTimestamper('Tid', type);
      const response = answer(by);
      const token = unwrap(await readTimestampResponse(response, request, nodeCrypto));
      expect(token.genTime).toEqual(now);
      expect(token.accuracy).toBe(1000);
      expect(token.imprint).toMatchObject({ algorithm: 'sha256', digest });
      expect(token.certificate).toEqual(by.certificate);
      expect(token.signedData.anomalies).toEqual([]);
      const files = {
        'a.tsr': response,
        'a.tsq': encodeTimestampRequest(request),
        'token.der': token.der,
        data,
        'root.pem': pemOf(authority.root.certificate),
      };
      for (const args of [
        ['-in', 'a.tsr', '-queryfile', 'a.tsq'],
        ['-in', 'a.tsr', '-data', 'data'],
        ['-in', 'token.der', '-token_in', '-data', 'data'],
      ]) {
        openssl(['ts', '-verify', ...args, '-CAfile', 'root.pem'], files, ({ text }) =>
          expect(text).toContain('Verification: OK'),
        );
      }
      const changed = { ...files, data: 'noe annet' };
      const args = ['ts', '-verify', '-in', 'a.tsr', '-data', 'data', '-CAfile', 'root.pem'];
      openssl(args, changed, ({ accepted }) => expect(accepted).toBe(false));
    },
  );

  it.each(['ed25519', 'rsa-pss-2048'] as const)('with %s is accepted by us', async (type) => {
    expect(await code(answer(authority.issueTimestamper('Tid', type)))).toBe('ok');
  });

  it('answers what OpenSSL asks', () => {
    for (const [hash, options] of [
      ['sha256', ['-cert']],
      ['sha512', []],
      ['sha384', ['-cert', '-no_nonce']],
    ] as const) {
      const query = openssl(
        ['ts', '-query', '-data', 'data', `-${hash}`, ...options, '-out', 'a.tsq'],
        { data },
        (run) => run.file('a.tsq'),
      );
      const files = {
        'a.tsq': query,
        'a.tsr': answerTimestampRequest(query, tsa, now),
        'root.pem': pemOf(authority.root.certificate),
        'chain.pem': pemOf(tsa.certificate, authority.intermediate.certificate),
      };
      openssl(
        [
          'ts',
          '-verify',
          '-in',
          'a.tsr',
          '-queryfile',
          'a.tsq',
          '-CAfile',
          'root.pem',
          '-untrusted',
          'chain.pem',
        ],
        files,
        ({ text }) => expect(text).toContain('Verification: OK'),
      );
    }
  });

  it('refuses weak hashes, unknown policies and nonsense', async () => {
    const sha1 = openssl(['ts', '-query', '-data', 'data', '-sha1', '-out', 'q'], { data }, (run) =>
      run.file('q'),
    );
    const policy = { ...request, policy: '1.2.3.4' };
    for (const [query, reason] of [
      [sha1, 'badAlg'],
      [encodeTimestampRequest(policy), 'unacceptedPolicy'],
      [encodeTimestampRequest({ ...request, digest: digest.subarray(1) }), 'badRequest'],
      [new Uint8Array([1, 2, 3]), 'badRequest'],
    ] as const) {
      const result = await readTimestampResponse(
        answerTimestampRequest(query, tsa, now),
        request,
        nodeCrypto,
      );
      expect(result).toMatchObject({
        error: { code: 'timestamp.refused', detail: { status: 2, reasons: [reason] } },
      });
    }
  });

  it('stamps in the process, at any time, within the room it names', async () => {
    const late = new Date('2045-06-01T12:00:00Z');
    const timestamps = trialTimestamps({ ...tsa, clock: { now: () => late } });
    for (const algorithm of ['sha256', 'sha384', 'sha512'] as const) {
      const imprint = new Uint8Array(createHash(algorithm).update(data).digest());
      const der = unwrap(await timestamps.stamp({ algorithm, digest: imprint }));
      expect(der.length).toBeLessThanOrEqual(timestamps.tokenSize);
      const token = unwrap(parseTimestampToken(der));
      expect(token.genTime).toEqual(late);
      expect(unwrap(await verifyTimestampToken(token, imprint, nodeCrypto)).certificate).toEqual(
        tsa.certificate,
      );
    }
  });
});

describe('the answer to a request', () => {
  let response: Uint8Array;
  beforeAll(() => {
    response = answer();
  });

  it('must be for this imprint, this nonce and this policy', async () => {
    expect(await code(response)).toBe('ok');
    const other = new Uint8Array(createHash('sha256').update('x').digest());
    expect(await code(response, { ...request, digest: other })).toBe('timestamp.wrong-imprint');
    expect(await code(response, { ...request, algorithm: 'sha512' })).toBe(
      'timestamp.wrong-imprint',
    );
    expect(await code(response, { ...request, nonce: Uint8Array.of(1) })).toBe(
      'timestamp.wrong-nonce',
    );
    expect(await code(response, { ...request, policy: '1.2.3' })).toBe('timestamp.invalid');
    const granted = await readTimestampResponse(response, request, nodeCrypto);
    const asked = { ...request, policy: unwrap(granted).policy };
    expect(await code(answer(tsa, asked), asked)).toBe('ok');
  });

  it('must hold a token, granted, and nothing else', async () => {
    const token = sequenceOf(readWhole(response), 'response')[1]?.raw ?? new Uint8Array();
    expect(await code(sequence(sequence(integer(0))))).toBe('timestamp.invalid');
    expect(await code(sequence(sequence(integer(1)), token))).toBe('ok');
    expect(await code(sequence(sequence(integer(3)), token))).toBe('timestamp.refused');
    expect(await code(concat(response, Uint8Array.of(0)))).toBe('timestamp.invalid');
    expect(await code(new TextEncoder().encode('<html>'))).toBe('timestamp.invalid');
    expect(await code(sequence(sequence(integer(0)), tsa.certificate))).toMatch(
      /^(cms|timestamp)\./,
    );
  });

  it('must be signed by a certificate for timestamps alone', async () => {
    const purposes = (list: readonly string[], critical: boolean) =>
      authority.issue('Ikke tid', 'p-256', { extendedKeyUsage: { purposes: list, critical } });
    const timeStamping = '1.3.6.1.5.5.7.3.8';
    for (const by of [
      authority.issue('Kari Nordmann'),
      purposes([timeStamping], false),
      purposes([timeStamping, '1.3.6.1.5.5.7.3.4'], true),
      purposes(['1.3.6.1.5.5.7.3.4'], true),
    ]) {
      expect(await code(answer(by))).toBe('timestamp.invalid');
    }
    expect(await code(answer(purposes([timeStamping], true)))).toBe('ok');
  });

  it('must carry or be given the authority’s certificate', async () => {
    const query = openssl(
      ['ts', '-query', '-data', 'data', '-sha256', '-out', 'q'],
      { data },
      (run) => run.file('q'),
    );
    const bare = sequenceOf(readWhole(answerTimestampRequest(query, tsa, now)), 'response')[1]?.raw;
    const token = unwrap(parseTimestampToken(bare ?? new Uint8Array()));
    expect(token.certificate).toBeNull();
    expect(await verifyTimestampToken(token, digest, nodeCrypto)).toMatchObject({
      error: { code: 'timestamp.invalid' },
    });
    expect(await verifyTimestampToken(token, digest, nodeCrypto, [tsa.certificate])).toMatchObject({
      ok: true,
    });
    // The same name and number under another key: the reference in the signed attributes tells.
    const twin = makeTrialAuthority({ name: 'Prøve', now }).issue('Prøve Time', 'p-256', {
      serial: readCertificateBody(tsa.certificate).serial,
      extendedKeyUsage: { purposes: ['1.3.6.1.5.5.7.3.8'], critical: true },
    });
    expect(await verifyTimestampToken(token, digest, nodeCrypto, [twin.certificate])).toMatchObject(
      { error: { message: 'The timestamp does not name its authority’s certificate.' } },
    );
  });

  it('is not believed when an octet is changed, and never throws', async () => {
    const { signedData } = unwrap(await readTimestampResponse(response, request, nodeCrypto));
    const signed = [
      signedData.content,
      signedData.signer.signedAttributes?.der.subarray(1),
      signedData.signer.signature,
    ];
    const positions = signed.flatMap((part) => {
      const start = Buffer.from(response).indexOf(part ?? new Uint8Array());
      return Array.from(part ?? [], (_, i) => start + i);
    });
    for (const at of positions) {
      const changed = Uint8Array.from(response);
      changed[at] = (changed[at] ?? 0) ^ 0x01;
      expect(await code(changed)).toMatch(/^(cms|timestamp)\./);
    }
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        async (changes) => {
          const bytes = Uint8Array.from(response);
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          expect(await code(bytes)).toMatch(/^(ok|(cms|timestamp)\..*)$/);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('tokens of other authorities', () => {
  it('are read from OpenSSL’s, with SHA-1 references and fractions of seconds', async () => {
    const by = authority.issueTimestamper('Tid', 'rsa-2048');
    const config = `
      [tsa]
      default_tsa = t
      [t]
      serial = serial
      signer_digest = sha256
      default_policy = 1.2.3.4.1
      digests = sha256, sha512
      accuracy = secs:1, millisecs:500, microsecs:100
      clock_precision_digits = 3
      ordering = yes
      tsa_name = yes
      ess_cert_id_chain = no
      ess_cert_id_alg = ESSALG
    `;
    for (const algorithm of ['sha1', 'sha256', 'sha512']) {
      const files = {
        config: config.replace('ESSALG', algorithm),
        serial: '01\n',
        'a.tsq': encodeTimestampRequest(request),
        'c.pem': pemOf(by.certificate),
        'k.pem': by.key.privateKey.export({ type: 'pkcs8', format: 'pem' }),
        'chain.pem': pemOf(authority.intermediate.certificate),
      };
      const reply = [
        'ts',
        '-reply',
        '-config',
        'config',
        '-queryfile',
        'a.tsq',
        '-signer',
        'c.pem',
        '-inkey',
        'k.pem',
      ];
      const response = openssl([...reply, '-chain', 'chain.pem', '-out', 'a.tsr'], files, (run) => {
        expect(run.text + String(run.accepted)).toContain('true');
        return run.file('a.tsr');
      });
      const token = unwrap(await readTimestampResponse(response, request, nodeCrypto));
      expect(token.accuracy).toBeCloseTo(1500.1);
      expect(token.policy).toBe('1.2.3.4.1');
      expect(token.signedData.signer.signedAttributes?.signingCertificateVersion).toBe(
        algorithm === 'sha1' ? 1 : 2,
      );
      expect(Math.abs(token.genTime.getTime() - Date.now())).toBeLessThan(3_600_000);
    }
  });
});
