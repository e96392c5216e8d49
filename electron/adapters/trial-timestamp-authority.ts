/**
 * A timestamp authority (RFC 3161) of one's own: for the demonstration and the tests, in the process or
 * over HTTP on this machine. Its tokens are real; nobody trusts it who was not given its root.
 */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ok } from '../../shared/result.ts';
import {
  algorithmIdentifierOf,
  digestFor,
  encodeHashAlgorithm,
  hashOf,
  hashSizes,
} from '../core/cms/algorithms.ts';
import {
  octetsOf,
  oidOf,
  readWhole,
  sequenceOf,
  smallIntegerOf,
  tags,
  unsignedOf,
} from '../core/cms/der.ts';
import {
  generalizedTime,
  integer,
  namedBits,
  octetString,
  oid,
  sequence,
  utf8String,
} from '../core/cms/der-writing.ts';
import { reading } from '../core/cms/parsed-signed-data.ts';
import { contentTypes, encodeSignedAttributes } from '../core/cms/signed-attributes.ts';
import type { AttributeDigest } from '../core/cms/signed-attributes.ts';
import { encodeSignedData } from '../core/cms/signed-data.ts';
import type { Clock, HashAlgorithm, Timestamps } from '../core/ports.ts';
import { nodeCrypto } from './node-crypto.ts';
import { schemesOf, signBytes } from './node-signing-key.ts';
import type { TrialCertificate } from './trial-pki.ts';

/** Under the arc that RFC 5612 sets aside for examples. */
const POLICY = '1.3.6.1.4.1.32473.1.1';

interface Question {
  readonly algorithm: HashAlgorithm;
  readonly digest: Uint8Array;
  readonly nonce: Uint8Array | null;
  readonly policy: string | null;
  readonly withCertificate: boolean;
}

/** Failure bits of RFC 3161, 2.4.2. */
const failures = { badAlg: 0, badRequest: 2, unacceptedPolicy: 15 } as const;

/** DER of the TimeStampResp to a TimeStampReq; a bad request gets a refusal, as the RFC has it. */
export function answerTimestampRequest(
  request: Uint8Array,
  authority: TrialCertificate,
  now: Date,
): Uint8Array {
  const question = reading(() => readQuestion(request));
  if (!question.ok) return refuse(failures.badRequest, 'unreadable request');
  const { value } = question;
  if (value === null || !acceptable.includes(value.algorithm)) {
    return refuse(failures.badAlg, 'unknown or weak hash');
  }
  if (value.digest.length !== hashSizes[value.algorithm]) {
    return refuse(failures.badRequest, 'imprint of another length');
  }
  if (value.policy !== null && value.policy !== POLICY) {
    return refuse(failures.unacceptedPolicy, 'unknown policy');
  }
  return sequence(sequence(integer(0)), makeToken(value, authority, now));
}

const acceptable: readonly HashAlgorithm[] = ['sha256', 'sha384', 'sha512'];

function refuse(bit: number, text: string): Uint8Array {
  return sequence(sequence(integer(2), sequence(utf8String(text)), namedBits([bit])));
}

/** Null for a hash nobody here knows. */
function readQuestion(request: Uint8Array): Question | null {
  const [version, imprint, ...rest] = sequenceOf(readWhole(request), 'request');
  smallIntegerOf(version, 'version');
  const [algorithmNode, digest] = sequenceOf(imprint, 'imprint');
  const algorithm = hashOf(algorithmIdentifierOf(algorithmNode, 'imprint algorithm').oid);
  const part = (tag: number) => rest.find((node) => node.tag === tag);
  const nonce = part(tags.integer);
  const policy = part(tags.oid);
  return algorithm === null
    ? null
    : {
        algorithm,
        digest: octetsOf(digest, 'imprint'),
        nonce: nonce === undefined ? null : unsignedOf(nonce, 'nonce'),
        policy: policy === undefined ? null : oidOf(policy, 'policy'),
        withCertificate: (part(tags.boolean)?.content[0] ?? 0) !== 0,
      };
}

