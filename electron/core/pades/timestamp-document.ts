import type { Result } from '../../../shared/result.ts';
import { attemptAsync, unwrap } from '../../../shared/result.ts';
import type { PdfDocument } from '../pdf/document.ts';
import type { DigestAlgorithm } from '../ports.ts';
import { digestOf } from './digest-of.ts';
import { embed } from './embed.ts';
import { prepareTimestamp } from './prepare.ts';
import { withEnoughRoom } from './room.ts';
import { baseHashes, toHex } from './sign.ts';
import type { SignedTail, SigningPorts } from './signature.ts';

/**
 * A document timestamp over the whole file so far (ISO 32000-2, 12.8.5: the token itself stands in
 * /Contents). `digest`: the hash that it is over. Fails with `pdf.damaged`, `sign.no-room`, and what the authority answers.
 */
export function timestampDocument(
  document: PdfDocument,
  ports: Required<Pick<SigningPorts, 'timestamps' | 'crypto' | 'random'>> &
    Pick<SigningPorts, 'hashed'>,
  algorithm: DigestAlgorithm = 'sha256',
): Promise<Result<SignedTail>> {
  const { timestamps, crypto } = ports;
  return withEnoughRoom(timestamps.tokenSize, timestamps, (room) =>
    attemptAsync(async () => {
      const prepared = unwrap(prepareTimestamp(document, room, algorithm, ports));
      const running = baseHashes(document, ports);
      const digest = digestOf(prepared, document.source, crypto, running(algorithm));
      const token = unwrap(await timestamps.stamp({ algorithm, digest }));
      const tail = unwrap(embed(prepared, token));
      const sha256 = toHex(running('sha256').copy().update(tail).digest());
      return { tail, sha256, field: prepared.field, timed: true };
    }),
  );
}
