import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../electron/core/pdf/objects.ts';
import { documentResponse, parseRange } from '../../electron/rpc/document-response.ts';
import { fail, ok } from '../../shared/result.ts';

const bytes = Uint8Array.from({ length: 600_000 }, (_, index) => index % 251);

function documents() {
  const asked: string[] = [];
  let open = 0;
  return {
    asked,
    stillOpen: () => open,
    open(client: string, document: string, revision: number) {
      asked.push(`${client} ${document} ${revision}`);
      if (client !== 'mine') return fail('rpc.forbidden', '');
      open += 1;
      return ok({ ...memorySource(bytes), close: () => void (open -= 1) });
    },
  };
}

async function bodyOf(body: AsyncIterable<Uint8Array> | null): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of body ?? []) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
}

const id = 'ab'.repeat(16);

describe('documentUrl', () => {
  it('answers the whole file or the range asked for, and closes it', async () => {
    const source = documents();
    const whole = documentResponse(source, 'mine', `/document/${id}/3`, null);
    expect(whole).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
    expect(await bodyOf(whole.body)).toEqual(bytes);
    const part = documentResponse(source, 'mine', `/document/${id}/3`, 'bytes=5-300004');
    expect(part).toMatchObject({
      status: 206,
      headers: { 'content-range': 'bytes 5-300004/600000', 'content-length': '300000' },
    });
    expect(await bodyOf(part.body)).toEqual(bytes.subarray(5, 300_005));
    expect(source.stillOpen()).toBe(0);
    expect(source.asked).toEqual([`mine ${id} 3`, `mine ${id} 3`]);
  });

  it('closes the file when the reader goes away in the middle', async () => {
    const source = documents();
    const { body } = documentResponse(source, 'mine', `/document/${id}/0`, null);
    for await (const _ of body ?? []) break;
    expect(source.stillOpen()).toBe(0);
  });

  it('answers alike what is not theirs, what is not there and what is no address', () => {
    const source = documents();
    for (const path of [
      `/document/${id}/0`,
      `/document/upload:${id}/0`,
      `/document/upload/${id}/0`,
      `/document/../../etc/passwd`,
      `/document/${id}`,
      `/document/${id}/-1`,
      `/document/${id}/0/x`,
      `/document/upload:${id}/..`,
    ])
      expect(documentResponse(source, 'theirs', path, null)).toMatchObject({
        status: 403,
        body: null,
      });
    expect(source.asked).toEqual([
      `theirs ${id} 0`,
      `theirs upload:${id} 0`,
      `theirs upload:${id} 0`,
    ]);
  });

  it('refuses a range beyond the end', () => {
    const source = documents();
    const answer = documentResponse(source, 'mine', `/document/${id}/0`, 'bytes=600000-');
    expect(answer).toMatchObject({ status: 416, headers: { 'content-range': 'bytes */600000' } });
    expect(source.stillOpen()).toBe(0);
  });

  it('reads ranges as RFC 9110 has them', () => {
    expect(parseRange('bytes=0-', 10)).toEqual([0, 10]);
    expect(parseRange('bytes=2-5', 10)).toEqual([2, 6]);
    expect(parseRange('bytes=2-500', 10)).toEqual([2, 10]);
    expect(parseRange('bytes=-3', 10)).toEqual([7, 10]);
    expect(parseRange('bytes=-30', 10)).toEqual([0, 10]);
    expect(parseRange('bytes=-0', 10)).toBe('unsatisfiable');
    expect(parseRange('bytes=10-', 10)).toBe('unsatisfiable');
    // Nonsense and several ranges may be ignored.
    for (const header of ['bytes=5-2', 'bytes=-', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=a-b'])
      expect(parseRange(header, 10)).toBeNull();
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), fc.integer({ min: 1, max: 40 }), (a, b, length) => {
        const range = parseRange(`bytes=${a}-${b}`, length);
        if (range === null || range === 'unsatisfiable') return;
        expect(range[0]).toBeLessThan(range[1]);
        expect(range[1]).toBeLessThanOrEqual(length);
      }),
    );
  });
});
