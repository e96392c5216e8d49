import { serialize, deserialize } from 'node:v8';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contract, type MethodName } from '../../../shared/rpc/contract.ts';
import { decode, encode, fromBase64, toBase64 } from '../../../shared/rpc/codec.ts';
import { samples } from '../../rpc/samples.ts';

const methods = Object.keys(contract) as MethodName[];

describe('the codec', () => {
  it.each(methods)(
    'carries a sample of %s, and the schema takes it on the other side',
    (method) => {
      const sample: unknown = samples[method];
      expect(decode(encode(sample))).toEqual(sample);
      // Electron clones instead: the same value arrives.
      expect(deserialize(serialize(sample))).toEqual(sample);
      expect(contract[method].input.safeParse(decode(encode(sample))).success).toBe(true);
    },
  );

  it('gives back every value of JSON and bytes', () => {
    const leaf = fc.oneof(
      fc.jsonValue(),
      fc.uint8Array({ maxLength: 50 }),
    ) as fc.Arbitrary<unknown>;
    const key = fc.oneof(fc.string(), fc.constantFrom('$bytes', '$bytes$', '$bytesx', '__proto__'));
    const tree = fc.oneof(leaf, fc.array(leaf), fc.dictionary(key, leaf));
    fc.assert(
      fc.property(tree, (value) => {
        expect(plain(decode(encode(value)))).toEqual(plain(value));
      }),
    );
  });

  it('lets no key change an object’s prototype', () => {
    const value = decode('{"__proto__":{"admin":true}}') as Record<string, unknown>;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(value['admin']).toBeUndefined();
  });

  it('writes base64 as everybody does, and reads nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
      }),
    );
    for (const wrong of ['A', 'AA', 'AA=', 'A===', 'AAA*', 'AB==', 'AAB=', 'AA==AAAA', ' AAA'])
      expect(() => fromBase64(wrong), wrong).toThrow(SyntaxError);
    expect(() => decode('{"$bytes":1}')).toThrow(SyntaxError);
  });
});

/** `toEqual` tells -0 from 0 and prototypes apart; JSON does not. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return [...value, 'bytes'];
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'number') return value === 0 ? 0 : value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value).map(([key, inner]) => [key, plain(inner)]);
}
