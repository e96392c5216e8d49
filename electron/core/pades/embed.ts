import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Prepared } from './signature.ts';

const hexDigits = '0123456789abcdef';

/**
 * The tail with the CMS (or timestamp token) in its hole, as hex, zeros after it
 * (ISO 32000-2, 12.8.1). `prepared` stays as it is. Fails with `sign.no-room`.
 */
export function embed(prepared: Prepared, cms: Uint8Array): Result<Uint8Array> {
  const room = (prepared.contents.length - 2) / 2;
  if (cms.length > room)
    return fail('sign.no-room', 'The signature is larger than the room reserved for it.', {
      needed: cms.length,
      room,
    });
  const tail = prepared.tail.slice();
  let at = prepared.contents.offset - prepared.base + 1;
  for (const byte of cms) {
    tail[at++] = hexDigits.charCodeAt(byte >> 4);
    tail[at++] = hexDigits.charCodeAt(byte & 15);
  }
  return ok(tail);
}
