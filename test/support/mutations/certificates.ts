/** Readers of certificates, of answers about them, of timestamps and of key files. */
import { createHash } from 'node:crypto';
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import { answerTimestampRequest } from '../../../electron/adapters/trial-timestamp-authority.ts';
import { makeCrl, serialOf } from '../../../electron/adapters/trial-revocation.ts';
import { parseCertificate } from '../../../electron/core/cms/certificate.ts';
import type { Certificate } from '../../../electron/core/cms/certificate.ts';
import { childrenOf, readFirst, readWhole } from '../../../electron/core/cms/der.ts';
import {
  encodeTimestampRequest,
  readTimestampResponse,
} from '../../../electron/core/cms/timestamp-request.ts';
import type { TimestampRequest } from '../../../electron/core/cms/timestamp-request.ts';
import { parseTimestampToken } from '../../../electron/core/cms/timestamp-token.ts';
import { parseOcspResponse } from '../../../electron/core/trust/ocsp.ts';
import { parseCrl } from '../../../electron/core/trust/crl.ts';
import { validatePath } from '../../../electron/core/trust/path.ts';
import { revocationEvidence } from '../../../electron/core/trust/revocation-evidence.ts';
import { toPkcs12 } from '../../../electron/eid/key-file-writing.ts';
import { openKeyFile } from '../../../electron/eid/key-file.ts';
import { unwrap } from '../../../shared/result.ts';
import { answerAboutOnline, online } from '../attacks/target.ts';
import { openssl, pemOf } from '../openssl.ts';
import { authority, signingTime } from '../signing.ts';
import type { Outcome, Subject } from './subject.ts';
import { same } from './subject.ts';

const read = (der: Uint8Array): Certificate => unwrap(parseCertificate(der));
const passphrase = 'nøkkel til prøve';

/** The part that its issuer signed: the first of a signed structure. */
function signedPart(der: Uint8Array): Uint8Array {
  return childrenOf(readFirst(der))[0]?.raw ?? der;
}

async function path(der: Uint8Array): Promise<boolean> {
  const certificate = parseCertificate(der);
  if (!certificate.ok) return false;
  const pool = [read(authority.intermediate.certificate)];
  const anchors = [read(authority.root.certificate)];
  const request = {
    certificate: certificate.value,
    pool,
    anchors,
    at: signingTime,
    purpose: 'signature',
  } as const;
  return (await validatePath(request, { crypto: nodeCrypto })).valid;
}

/** Whether the answer says anything of the signer, good or bad. */
async function settles(type: 'ocsp' | 'crl', der: Uint8Array): Promise<boolean> {
  const { status } = await revocationEvidence(
    { held: [{ type, der }], now: signingTime },
    nodeCrypto,
  ).check({
    certificate: read(online.certificate),
    issuers: [authority.intermediate.certificate, authority.root.certificate].map(read),
    pool: [],
    at: signingTime,
  });
  return status === 'good' || status === 'revoked';
}

const verdict = (passed: boolean, rests: () => boolean): Outcome =>
  passed ? (rests() ? 'same' : 'wrong') : 'refused';

const request: TimestampRequest = {
  algorithm: 'sha256',
  digest: new Uint8Array(createHash('sha256').update('bytes').digest()),
  nonce: Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]),
};

/** What a token says and what was signed of it. */
function tokenOf(response: Uint8Array): string {
  const token = parseTimestampToken(childrenOf(readWhole(response))[1]?.raw ?? response);
  if (!token.ok) return '';
  const { content, signer } = token.value.signedData;
  return [content, signer.signedAttributes?.der, signer.signature]
    .map((part) => Buffer.from(part ?? []).toString('base64'))
    .join(' ');
}

export const certificateReaders: readonly Subject[] = [
  {
    name: 'certificate',
    share: 14_000,
    samples: async () =>
      (['p-256', 'rsa-2048', 'ed25519', 'rsa-pss-2048'] as const).map(
        (type) => authority.issue('Kari Nordmann', type).certificate,
      ),
    judge: async (mutant, sample) =>
      verdict(await path(mutant), () => same(signedPart(mutant), signedPart(sample))),
  },
  {
    name: 'OCSP answer',
    share: 8_000,
    samples: async () => {
      const responder = authority.issue('Responder', 'p-256', {
        keyUsage: ['digitalSignature'],
        extendedKeyUsage: { purposes: ['1.3.6.1.5.5.7.3.9'] },
        extensions: [{ oid: '1.3.6.1.5.5.7.48.1.5', critical: false, value: Uint8Array.of(5, 0) }],
      });
      return [answerAboutOnline(), answerAboutOnline({ responder })];
    },
    judge: async (mutant, sample) =>
      verdict(await settles('ocsp', mutant), () => {
        const [now, then] = [mutant, sample].map((der) => unwrap(parseOcspResponse(der)).tbs);
        return now !== undefined && then !== undefined && same(now, then);
      }),
  },
  {
    name: 'revocation list',
    share: 8_000,
    samples: async () => {
      const dates = {
        thisUpdate: signingTime,
        nextUpdate: new Date(signingTime.getTime() + 3_600_000),
      };
      const serial = serialOf(online.certificate);
      return [
        makeCrl(authority.intermediate, dates),
        makeCrl(authority.intermediate, {
          ...dates,
          revoked: [{ serial, at: signingTime, reason: 1 }],
        }),
      ];
    },
    judge: async (mutant, sample) =>
      verdict(await settles('crl', mutant), () =>
        same(unwrap(parseCrl(mutant)).tbs, unwrap(parseCrl(sample)).tbs),
      ),
  },
  {
    name: 'timestamp answer',
    share: 8_000,
    samples: async () => [
      answerTimestampRequest(
        encodeTimestampRequest(request),
        authority.issueTimestamper(),
        signingTime,
      ),
    ],
    judge: async (mutant, sample) =>
      verdict(
        (await readTimestampResponse(mutant, request, nodeCrypto)).ok,
        () => tokenOf(mutant) === tokenOf(sample),
      ),
  },
  {
    name: 'key file',
    share: 2_000,
    samples: async () => {
      const { certificate, chain, key } = authority.issue('Kari Nordmann');
      const files = {
        'own.pem': pemOf(certificate),
        'chain.pem': pemOf(...chain),
        'key.pem': key.privateKey.export({ type: 'pkcs8', format: 'pem' }),
      };
      const args = [
        'pkcs12',
        '-export',
        '-in',
        'own.pem',
        '-inkey',
        'key.pem',
        '-certfile',
        'chain.pem',
      ];
      const old = openssl(
        [...args, '-legacy', '-passout', `pass:${passphrase}`, '-out', 'p12'],
        files,
        (run) => run.file('p12'),
      );
      return [
        toPkcs12({
          key: key.privateKey,
          chain: [certificate, ...chain],
          passphrase,
          iterations: 100,
        }),
        old,
      ];
    },
    judge: async (mutant, sample) => {
      const [now, then] = [
        await openKeyFile(mutant, passphrase),
        await openKeyFile(sample, passphrase),
      ];
      if (!then.ok) throw new Error('the sample does not open');
      return verdict(
        now.ok,
        () =>
          now.ok &&
          same(now.value.certificate, then.value.certificate) &&
          same(now.value.pkcs8(), then.value.pkcs8()),
      );
    },
  },
];