function makeToken(question: Question, authority: TrialCertificate, now: Date): Uint8Array {
  const info = sequence(
    integer(1),
    oid(question.policy ?? POLICY),
    sequence(encodeHashAlgorithm(question.algorithm), octetString(question.digest)),
    integer(new Uint8Array(randomBytes(16))),
    generalizedTime(now),
    // Accuracy: one second, because the time above has no fraction.
    sequence(integer(1)),
    ...(question.nonce === null ? [] : [integer(question.nonce)]),
  );
  const { privateKey } = authority.key;
  const scheme = schemesOf(privateKey)[0];
  if (scheme === undefined) throw new RangeError('the authority has a key that cannot sign');
  const digestAlgorithm = attributeDigest(digestFor(scheme));
  const hash = nodeCrypto.hash(digestAlgorithm);
  if (hash === null) throw new RangeError(`no ${digestAlgorithm} in this runtime`);
  const signedAttributes = encodeSignedAttributes({
    digest: hash.update(info).digest(),
    digestAlgorithm,
    certificate: authority.certificate,
    crypto: nodeCrypto,
    contentType: contentTypes.timestampInfo,
  });
  return encodeSignedData({
    signedAttributes,
    signature: signBytes(privateKey, scheme, signedAttributes),
    scheme,
    digestAlgorithm,
    certificate: authority.certificate,
    // RFC 3161, 2.4.1: no certificates unless asked for; the root is never sent.
    certificates: question.withCertificate
      ? [authority.certificate, ...authority.chain.slice(0, -1)]
      : [],
    content: { type: contentTypes.timestampInfo, bytes: info },
  });
}

function attributeDigest(hash: HashAlgorithm): AttributeDigest {
  if (hash === 'sha384' || hash === 'sha512' || hash === 'shake256-512') return hash;
  return 'sha256';
}

/** The authority as a port, in this process: no network, any clock. */
export function trialTimestamps(
  input: TrialCertificate & { readonly clock: Clock; readonly name?: string },
): Timestamps {
  const stamp = (algorithm: HashAlgorithm, digest: Uint8Array): Uint8Array =>
    makeToken(
      { algorithm, digest, nonce: null, policy: null, withCertificate: true },
      input,
      input.clock.now(),
    );
  return {
    name: input.name ?? 'trial',
    // A DER ECDSA signature varies by a few octets, and a serial number by one.
    tokenSize: stamp('sha512', new Uint8Array(64)).length + 32,
    stamp: ({ algorithm, digest }) => Promise.resolve(ok(stamp(algorithm, digest))),
  };
}

export interface RunningAuthority {
  readonly url: string;
  close(): Promise<void>;
}

const MAX_REQUEST = 16 * 1024;

/** The authority over HTTP, on 127.0.0.1 alone. `port` 0 or absent takes a free one. */
export function startTrialTimestampAuthority(
  input: TrialCertificate & { readonly clock: Clock; readonly port?: number },
): Promise<RunningAuthority> {
  const server = createServer((request, response) => {
    receive(request, response, (body) => {
      const answer = answerTimestampRequest(body, input, input.clock.now());
      response.writeHead(200, {
        'content-type': 'application/timestamp-reply',
        'content-length': answer.length,
      });
      response.end(answer);
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(input.port ?? 0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({
        url: `http://127.0.0.1:${port}/`,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
}

function receive(
  request: IncomingMessage,
  response: ServerResponse,
  then: (body: Uint8Array) => void,
): void {
  const refuseWith = (status: number): void => {
    response.writeHead(status, { connection: 'close' });
    response.end();
  };
  if (request.method !== 'POST') return refuseWith(405);
  if (request.headers['content-type'] !== 'application/timestamp-query') return refuseWith(415);
  const pieces: Buffer[] = [];
  let length = 0;
  request.on('data', (piece: Buffer) => {
    length += piece.length;
    if (length <= MAX_REQUEST) pieces.push(piece);
  });
  request.on('end', () => {
    if (length > MAX_REQUEST) refuseWith(413);
    else then(new Uint8Array(Buffer.concat(pieces)));
  });
}
