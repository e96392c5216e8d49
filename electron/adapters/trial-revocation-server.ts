/** An issuer's OCSP responder and its revocation list over HTTP, on 127.0.0.1 alone. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { attempt } from '../../shared/result.ts';
import type { Clock } from '../core/ports.ts';
import type { TrialCertificate } from './trial-pki.ts';
import {
  makeCrl,
  makeOcspResponse,
  readOcspRequest,
  refuseOcsp,
  serialOf,
} from './trial-revocation.ts';

export interface TrialRevocationInput {
  /** Whose certificates are spoken of, and who signs the list. */
  readonly issuer: TrialCertificate;
  /** Who signs answers; the issuer itself where absent. */
  readonly responder?: TrialCertificate;
  readonly clock: Clock;
  readonly port?: number;
}

export interface RunningRevocation {
  readonly ocspUrl: string;
  readonly crlUrl: string;
  /** How often each was asked. */
  readonly asked: { ocsp: number; crl: number };
  /** From now on it is revoked. `reason`: number of a CRLReason. */
  revoke(certificate: Uint8Array, at: Date, reason?: number): void;
  close(): Promise<void>;
}

const HOUR = 60 * 60 * 1000;
const MAX_REQUEST = 16 * 1024;

/** Answers and lists are valid for an hour. A certificate it was told nothing of is good. */
export function startTrialRevocation(input: TrialRevocationInput): Promise<RunningRevocation> {
  const { issuer, responder = issuer, clock } = input;
  const revoked = new Map<string, { serial: Uint8Array; at: Date; reason?: number }>();
  const asked = { ocsp: 0, crl: 0 };
  const window = () => ({
    thisUpdate: clock.now(),
    nextUpdate: new Date(clock.now().getTime() + HOUR),
  });
  const answerTo = (body: Uint8Array): Uint8Array => {
    const request = attempt(() => readOcspRequest(body));
    if (!request.ok) return refuseOcsp(1);
    const { certId, serial, nonce } = request.value;
    const entry = revoked.get(String(serial));
    const status =
      entry === undefined
        ? { status: 'good' as const }
        : {
            status: 'revoked' as const,
            revokedAt: entry.at,
            ...(entry.reason === undefined ? {} : { reason: entry.reason }),
          };
    return makeOcspResponse(certId, responder, {
      ...status,
      ...window(),
      ...(nonce === null ? {} : { nonce }),
    });
  };
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      asked.ocsp += 1;
      receive(request, (body) => send(response, 'application/ocsp-response', answerTo(body)));
      return;
    }
    asked.crl += 1;
    const list = makeCrl(issuer, { ...window(), revoked: [...revoked.values()] });
    send(response, 'application/pkix-crl', list);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(input.port ?? 0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({
        ocspUrl: `http://127.0.0.1:${port}/ocsp`,
        crlUrl: `http://127.0.0.1:${port}/list.crl`,
        asked,
        revoke(certificate, at, reason) {
          const serial = serialOf(certificate);
          const why = reason === undefined ? {} : { reason };
          revoked.set(String(serial), { serial, at, ...why });
        },
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
}

function send(response: ServerResponse, type: string, body: Uint8Array): void {
  response.writeHead(200, { 'content-type': type, 'content-length': body.length });
  response.end(body);
}

function receive(request: IncomingMessage, then: (body: Uint8Array) => void): void {
  const pieces: Buffer[] = [];
  let length = 0;
  request.on('data', (piece: Buffer) => {
    length += piece.length;
    if (length > MAX_REQUEST) request.destroy();
    else pieces.push(piece);
  });
  request.on('end', () => then(new Uint8Array(Buffer.concat(pieces))));
}
